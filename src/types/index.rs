//! Which units belong to which documents: three bits a unit, always in memory.

use super::{DocRef, UnitRef};

/// Bits that are appended, and counted.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
    /// Number of ones before each eighth word.
    ones: Vec<u32>,
    length: u32,
}

/// Words between counts.
const STEP: usize = 8;

impl Bits {
    /// Appends a bit.
    pub fn push(&mut self, bit: bool) {
        let at = self.length % 64;
        if at == 0 {
            if self.words.len().is_multiple_of(STEP) {
                let before = self.words.len().saturating_sub(STEP);
                let last: u32 = self.words[before..].iter().map(|w| w.count_ones()).sum();
                self.ones.push(self.ones.last().map_or(0, |ones| ones + last));
            }
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word |= u64::from(bit) << at;
        }
        self.length += 1;
    }

    /// As many of the bits.
    fn of_words(words: &[u64], length: u32) -> Self {
        let mut bits = Self::default();
        (0..length).for_each(|at| bits.push(words[at as usize / 64] >> (at % 64) & 1 == 1));
        bits
    }

    /// Number of bits.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Bit `at`; false beyond the end.
    pub fn get(&self, at: u32) -> bool {
        self.words.get(at as usize / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Number of ones among the bits up to and including `at`.
    pub fn rank(&self, at: u32) -> u32 {
        let word = (at as usize / 64).min(self.words.len().saturating_sub(1));
        let step = word / STEP;
        let whole: u32 = self.words[step * STEP..word].iter().map(|w| w.count_ones()).sum();
        let part = self.words.get(word).map_or(0, |w| (w << (63 - at % 64)).count_ones());
        self.ones.get(step).map_or(0, |ones| ones + whole + part)
    }

    /// The last one at or before `at`; 0 without one.
    pub fn last_one(&self, at: u32) -> u32 {
        let mut word = at / 64;
        let mut bits = self.words.get(word as usize).map_or(0, |w| w << (63 - at % 64) >> (63 - at % 64));
        while bits == 0 && word > 0 {
            word -= 1;
            bits = self.words[word as usize];
        }
        word * 64 + (63 - bits.leading_zeros().min(63))
    }

    /// The place of the first one behind `at`, or the end.
    pub fn next_one(&self, at: u32) -> u32 {
        let from = at + 1;
        let mut word = from as usize / 64;
        let mut bits = self.words.get(word).map_or(0, |w| w >> (from % 64) << (from % 64));
        while bits == 0 && word < self.words.len() {
            word += 1;
            bits = self.words.get(word).copied().unwrap_or_default();
        }
        let place = u32::try_from(word * 64).unwrap_or(u32::MAX).saturating_add(bits.trailing_zeros());
        place.min(self.length)
    }

    /// Number of ones that follow `at` without a gap.
    pub fn run_after(&self, at: u32) -> u32 {
        let mut end = at + 1;
        while self.get(end) {
            end += 1;
        }
        end - at - 1
    }
}

/// The units of one shard.
#[derive(Clone, Debug, Default)]
pub struct ShardIndex {
    /// Number of documents, with those that have no units.
    pub documents: u32,
    /// For each unit, whether it is the first of its document.
    pub starts: Bits,
    /// The number of each document that has units.
    pub with_units: Vec<u32>,
    /// For each unit, whether a larger unit before it holds it.
    pub inner: Bits,
    /// For each unit, whether it is too short to be a copy of one in another document.
    pub short: Bits,
}

impl ShardIndex {
    /// All of it as numbers, to be kept.
    pub fn to_words(&self) -> Vec<u64> {
        let with_units = self.with_units.iter().map(|&doc| u64::from(doc));
        let head = [self.documents, self.starts.len(), u32::try_from(self.with_units.len()).unwrap_or(u32::MAX)];
        let bits = [&self.starts, &self.inner, &self.short].map(|bits| &bits.words);
        head.into_iter().map(u64::from).chain(with_units).chain(bits.into_iter().flatten().copied()).collect()
    }

    /// What [`Self::to_words`] gave; none when it cannot be that.
    pub fn of_words(words: &[u64]) -> Option<Self> {
        let narrow = |&number: &u64| u32::try_from(number).ok();
        let [documents, units, with_units] = words.first_chunk()?;
        let (documents, units) = (narrow(documents)?, narrow(units)?);
        let (with_units, bits) = words[3..].split_at_checked(usize::try_from(*with_units).ok()?)?;
        let each = units.div_ceil(64) as usize;
        let [starts, inner, short] = [0, 1, 2].map(|nth| bits.get(nth * each..(nth + 1) * each));
        let of = |words| Bits::of_words(words, units);
        Some(Self {
            documents,
            starts: of(starts?),
            with_units: with_units.iter().map(narrow).collect::<Option<_>>()?,
            inner: of(inner?),
            short: of(short?),
        })
    }
}

/// The units of all shards.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// By number of the shard.
    pub shards: Vec<ShardIndex>,
}

impl Index {
    fn of(&self, unit: UnitRef) -> &ShardIndex {
        &self.shards[unit.shard() as usize]
    }

    /// The document of a unit.
    pub fn document(&self, unit: UnitRef) -> DocRef {
        let shard = self.of(unit);
        let nth = shard.starts.rank(unit.number()).saturating_sub(1) as usize;
        DocRef::new(unit.shard(), shard.with_units.get(nth).copied().unwrap_or(u32::MAX))
    }

    /// Whether the unit is the first of its document.
    pub fn starts_document(&self, unit: UnitRef) -> bool {
        self.of(unit).starts.get(unit.number())
    }

    /// The number, within its shard, of the first unit of a unit's document.
    pub fn first_of_document(&self, unit: UnitRef) -> u32 {
        self.of(unit).starts.last_one(unit.number())
    }

    /// How many units of its document stand before a unit, and how many behind it.
    pub fn place_in_document(&self, unit: UnitRef) -> (u32, u32) {
        let (starts, at) = (&self.of(unit).starts, unit.number());
        (at - starts.last_one(at), starts.next_one(at) - at - 1)
    }

    /// Whether the unit is too short to be a copy of one in another document.
    pub fn is_short(&self, unit: UnitRef) -> bool {
        self.of(unit).short.get(unit.number())
    }

    /// The units of which `unit` is made up: itself, and behind it the lines of a paragraph.
    pub fn inside(&self, unit: UnitRef) -> impl Iterator<Item = UnitRef> + use<> {
        std::iter::once(unit).chain(self.lines(unit))
    }

    /// The lines of a paragraph; none of another unit.
    pub fn lines(&self, unit: UnitRef) -> impl Iterator<Item = UnitRef> + use<> {
        let (inner, number) = (&self.of(unit).inner, unit.number());
        let lines = if inner.get(number) { 0 } else { inner.run_after(number) };
        (number + 1..=number + lines).map(move |number| UnitRef::new(unit.shard(), number))
    }

    /// Whether the earlier of two units is a paragraph and the later a line of it.
    pub fn holds(&self, earlier: UnitRef, later: UnitRef) -> bool {
        self.inside(earlier).any(|unit| unit == later)
    }

    /// Number of units.
    pub fn units(&self) -> u64 {
        self.shards.iter().map(|shard| u64::from(shard.starts.len())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_count_the_ones() {
        let mut bits = Bits::default();
        (0..2000u32).for_each(|i| bits.push(i % 3 == 0));
        for at in [0, 1, 2, 3, 63, 64, 511, 512, 513, 1999] {
            assert_eq!(bits.rank(at), at / 3 + 1, "{at}");
            assert_eq!(bits.get(at), at % 3 == 0, "{at}");
            assert_eq!(bits.last_one(at), at / 3 * 3, "{at}");
            assert_eq!(bits.next_one(at), (at / 3 * 3 + 3).min(2000), "{at}");
        }
    }

    #[test]
    fn units_know_their_documents_and_paragraphs() {
        let mut shard = ShardIndex { documents: 3, with_units: vec![0, 2], ..ShardIndex::default() };
        // Document 0: a paragraph of two lines, a line. Document 1 is empty. Document 2: a line.
        for (start, inner) in [(true, false), (false, true), (false, true), (false, false), (true, false)] {
            shard.starts.push(start);
            shard.inner.push(inner);
        }
        let index = Index { shards: vec![ShardIndex::default(), shard] };
        let unit = |n| UnitRef::new(1, n);
        assert_eq!((0..5).map(|n| index.document(unit(n)).number()).collect::<Vec<_>>(), [0, 0, 0, 0, 2]);
        assert!(index.holds(unit(0), unit(2)) && !index.holds(unit(0), unit(3)) && !index.holds(unit(1), unit(2)));
        assert_eq!(index.inside(unit(0)).count(), 3);
        assert_eq!([0, 3, 4].map(|n| index.place_in_document(unit(n))), [(0, 3), (3, 0), (0, 0)]);
    }

    #[test]
    fn an_index_comes_back_from_its_words() {
        let mut index = ShardIndex { documents: 9, with_units: vec![1, 4, 8], ..ShardIndex::default() };
        for number in 0..150 {
            index.starts.push(number % 50 == 0);
            index.inner.push(number % 7 == 3);
            index.short.push(number % 3 == 1);
        }
        let words = index.to_words();
        let again = ShardIndex::of_words(&words).unwrap();
        assert_eq!(again.to_words(), words);
        assert_eq!((again.documents, again.starts.rank(149), again.short.len()), (9, 3, 150));
        assert!(ShardIndex::of_words(&words[..words.len() - 1]).is_none() && ShardIndex::of_words(&[]).is_none());
    }
}
