//! `clean explain REPORT PATH[:LINE]`: why a line went or stayed.

use std::fmt::Write as _;

use super::model::{Action, DocumentEntry, Fate, FindingEntry};
use super::summary::{counted, grouped, visible};
use crate::types::Evidence;

/// Splits `PATH:LINE`; a path that holds a colon itself is understood when what follows is no number.
pub fn split_line(target: &str) -> (&str, Option<u32>) {
    match target.rsplit_once(':') {
        Some((path, line)) if !path.is_empty() => line.parse().map_or((target, None), |line| (path, Some(line))),
        _ => (target, None),
    }
}

/// How a document can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By its id.
    Id,
    /// By its file, with all others in it.
    Path,
    /// By its [`place`], where several have one id.
    Place,
}

impl Way {
    /// All of them; what is an id is meant as one.
    pub const ALL: [Self; 3] = [Self::Id, Self::Path, Self::Place];
}

/// Whether the document is called so.
pub fn is_called(document: &DocumentEntry<'_>, name: &str, way: Way) -> bool {
    match way {
        Way::Id => document.id == name,
        Way::Path => document.path == name,
        Way::Place => name.starts_with(&document.path) && place(document) == name,
    }
}

/// A name that no other document of the report has: the file, and the byte at which the record begins.
pub fn place(document: &DocumentEntry<'_>) -> String {
    format!("{}@{}", document.path, document.place)
}

/// What happened to a document, or to one line of it.
pub fn explain(document: &DocumentEntry<'_>, line: Option<u32>) -> String {
    let mut out = String::new();
    let about = document
        .findings
        .iter()
        .filter(|f| line.is_none_or(|n| f.action == Action::Drop || (f.lines.first..=f.lines.last).contains(&n)));
    let about: Vec<&FindingEntry<'_>> = about.collect();
    let gone = about.iter().any(|f| f.done && matches!(f.action, Action::Cut | Action::Drop));
    let name = visible(&document.id);
    let more = document.more.unwrap_or_default();
    let _ = match (line, document.fate, gone) {
        (None, Fate::Drop, _) => writeln!(out, "{name}: the whole document went"),
        (None, Fate::Keep, _) => writeln!(
            out,
            "{name}: stays; {} of {} words kept, {}",
            document.words.after,
            document.words.before,
            counted(about.len() as u64 + more.findings, "finding")
        ),
        (Some(n), _, true) => writeln!(out, "{name}:{n}: went"),
        (Some(n), _, false) if about.is_empty() && more.findings > 0 => writeln!(out, "{name}:{n}: not known"),
        (Some(n), _, false) if about.is_empty() => writeln!(out, "{name}:{n}: stayed; no rule found anything there"),
        (Some(n), _, false) => writeln!(out, "{name}:{n}: stayed"),
    };
    for finding in about {
        describe(finding, &mut out);
    }
    if more.findings > 0 {
        let findings = counted(more.findings, "finding");
        let _ = writeln!(
            out,
            "  {findings} of this document not listed (--max-findings), {} acted on; removed.jsonl has all that went",
            grouped(more.done)
        );
    }
    out
}

fn describe(finding: &FindingEntry<'_>, out: &mut String) {
    let what = match (finding.action, finding.done) {
        (Action::Drop, true) => "document dropped",
        (Action::Cut, true) => "cut",
        (Action::Patch, true) => "replaced",
        (Action::Note, _) => "noted",
        (_, false) => "found, left alone",
    };
    let lines = if finding.lines.first == finding.lines.last {
        finding.lines.first.to_string()
    } else {
        format!("{}-{}", finding.lines.first, finding.lines.last)
    };
    let confidence = format!("{:?}", finding.confidence).to_lowercase();
    let _ = writeln!(out, "  line {lines}: {what} by {} ({confidence}): {}", finding.rule, visible(&finding.excerpt));
    for evidence in finding.evidence.iter() {
        let _ = writeln!(out, "    {}", in_words(evidence));
    }
}

/// A piece of evidence as a sentence.
pub fn in_words(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Twin { document, exact: true, .. } => format!("has the same words as {}", visible(document)),
        Evidence::Twin { document, alike, .. } => {
            format!("shares {alike} of its shingles with {} ({} of {})", visible(document), alike.part, alike.of)
        }
        Evidence::Contained { document, share } => {
            format!("{share} of its shingles stand in {} ({} of {})", visible(document), share.part, share.of)
        }
        Evidence::Copy { document, span, line, alike } => {
            format!(
                "stands in {} at line {line} (bytes {}-{}), {alike} alike ({} of {})",
                visible(document),
                span.start,
                span.end,
                alike.part,
                alike.of
            )
        }
        Evidence::Phrases { list, found, weight, needed } => {
            format!("phrases of the list '{list}': {} (weight {weight}, {needed} needed)", found.join("; "))
        }
        Evidence::Measure { name, value, limit } => format!("{name}: {value} (limit {limit})"),
        Evidence::Judged { lines, score, below, because, .. } => {
            let limit =
                below.map_or_else(|| "none may go".into(), |below| format!("goes below {}", thousandths(below)));
            let because = if because.is_empty() { String::new() } else { format!(": {}", because.join(", ")) };
            format!("looks like page furniture (lines: {lines}), {} at most ({limit}){because}", thousandths(*score))
        }
        Evidence::Position { place, line } => format!("stands {place} (line {line})"),
        Evidence::Sharing { sharing, because } => format!("{sharing}: {because}"),
        Evidence::Replacement { from, to } => format!("{from:?} became {to:?}"),
    }
}

/// A number of thousandths with its sign and two decimals.
fn thousandths(n: i32) -> String {
    let hundredths = n.unsigned_abs() / 10;
    format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_paths() {
        assert_eq!(split_line("a/b.txt:12"), ("a/b.txt", Some(12)));
        assert_eq!(split_line("urn:uuid:x"), ("urn:uuid:x", None));
        assert_eq!(split_line("b.txt"), ("b.txt", None));
    }
}
