//! GitHub-flavoured Markdown, for the summary of a job or a comment on a change.

use std::io::{self, Write};

use super::format::{Format, beside, more, plain, within};
use crate::report::Checked;
use crate::report::ratchet::Compared;
use crate::report::summary::{grouped, troubles};

/// `--format markdown`. The summary of a step holds 1 MiB.
pub static MARKDOWN: Format = Format { name: "markdown", listed: 500, write };

fn write(checked: &Checked, _: bool, out: &mut dyn Write) -> io::Result<()> {
    if checked.baseline.as_ref().is_some_and(Compared::fails) {
        writeln!(out, "## clean check: new dirt")?;
    } else if checked.over {
        writeln!(out, "## clean check: over the limits")?;
    } else {
        writeln!(out, "## clean check: {}", within(checked))?;
    }
    writeln!(out, "\n| limit | found |\n| --- | --- |")?;
    for limit in &checked.limits {
        let name = if limit.over { "**over**" } else { "within" };
        writeln!(out, "| {name} | {} |", limit.message)?;
    }
    let totals = &checked.totals;
    let (documents, words) = (grouped(totals.documents), grouped(totals.words_before));
    writeln!(out, "\n{documents} documents of {words} words; {} of the words would go.", checked.gone())?;
    for line in beside(checked) {
        writeln!(out, "\n{}", code(&line))?;
    }
    if !checked.troubles.is_empty() {
        writeln!(out, "\n### Not read as it stands\n")?;
        for trouble in troubles(&checked.troubles, checked.more_troubles).lines() {
            writeln!(out, "- {}", code(trouble))?;
        }
    }
    if !checked.findings.is_empty() {
        writeln!(out, "\n### Findings\n\n| | where | rule | what |\n| --- | --- | --- | --- |")?;
    }
    for spot in &checked.findings {
        let at = spot.region.start;
        let place = cell(&format!("{}:{}:{}", spot.file, at.line, at.column));
        writeln!(out, "| {} | {place} | {} | {} |", spot.level.name(), cell(&spot.rule), cell(&spot.message()))?;
    }
    if let Some(more) = more(checked) {
        writeln!(out, "\n{more}")?;
    }
    Ok(())
}

/// As [`code`], in a table, where a bar would end the cell even in code.
pub(in crate::report) fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Text of strangers as code, in which nothing means anything.
pub(in crate::report) fn code(text: &str) -> String {
    let text = plain(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
