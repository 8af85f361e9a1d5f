//! For people on a terminal, and for editors that read `file:line:column: level: message`.

use std::io::{self, Write};

use super::format::{Format, beside, more, named, plain, within};
use crate::report::Checked;
use crate::report::summary::counted;

/// `--format human`.
pub static HUMAN: Format = Format { name: "human", listed: 50, write };

fn write(checked: &Checked, quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    for spot in checked.findings.iter().filter(|_| !quiet) {
        let (file, at, level) = (named(&spot.file), spot.region.start, spot.level.name());
        let inside = spot.text.map_or_else(String::new, |text| {
            format!(" (document {}, line {} of its text)", plain(&spot.document), text.start.line)
        });
        let message = plain(&spot.message());
        writeln!(out, "{file}:{}:{}: {level}: {}: {message}{inside}", at.line, at.column, spot.rule)?;
    }
    if let Some(more) = more(checked).filter(|_| !quiet) {
        writeln!(out, "{more}")?;
    }
    for limit in checked.breaches() {
        writeln!(out, "over the limit: {}", limit.message)?;
        for worst in checked.worst_for(&limit.name) {
            writeln!(out, "  {}: {}", named(&worst.document), counted(worst.words, "word"))?;
        }
    }
    for line in beside(checked).iter().filter(|_| !quiet || checked.over) {
        writeln!(out, "{line}")?;
    }
    if !checked.over && !quiet {
        writeln!(out, "{}", within(checked))?;
    }
    Ok(())
}
