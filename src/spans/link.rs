//! Anchors → copies. Every anchor is held against the first of its kind; windows that are no copies there, where there
//! are more of its kind, are looked up one by one (`recheck.rs`). Nothing is taken on the word of a hash.

use super::anchors::Anchor;
use super::recheck::{Open, recheck};
use super::{Copy, Spot, narrow};

/// No anchor of its kind stands before.
const NONE: u32 = u32::MAX;

/// The copies among windows of `window` bytes, in reading order: for each window the first occurrence, whole runs as one.
/// `anchors` are those of all texts, in reading order.
pub fn copies<T: AsRef<[u8]>>(texts: &[T], window: usize, anchors: &[Anchor]) -> Vec<Copy> {
    let mut kinds: Vec<(u64, u32)> = anchors.iter().zip(0u32..).map(|(a, number)| (a.hash, number)).collect();
    kinds.sort_unstable();
    let mut firsts = vec![NONE; anchors.len()];
    // Where only two are of a kind, the first is all there is to look at.
    let mut more = vec![false; anchors.len()];
    for kind in kinds.chunk_by(|a, b| a.0 == b.0) {
        for (rank, &(_, number)) in kind.iter().enumerate().skip(1) {
            firsts[number as usize] = kind[0].1;
            more[number as usize] = rank > 1;
        }
    }
    let (mut out, mut open) = (Vec::new(), Vec::new());
    for ((here, &first), (&more, number)) in anchors.iter().zip(&firsts).zip(more.iter().zip(0u32..)) {
        if first == NONE {
            continue;
        }
        let there = anchors[first as usize].at;
        if here.at.since(there) < window as u64 {
            // What touches the first of its kind touches all of them that stand before.
            continue;
        }
        let (near, far) = (here.near as usize, here.far as usize);
        let (back, on) = equal_around(texts, here.at, there, far, window - near);
        // A window that begins `offset` before the anchor is equal when so many bytes are before, and the rest behind.
        let (low, high) = (near.max(window - on), far.min(back));
        if low <= high {
            let len = narrow(high - low + window);
            out.push(Copy { at: here.at.back(high), from: there.back(high), len });
        }
        if more {
            let rest = if low <= high { [(near, low), (high + 1, far + 1)] } else { [(near, far + 1), (0, 0)] };
            for (low, high) in rest.into_iter().filter(|(low, high)| low < high) {
                open.push(Open { hash: here.hash, number, near: narrow(low), far: narrow(high - 1) });
            }
        }
    }
    drop((firsts, more));
    recheck(texts, window, anchors, &kinds, open, &mut out);
    drop(kinds);
    out.sort_unstable_by_key(|copy| copy.at);
    join(out, window)
}

/// Makes one of runs of windows that follow each other at the same distance.
fn join(copies: Vec<Copy>, window: usize) -> Vec<Copy> {
    let mut out: Vec<Copy> = Vec::new();
    for copy in copies {
        match out.last_mut() {
            Some(last)
                if copy.at.since(last.at) == (last.len as usize - window + 1) as u64 && last.goes_on_in(&copy) =>
            {
                last.len = narrow(copy.at.at() - last.at.at() + copy.len as usize);
            }
            _ => out.push(copy),
        }
    }
    out
}

/// Number of equal bytes right before the two spots, and from them on, up to `most_back` and `most_on`.
fn equal_around<T: AsRef<[u8]>>(texts: &[T], a: Spot, b: Spot, most_back: usize, most_on: usize) -> (usize, usize) {
    let (left, right) = (texts[a.text()].as_ref(), texts[b.text()].as_ref());
    let (a, b) = (a.at(), b.at());
    let cut = |text: &[u8], at: usize| text.len().min(at + most_on);
    let on = common_front(&left[a..cut(left, a)], &right[b..cut(right, b)]);
    let back = common_back(&left[a.saturating_sub(most_back)..a], &right[b.saturating_sub(most_back)..b]);
    (back, on)
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
