//! Words that stand rather in articles, or rather around them, as training pages tell.

use std::fmt;

use super::column::Column;
use super::sheet::Sheet;
use crate::judge::sieve::Sieve;
use crate::text::Word;
use crate::text::hash::ByHash;

/// Words of a line that are looked at.
const MOST: usize = 24;

/// Size of the sieve before the words: some bits for each of the largest vocabulary that training makes.
const SIEVE: usize = 1 << 12;

/// What each word says for article text, in sixteenths of log-odds, by the hash of the word.
#[derive(Clone, Default)]
pub struct Vocabulary {
    worth: ByHash<u64, i8>,
    sieve: Option<Sieve<SIEVE>>,
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} words", self.worth.len())
    }
}

impl Vocabulary {
    /// Of these words.
    pub fn new(words: impl IntoIterator<Item = (u64, i8)>) -> Self {
        let worth: ByHash<u64, i8> = words.into_iter().collect();
        let sieve = (!worth.is_empty()).then(|| Sieve::of(worth.keys().copied()));
        Self { worth, sieve }
    }

    /// All words with what they are worth, sorted.
    pub fn words(&self) -> Vec<(u64, i8)> {
        let mut words: Vec<(u64, i8)> = self.worth.iter().map(|(&word, &worth)| (word, worth)).collect();
        words.sort_unstable();
        words
    }

    /// What a word is worth, if it is known.
    pub fn worth(&self, word: u64) -> Option<i8> {
        self.sieve.as_ref().filter(|sieve| sieve.may_hold(word))?;
        self.worth.get(&word).copied()
    }
}

/// The hashes of those words of a line that may tell something.
pub fn telling(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words[..words.len().min(MOST)].iter().filter(|word| !word.is_number()).map(|word| word.hash)
}

/// Fills in what the known words of a line are worth.
pub fn fill(sheet: &mut Sheet, line: usize, worths: impl Iterator<Item = i8>) {
    let (mut known, mut sum, mut least, mut most) = (0i16, 0i16, 0i16, 0i16);
    for worth in worths.map(i16::from) {
        (known, sum) = (known + 1, sum + worth);
        (least, most) = (least.min(worth), most.max(worth));
    }
    let mut row = sheet.row(line);
    row.set_signed(Column::WordSum, sum);
    row.set_signed(Column::WordMean, if known == 0 { 0 } else { 4 * sum / known });
    row.set_signed(Column::WordLeast, least);
    row.set_signed(Column::WordMost, most);
}
