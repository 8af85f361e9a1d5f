//! How the documents of a run write their words.

/// How often words, and pairs of words with nothing but a hyphen between them, stand in the documents that were counted. A word
/// that stands there once only is left out: it may be a slip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spellings {
    /// Sorted.
    keys: Box<[u64]>,
    times: Box<[u32]>,
}

/// The bit by which keys of pairs are told from those of words.
const PAIR: u64 = 1;

impl Spellings {
    /// Takes counts by key, each key once.
    pub fn new(counts: impl Iterator<Item = (u64, u32)>) -> Self {
        let mut counts: Vec<(u64, u32)> = counts.filter(|&(key, times)| times > 1 || key & PAIR != 0).collect();
        counts.sort_unstable();
        Self { keys: counts.iter().map(|(key, _)| *key).collect(), times: counts.iter().map(|(_, n)| *n).collect() }
    }

    /// The key of a word; none when it may be that of a pair.
    pub fn of_word(hash: u64) -> Option<u64> {
        (hash & PAIR == 0 && hash != 0).then_some(hash)
    }

    /// The key of a pair, made of a hash of both words.
    pub fn of_pair(hash: u64) -> u64 {
        hash | PAIR
    }

    /// How often what has this key stands in the documents.
    pub fn times(&self, key: u64) -> u32 {
        self.keys.binary_search(&key).map_or(0, |at| self.times[at])
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.keys) + size_of_val(&*self.times)
    }

    /// All of it as numbers, to be kept.
    pub fn to_words(&self) -> Vec<u64> {
        self.keys.iter().copied().chain(self.times.iter().map(|&times| u64::from(times))).collect()
    }

    /// What [`Self::to_words`] gave; none when it cannot be that.
    pub fn of_words(words: &[u64]) -> Option<Self> {
        let (keys, times) = words.split_at(words.len() / 2);
        let times: Option<Box<[u32]>> = times.iter().map(|&times| u32::try_from(times).ok()).collect();
        let sorted = keys.is_sorted_by(|a, b| a < b);
        times.filter(|times| sorted && times.len() == keys.len()).map(|times| Self { keys: keys.into(), times })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_found_again() {
        let all = Spellings::new([(8, 3), (5, 1), (2, 1), (4, 2)].into_iter());
        assert_eq!([8, 5, 4, 2, 7].map(|key| all.times(key)), [3, 1, 2, 0, 0]);
        let words = all.to_words();
        assert_eq!(Spellings::of_words(&words), Some(all));
        assert!(Spellings::of_words(&words[1..]).is_none() && Spellings::of_words(&[9, 3, 1, 1]).is_none());
        assert_eq!(Spellings::of_words(&[]), Some(Spellings::default()));
    }
}
