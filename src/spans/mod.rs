//! Spans that stand twice or more, byte for byte, within a text or across texts: all copies but the first.
//!
//! A *window* is a piece of the wanted length: N bytes, or N words from the first byte of the first to the last byte of
//! the last. A window is a copy when equal bytes stand earlier, in reading order, without touching it; a window that is
//! one byte over and over (a ruler, padding) is none. What copies cover goes, shrunk to where white space allows a cut. Reading
//! order is the order of texts, then of bytes.
//!
//! Windows that may be equal have a hash in common; of each *kind*, the windows of one hash, the bytes are compared. So kinds can
//! be worked on one by one, in any order, and their copies be sorted afterwards.
//!
//! The result is exact: it is the same as a suffix array finds (`tests/spans.rs` holds both to a quadratic finder), and a
//! function of the texts alone.

pub mod anchors;
mod border;
pub mod cover;
pub mod link;
pub mod slots;
pub mod stretch;

use std::borrow::Cow;
use std::convert::Infallible;

/// The texts, by number. Where they lie is not known here.
pub trait Texts: Sync {
    /// What is said of texts that cannot be read.
    type Error;

    /// Length of a text in bytes.
    fn length(&self, text: usize) -> usize;

    /// Bytes `from..to` of a text.
    ///
    /// # Errors
    /// When it cannot be read.
    fn bytes(&self, text: usize, from: usize, to: usize) -> Result<Cow<'_, [u8]>, Self::Error>;

    /// All of a text.
    ///
    /// # Errors
    /// When it cannot be read.
    fn whole(&self, text: usize) -> Result<Cow<'_, str>, Self::Error>;
}

impl<T: AsRef<str> + Sync> Texts for [T] {
    type Error = Infallible;

    fn length(&self, text: usize) -> usize {
        self[text].as_ref().len()
    }

    fn bytes(&self, text: usize, from: usize, to: usize) -> Result<Cow<'_, [u8]>, Infallible> {
        Ok(Cow::Borrowed(&self[text].as_ref().as_bytes()[from..to]))
    }

    fn whole(&self, text: usize) -> Result<Cow<'_, str>, Infallible> {
        Ok(Cow::Borrowed(self[text].as_ref()))
    }
}

/// What fits 32 bits, which a text does.
pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
