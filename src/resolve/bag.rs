//! The shingles of a unit that may be like others: sorted, and laid down as bits, only where a pair asks for it.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::text::shingle::{common, set};

/// Shingles of a unit. Most pairs that are counted have little in common, and then a few bits of the earlier one tell; that it
/// is long is why its outline could not.
#[derive(Debug)]
pub struct Bag {
    /// As they come, with repeats; nothing once they are sorted.
    all: Mutex<Vec<u64>>,
    set: OnceLock<Vec<u64>>,
    bits: OnceLock<Bits>,
}

impl Bag {
    /// Shingles, in any order.
    pub fn new(all: Vec<u64>) -> Self {
        Self { all: Mutex::new(all), set: OnceLock::new(), bits: OnceLock::new() }
    }

    /// Distinct shingles, sorted.
    pub fn set(&self) -> &[u64] {
        self.set.get_or_init(|| set(std::mem::take(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner))))
    }

    fn bits(&self) -> &Bits {
        self.bits.get_or_init(|| {
            let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
            if !all.is_empty() {
                return Bits::of(&all);
            }
            // Another thread may be sorting them.
            drop(all);
            Bits::of(self.set())
        })
    }

    /// How many distinct shingles also stand in the other, when there are at least `least`.
    pub fn common(&self, other: &Self, least: u64) -> Option<u64> {
        let mine = self.set();
        let mut spare = mine.len().checked_sub(usize::try_from(least).unwrap_or(usize::MAX))?;
        let bits = other.bits();
        for _ in mine.iter().filter(|shingle| !bits.may_hold(**shingle)) {
            spare = spare.checked_sub(1)?;
        }
        common(mine, other.set(), least)
    }
}

/// A bit for each of many hashes: what has none is not among them.
#[derive(Debug)]
struct Bits {
    words: Box<[u64]>,
    /// How far a hash is shifted to give its bit.
    shift: u32,
}

impl Bits {
    fn of(hashes: &[u64]) -> Self {
        /// Bits for each hash: of eight others one at most seems to be among them.
        const BITS: usize = 8;
        let number = (hashes.len() * BITS).next_power_of_two().max(64);
        let mut bits = Self { words: vec![0; number / 64].into(), shift: 64 - number.trailing_zeros() };
        for &hash in hashes {
            let (word, bit) = bits.place(hash);
            bits.words[word] |= bit;
        }
        bits
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let at = usize::try_from(hash >> self.shift).unwrap_or_default();
        (at / 64, 1 << (at % 64))
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.words[word] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shingle::mix;

    #[test]
    fn what_two_have_in_common_is_what_their_sets_have() {
        let bag = |numbers: std::ops::Range<u64>| Bag::new(numbers.map(|n| mix(n / 2)).collect());
        for (a, b) in
            [(0..200, 100..300), (0..10, 0..4000), (0..4000, 0..10), (0..0, 0..10), (0..10, 0..0), (0..9, 9..20)]
        {
            let (a, b) = (bag(a), bag(b));
            let both = a.set().iter().filter(|n| b.set().contains(n)).count() as u64;
            for least in 0..=both + 2 {
                assert_eq!(a.common(&b, least), (both >= least).then_some(both));
            }
        }
    }
}
