//! Anchors → copies. Every anchor is held against the first of its kind; windows that are no copies there may be copies of
//! what stands around another: those that have more bytes in common are held against the first of them, and so on. Nothing
//! is taken on the word of a hash.

use std::borrow::Cow;

use super::{Texts, narrow};
use crate::text::hash::hash64;
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
    if kind.len() < 2 {
        return Ok(());
    }
    let open = kind.iter().map(|a| Open { at: a.at, near: a.near, far: a.far }).collect();
    Linking { texts, window }.settle(open, out)
}

/// Windows around an anchor for which nothing was found yet: those that begin `near` to `far` bytes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    at: Spot,
    near: u32,
    far: u32,
}

impl Open {
    /// Those of them that begin `near` to `far` bytes before the anchor.
    fn part(self, near: u32, far: u32) -> Option<Self> {
        let part = Self { near: near.max(self.near), far: far.min(self.far), ..self };
        (part.near <= part.far).then_some(part)
    }
}

struct Linking<'a, T: ?Sized> {
    texts: &'a T,
    window: usize,
}

impl<T: Texts + ?Sized> Linking<'_, T> {
    /// Appends the copies among windows that are open, which come in reading order. Where one is open, so are all that are equal
    /// to it.
    fn settle(&self, mut open: Vec<Open>, out: &mut Vec<SpanCopy>) -> Result<(), T::Error> {
        /// So many are held against each other one by one.
        const FEW: usize = 8;
        loop {
            self.against_first(&mut open, out)?;
            match open.len() {
                0 | 1 => return Ok(()),
                2..=FEW => {}
                _ => break,
            }
        }
        // The fewer windows of each are asked, the more bytes they have in common.
        let (near, far) = reach(&open);
        let middle = near + (far - near) / 2;
        for (near, far) in [(near, middle), (middle + 1, far)] {
            let mut part = Vec::new();
            for asked in open.iter().filter_map(|o| o.part(near, far)) {
                let (start, end) = (asked.at.at() - near as usize, asked.at.at() + self.window - far as usize);
                part.push((hash64(&self.texts.bytes(asked.at.text(), start, end)?), asked));
            }
            part.sort_unstable();
            for same in part.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
                self.settle(same.iter().map(|(_, asked)| *asked).collect(), out)?;
            }
        }
        Ok(())
    }

    /// Holds all against the first, and leaves what is not found there. What is equal to the first is no first occurrence, so it
    /// is of no further use.
    fn against_first(&self, open: &mut Vec<Open>, out: &mut Vec<SpanCopy>) -> Result<(), T::Error> {
        let (near, far) = reach(&open[1..]);
        let first = open[0].at;
        // What stands around the first is read once for all.
        let there = self.around(Open { at: first, near, far })?;
        let mut left = Vec::new();
        for &here in &open[1..] {
            let (near, far) = (here.near as usize, here.far as usize);
            let (back, on) = self.around(here)?.equal(&there);
            // A window that begins `offset` before the anchor is equal when so many bytes are before, and the rest behind.
            let (low, high) = (near.max(self.window - on), far.min(back));
            if low > high {
                left.push(here);
                continue;
            }
            // What touches its first occurrence touches all of them that stand before.
            if here.at.since(first) >= self.window as u64 {
                let len = (high - low + self.window) as u64;
                out.push(SpanCopy { at: here.at.back(high), from: first.back(high), len });
            }
            left.extend(low.checked_sub(1).and_then(|last| here.part(0, narrow(last))));
            left.extend(here.part(narrow(high + 1), u32::MAX));
        }
        *open = left;
        Ok(())
    }

    /// What stands around an anchor, as far as windows of it reach.
    fn around(&self, Open { at, near, far }: Open) -> Result<Around<'_>, T::Error> {
        let (text, at) = (at.text(), at.at());
        let before = at.min(far as usize);
        let end = self.texts.length(text).min(at + self.window - near as usize);
        Ok(Around { bytes: self.texts.bytes(text, at - before, end)?, before })
    }
}

/// The least and the most bytes that windows begin before their anchors.
fn reach(open: &[Open]) -> (u32, u32) {
    open.iter().fold((u32::MAX, 0), |(near, far), o| (near.min(o.near), far.max(o.far)))
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

impl Around<'_> {
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
