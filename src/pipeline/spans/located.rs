//! Where the cuts stand, and where their text stays.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::shelf::Shelf;
use super::{RepeatedText, Stands, narrow};
use crate::error::Error;
use crate::spans::Texts as _;
use crate::spans::cover::{Cut, Kept};
use crate::text::lines;
use crate::types::Span;

/// The cuts, with the documents that they stand in and point to.
pub(super) fn located(shelf: &Shelf, cuts: &[Cut]) -> Result<Vec<RepeatedText>, Error> {
    let mut wanted: Vec<Kept> = cuts.iter().flat_map(|cut| places(&cut.kept)).map(|(kept, _)| kept).collect();
    wanted.sort_unstable_by_key(|kept| kept.from);
    wanted.dedup_by_key(|kept| kept.from);
    let of_one: Vec<&[Kept]> = wanted.chunk_by(|a, b| a.from.text() == b.from.text()).collect();
    let lines_of = |of_one: &[Kept]| {
        let number = of_one[0].from.text();
        let text = shelf.whole(number)?;
        let lines = lines::lines(&text);
        let line = |kept: &Kept| lines.partition_point(|l| l.span.start as usize <= kept.from.at()).max(1);
        let before = shelf.pieces[number].lines;
        Ok(of_one.iter().map(|kept| before + narrow(line(kept))).collect())
    };
    let lines: Vec<Vec<u32>> = of_one.into_par_iter().map(lines_of).collect::<Result<_, Error>>()?;
    let lines = lines.concat();
    let stands = |(kept, bytes): (Kept, u32)| {
        let piece = &shelf.pieces[kept.from.text()];
        let start = piece.span.start as usize + kept.from.at();
        let line = lines[wanted.partition_point(|w| w.from < kept.from)];
        Stands { doc: piece.doc, span: Span::new(start, start + kept.len as usize), line, bytes }
    };
    let one = |cut: &Cut| {
        let piece = &shelf.pieces[cut.at.text()];
        let start = piece.span.start as usize + cut.at.at();
        let first = places(&cut.kept).into_iter().map(stands).collect();
        RepeatedText { doc: piece.doc, span: Span::new(start, start + cut.len as usize), first }
    };
    Ok(cuts.iter().map(one).collect())
}

/// The places of a cut, each once, with the bytes that are found there: what repeats itself within one cut points to
/// the same place again and again.
fn places(kept: &[Kept]) -> Vec<(Kept, u32)> {
    let mut all: Vec<(Kept, u32)> = kept.iter().map(|k| (*k, k.len)).collect();
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
