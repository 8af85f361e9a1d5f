//! What the pages of a site have in common around what each of them says.

use std::ops::Range;

use super::{Case, quotation};
use crate::types::CommonLine;

/// Pages of a site that must have a line at the same place.
pub const PAGES: u32 = 4;
/// Lines that make a head: a single one may be the headline of a column.
const HEAD: usize = 2;

/// Lines side by side that most pages of the site have at the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Their blocks.
    pub blocks: Range<usize>,
    /// Pages that have each of them there, at least.
    pub pages: u32,
    /// All pages of the site.
    pub of_host: u32,
    /// Whether they begin the page; else they end it.
    pub head: bool,
}

/// Whether it stands at the same place in at least half of the pages of its site, and in [`PAGES`].
fn is_template(line: &CommonLine) -> bool {
    line.in_place >= PAGES && 2 * u64::from(line.in_place) >= u64::from(line.of_host)
}

/// The runs without a gap from the page's beginning, and to its end. Longer blocks that recur do not end a run and are no part
/// of one: they are copies. None on a page that has more in common with others than it has of its own.
pub(super) fn around(case: &Case<'_>) -> Vec<Run> {
    let lines: Vec<&CommonLine> = case.facts.common.iter().filter(|line| is_template(line)).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let words = |block: usize| case.words_in(case.page.blocks[block].span);
    let common: u32 = lines.iter().map(|line| words(line.block as usize)).sum();
    if 2 * common > case.number_of_words() {
        return Vec::new();
    }
    let blocks = case.page.blocks.len();
    let of = |block: usize| lines.binary_search_by_key(&block, |line| line.block as usize).ok().map(|i| lines[i]);
    let goes_on = |&block: &usize| match of(block) {
        Some(_) => quotation::why(case, case.page.blocks[block].span).is_none(),
        None => words(block) == 0,
    };
    let head = (0..blocks).take_while(goes_on).count();
    let foot = blocks - (head..blocks).rev().take_while(goes_on).count();
    let mut runs = Vec::new();
    for (side, head) in [(0..head, true), (foot..blocks, false)] {
        let pieces = split(side, |block| of(block).is_some_and(|line| !line.short));
        for blocks in pieces.filter_map(|piece| trimmed(piece, |block| of(block).is_some())) {
            let lines: Vec<&CommonLine> = blocks.clone().filter_map(of).collect();
            let least = |value: fn(&CommonLine) -> u32| lines.iter().map(|line| value(line)).min().unwrap_or_default();
            let (pages, of_host) = (least(|line| line.in_place), least(|line| line.of_host));
            if !head || lines.len() >= HEAD {
                runs.push(Run { blocks, pages, of_host, head });
            }
        }
    }
    runs
}

/// The stretches between the blocks at which to split.
fn split(range: Range<usize>, at: impl Fn(usize) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut from = range.start;
    let end = range.end;
    let ends = (range.start..=end).filter(move |&block| block == end || at(block));
    ends.map(move |block| std::mem::replace(&mut from, block + 1)..block)
}

/// From the first to the last block that `holds`.
fn trimmed(range: Range<usize>, holds: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    let first = range.clone().find(|&block| holds(block))?;
    let last = range.rev().find(|&block| holds(block))?;
    Some(first..last + 1)
}
