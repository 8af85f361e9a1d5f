//! The table on the terminal.

use std::fmt::Write as _;

use super::model::{Audit, Row};
use crate::report::summary::grouped;
use crate::types::Ratio;

/// What was planted, what was found, and what else was touched.
pub fn table(audit: &Audit) -> String {
    let d = &audit.documents;
    let mut out = String::new();
    let times = if d.rounds > 1 { format!(", {} times over", d.rounds) } else { String::new() };
    let (drawn, records, planted) = (grouped(d.drawn), grouped(d.records), grouped(d.planted));
    let _ = writeln!(
        out,
        "{drawn} of {records} documents drawn, planted in {planted} of them{times} (seed {})",
        audit.seed
    );
    if d.short + d.dropped > 0 {
        let (short, dropped) = (grouped(d.short), grouped(d.dropped));
        let _ = writeln!(out, "left out: {short} with too few paragraphs, {dropped} that the run drops as they are");
    }
    let _ = writeln!(
        out,
        "\n{:<26}{:>9}{:>9}{:>10}{:>11}{:>17}",
        "planted", "pieces", "found", "recall", "of words", "clean touched"
    );
    for row in &audit.kinds {
        line(&mut out, row);
        if row.places.len() > 1 {
            for (place, share) in &row.places {
                let (pieces, found) = (grouped(share.of), grouped(share.part));
                let _ = writeln!(out, "  {place:<24}{pieces:>9}{found:>9}{:>10}", percent(*share, 1));
            }
        }
    }
    let _ = writeln!(out, "\nWithout anything planted, the run touches {} of the words.", percent(audit.plain, 2));
    out
}

fn line(out: &mut String, row: &Row) {
    let (pieces, found) = (grouped(row.recall.of), grouped(row.recall.part));
    let (recall, words, clean) = (percent(row.recall, 1), percent(row.words, 1), percent(row.clean, 2));
    let _ = writeln!(out, "{:<26}{pieces:>9}{found:>9}{recall:>10}{words:>11}{clean:>17}", row.kind);
}

/// A share in percent with so many decimals, 1 or 2; `-` for one of nothing.
fn percent(share: Ratio, decimals: usize) -> String {
    let points = share.basis_points();
    match (share.of, decimals) {
        (0, _) => "-".into(),
        (_, 1) => share.to_string(),
        _ => format!("{}.{:02} %", points / 100, points % 100),
    }
}
