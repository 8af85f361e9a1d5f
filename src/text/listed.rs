//! The words of a text, all listed only when somebody asks for all of them.

use std::cell::{Cell, OnceCell};

use super::{Folding, Word, words};
use crate::types::Span;

/// The words of one text, as they are without any setting.
pub struct Listed<'a> {
    text: &'a str,
    number: Option<u64>,
    list: OnceCell<Vec<Word>>,
    /// Memory for the list.
    spare: Cell<Vec<Word>>,
}

impl<'a> Listed<'a> {
    /// Of a text that has so many words, when that is known. `spare` is used for the list.
    pub fn new(text: &'a str, number: Option<u64>, spare: Vec<Word>) -> Self {
        Self { text, number, list: OnceCell::new(), spare: Cell::new(spare) }
    }

    /// All words.
    pub fn all(&self) -> &[Word] {
        self.list.get_or_init(|| {
            let mut list = self.spare.take();
            list.clear();
            words(self.text, Folding::default(), &mut list);
            list
        })
    }

    /// Number of words.
    pub fn number(&self) -> u64 {
        self.number.unwrap_or_else(|| self.all().len() as u64)
    }

    /// Number of words that begin in the span.
    pub fn begin_in(&self, span: Span) -> u64 {
        match self.list.get() {
            Some(list) => {
                let first = list.partition_point(|word| word.start < span.start);
                // Most spans are short.
                let rest = &list[first..];
                let within = |word: &Word| word.start < span.end;
                let mut most = 1;
                while rest.get(most).is_some_and(within) {
                    most *= 2;
                }
                let from = most / 2;
                (from + rest[from..rest.len().min(most)].partition_point(within)) as u64
            }
            None => self.found_in(span),
        }
    }

    /// As [`Self::begin_in`], by the text around the span alone.
    fn found_in(&self, span: Span) -> u64 {
        let (from, to) = (gap_before(self.text, span.start as usize), gap_behind(self.text, span.end as usize));
        let mut list = Vec::new();
        words(&self.text[from..to], Folding::default(), &mut list);
        list.iter().filter(|word| span.range().contains(&(from + word.start as usize))).count() as u64
    }

    /// The memory of the list.
    pub fn into_spare(self) -> Vec<Word> {
        self.list.into_inner().unwrap_or_else(|| self.spare.take())
    }
}

/// The end of the last sign of ASCII before `at` that is no part of a word. Between two such signs, words are the same
/// whatever stands around.
pub fn gap_before(text: &str, at: usize) -> usize {
    text[..at].bytes().rposition(is_gap).map_or(0, |gap| gap + 1)
}

/// The start of the first such sign from `at` on.
pub fn gap_behind(text: &str, at: usize) -> usize {
    text[at..].bytes().position(is_gap).map_or(text.len(), |gap| at + gap)
}

/// Whether a byte is ASCII and stands between words.
fn is_gap(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_alike_with_a_list_and_without() {
        let text = "Don't stop at 3.5 kilo\u{AD}metres,\nça\u{301} va\u{200B}? 天気 が_いい\u{3000}ﬁn…end — 1\u{FE0F}\u{20E3} x";
        let (bare, listed) = (Listed::new(text, None, Vec::new()), Listed::new(text, None, Vec::new()));
        assert_eq!(listed.number(), listed.all().len() as u64);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for &from in &places {
            for &to in places.iter().filter(|&&to| to >= from) {
                let span = Span::new(from, to);
                assert_eq!(bare.begin_in(span), listed.begin_in(span), "{:?}", &text[from..to]);
            }
        }
        assert!(bare.list.get().is_none() && listed.list.get().is_some());
    }
}
