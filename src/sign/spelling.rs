//! How often words stand in documents, as one and with a hyphen within.

use super::Bench;
use crate::text::Word;
use crate::text::spelling::{LONGEST, SHORTEST, pair};
use crate::types::{Page, Spellings};

/// Counts by key: a table with open addressing, since a word in three is counted.
#[derive(Debug)]
pub struct Spelled {
    /// Keys and counts; a key of 0 where there is none. As many as two to some power.
    slots: Vec<(u64, u32)>,
    held: usize,
}

/// Slots of an empty one.
const FIRST: usize = 1 << 10;

impl Default for Spelled {
    fn default() -> Self {
        Self { slots: vec![(0, 0); FIRST], held: 0 }
    }
}

impl Spelled {
    /// Counts the words of the page that was signed last on this bench.
    pub fn count(&mut self, page: &Page, bench: &Bench) {
        let (text, words) = (page.document.text.as_bytes(), bench.words.as_slice());
        for word in words {
            if (SHORTEST..=LONGEST).contains(&(word.end - word.start))
                && let Some(key) = Spellings::of_word(word.hash)
                && is_plain(text, word)
            {
                self.add(key, 1);
            }
        }
        let letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        for hyphen in memchr::memchr_iter(b'-', text) {
            let around = |at: usize| text.get(at).is_some_and(letter);
            if around(hyphen.wrapping_sub(1))
                && around(hyphen + 1)
                && let Some(key) = pair_at(words, hyphen)
            {
                self.add(key, 1);
            }
        }
    }

    /// Adds to the count of a key.
    #[inline]
    pub fn add(&mut self, key: u64, times: u32) {
        let slot = self.slot(key);
        let (found, count) = &mut self.slots[slot];
        *count = count.saturating_add(times);
        if *found == 0 {
            *found = key;
            self.held += 1;
            if self.held * 2 > self.slots.len() {
                self.grow();
            }
        }
    }

    /// Where the key stands, or would.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (key >> 8) as usize & last;
        while self.slots[at].0 != key && self.slots[at].0 != 0 {
            at = (at + 1) & last;
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let twice = vec![(0, 0); 2 * self.slots.len()];
        for (key, times) in std::mem::replace(&mut self.slots, twice).into_iter().filter(|(key, _)| *key != 0) {
            let slot = self.slot(key);
            self.slots[slot] = (key, times);
        }
    }

    /// All counts, in no order that means anything; nothing stays behind.
    pub fn take(&mut self) -> impl Iterator<Item = (u64, u32)> + use<> {
        self.held = 0;
        let slots = std::mem::replace(&mut self.slots, vec![(0, 0); FIRST]);
        slots.into_iter().filter(|(key, _)| *key != 0)
    }
}

/// Whether a long word is one of running text: no part of an address, a path or a call, and without capitals within, as names
/// in programs have them.
#[inline]
fn is_plain(text: &[u8], word: &Word) -> bool {
    let (start, end) = (word.start as usize, word.end as usize);
    let rest = text[start + 1..].first_chunk().copied().unwrap_or_else(|| padded(&text[start + 1..]));
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    let behind = text.get(end).copied().unwrap_or(b' ');
    // The bytes behind the first one, eight at most. In ASCII capitals have the second bit and not the third.
    let rest = u64::from_le_bytes(rest) << (8 * 9u32.saturating_sub(word.end - word.start));
    let capitals = rest << 1 & !rest << 2 & !rest & u64::from_ne_bytes([0x80; 8]);
    let sign = |byte| matches!(byte, b'/' | b'\\' | b'@' | b'=' | b'&' | b'#' | b'%' | b'$');
    let dot = behind == b'.' && text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    capitals == 0 && !sign(before) && before != b'.' && !sign(behind) && behind != b'(' && !dot
}

/// What is left at the end of a text, and zeros.
#[cold]
fn padded(rest: &[u8]) -> [u8; 8] {
    let mut out = [0; 8];
    out[..rest.len()].copy_from_slice(rest);
    out
}

/// The key of the two words that nothing but the hyphen at this byte parts.
fn pair_at(words: &[Word], hyphen: usize) -> Option<u64> {
    let behind = words.partition_point(|word| (word.start as usize) < hyphen);
    let (first, second) = (words.get(behind.checked_sub(1)?)?, words.get(behind)?);
    let touch = first.end as usize == hyphen && second.start as usize == hyphen + 1;
    let long = second.end - first.start > SHORTEST;
    (touch && long && !first.is_number() && !second.is_number())
        .then(|| Spellings::of_pair(pair(first.hash, second.hash)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spelling::word;
    use crate::text::{Folding, words};
    use crate::types::{DocId, Document, Form};

    #[test]
    fn words_and_pairs_are_counted_wherever_they_stand() {
        let text = "Well-known Known-well, known covid-19 development Development. – state-of-the-art wellknown x-y. \
                    example.com/settings user.settings settings@example.com openSettings SETTINGS settings(1) ending";
        let id = DocId { source: 0, place: 0 };
        let document = Document { id, name: String::new(), text: text.into(), form: Form::Utf8 };
        let page = Page::uncut(document);
        let mut bench = Bench::default();
        words(text, Folding::default(), &mut bench.words);
        let mut spelled = Spelled::default();
        (0..3).for_each(|_| spelled.count(&page, &bench));
        for key in 1..5000 {
            spelled.add(key << 20, 1);
        }
        let all = Spellings::new(spelled.take());
        let one = |text| Spellings::of_word(word(text).unwrap()).map_or(0, |key| all.times(key));
        let two = |a, b| all.times(Spellings::of_pair(pair(word(a).unwrap(), word(b).unwrap())));
        assert_eq!([one("development"), one("wellknown"), one("known"), one("covid")], [6, 3, 0, 0]);
        assert_eq!([one("settings"), one("opensettings"), one("example"), one("ending")], [0, 0, 0, 3]);
        assert_eq!([two("well", "known"), two("known", "well"), two("the", "art"), two("x", "y")], [3, 3, 3, 0]);
        assert_eq!(spelled.take().count(), 0);
    }
}
