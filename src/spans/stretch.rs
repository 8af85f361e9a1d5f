//! Windows of words: from the first byte of a word to the last byte of the N-th word from it.
//!
//! Equal windows have equal shingles, so only windows whose shingle occurs twice are looked at byte by byte.

use std::borrow::Cow;

use super::link::join;
use super::slots::Slots;
use super::{Texts, narrow};
use crate::text::fold::{Class, class};
use crate::text::hash::hash64;
use crate::text::shingle::Shingles;
use crate::text::{Folding, Word, words};
use crate::types::{SpanCopy, SpanWindow, Spot};

/// Memory that is used again for each text.
#[derive(Default)]
pub struct Bench {
    words: Vec<Word>,
    shingles: Shingles,
}

impl Bench {
    /// The shingles of all windows of `count` words, in text order.
    fn shingles(&mut self, text: &str, count: usize) -> impl Iterator<Item = u64> + '_ {
        self.words.clear();
        words(text, Folding::default(), &mut self.words);
        self.shingles.load(&self.words);
        self.shingles.of(count, 0, self.words.len())
    }
}

/// Takes the shingles of all windows of `count` words in.
pub fn count(text: &str, count: usize, bench: &mut Bench, slots: &Slots) {
    bench.shingles(text, count).for_each(|hash| slots.add(hash));
}

/// Calls `visit` with the windows of `count` words of text number `number` whose shingles occur twice, in text order.
pub fn windows(
    number: u32,
    text: &str,
    count: usize,
    bench: &mut Bench,
    slots: &Slots,
    mut visit: impl FnMut(SpanWindow),
) {
    let twice: Vec<u32> =
        bench.shingles(text, count).zip(0..).filter(|(hash, _)| slots.had_two(*hash)).map(|(_, at)| at).collect();
    for at in twice {
        let words = &bench.words[at as usize..][..count];
        let (start, end) = (words[0].start as usize, words[count - 1].end as usize);
        let hash = hash64(&text.as_bytes()[start..end]);
        visit(SpanWindow { hash, at: Spot::new(number, start), len: (end - start) as u64 });
    }
}

/// Appends the copies among windows of one kind, which come in reading order: each against its first occurrence.
///
/// # Errors
/// When the texts cannot be read.
pub fn link<T: Texts + ?Sized>(texts: &T, kind: &[SpanWindow], out: &mut Vec<SpanCopy>) -> Result<(), T::Error> {
    let bytes = |w: &SpanWindow| {
        let from = w.at.at();
        texts.bytes(w.at.text(), from, from + usize::try_from(w.len).unwrap_or(usize::MAX))
    };
    // One, unless the hash is the same and the bytes are not.
    let mut firsts: Vec<(SpanWindow, Cow<'_, [u8]>)> = Vec::new();
    if kind.len() < 2 {
        return Ok(());
    }
    for here in kind {
        let text = bytes(here)?;
        let Some((first, _)) = firsts.iter().find(|(_, first)| *first == text) else {
            firsts.push((*here, text));
            continue;
        };
        if here.at.since(first.at) >= here.len {
            out.push(SpanCopy { at: here.at, from: first.at, len: here.len });
        }
    }
    Ok(())
}

/// Makes one of runs of windows that overlap, and adds the punctuation that follows both there and here. The copies come in
/// reading order.
pub fn joined<'a, T: Texts + ?Sized>(
    texts: &'a T,
    copies: impl Iterator<Item = SpanCopy> + 'a,
) -> impl Iterator<Item = Result<SpanCopy, T::Error>> + 'a {
    join(copies, |last, next| next.at <= last.end()).map(|copy| {
        let more = marks(texts, copy)?;
        Ok(SpanCopy { len: copy.len + u64::from(more), ..copy })
    })
}

/// Bytes behind a copy in which punctuation is looked for.
const MARKS: usize = 64;

/// Bytes of punctuation that follow a copy and its first occurrence.
fn marks<T: Texts + ?Sized>(texts: &T, copy: SpanCopy) -> Result<u32, T::Error> {
    let behind = |spot: Spot| {
        let (text, from) = (spot.text(), spot.at() + usize::try_from(copy.len).unwrap_or(usize::MAX));
        texts.bytes(text, from, texts.length(text).min(from + MARKS))
    };
    let (here, there) = (behind(copy.at)?, behind(copy.from)?);
    let same = characters(&here).zip(characters(&there)).take_while(|(a, b)| a == b && is_mark(*a));
    Ok(narrow(same.map(|(c, _)| c.len_utf8()).sum()))
}

/// The characters of bytes of which the last may be cut short.
fn characters(bytes: &[u8]) -> std::str::Chars<'_> {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid()).chars()
}

/// Whether a character is punctuation, which goes with the words before it where both copies have it.
fn is_mark(c: char) -> bool {
    class(c) == Class::Gap && !c.is_whitespace()
}
