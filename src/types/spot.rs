//! Places in very many texts.

use bytemuck::{Pod, Zeroable};

use super::SpanCopy;

/// A byte of a text: sorts in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(transparent)]
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

    /// As one number that sorts alike.
    pub const fn key(self) -> u64 {
        self.0
    }
}

impl SpanCopy {
    /// One past its last byte.
    pub fn end(&self) -> Spot {
        Spot(self.at.0 + self.len)
    }

    /// Whether `next`, whose first window is the one after this one's last, is as far from its first occurrence.
    pub fn goes_on_in(&self, next: &Self) -> bool {
        self.at.text() == next.at.text()
            && self.from.text() == next.from.text()
            && next.at.since(self.at) == next.from.0.wrapping_sub(self.from.0)
    }
}
