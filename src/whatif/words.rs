//! Words of a text after other edits: those that were there, less those of the blocks that are cut, and what patches do.

use crate::report::model::{Action, DocumentEntry, Fate, FindingEntry};
use crate::rewrite::patch_order;
use crate::types::{Evidence, Span};

/// A repair, as it was in the run and as it would be.
struct Patch<'a> {
    span: Span,
    finding: &'a FindingEntry<'a>,
    then: bool,
    now: bool,
}

/// Words after; none when repairs in the same words would act differently: what each of them does is not known.
pub(super) fn words_after(entry: &DocumentEntry<'_>, findings: &[&FindingEntry<'_>], acted: &[bool]) -> Option<u64> {
    let mut acting: Vec<(Span, &str)> = findings
        .iter()
        .zip(acted)
        .filter(|(_, acted)| **acted)
        .filter_map(|(f, _)| Some((f.replaces?, f.rule.as_ref())))
        .collect();
    acting.sort_unstable();
    let patch = |f| {
        let finding: &FindingEntry<'_> = f;
        let span = finding.replaces?;
        let now = acting.binary_search(&(span, finding.rule.as_ref())).is_ok();
        Some(Patch { span, finding, then: finding.done, now })
    };
    let mut patches: Vec<Patch<'_>> = entry.findings.iter().filter_map(patch).collect();
    patches.sort_by_key(|patch| patch_order(patch.span, &patch.finding.rule, put(patch.finding)));
    let cut_now = cut(entry, findings.iter().copied().zip(acted.iter().copied()));
    let (mut now, mut then) = (0, 0);
    // Groups of which a part acts, as it did in the run.
    let (mut parts, mut others) = (false, false);
    for group in patches.chunk_by(|_, next| next.finding.joined) {
        match (state(group, |patch| patch.now), state(group, |patch| patch.then)) {
            (Some(a), Some(b)) => (now, then) = (now + a, then + b),
            (None, None) if group.iter().all(|patch| patch.now == patch.then) => parts = true,
            (None, _) => return None,
            (Some(a), None) => (now, others) = (now + a, true),
        }
    }
    let before = signed(entry.words.before);
    let rest = match (parts, others) {
        (false, _) => 0,
        // What those parts did is what is left of the run's figure.
        (true, false) if entry.fate == Fate::Keep => {
            let cut_then = cut(entry, entry.findings.iter().map(|finding| (finding, finding.done)));
            signed(entry.words.after) - (before - cut_then + then)
        }
        (true, _) => return None,
    };
    u64::try_from(before - cut_now + now + rest).ok()
}

/// What a group of patches does to the number of words; none when only some of those act that can act together.
fn state(group: &[Patch<'_>], acts: impl Fn(&Patch<'_>) -> bool) -> Option<i64> {
    if !group.iter().any(&acts) {
        return Some(0);
    }
    let mut reach = 0;
    for patch in group {
        let fits = patch.span.start >= reach && !patch.span.is_empty();
        if acts(patch) != fits {
            return None;
        }
        reach = if fits { patch.span.end } else { reach };
    }
    Some(group[0].finding.more_words)
}

/// Words of the blocks that findings cut.
fn cut<'a>(entry: &DocumentEntry<'_>, acted: impl Iterator<Item = (&'a FindingEntry<'a>, bool)>) -> i64 {
    let mut gone = vec![false; entry.ground.len()];
    for (finding, _) in acted.filter(|(finding, acted)| *acted && finding.action == Action::Cut) {
        let first = entry.ground.partition_point(|ground| ground.1 <= finding.span.start);
        let inside = entry.ground[first..].iter().take_while(|ground| ground.0 < finding.span.end).count();
        gone[first..first + inside].fill(true);
    }
    entry.ground.iter().zip(gone).filter(|(_, gone)| *gone).map(|(ground, _)| signed(ground.2)).sum()
}

/// What a patch puts.
pub(super) fn put<'a>(finding: &'a FindingEntry<'_>) -> &'a str {
    let put = finding.evidence.iter().find_map(|evidence| match evidence {
        Evidence::Replacement { to, .. } => Some(to.as_str()),
        _ => None,
    });
    put.unwrap_or_default()
}

fn signed(words: u64) -> i64 {
    i64::try_from(words).unwrap_or(i64::MAX)
}
