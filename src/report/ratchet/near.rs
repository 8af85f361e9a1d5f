//! Which of many fingerprints are near another one, without holding it against all.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::section::{Units, What};
use crate::types::Print;

/// Numbered sketches by their pairs of slots: near sketches have one in common.
pub(super) struct Near {
    prints: Vec<Print>,
    /// Pair and number, in order.
    by_pair: Vec<(u16, u32)>,
}

/// Prints with the same pair that are asked about at most, so that a heap of pages from one template does not take for ever.
const MOST: usize = 1024;

impl Near {
    /// Of those of the prints that are sketches; their numbers are their places.
    pub(super) fn new(prints: Vec<Print>) -> Self {
        let sketches = (0u32..).zip(&prints).filter(|(_, print)| print.is_sketch());
        let mut by_pair: Vec<_> = sketches.flat_map(|(n, print)| cells(*print).map(move |cell| (cell, n))).collect();
        by_pair.sort_unstable();
        Self { prints, by_pair }
    }

    /// The numbers of those that are near, the nearest first.
    pub(super) fn to(&self, print: Print) -> Vec<usize> {
        if self.by_pair.is_empty() || !print.is_sketch() {
            return Vec::new();
        }
        let met: BTreeSet<u32> = cells(print).flat_map(|cell| self.of(cell)).collect();
        let mut near: Vec<usize> = met.into_iter().map(|n| n as usize).collect();
        near.retain(|&n| self.prints[n].is_near(print));
        near.sort_by_key(|&n| Reverse(self.prints[n].agreeing(print)));
        near
    }

    fn of(&self, cell: u16) -> impl Iterator<Item = u32> {
        let first = self.by_pair.partition_point(|&(other, _)| other < cell);
        self.by_pair[first..].iter().take_while(move |&&(other, _)| other == cell).take(MOST).map(|&(_, n)| n)
    }
}

/// Pieces of dirt by their sketches.
pub(super) struct NearUnits {
    units: Vec<(What, Print)>,
    near: Near,
}

impl NearUnits {
    /// Of those of the pieces that have one.
    pub(super) fn of(units: &Units) -> Self {
        let units: Vec<(What, Print)> = units.keys().copied().filter(|(_, print)| print.is_sketch()).collect();
        let near = Near::new(units.iter().map(|&(_, print)| print).collect());
        Self { units, near }
    }

    /// Those that are near and may be this, the nearest first.
    pub(super) fn to(&self, what: What, print: Print) -> impl Iterator<Item = (What, Print)> {
        let near = self.near.to(print).into_iter().map(|place| self.units[place]);
        near.filter(move |(other, _)| what.may_be(*other))
    }
}

fn cells(print: Print) -> impl Iterator<Item = u16> {
    (0u16..).zip(print.pairs()).map(|(n, pair)| n << 8 | u16::from(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found_as_by_looking_at_all() {
        // Numbers that repeat (xorshift), in families that differ in a few slots.
        let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let families: Vec<u128> = (0..20).map(|_| u128::from(next()) << 64 | u128::from(next())).collect();
        let mut print = |n: usize| {
            let slots = (next() % 20, next());
            let changed = (0..slots.0).fold(families[n % 20], |print, slot| print ^ (15 << (4 * (slot + slots.1 % 7))));
            if n.is_multiple_of(11) { Print(changed & u128::from(u64::MAX)) } else { Print(changed) }
        };
        let units: Units = (0..400).map(|n| ((What::ALL[n % 4], print(n)), 1)).collect();
        let near = NearUnits::of(&units);
        let (mut found, mut none) = (0, 0);
        for n in 0..200 {
            let (what, print) = (What::ALL[n % 7], print(n));
            let fits = |other: &(What, Print)| print.is_sketch() && what.may_be(other.0) && other.1.is_near(print);
            let mut all: Vec<(What, Print)> = units.keys().copied().filter(fits).collect();
            all.sort_by_key(|other| Reverse(other.1.agreeing(print)));
            assert_eq!(near.to(what, print).collect::<Vec<_>>(), all);
            found += usize::from(!all.is_empty());
            none += usize::from(all.is_empty());
        }
        assert!(found > 20 && none > 20, "{found} {none}");
    }
}
