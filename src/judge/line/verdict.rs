//! From scores to what is said of lines.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::forest::UNIT;
use crate::types::{Confidence, Kind};

/// How sure the judge must be that a line is furniture for a remark: three to one.
pub const REMARK: i32 = -UNIT;

/// What is said of a line with that score, when lines below another score go; none when it may be part of the article.
pub fn verdict(score: i32, below: Option<i32>) -> Option<Confidence> {
    match below {
        Some(below) if score < below => Some(Confidence::Likely),
        _ if score < REMARK => Some(Confidence::Hint),
        _ => None,
    }
}

/// What most lines of a run are that the phrase lists know; none when they know none.
pub fn kind(run: &[Option<Kind>]) -> Option<Kind> {
    let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
    run.iter().flatten().for_each(|kind| *kinds.entry(*kind).or_default() += 1);
    kinds.into_iter().max_by_key(|&(kind, lines)| (lines, Reverse(kind))).map(|(kind, _)| kind)
}
