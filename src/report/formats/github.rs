//! Annotations of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`, a line each ("Workflow commands for GitHub
//! Actions" in its documentation; what is escaped how is told by `command.ts` of its toolkit).

use std::io::{self, Write};

use super::format::{Format, beside, more, plain, within};
use crate::report::summary::{harmful, troubles};
use crate::report::{Checked, Level, Spot};

/// `--format github`. Of each level a step shows ten, and a job fifty in all.
pub static GITHUB: Format = Format { name: "github", listed: 50, write };

fn write(checked: &Checked, quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    for limit in checked.breaches() {
        command(out, "error", &[("title", "clean check".into())], &format!("over the limit: {}", limit.message))?;
    }
    if let Some(baseline) = &checked.baseline {
        let name = if baseline.fails() { "error" } else { "notice" };
        let lines: Vec<String> = beside(checked).iter().map(|line| data(&plain(line))).collect();
        writeln!(out, "::{name} title=clean check::{}", lines.join("%0A"))?;
    }
    for trouble in troubles(&checked.troubles, checked.more_troubles).lines() {
        command(out, "warning", &[("title", "clean check".into())], trouble)?;
    }
    for spot in &checked.findings {
        annotation(out, spot)?;
    }
    if let Some(more) = more(checked) {
        command(out, "notice", &[("title", "clean check".into())], &more)?;
    }
    if !checked.over && !quiet {
        writeln!(out, "{}", within(checked))?;
    }
    Ok(())
}

fn annotation(out: &mut dyn Write, spot: &Spot) -> io::Result<()> {
    let name = match spot.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let (start, end) = (spot.region.start, spot.region.end);
    let shown = spot.file.contains(|c| harmful(c) && !matches!(c, '\r' | '\n'));
    let file = if shown { plain(&spot.file) } else { spot.file.clone() };
    let mut properties = vec![("file", file), ("line", start.line.to_string()), ("endLine", end.line.to_string())];
    // Columns are understood only where all is on one line.
    if start.line == end.line {
        properties.extend([("col", start.column.to_string()), ("endColumn", end.column.to_string())]);
    }
    properties.push(("title", spot.rule.clone()));
    let inside = spot.text.map_or_else(String::new, |text| {
        format!(" (document {}, line {} of its text)", spot.document, text.start.line)
    });
    command(out, name, &properties, &(spot.message() + &inside))
}

fn command(out: &mut dyn Write, name: &str, properties: &[(&str, String)], message: &str) -> io::Result<()> {
    let properties: Vec<String> = properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    writeln!(out, "::{name} {}::{}", properties.join(","), data(&plain(message)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
