//! What the line judge says of a page when other lines may go: its scores are stored, only the limit moves.

use std::borrow::Cow;

use crate::judge::line::verdict::{kind, verdict};
use crate::report::model::{Action, DocumentEntry, FindingEntry, Ground, Lines};
use crate::types::{Category, Evidence, Kind, Span};

/// The rule that says what the line judge says.
pub(super) const RULE: &str = "page-furniture";

/// Which lines of the judge go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// Those that went.
    AsItWas,
    /// Those below that score; with none, none.
    Below(Option<i32>),
}

/// A line that the judge spoke of.
struct Judged {
    ground: Ground,
    score: i32,
    kind: Option<Kind>,
}

/// The findings with those of the line judge made anew.
pub(super) fn rejudged<'a>(
    entry: &'a DocumentEntry<'_>,
    below: Option<i32>,
) -> Result<Vec<Cow<'a, FindingEntry<'a>>>, String> {
    let mut lines = Vec::new();
    let mut out: Vec<Cow<'a, FindingEntry<'a>>> = Vec::new();
    for finding in &entry.findings {
        if finding.rule == RULE {
            take(entry, finding, &mut lines)?;
        } else {
            out.push(Cow::Borrowed(finding));
        }
    }
    let together = |a: &Judged, b: &Judged| {
        let meet = a.ground.4.is_some_and(|(gap, _)| a.ground.1 + gap == b.ground.0);
        meet && verdict(a.score, below) == verdict(b.score, below)
    };
    for run in lines.chunk_by(together) {
        let Some(confidence) = verdict(run[0].score, below) else { continue };
        let kinds: Vec<Option<Kind>> = run.iter().map(|line| line.kind).collect();
        out.push(Cow::Owned(FindingEntry {
            rule: Cow::Borrowed(RULE),
            category: Category::Boilerplate,
            kind: kind(&kinds).unwrap_or(Kind::Other),
            confidence,
            span: Span { start: run[0].ground.0, end: run[run.len() - 1].ground.1 },
            lines: Lines { first: 1, last: 1 },
            excerpt: Cow::Borrowed(""),
            evidence: Cow::Borrowed(&[]),
            action: Action::Cut,
            done: false,
            words: None,
            replaces: None,
            more_words: 0,
            joined: false,
        }));
    }
    Ok(out)
}

/// Adds the lines of one finding.
fn take(entry: &DocumentEntry<'_>, finding: &FindingEntry<'_>, lines: &mut Vec<Judged>) -> Result<(), String> {
    let judged = finding.evidence.iter().find_map(|evidence| match evidence {
        Evidence::Judged { scores, kinds, .. } => Some((scores, kinds)),
        _ => None,
    });
    let (scores, kinds) = judged.ok_or("the line judge's finding has no scores")?;
    let first = entry.ground.partition_point(|ground| ground.1 <= finding.span.start);
    let ground = entry.ground[first..].iter().take_while(|ground| ground.0 < finding.span.end);
    let before = lines.len();
    for (n, (&ground, &score)) in ground.zip(scores).enumerate() {
        lines.push(Judged { ground, score, kind: kinds.get(n).copied().flatten() });
    }
    if lines.len() - before == scores.len() {
        Ok(())
    } else {
        Err("the line judge's scores do not fit its lines".into())
    }
}
