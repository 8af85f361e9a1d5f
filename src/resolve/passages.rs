//! Runs of words that two documents share inside otherwise different blocks: reported with both places, kept.

use std::ops::Range;

use super::meet::shared;
use super::repeats::State;
use crate::text::Word;
use crate::text::hash::ByHash;
use crate::text::shingle::Shingles;
use crate::types::{Anchor, DocRef, Shared, Span, UnitPair, UnitRef};

/// Pairs of units of different documents that hold the same winnowed shingle. One witness is enough: each later document
/// points to the first that holds the words.
pub fn candidates(anchors: &mut dyn Iterator<Item = Anchor>, state: &State<'_>, emit: &mut dyn FnMut(UnitPair)) {
    let mut first: Option<(Anchor, DocRef)> = None;
    for anchor in shared(anchors, |a| a.hash).filter(|a| state.has_news(a.unit)) {
        let doc = state.index.document(anchor.unit);
        match first.filter(|(f, _)| f.hash == anchor.hash) {
            Some((first, witness)) if witness != doc => emit(UnitPair { later: anchor.unit, earlier: first.unit }),
            Some(_) => {}
            None => first = Some((anchor, doc)),
        }
    }
}

/// A unit whose words are compared.
#[derive(Clone, Debug)]
pub struct Side {
    /// The unit.
    pub unit: UnitRef,
    /// Its document.
    pub doc: DocRef,
    /// Its first line.
    pub line: u32,
    /// Its words, with their places in the document.
    pub words: Vec<Word>,
}

/// The passages that two units share, seen from each: runs of `shortest` words or more, found by shingles of `shingle`.
pub fn compare(later: &Side, earlier: &Side, shingle: usize, shortest: usize, emit: &mut dyn FnMut(Shared)) {
    let pair = UnitPair { later: later.unit, earlier: earlier.unit };
    for (here, there) in shared_runs(&later.words, &earlier.words, shingle, shortest) {
        let words = u32::try_from(here.len()).unwrap_or(u32::MAX);
        let (at, other) = (span(&later.words, &here), span(&earlier.words, &there));
        emit(Shared { doc: later.doc, pair, at, other: earlier.doc, there: other, line: earlier.line, words });
        emit(Shared { doc: earlier.doc, pair, at: other, other: later.doc, there: at, line: later.line, words });
    }
}

/// Of the passages of one document those that no earlier one overlaps, by place.
pub fn disjoint(passages: &[Shared]) -> Vec<Shared> {
    let mut kept: Vec<Shared> = Vec::new();
    for passage in passages {
        let at = kept.partition_point(|k| k.at.end <= passage.at.start);
        if kept.get(at).is_none_or(|next| !next.at.overlaps(passage.at)) {
            kept.insert(at, *passage);
        }
    }
    kept
}

/// Longest runs of equal words, at least the shortest passage long, as ranges of word numbers in `a` and in `b`.
fn shared_runs(a: &[Word], b: &[Word], k: usize, shortest: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut shingles = Shingles::default();
    shingles.load(b);
    let mut places: ByHash<u64, usize> = ByHash::default();
    for (at, hash) in shingles.of(k, 0, b.len()).enumerate() {
        places.entry(hash).or_insert(at);
    }
    shingles.load(a);
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut done = 0;
    for (at, hash) in shingles.of(k, 0, a.len()).enumerate() {
        let Some(&place) = places.get(&hash).filter(|_| at >= done) else { continue };
        let same = |i: usize, j: usize| a[i].hash == b[j].hash;
        let mut back = 0;
        while at > back && place > back && same(at - back - 1, place - back - 1) {
            back += 1;
        }
        let mut on = 0;
        while at + on < a.len() && place + on < b.len() && same(at + on, place + on) {
            on += 1;
        }
        if back + on >= shortest {
            out.push((at - back..at + on, place - back..place + on));
            done = at + on;
        }
    }
    out
}

fn span(words: &[Word], range: &Range<usize>) -> Span {
    Span { start: words[range.start].start, end: words[range.end - 1].end }
}
