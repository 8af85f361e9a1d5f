//! Windows that are no copies of what stands around the first anchor of their kind may be copies of what stands around
//! another: they are sorted by a hash of the whole window, offset by offset. Linear in the number of windows, however
//! many anchors are of one kind.

use std::borrow::Cow;

use super::Texts;
use crate::text::hash::hash64;
use crate::types::{SpanAnchor, SpanCopy};

/// Windows of one anchor for which nothing was found yet: those that begin `near` to `far` bytes before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Number of the anchor among those of its kind.
    pub(super) number: usize,
    pub(super) near: u32,
    pub(super) far: u32,
}

/// Appends the copies among the open windows, which come in the order of their anchors, to `out`.
pub(super) fn recheck<T: Texts + ?Sized>(
    texts: &T,
    window: usize,
    kind: &[SpanAnchor],
    open: &[Open],
    out: &mut Vec<SpanCopy>,
) -> Result<(), T::Error> {
    let text = |anchor: &SpanAnchor, offset: u32| -> Result<Cow<'_, [u8]>, T::Error> {
        let start = anchor.at.at() - offset as usize;
        texts.bytes(anchor.at.text(), start, start + window)
    };
    let mut hashes: Vec<(u64, usize)> = Vec::new();
    let mut asked: Vec<usize> = Vec::new();
    let (low, high) = open.iter().fold((u32::MAX, 0), |(low, high), o| (low.min(o.near), high.max(o.far)));
    for offset in low..=high {
        asked.clear();
        asked.extend(open.iter().filter(|o| (o.near..=o.far).contains(&offset)).map(|o| o.number));
        // Only what stands before the last of them matters.
        let Some(&last) = asked.last() else { continue };
        hashes.clear();
        for (number, anchor) in kind[..=last].iter().enumerate() {
            if (anchor.near..=anchor.far).contains(&offset) {
                hashes.push((hash64(&text(anchor, offset)?), number));
            }
        }
        hashes.sort_unstable();
        for same in hashes.chunk_by(|a, b| a.0 == b.0) {
            let first = &kind[same[0].1];
            for &(_, number) in same[1..].iter().filter(|(_, number)| asked.binary_search(number).is_ok()) {
                let here = &kind[number];
                let apart = here.at.since(first.at) >= window as u64;
                if apart && text(here, offset)? == text(first, offset)? {
                    let back = offset as usize;
                    out.push(SpanCopy { at: here.at.back(back), from: first.at.back(back), len: window as u64 });
                }
            }
        }
    }
    Ok(())
}
