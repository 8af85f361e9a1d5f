//! Windows of words: from the first byte of a word to the last byte of the N-th word from it.
//!
//! Equal windows have equal shingles, so only windows whose shingle occurs twice are looked at byte by byte.

use super::repeated::Seen;
use super::{Copy, Spot, narrow};
use crate::text::fold::{Class, class};
use crate::text::hash::hash64;
use crate::text::shingle::Shingles;
use crate::text::{Folding, Word, words};

/// One window of words.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Hash of its bytes.
    pub hash: u64,
    /// Where it begins.
    pub at: Spot,
    /// Its length in bytes.
    pub len: u32,
}

/// Bytes of memory for so many words, as a rule: a shingle, its slots, and some windows that are repeated.
pub(super) fn memory(words: u64) -> u64 {
    const A_WORD: u64 = 13;
    A_WORD * words
}

/// Memory that is used again for each text.
#[derive(Default)]
pub struct Bench {
    words: Vec<Word>,
    shingles: Shingles,
}

/// The shingles of all windows of `count` words, in text order.
pub fn shingles(text: &str, count: usize, bench: &mut Bench) -> Vec<u64> {
    bench.words.clear();
    words(text, Folding::default(), &mut bench.words);
    bench.shingles.load(&bench.words);
    bench.shingles.of(count, 0, bench.words.len()).collect()
}

/// Appends the windows of `count` words of text number `number` whose shingles are in `wanted`, in text order.
pub fn stretches(number: u32, text: &str, count: usize, wanted: &[Seen], bench: &mut Bench, out: &mut Vec<Stretch>) {
    bench.words.clear();
    words(text, Folding::default(), &mut bench.words);
    out.extend(wanted.iter().map(|seen| {
        let words = &bench.words[seen.number as usize..][..count];
        let (start, end) = (words[0].start as usize, words[count - 1].end as usize);
        let hash = hash64(&text.as_bytes()[start..end]);
        Stretch { hash, at: Spot::new(number, start), len: narrow(end - start) }
    }));
}

/// The copies among windows of words, in reading order, each against its first occurrence.
pub fn copies<T: AsRef<str>>(texts: &[T], mut stretches: Vec<Stretch>) -> Vec<Copy> {
    stretches.sort_unstable_by_key(|s| (s.hash, s.at));
    let bytes = |s: &Stretch| &texts[s.at.text()].as_ref().as_bytes()[s.at.at()..][..s.len as usize];
    let mut out = Vec::new();
    let mut firsts: Vec<Stretch> = Vec::new();
    for kind in stretches.chunk_by(|a, b| a.hash == b.hash) {
        firsts.clear();
        for here in kind {
            // One, unless the hash is the same and the bytes are not.
            let Some(first) = firsts.iter().find(|first| bytes(first) == bytes(here)) else {
                firsts.push(*here);
                continue;
            };
            if here.at.since(first.at) >= u64::from(here.len) {
                out.push(Copy { at: here.at, from: first.at, len: here.len });
            }
        }
    }
    drop(stretches);
    out.sort_unstable_by_key(|copy| copy.at);
    out.dedup_by(|next, last| {
        let joined = next.at <= last.end() && last.goes_on_in(next);
        if joined {
            last.len = narrow(next.at.at() - last.at.at() + next.len as usize);
        }
        joined
    });
    for copy in &mut out {
        let behind = |spot: Spot| texts[spot.text()].as_ref()[spot.at() + copy.len as usize..].chars();
        let same = behind(copy.at).zip(behind(copy.from)).take_while(|(a, b)| a == b && is_mark(*a));
        copy.len += narrow(same.map(|(c, _)| c.len_utf8()).sum());
    }
    out
}

/// Whether a character is punctuation, which goes with the words before it where both copies have it.
fn is_mark(c: char) -> bool {
    class(c) == Class::Gap && !c.is_whitespace()
}
