//! Where the cuts stand, and where their text stays.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::held::Held;
use super::{RepeatedText, Stands, narrow};
use crate::spans::cover::{Cut, Kept};
use crate::text::lines;
use crate::types::Span;

/// The cuts, with the documents that they stand in and point to.
pub(super) fn located(texts: &[Held], cuts: &[Cut]) -> Vec<RepeatedText> {
    let mut wanted: Vec<Kept> = cuts.iter().flat_map(|cut| places(&cut.kept)).map(|(kept, _)| kept).collect();
    wanted.sort_unstable_by_key(|kept| kept.from);
    wanted.dedup_by_key(|kept| kept.from);
    let of_one: Vec<&[Kept]> = wanted.chunk_by(|a, b| a.from.text() == b.from.text()).collect();
    let lines_of = |of_one: &[Kept]| {
        let lines = lines::lines(&texts[of_one[0].from.text()].text);
        let line = |kept: &Kept| lines.partition_point(|l| l.span.start as usize <= kept.from.at()).max(1);
        let before = texts[of_one[0].from.text()].lines;
        of_one.iter().map(|kept| before + narrow(line(kept))).collect::<Vec<u32>>()
    };
    let lines: Vec<u32> = of_one.into_par_iter().flat_map_iter(lines_of).collect();
    let stands = |(kept, bytes): (Kept, u32)| {
        let held = &texts[kept.from.text()];
        let start = held.from as usize + kept.from.at();
        let line = lines[wanted.partition_point(|w| w.from < kept.from)];
        let span = Span::new(start, start + kept.len as usize);
        Stands { doc: held.doc, span, line, bytes }
    };
    let one = |cut: &Cut| {
        let held = &texts[cut.at.text()];
        let start = held.from as usize + cut.at.at();
        let first = places(&cut.kept).into_iter().map(stands).collect();
        RepeatedText { doc: held.doc, span: Span::new(start, start + cut.len as usize), first }
    };
    cuts.iter().map(one).collect()
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
