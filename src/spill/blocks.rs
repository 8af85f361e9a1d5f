//! A list that grows without moving: blocks of one size, so that what one sorter lets go another can use.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::vec::IntoIter;

use bytemuck::Pod;

/// Bytes of a block.
const BYTES: usize = 16 * 1024;

/// Records in blocks.
pub(super) struct Blocks<R>(Vec<Vec<R>>);

impl<R> Default for Blocks<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Copy> Blocks<R> {
    /// Appends records; returns the bytes of memory that were taken for them.
    pub(super) fn extend(&mut self, mut records: &[R]) -> usize {
        let before = self.bytes();
        while !records.is_empty() {
            if self.0.last().is_none_or(|block| block.len() == block.capacity()) {
                self.0.push(Vec::with_capacity(BYTES / size_of::<R>()));
            }
            if let Some(block) = self.0.last_mut() {
                let (now, later) = records.split_at(records.len().min(block.capacity() - block.len()));
                block.extend_from_slice(now);
                records = later;
            }
        }
        self.bytes() - before
    }

    /// Lets go what is not wanted.
    pub(super) fn retain(&mut self, mut wanted: impl FnMut(&R) -> bool) {
        self.0.iter_mut().for_each(|block| block.retain(&mut wanted));
        self.0.retain(|block| !block.is_empty());
    }

    /// Lets go most of those that are alone with their `key`: what is looked at in any order here need not be sorted. Of eight
    /// that are alone one may stay, since its slot is that of another.
    pub(super) fn retain_shared(&mut self, key: impl Fn(&R) -> u64) {
        const SLOTS: usize = 8;
        // Keys of a part begin alike: a product with it spreads the rest (Knuth's multiplicative hashing).
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        let number: usize = self.0.iter().map(Vec::len).sum();
        let slots = (number * SLOTS).next_power_of_two().max(64);
        let shift = u64::BITS - slots.trailing_zeros();
        let place = |record: &R| {
            let slot = usize::try_from(key(record).wrapping_mul(SPREAD) >> shift).unwrap_or_default();
            (slot / 64, 1u64 << (slot % 64))
        };
        // Which slots a key fell into, and which a second one.
        let mut taken = vec![(0u64, 0u64); slots / 64];
        for record in self.0.iter().flatten() {
            let (word, bit) = place(record);
            let (once, twice) = &mut taken[word];
            *twice |= *once & bit;
            *once |= bit;
        }
        self.retain(|record| {
            let (word, bit) = place(record);
            taken[word].1 & bit != 0
        });
    }
}

/// Records that a bucket holds at most, as a rule.
const BUCKET: usize = 8;

impl<R: Pod + Ord> Blocks<R> {
    /// All records in order, which begins with their `key`; nothing stays behind. Up to so many bytes they are copied into one list; of more, each block is
    /// sorted where it stands and all are merged, since a list would take as much memory again.
    pub(super) fn sorted(&mut self, copied: usize, key: impl Fn(&R) -> u64) -> Ordered<R> {
        if self.bytes() <= copied {
            let list = self.take_sorted(key);
            return Ordered { bytes: list.capacity() * size_of::<R>(), list: list.into_iter(), ..Ordered::default() };
        }
        let bytes = self.bytes();
        let sorted = |mut block: Vec<R>| {
            block.sort_unstable();
            block.into_iter()
        };
        let mut blocks: Vec<IntoIter<R>> = std::mem::take(&mut self.0).into_iter().map(sorted).collect();
        let first = |(number, block): (usize, &mut IntoIter<R>)| block.next().map(|record| Reverse((record, number)));
        let heap = blocks.iter_mut().enumerate().filter_map(first).collect();
        Ordered { bytes, list: Vec::new().into_iter(), blocks, heap }
    }

    /// Copies all records into one list, in order. Keys are mostly hashes: then buckets of as wide stretches of them get a
    /// few records each, and hardly anything is left to be sorted.
    fn take_sorted(&mut self, key: impl Fn(&R) -> u64) -> Vec<R> {
        let records = || self.0.iter().flatten();
        let number: usize = self.0.iter().map(Vec::len).sum();
        let least = records().map(&key).min().unwrap_or_default();
        let range = records().map(&key).max().unwrap_or_default() - least;
        let buckets = (number / BUCKET).next_power_of_two();
        let shift = (u64::BITS - range.leading_zeros()).saturating_sub(buckets.trailing_zeros());
        // One bucket for the whole range of keys is as wide as a key.
        let place = |key: u64| key.checked_shr(shift).unwrap_or_default();
        let bucket = |record: &R| usize::try_from(place(key(record) - least)).unwrap_or(buckets - 1);
        // Where the next record of each bucket goes.
        let mut next = vec![0usize; buckets];
        records().for_each(|record| next[bucket(record)] += 1);
        let mut end = 0;
        for next in &mut next {
            end += std::mem::replace(next, end);
        }
        let mut list = vec![R::zeroed(); number];
        // Each block goes as soon as it is copied.
        for record in std::mem::take(&mut self.0).into_iter().flatten() {
            let next = &mut next[bucket(&record)];
            list[*next] = record;
            *next += 1;
        }
        let mut start = 0;
        for end in next {
            list[start..end].sort_unstable();
            start = end;
        }
        list
    }
}

impl<R> Blocks<R> {
    /// Bytes of memory.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|block| block.capacity() * size_of::<R>()).sum()
    }
}

/// The records of blocks, in order.
pub(super) struct Ordered<R> {
    bytes: usize,
    list: IntoIter<R>,
    blocks: Vec<IntoIter<R>>,
    /// The next record of each block, with the block's number.
    heap: BinaryHeap<Reverse<(R, usize)>>,
}

impl<R: Ord> Default for Ordered<R> {
    fn default() -> Self {
        Self { bytes: 0, list: Vec::new().into_iter(), blocks: Vec::new(), heap: BinaryHeap::new() }
    }
}

impl<R> Ordered<R> {
    /// Bytes of memory at the beginning.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

impl<R: Copy + Ord> Iterator for Ordered<R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if self.blocks.is_empty() {
            return self.list.next();
        }
        let mut top = self.heap.peek_mut()?;
        let Reverse((record, number)) = *top;
        if let Some(next) = self.blocks[number].next() {
            *top = Reverse((next, number));
        } else {
            PeekMut::pop(top);
            // What is read gives its memory back.
            self.blocks[number] = Vec::new().into_iter();
        }
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_or_merged_the_order_is_the_same() {
        let numbers: Vec<u64> =
            (0..20_000u32).map(|n| crate::types::DocRef::new(n % 7, n * 7919 % 5000).key()).collect();
        let all = |copied: usize| {
            let mut blocks = Blocks::default();
            numbers.chunks(1000).for_each(|some| {
                blocks.extend(some);
            });
            blocks.retain(|number| number % 3 > 0);
            let ordered = blocks.sorted(copied, |number| *number);
            assert_eq!(blocks.bytes(), 0);
            ordered.collect::<Vec<u64>>()
        };
        let mut expected = numbers.clone();
        expected.retain(|number| number % 3 > 0);
        expected.sort_unstable();
        assert_eq!(all(usize::MAX), expected);
        assert_eq!(all(0), expected);
    }

    #[test]
    fn what_shares_its_key_stays_and_little_else() {
        let hash = |n: u64| n.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        for (alone, shared) in [(0, 0), (1, 0), (0, 2), (20_000, 1000)] {
            let mut blocks = Blocks::default();
            let all: Vec<u64> = (0..alone + shared).chain(alone..alone + shared).map(hash).collect();
            blocks.extend(&all);
            blocks.retain_shared(|number| *number);
            let left: Vec<u64> = blocks.sorted(usize::MAX, |number| *number).collect();
            let count = |n: u64| left.iter().filter(|left| **left == hash(n)).count();
            assert!((alone..alone + shared).all(|n| count(n) == 2));
            let most = usize::try_from(2 * shared + alone / 8).unwrap();
            assert!(left.len() <= most, "{} of {}", left.len(), all.len());
        }
    }

    #[test]
    fn any_keys_are_sorted() {
        let hash = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let ends = [0, u64::MAX, 1 << 63, 5].into_iter().cycle();
        let lists: [Vec<u64>; 7] = [
            Vec::new(),
            vec![7],
            vec![u64::MAX, 7, 0],
            (0..10_000).map(hash).collect(),
            (0..10_000).map(|n| hash(n % 3)).collect(),
            (0..10_000).rev().collect(),
            ends.take(10_000).collect(),
        ];
        for mut list in lists {
            let mut blocks = Blocks::default();
            blocks.extend(&list);
            let sorted: Vec<u64> = blocks.sorted(usize::MAX, |number| *number).collect();
            list.sort_unstable();
            assert_eq!(sorted, list);
        }
    }
}
