//! Spans that stand twice or more, byte for byte, within a text or across texts: all copies but the first.
//!
//! A *window* is a piece of the wanted length: N bytes, or N words from the first byte of the first to the last byte of
//! the last. A window is a copy when equal bytes stand earlier, in reading order, without touching it; a window that is
//! one byte over and over (a ruler, padding) is none. What copies cover goes, shrunk to where white space allows a cut. Reading
//! order is the order of texts, then of bytes.
//!
//! The result is exact: it is the same as a suffix array finds (`tests/spans.rs` holds both to a quadratic finder), and a
//! function of the texts alone.

pub mod anchors;
mod border;
pub mod cover;
pub mod link;
mod recheck;
pub mod repeated;
pub mod stretch;

use crate::types::SpanLength;

/// A byte of a text: sorts in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot(u64);

impl Spot {
    /// Byte `at` of text number `text`. Both are below 2^32, which the reader guarantees.
    pub fn new(text: u32, at: usize) -> Self {
        Self((u64::from(text) << 32) + at as u64)
    }

    /// The number of the text.
    pub fn text(self) -> usize {
        usize::try_from(self.0 >> 32).unwrap_or(usize::MAX)
    }

    /// The byte within the text.
    pub fn at(self) -> usize {
        usize::try_from(self.0 & u64::from(u32::MAX)).unwrap_or(usize::MAX)
    }

    /// So many bytes further on in the same text.
    #[must_use]
    pub fn on(self, bytes: usize) -> Self {
        Self(self.0 + bytes as u64)
    }

    /// So many bytes back in the same text.
    #[must_use]
    pub fn back(self, bytes: usize) -> Self {
        Self(self.0 - bytes as u64)
    }

    /// Bytes from an earlier spot of the same text; very many from one in another text.
    pub fn since(self, earlier: Self) -> u64 {
        if self.0 >> 32 == earlier.0 >> 32 { self.0 - earlier.0 } else { u64::MAX }
    }
}

/// A run of windows that are copies, each as far from its first occurrence as the next: `len` bytes at `at` stand at
/// `from` too. The windows within `from` are first occurrences; the two may overlap, the windows do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Where it begins.
    pub at: Spot,
    /// Where the first occurrence begins.
    pub from: Spot,
    /// Length in bytes.
    pub len: u32,
}

impl Copy {
    /// One past its last byte.
    pub fn end(&self) -> Spot {
        self.at.on(self.len as usize)
    }

    /// Whether `next`, whose first window is the one after this one's last, is as far from its first occurrence.
    fn goes_on_in(&self, next: &Self) -> bool {
        self.at.text() == next.at.text()
            && self.from.text() == next.from.text()
            && next.at.since(self.at) == next.from.0.wrapping_sub(self.from.0)
    }
}

/// Bytes of memory that a text of so many bytes and words takes while its copies are looked for, as a rule.
pub fn memory(length: SpanLength, bytes: u64, words: u64) -> u64 {
    const A_TEXT: u64 = 64;
    A_TEXT
        + bytes
        + match length {
            SpanLength::Bytes(window) => anchors::memory(window, bytes),
            SpanLength::Words(_) => stretch::memory(words),
        }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
