//! Where words begin and end: 64 bytes at a time become a mask of those in words, and its borders are walked.
//!
//! All of ASCII is decided there, and words of up to sixteen bytes stay in registers. Bytes beyond ASCII count as letters
//! first; a piece that holds some is then read character by character.

use super::fold::{Class, Fold, fold, fold_plain, fold_word};
use super::packed::{Packed, WIDTH, load};

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Takes the words of a text, in order.
pub(super) trait Visit {
    /// A word of up to sixteen bytes, all ASCII.
    fn ascii(&mut self, start: usize, end: usize, word: Packed);
    /// A word of up to sixteen folded bytes.
    fn short(&mut self, start: usize, end: usize, word: Packed);
    /// A longer word, folded; never empty.
    fn long(&mut self, start: usize, end: usize, folded: &mut [u8]);
}

/// Calls `visit` for each word of `text`.
#[inline(always)]
#[expect(clippy::inline_always, reason = "one loop with each visitor")]
pub(super) fn scan(text: &str, visit: &mut impl Visit) {
    let bytes = text.as_bytes();
    let mut scratch = Vec::new();
    // Where the word began that reaches into the next block.
    let mut start = 0;
    let mut inside = 0;
    for (at, block) in (0..).step_by(BLOCK).zip(bytes.chunks(BLOCK)) {
        let letters = if let Some(block) = block.first_chunk() {
            letters(block)
        } else {
            let mut padded = [0; BLOCK];
            padded[..block.len()].copy_from_slice(block);
            letters(&padded)
        };
        let before = letters << 1 | inside;
        let mut starts = letters & !before;
        let mut ends = !letters & before;
        if inside == 0 {
            start = at + starts.trailing_zeros() as usize;
            starts &= starts.wrapping_sub(1);
        }
        while ends != 0 {
            piece(text, start, at + ends.trailing_zeros() as usize, &mut scratch, visit);
            ends &= ends - 1;
            start = at + starts.trailing_zeros() as usize;
            starts &= starts.wrapping_sub(1);
        }
        inside = letters >> (BLOCK - 1);
    }
    if inside == 1 {
        rare(text, start, bytes.len(), &mut scratch, visit);
    }
}

/// What stands between two ASCII characters that are in no word.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the hottest loop")]
fn piece(text: &str, start: usize, end: usize, scratch: &mut Vec<u8>, visit: &mut impl Visit) {
    let len = end - start;
    if len <= WIDTH {
        let word = Packed::new(load(text.as_bytes(), start), len);
        if word.is_ascii() {
            return visit.ascii(start, end, word);
        }
    }
    rare(text, start, end, scratch, visit);
}

/// A piece that is longer than a register, or holds more than ASCII.
#[inline(never)]
fn rare(text: &str, start: usize, end: usize, scratch: &mut Vec<u8>, visit: &mut impl Visit) {
    let piece = &text.as_bytes()[start..end];
    if piece.len() > WIDTH && piece.is_ascii() {
        scratch.clear();
        scratch.extend_from_slice(piece);
        scratch.make_ascii_lowercase();
        visit.long(start, end, scratch);
    } else {
        beyond_ascii(text, start, end, scratch, visit);
    }
}

/// Reads a piece that holds characters beyond ASCII: no word, one, or several.
fn beyond_ascii(text: &str, start: usize, end: usize, scratch: &mut Vec<u8>, visit: &mut impl Visit) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut open = Open::new(start);
    while at < end {
        if bytes[at].is_ascii() {
            let next = load(bytes, at);
            let run = ((next & HIGH).trailing_zeros() as usize / 8).min(end - at);
            open.take_ascii(next, run);
            at += run;
            open.end = at;
            continue;
        }
        let (code, len) = decode(bytes, at);
        let fold = fold(code);
        if fold.is_word() {
            open.take(fold);
            at += len;
            open.end = at;
            continue;
        }
        match fold.class() {
            Class::Word | Class::Ignored => open.take(fold),
            Class::Solo => {
                open.close(text, scratch, visit);
                open.begin(at);
                if fold.is_plain() {
                    visit.short(at, at + len, Packed::from(fold.utf8().into()));
                } else {
                    open.take(fold);
                    open.end = at + len;
                    open.close_odd(text, scratch, visit);
                }
                open.begin(at + len);
            }
            Class::Gap => {
                open.close(text, scratch, visit);
                open.begin(at + len);
            }
        }
        at += len;
    }
    open.close(text, scratch, visit);
}

const HIGH: u128 = u128::from_ne_bytes([0x80; WIDTH]);

/// The code point that begins at `at` with a byte that is not ASCII, and its length in UTF-8.
#[inline]
fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let byte = |n: usize| u32::from(bytes.get(at + n).copied().unwrap_or_default());
    let more = |n: usize| byte(n) & 0x3F;
    match byte(0) {
        lead @ 0..0xE0 => ((lead & 0x1F) << 6 | more(1), 2),
        lead @ 0xE0..0xF0 => ((lead & 0xF) << 12 | more(1) << 6 | more(2), 3),
        lead => ((lead & 7) << 18 | more(1) << 12 | more(2) << 6 | more(3), 4),
    }
}

/// A word that is being read.
struct Open {
    start: usize,
    /// One past its last character that is not ignored.
    end: usize,
    /// What its characters become, letters of ASCII as they are; the first [`MOST`] bytes, and room for another load.
    bytes: [u8; MOST + WIDTH],
    /// Bytes when folded, more than [`MOST`] perhaps.
    len: usize,
    /// Whether each character so far is folded by itself.
    plain: bool,
    /// Whether the last one is a mark; two in a row may have to change places.
    mark: bool,
}

/// Bytes of a word that is folded while it is read; longer ones are read again.
const MOST: usize = 48;

impl Open {
    fn new(start: usize) -> Self {
        Self { start, end: start, bytes: [0; MOST + WIDTH], len: 0, plain: true, mark: false }
    }

    #[inline]
    fn begin(&mut self, start: usize) {
        (self.start, self.end, self.len, self.plain, self.mark) = (start, start, 0, true, false);
    }

    #[inline]
    fn take(&mut self, fold: Fold) {
        self.plain &= fold.is_plain() & !(self.mark & fold.is_mark());
        self.mark = fold.is_mark();
        let at = self.len.min(MOST);
        self.bytes[at..at + 4].copy_from_slice(&fold.utf8().to_le_bytes());
        self.len += fold.len();
    }

    #[inline]
    fn take_ascii(&mut self, loaded: u128, len: usize) {
        self.mark = false;
        let at = self.len.min(MOST);
        self.bytes[at..at + WIDTH].copy_from_slice(&loaded.to_le_bytes());
        self.len += len;
    }

    #[inline]
    fn close(&self, text: &str, scratch: &mut Vec<u8>, visit: &mut impl Visit) {
        if self.end == self.start {
        } else if self.plain && self.len <= WIDTH {
            visit.short(self.start, self.end, Packed::new(load(&self.bytes, 0), self.len));
        } else {
            self.close_odd(text, scratch, visit);
        }
    }

    #[inline(never)]
    fn close_odd(&self, text: &str, scratch: &mut Vec<u8>, visit: &mut impl Visit) {
        scratch.clear();
        let word = &text[self.start..self.end];
        if !self.plain {
            fold_word(word, scratch);
        } else if self.len <= MOST {
            scratch.extend_from_slice(&self.bytes[..self.len]);
            scratch.make_ascii_lowercase();
        } else {
            fold_plain(word, scratch);
        }
        match Packed::of(scratch) {
            Some(_) if scratch.is_empty() => {}
            Some(word) => visit.short(self.start, self.end, word),
            None => visit.long(self.start, self.end, scratch),
        }
    }
}

/// The bytes of a block that are in words, or beyond ASCII; the first byte is the lowest bit.
#[cfg(target_arch = "x86_64")]
#[inline]
fn letters(block: &[u8; BLOCK]) -> u64 {
    // SAFETY: SSE2 is part of the architecture.
    #[expect(unsafe_code, reason = "the compiler asks for it even where the instructions are always there")]
    unsafe {
        letters_sse2(block)
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
#[inline]
fn letters_sse2(block: &[u8; BLOCK]) -> u64 {
    use std::arch::x86_64::{
        _mm_add_epi8, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };
    let (parts, _) = block.as_chunks::<16>();
    parts.iter().rev().fold(0, |mask, part| {
        let (halves, _) = part.as_chunks();
        let x = _mm_set_epi64x(i64::from_le_bytes(halves[1]), i64::from_le_bytes(halves[0]));
        let within = |x, first: i8, count: i8| {
            let from = _mm_add_epi8(x, _mm_set1_epi8(-first));
            _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8(count - 1)), from)
        };
        let letter = within(_mm_or_si128(x, _mm_set1_epi8(0x20)), 0x61, 26);
        let other = _mm_or_si128(within(x, 0x30, 10), _mm_cmpeq_epi8(x, _mm_set1_epi8(0x5F)));
        let any = _mm_or_si128(_mm_or_si128(letter, other), x);
        mask << 16 | u64::from(_mm_movemask_epi8(any).cast_unsigned())
    })
}

#[cfg(not(target_arch = "x86_64"))]
use letters_plain as letters;

/// The same in eight bytes of a common register.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn letters_plain(block: &[u8; BLOCK]) -> u64 {
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let (parts, _) = block.as_chunks::<8>();
    parts.iter().rev().fold(0, |mask, part| {
        let x = u64::from_le_bytes(*part);
        let low = x & each(0x7F);
        // The highest bit of each byte that is at least `first`.
        let from = |x: u64, first: u8| x + each(0x80 - first);
        let letter = low | each(0x20);
        let letter = from(letter, b'a') & !from(letter, b'z' + 1);
        let digit = from(low, b'0') & !from(low, b'9' + 1);
        let line = !from(low ^ each(b'_'), 1);
        let any = (letter | digit | line | x) & each(0x80);
        mask << 8 | (any >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_classed_alike_at_every_place() {
        for byte in 0..=u8::MAX {
            let expected = u64::from(byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii());
            for at in 0..BLOCK {
                for around in [b' ', b'a', 0xFF, 0] {
                    let mut block = [around; BLOCK];
                    block[at] = byte;
                    let mask = letters(&block);
                    assert_eq!(mask >> at & 1, expected, "{byte} at {at}");
                    assert_eq!(mask, letters_plain(&block));
                }
            }
        }
    }
}
