//! Shingles: runs of `k` words, as hashes.
//!
//! A polynomial over the word hashes, kept as prefix sums modulo 2^64: the shingle of any length at any place costs
//! one multiplication, so one pass over the words serves every shingle length.

use super::Word;

pub(super) const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Prefix polynomials over a sequence of words.
#[derive(Default)]
pub struct Shingles {
    prefix: Vec<u64>,
}

impl Shingles {
    /// Takes in a sequence of word hashes, forgetting the one before.
    pub fn load(&mut self, words: &[Word]) {
        self.prefix.clear();
        self.prefix.reserve(words.len() + 1);
        let mut sum = 0u64;
        self.prefix.push(0);
        for word in words {
            sum = next(sum, word.hash);
            self.prefix.push(sum);
        }
    }

    /// Hashes of all runs of `k` words among words `from..to`, in order.
    pub fn of(&self, k: usize, from: usize, to: usize) -> impl Iterator<Item = u64> + Clone + '_ {
        let (starts, ends) = self.borders(k, from, to);
        let power = power(k);
        starts.iter().zip(ends).map(move |(&start, &end)| between(start, end, power))
    }

    /// The prefix sums before and behind each of these runs.
    pub(super) fn borders(&self, k: usize, from: usize, to: usize) -> (&[u64], &[u64]) {
        if to >= from + k { (&self.prefix[from..=to - k], &self.prefix[from + k..=to]) } else { (&[], &[]) }
    }
}

/// The shingle of one run of words alone.
pub fn of_run(words: &[Word]) -> u64 {
    mix(words.iter().fold(0, |sum, word| next(sum, word.hash)))
}

/// As [`of_run`], of their hashes.
pub fn of_words(hashes: &[u64]) -> u64 {
    mix(hashes.iter().fold(0, |sum, &hash| next(sum, hash)))
}

const fn next(sum: u64, hash: u64) -> u64 {
    sum.wrapping_mul(BASE).wrapping_add(hash)
}

/// What a sum is multiplied by when `k` words follow.
pub(super) fn power(k: usize) -> u64 {
    (0..k).fold(1, |power: u64, _| power.wrapping_mul(BASE))
}

/// The hash of the words between two prefix sums.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it must be compiled anew for each set of instructions")]
pub(super) const fn between(start: u64, end: u64, power: u64) -> u64 {
    mix(end.wrapping_sub(start.wrapping_mul(power)))
}

/// Spreads all bits over all bits (the finaliser of `SplitMix64`, Steele, Lea and Flood 2014).
#[inline(always)]
#[expect(clippy::inline_always, reason = "it must be compiled anew for each set of instructions")]
pub(crate) const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Sorts and deduplicates: the set of shingles of a text.
pub fn set(mut shingles: Vec<u64>) -> Vec<u64> {
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Number of elements that two sorted sets share, when there are at least `least`; given up as soon as there cannot be.
pub fn common(left: &[u64], right: &[u64], least: u64) -> Option<u64> {
    let needed = usize::try_from(least).unwrap_or(usize::MAX);
    let mut spare = left.len().checked_sub(needed)?;
    right.len().checked_sub(needed)?;
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        let (a, b) = (left[i], right[j]);
        shared += u64::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
        if a < b {
            spare = spare.checked_sub(1)?;
        }
    }
    (shared >= least).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::super::{Folding, words};
    use super::*;

    fn shingles(text: &str, k: usize) -> Vec<u64> {
        let mut list = Vec::new();
        words(text, Folding::default(), &mut list);
        let mut all = Shingles::default();
        all.load(&list);
        all.of(k, 0, list.len()).collect()
    }

    #[test]
    fn the_same_words_give_the_same_shingle_wherever_they_stand() {
        let a = shingles("one two three four five six", 3);
        let b = shingles("zero zero, three FOUR five!", 3);
        assert_eq!(a.len(), 4);
        let mut list = Vec::new();
        words("one two three", Folding::default(), &mut list);
        assert_eq!(of_run(&list), a[0]);
        let (a, b) = (set(a), set(b));
        assert_eq!((common(&a, &b, 0), common(&a, &b, 1), common(&a, &b, 2)), (Some(1), Some(1), None));
    }

    #[test]
    fn too_few_words_give_none() {
        assert!(shingles("one two", 3).is_empty());
        assert!(shingles("", 3).is_empty());
    }
}
