//! Which of very many hashes occur twice: most do not, and are told from the others without being sorted.

use crate::text::shingle::mix;

/// A hash, and where it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The hash.
    pub hash: u64,
    /// Number of the list that it stands in.
    pub list: u32,
    /// Its number in the list.
    pub number: u32,
}

/// Times that the hashes are sifted; few are left by then that occur once.
const ROUNDS: u64 = 4;

/// All hashes that occur twice or more in these lists together, in their order; few others are among them.
pub fn repeated(lists: Vec<Vec<u64>>) -> Vec<Seen> {
    let mut slots = Slots::new(lists.iter().map(Vec::len).sum());
    lists.iter().flatten().for_each(|&hash| slots.add(hash));
    let mut out = Vec::new();
    for (hashes, list) in lists.into_iter().zip(0..) {
        let some = hashes.iter().zip(0..).filter(|(hash, _)| slots.had_two(**hash));
        out.extend(some.map(|(&hash, number)| Seen { hash, list, number }));
    }
    for round in 1..ROUNDS {
        let mut slots = Slots::new(out.len());
        let turned = |seen: &Seen| mix(seen.hash ^ round);
        for seen in &out {
            slots.add(turned(seen));
        }
        out.retain(|seen| slots.had_two(turned(seen)));
    }
    out
}

/// Two bits for each slot: whether a hash fell into it, and whether a second one did.
struct Slots {
    words: Vec<u64>,
    /// How far a hash is shifted to give its slot.
    shift: u32,
}

/// Slots for each hash: of the hashes that occur once, every eighth at most falls into the slot of another.
const SLOTS: usize = 8;
/// Slots in a word.
const IN_A_WORD: usize = 32;

impl Slots {
    fn new(hashes: usize) -> Self {
        let slots = (hashes * SLOTS).next_power_of_two().max(IN_A_WORD);
        Self { words: vec![0; slots / IN_A_WORD], shift: 64 - slots.trailing_zeros() }
    }

    fn place(&self, hash: u64) -> (usize, u32) {
        let slot = usize::try_from(hash >> self.shift).unwrap_or_default();
        (slot / IN_A_WORD, u32::try_from(slot % IN_A_WORD * 2).unwrap_or_default())
    }

    fn add(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        let before = self.words[word];
        self.words[word] = before | 1 << bit | (before >> bit & 1) << (bit + 1);
    }

    fn had_two(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.words[word] >> (bit + 1) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash64;

    #[test]
    fn what_occurs_twice_is_left() {
        let hash = |n: u32| hash64(&n.to_le_bytes());
        // The first ten of each list but the first are the last ten of the one before.
        let lists: Vec<Vec<u64>> = (0..400).map(|list| (list * 50..list * 50 + 60).map(hash).collect()).collect();
        let twice = |list: u32, number: u32| (list > 0 && number < 10) || (list < 399 && number >= 50);
        let expected = |&(list, number): &(u32, u32)| twice(list, number);
        let all = (0..400).flat_map(|list| (0..60).map(move |number| (list, number)));
        let expected: Vec<(u32, u32)> = all.filter(expected).collect();
        let found = repeated(lists);
        assert!(found.iter().all(|seen| seen.hash == hash(seen.list * 50 + seen.number)));
        let found: Vec<(u32, u32)> = found.iter().map(|seen| (seen.list, seen.number)).collect();
        assert!(expected.iter().all(|place| found.binary_search(place).is_ok()));
        assert!(found.is_sorted() && found.len() < expected.len() * 101 / 100, "{}", found.len());
    }

    #[test]
    fn the_least_and_the_greatest_hash_have_slots() {
        let seen = repeated(vec![vec![0, u64::MAX, 0], vec![], vec![u64::MAX]]);
        assert_eq!(
            seen.iter().map(|seen| (seen.list, seen.number)).collect::<Vec<_>>(),
            [(0, 0), (0, 1), (0, 2), (2, 0)]
        );
        assert!(repeated(Vec::new()).is_empty());
    }
}
