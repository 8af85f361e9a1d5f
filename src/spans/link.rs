//! Anchors → copies. Every anchor is held against the first of its kind; windows that are no copies there, where there
//! are more of its kind, are looked up one by one (`recheck.rs`). Nothing is taken on the word of a hash.

use std::borrow::Cow;

use super::recheck::{Open, recheck};
use super::{Texts, narrow};
use crate::types::{SpanAnchor, SpanCopy, Spot};

/// Appends the copies among the windows of `window` bytes that chose an anchor of one kind: each against its first occurrence.
/// `kind` has the anchors of one hash, in reading order.
///
/// # Errors
/// When the texts cannot be read.
pub fn link<T: Texts + ?Sized>(
    texts: &T,
    window: usize,
    kind: &[SpanAnchor],
    out: &mut Vec<SpanCopy>,
) -> Result<(), T::Error> {
    let Some((first, others)) = kind.split_first().filter(|(_, others)| !others.is_empty()) else { return Ok(()) };
    // What stands around the first is read once for all.
    let farthest = others.iter().map(|here| here.far).max().unwrap_or_default() as usize;
    let nearest = others.iter().map(|here| here.near).min().unwrap_or_default() as usize;
    let there = Around::of(texts, first.at, farthest, window - nearest)?;
    let mut open = Vec::new();
    for (here, number) in others.iter().zip(1..) {
        if here.at.since(first.at) < window as u64 {
            // What touches the first of its kind touches all of them that stand before.
            continue;
        }
        let (near, far) = (here.near as usize, here.far as usize);
        let (back, on) = Around::of(texts, here.at, far, window - near)?.equal(&there);
        // A window that begins `offset` before the anchor is equal when so many bytes are before, and the rest behind.
        let (low, high) = (near.max(window - on), far.min(back));
        if low <= high {
            let len = (high - low + window) as u64;
            out.push(SpanCopy { at: here.at.back(high), from: first.at.back(high), len });
        }
        // Where only two are of a kind, the first is all there is to look at.
        if number > 1 {
            let rest = if low <= high { [(near, low), (high + 1, far + 1)] } else { [(near, far + 1), (0, 0)] };
            for (low, high) in rest.into_iter().filter(|(low, high)| low < high) {
                open.push(Open { number, near: narrow(low), far: narrow(high - 1) });
            }
        }
    }
    recheck(texts, window, kind, &open, out)
}

/// Makes one of runs of windows of `window` bytes that follow each other at the same distance. The copies come in reading order.
pub fn joined(copies: impl Iterator<Item = SpanCopy>, window: usize) -> impl Iterator<Item = SpanCopy> {
    let window = window as u64;
    join(copies, move |last, next| next.at.since(last.at) == last.len + 1 - window)
}

/// Makes one of copies that follow each other at the same distance.
pub(super) fn join(
    copies: impl Iterator<Item = SpanCopy>,
    follows: impl Fn(&SpanCopy, &SpanCopy) -> bool,
) -> impl Iterator<Item = SpanCopy> {
    let mut copies = copies.peekable();
    std::iter::from_fn(move || {
        let mut copy = copies.next()?;
        while let Some(next) = copies.next_if(|next| follows(&copy, next) && copy.goes_on_in(next)) {
            copy.len = next.at.since(copy.at) + next.len;
        }
        Some(copy)
    })
}

/// What stands around a spot.
struct Around<'a> {
    bytes: Cow<'a, [u8]>,
    /// Number of those before the spot.
    before: usize,
}

impl<'a> Around<'a> {
    /// At most so many bytes right before the spot, and from it on.
    fn of<T: Texts + ?Sized>(texts: &'a T, spot: Spot, back: usize, on: usize) -> Result<Self, T::Error> {
        let (text, at) = (spot.text(), spot.at());
        let before = back.min(at);
        let bytes = texts.bytes(text, at - before, texts.length(text).min(at + on))?;
        Ok(Self { bytes, before })
    }

    /// Number of equal bytes right before the two spots, and from them on.
    fn equal(&self, other: &Self) -> (usize, usize) {
        let ((left, right), (before, behind)) = (self.bytes.split_at(self.before), other.bytes.split_at(other.before));
        (common_back(left, before), common_front(right, behind))
    }
}

fn word(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_le_bytes)
}

fn common_front(a: &[u8], b: &[u8]) -> usize {
    let mut same = 0;
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        let differ = word(x) ^ word(y);
        if differ != 0 {
            return same + differ.trailing_zeros() as usize / 8;
        }
        same += 8;
    }
    same + a[same..].iter().zip(&b[same..]).take_while(|(x, y)| x == y).count()
}

fn common_back(a: &[u8], b: &[u8]) -> usize {
    let mut same = 0;
    for (x, y) in a.rchunks_exact(8).zip(b.rchunks_exact(8)) {
        let differ = word(x) ^ word(y);
        if differ != 0 {
            return same + differ.leading_zeros() as usize / 8;
        }
        same += 8;
    }
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    same + a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_counted() {
        let text = b"0123456789abcdefghij";
        for n in 0..=20 {
            let mut other = text.to_vec();
            if n < 20 {
                other[n] = b'#';
            }
            assert_eq!(common_front(text, &other), n);
            assert_eq!(common_back(text, &other), if n < 20 { 19 - n } else { 20 });
        }
        assert_eq!(common_front(b"abcdefgh", b"abc"), 3);
        assert_eq!(common_back(b"abcdefghijkl", b"jkl"), 3);
    }
}
