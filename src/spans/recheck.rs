//! Windows that are no copies of what stands around the first anchor of their kind may be copies of what stands around
//! another: they are sorted by a hash of the whole window, offset by offset. Linear in the number of windows, however
//! many anchors are of one kind.

use super::anchors::Anchor;
use super::{Copy, narrow};
use crate::text::hash::hash64;

/// Windows of one anchor for which nothing was found yet: those that begin `near` to `far` bytes before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) hash: u64,
    /// Number of the anchor.
    pub(super) number: u32,
    pub(super) near: u32,
    pub(super) far: u32,
}

/// Appends the copies among the open windows to `out`. `kinds` holds the numbers of all anchors, sorted by hash.
pub(super) fn recheck<T: AsRef<[u8]>>(
    texts: &[T],
    window: usize,
    anchors: &[Anchor],
    kinds: &[(u64, u32)],
    mut open: Vec<Open>,
    out: &mut Vec<Copy>,
) {
    open.sort_unstable_by_key(|o| (o.hash, o.number, o.near));
    let text = |a: &Anchor, offset: u32| {
        let start = a.at.at() - offset as usize;
        &texts[a.at.text()].as_ref()[start..start + window]
    };
    let mut ahead = kinds;
    let mut hashes: Vec<(u64, u32)> = Vec::new();
    let mut asked: Vec<u32> = Vec::new();
    for wanted in open.chunk_by(|a, b| a.hash == b.hash) {
        ahead = &ahead[ahead.partition_point(|k| k.0 < wanted[0].hash)..];
        // Only what stands before the last of them matters.
        let last = wanted[wanted.len() - 1].number;
        let members = &ahead[..ahead.partition_point(|k| *k <= (wanted[0].hash, last))];
        let (low, high) = wanted.iter().fold((u32::MAX, 0), |(low, high), o| (low.min(o.near), high.max(o.far)));
        for offset in low..=high {
            asked.clear();
            asked.extend(wanted.iter().filter(|o| (o.near..=o.far).contains(&offset)).map(|o| o.number));
            let Some(&last) = asked.last() else { continue };
            hashes.clear();
            for &(_, number) in members.iter().take_while(|k| k.1 <= last) {
                let anchor = &anchors[number as usize];
                if (anchor.near..=anchor.far).contains(&offset) {
                    hashes.push((hash64(text(anchor, offset)), number));
                }
            }
            hashes.sort_unstable();
            for same in hashes.chunk_by(|a, b| a.0 == b.0) {
                let first = &anchors[same[0].1 as usize];
                for &(_, number) in same[1..].iter().filter(|(_, number)| asked.binary_search(number).is_ok()) {
                    let here = &anchors[number as usize];
                    let apart = here.at.since(first.at) >= window as u64;
                    if apart && text(here, offset) == text(first, offset) {
                        let back = offset as usize;
                        out.push(Copy { at: here.at.back(back), from: first.at.back(back), len: narrow(window) });
                    }
                }
            }
        }
    }
}
