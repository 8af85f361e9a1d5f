//! Runs of words that two documents share inside otherwise different blocks: reported with both places, kept.

use std::ops::Range;

use super::meet::shared;
use super::repeats::State;
use crate::text::Word;
use crate::text::shingle::Shingles;
use crate::types::{Anchor, DocRef, Shared, Span, UnitPair, UnitRef};

/// Pairs of units of different documents that hold the same winnowed shingle. One witness is enough: each later document
/// points to the first that holds the words; old ones need not.
pub fn candidates(anchors: &mut dyn Iterator<Item = Anchor>, state: &State<'_>, emit: &mut dyn FnMut(UnitPair)) {
    let mut first: Option<(Anchor, DocRef)> = None;
    for anchor in shared(anchors, |a| a.hash).filter(|a| state.has_news(a.unit)) {
        let doc = state.index.document(anchor.unit);
        match first.filter(|(f, _)| f.hash == anchor.hash) {
            Some((first, witness)) if witness != doc => {
                if !state.standing.old.doc(doc) {
                    emit(UnitPair { later: anchor.unit, earlier: first.unit });
                }
            }
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
    let places = Places::of(shingles.of(k, 0, b.len()).collect());
    shingles.load(a);
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut done = 0;
    for (at, hash) in shingles.of(k, 0, a.len()).enumerate() {
        if at < done {
            continue;
        }
        let Some(place) = places.first(hash) else { continue };
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

/// Where each shingle of a list stands first. A table that is made anew for each pair must be cheap to make: a slot is a
/// place, its shingle is looked up in the list, and what finds its slot taken goes to the next.
struct Places {
    hashes: Vec<u64>,
    /// Places counted from 1; 0 is an empty slot, and half of them are.
    slots: Vec<u32>,
}

impl Places {
    fn of(hashes: Vec<u64>) -> Self {
        let slots = vec![0; (2 * hashes.len()).next_power_of_two()];
        let mut places = Self { hashes, slots };
        for (place, number) in (1..=u32::MAX).zip(0..places.hashes.len()) {
            let slot = places.slot(places.hashes[number]);
            if places.slots[slot] == 0 {
                places.slots[slot] = place;
            }
        }
        places
    }

    fn first(&self, hash: u64) -> Option<usize> {
        (self.slots[self.slot(hash)] as usize).checked_sub(1)
    }

    /// The slot of a shingle, or the empty one where it would go.
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits are what is wanted")]
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(at) = (self.slots[slot] as usize).checked_sub(1)
            && self.hashes[at] != hash
        {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

fn span(words: &[Word], range: &Range<usize>) -> Span {
    Span { start: words[range.start].start, end: words[range.end - 1].end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_of_each_shingle_is_found() {
        // Most of them want the same slot.
        let hashes: Vec<u64> = [8, 16, 8, 3, 1 << 40, 16, 0, u64::MAX].into_iter().collect();
        let places = Places::of(hashes.clone());
        for hash in [0, 1, 3, 8, 16, 24, 1 << 40, u64::MAX] {
            assert_eq!(places.first(hash), hashes.iter().position(|&h| h == hash), "{hash}");
        }
        assert_eq!(Places::of(Vec::new()).first(0), None);
    }
}
