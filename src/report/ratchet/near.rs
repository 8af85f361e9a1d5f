//! Which of many fingerprints are near another one, without holding it against all.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::types::Print;

/// Numbered sketches by their pairs of slots: near sketches have one in common.
pub(super) struct Near {
    prints: Vec<Print>,
    by_pair: Vec<Vec<u32>>,
}

const PAIRS: usize = Print::SLOTS / 2;
/// Prints with the same pair that are asked about at most, so that a heap of pages from one template does not take for ever.
const MOST: usize = 1024;

impl Near {
    /// Of those of the prints that are sketches; their numbers are their places.
    pub(super) fn new(prints: Vec<Print>) -> Self {
        let mut by_pair = vec![Vec::new(); PAIRS << 8];
        for (number, print) in (0u32..).zip(&prints).filter(|(_, print)| print.is_sketch()) {
            cells(*print).for_each(|cell| by_pair[cell].push(number));
        }
        Self { prints, by_pair }
    }

    /// The numbers of those that are near, the nearest first.
    pub(super) fn to(&self, print: Print) -> Vec<usize> {
        if !print.is_sketch() {
            return Vec::new();
        }
        let met: BTreeSet<u32> = cells(print).flat_map(|cell| self.by_pair[cell].iter().take(MOST).copied()).collect();
        let mut near: Vec<usize> = met.into_iter().map(|n| n as usize).collect();
        near.retain(|&n| self.prints[n].is_near(print));
        near.sort_by_key(|&n| Reverse(self.prints[n].agreeing(print)));
        near
    }
}

fn cells(print: Print) -> impl Iterator<Item = usize> {
    print.pairs().into_iter().enumerate().map(|(n, pair)| n << 8 | usize::from(pair))
}
