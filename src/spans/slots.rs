//! Which of very many hashes occur twice: most do not, and are told from the others without being sorted.

use std::sync::atomic::{AtomicU64, Ordering};

/// Two bits for each slot: whether a hash fell into it, and whether a second one did. What falls in may come from any thread, in
/// any order.
pub struct Slots {
    words: Vec<AtomicU64>,
    /// How far a hash is shifted to give its slot.
    shift: u32,
}

/// Slots for each hash: of the hashes that occur once, every eighth at most falls into the slot of another.
const SLOTS: usize = 8;
/// Slots in a word.
const IN_A_WORD: usize = 32;

impl Slots {
    /// For so many hashes, in so many bytes at most: where that is too little, more hashes than need be seem to occur twice.
    pub fn new(hashes: usize, most: usize) -> Self {
        let fits = (most / size_of::<u64>()).saturating_mul(IN_A_WORD).max(IN_A_WORD);
        let fits = 1 << fits.ilog2();
        let slots = hashes.saturating_mul(SLOTS).checked_next_power_of_two().unwrap_or(fits).clamp(IN_A_WORD, fits);
        let words = (0..slots / IN_A_WORD).map(|_| AtomicU64::new(0)).collect();
        Self { words, shift: 64 - slots.trailing_zeros() }
    }

    /// Bytes that the slots take.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.words)
    }

    fn place(&self, hash: u64) -> (usize, u32) {
        let slot = usize::try_from(hash >> self.shift).unwrap_or_default();
        (slot / IN_A_WORD, u32::try_from(slot % IN_A_WORD * 2).unwrap_or_default())
    }

    /// Takes a hash in.
    pub fn add(&self, hash: u64) {
        let (word, bit) = self.place(hash);
        if self.words[word].fetch_or(1 << bit, Ordering::Relaxed) >> bit & 1 == 1 {
            self.words[word].fetch_or(1 << (bit + 1), Ordering::Relaxed);
        }
    }

    /// Whether a hash was taken in twice, or seems so because another fell into its slot.
    pub fn had_two(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.words[word].load(Ordering::Relaxed) >> (bit + 1) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash64;

    #[test]
    fn what_occurs_twice_is_known_and_little_else() {
        let hash = |n: u32| hash64(&n.to_le_bytes());
        for most in [usize::MAX, 1 << 12] {
            let slots = Slots::new(20_000, most);
            (0..20_000).chain(0..1000).for_each(|n| slots.add(hash(n)));
            assert!((0..1000).all(|n| slots.had_two(hash(n))));
            let seem = (1000..20_000).filter(|&n| slots.had_two(hash(n))).count();
            assert!(slots.bytes() <= most && (most < usize::MAX || seem < 19_000 / 8), "{seem} in {}", slots.bytes());
        }
    }

    #[test]
    fn the_least_and_the_greatest_hash_have_slots() {
        let slots = Slots::new(0, 0);
        for hash in [0, u64::MAX, 0] {
            slots.add(hash);
        }
        assert_eq!((slots.had_two(0), slots.had_two(u64::MAX)), (true, false));
    }
}
