//! Copies → cuts: what copies cover, shrunk to where the text may be cut, and where each byte of it still stands.

use std::cmp::Reverse;

use super::border::Borders;
use super::{Texts, narrow};
use crate::types::{SpanCopy, Spot};

/// A piece of text that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it begins.
    pub at: Spot,
    /// Its length in bytes.
    pub len: u32,
    /// Where its bytes stand in what stays, piece by piece in the order of the text that goes.
    pub kept: Vec<Kept>,
}

/// Where a piece of what goes still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it begins.
    pub from: Spot,
    /// Its length in bytes.
    pub len: u32,
}

impl Cut {
    /// Where its text stays, each place once, with the bytes that are found there: what repeats itself within one cut points to
    /// the same place again and again.
    pub fn places(&self) -> Vec<(Kept, u32)> {
        let mut all: Vec<(Kept, u32)> = self.kept.iter().map(|k| (*k, k.len)).collect();
        all.sort_by_key(|(k, _)| (k.from, Reverse(k.len)));
        all.dedup_by(|next, last| {
            let inside = next.0.from.since(last.0.from).saturating_add(u64::from(next.0.len)) <= u64::from(last.0.len);
            if inside {
                last.1 += next.1;
            }
            inside
        });
        all
    }
}

/// Calls `visit` with the cuts for `copies`, which come in reading order, as they do.
///
/// The first occurrence of a window may itself lie in a copy of something else: then what is pointed to is where *that*
/// stands, so that all of it stays.
///
/// # Errors
/// When the texts cannot be read, or the copies.
pub fn cuts<T: Texts + ?Sized>(
    texts: &T,
    mut copies: impl Iterator<Item = Result<SpanCopy, T::Error>>,
    mut visit: impl FnMut(Cut),
) -> Result<(), T::Error> {
    let mut gone = Gone::default();
    let mut group: Vec<SpanCopy> = Vec::new();
    let mut next = copies.next().transpose()?;
    while let Some(number) = next.map(|copy| copy.at.text()) {
        let text = texts.whole(number)?;
        let mut borders = Borders::new(&text);
        while let Some(first) = next.filter(|copy| copy.at.text() == number) {
            let mut end = first.end();
            group.clear();
            while let Some(copy) = next.filter(|copy| copy.at.text() == number && copy.at <= end) {
                end = end.max(copy.end());
                group.push(copy);
                next = copies.next().transpose()?;
            }
            let Some((start, end)) = borders.shrink(first.at.at(), end.at()) else { continue };
            let (start, end) = (Spot::new(narrow(number), start), Spot::new(narrow(number), end));
            let before = gone.0.len();
            pieces(&text, &group, start, end, &mut gone);
            let kept = joined(&gone.0[before..]);
            visit(Cut { at: start, len: narrow(end.at() - start.at()), kept });
        }
    }
    Ok(())
}

/// Takes `start..end` apart into pieces of single copies, as few as can be.
fn pieces(text: &str, group: &[SpanCopy], start: Spot, end: Spot, gone: &mut Gone) {
    let (mut at, mut copy, mut rest) = (start, &group[0], &group[1..]);
    while at < end {
        while let Some((next, others)) = rest.split_first().filter(|(next, _)| next.at <= at) {
            rest = others;
            copy = if next.end() > copy.end() { next } else { copy };
        }
        let mut stop = copy.end().min(end);
        while stop < end && !text.is_char_boundary(stop.at()) {
            stop = stop.back(1);
        }
        if stop <= at {
            // Cannot be: a copy is longer than a character, and the next one begins before this one ends.
            return;
        }
        gone.add(at, copy.from.on(at.at() - copy.at.at()), stop.at() - at.at());
        at = stop;
    }
}

/// Pieces of text that go, in reading order, and where each stands in what stays: `(where, where it stays, length)`.
#[derive(Default)]
struct Gone(Vec<(Spot, Spot, usize)>);

impl Gone {
    /// Notes that `len` bytes at `at` go because they stand at `from`, or where that was taken from.
    fn add(&mut self, mut at: Spot, mut from: Spot, mut len: usize) {
        while len > 0 {
            let next = self.0.partition_point(|piece| piece.0 <= from);
            let around = next.checked_sub(1).map(|i| self.0[i]).filter(|piece| from < piece.0.on(piece.2));
            let (stays, most) = if let Some((start, stays, length)) = around {
                let inside = from.at() - start.at();
                (stays.on(inside), length - inside)
            } else {
                // Up to the next piece that goes: this one at the latest.
                let limit = self.0.get(next).map_or(at, |piece| piece.0);
                (from, usize::try_from(limit.since(from)).unwrap_or(usize::MAX))
            };
            let step = len.min(most);
            self.0.push((at, stays, step));
            (at, from, len) = (at.on(step), from.on(step), len - step);
        }
    }
}

/// Pieces that go on where the one before ends are one; a place is named once.
fn joined(gone: &[(Spot, Spot, usize)]) -> Vec<Kept> {
    let mut out: Vec<Kept> = Vec::new();
    for &(_, from, len) in gone {
        match out.last_mut() {
            Some(last) if last.from.text() == from.text() && last.from.on(last.len as usize) == from => {
                last.len += narrow(len);
            }
            _ => out.push(Kept { from, len: narrow(len) }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(at: (u32, usize), from: (u32, usize), len: u64) -> SpanCopy {
        SpanCopy { at: Spot::new(at.0, at.1), from: Spot::new(from.0, from.1), len }
    }

    fn of(texts: &[&str], copies: &[SpanCopy]) -> Vec<Cut> {
        let mut all = Vec::new();
        cuts(texts, copies.iter().copied().map(Ok), |cut| all.push(cut)).unwrap();
        all
    }

    #[test]
    fn what_is_pointed_to_stays() {
        // The second text begins with a copy of the first, the third with a copy of the second and of what follows there.
        let texts = ["aaa bbb ccc ddd", "bbb ccc ddd eee fff", "ccc ddd eee fff ggg"];
        let cuts = of(&texts, &[copy((1, 0), (0, 4), 11), copy((2, 0), (1, 4), 15)]);
        assert_eq!(cuts.len(), 2);
        let kept: Vec<String> =
            cuts[1].kept.iter().map(|k| texts[k.from.text()][k.from.at()..][..k.len as usize].to_owned()).collect();
        assert_eq!(kept, ["ccc ddd", " eee fff"]);
        assert_eq!(cuts[1].kept[0].from.text(), 0);
    }

    #[test]
    fn a_copy_of_itself_points_to_the_first() {
        let text = "ab cd ".repeat(10);
        let cuts = of(&[text.as_str()], &[copy((0, 12), (0, 0), 48)]);
        assert_eq!((cuts[0].at, cuts[0].len), (Spot::new(0, 12), 47));
        assert!(cuts[0].kept.iter().all(|k| k.from.at() + k.len as usize <= 12));
        assert_eq!(cuts[0].kept.iter().map(|k| k.len).sum::<u32>(), 47);
    }
}
