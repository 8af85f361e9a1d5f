//! Units that stand twice: in a document and across documents, exactly and nearly. The first copy stays.

use std::cell::LazyCell;

use super::hosts::Hosts;
use super::marks::{Standing, Units};
use super::meet::{fill, meet, shared};
use crate::types::{Common, Copied, DocRef, Index, Outline, Ratio, SEVERAL, UnitPair, UnitRef, Whereabouts};

/// Members of a group among which documents are counted; of a line that stands in more, so many are reported.
const COUNTED: usize = 1 << 16;

/// What is known of units while copies are looked for.
#[derive(Debug)]
pub struct State<'a> {
    /// Which unit belongs where.
    pub index: &'a Index,
    /// Which documents stay, and which count.
    pub standing: &'a Standing,
    /// Where documents come from.
    pub hosts: Hosts,
    /// Units that are copies, and so have no news to tell.
    pub copied: Units,
    /// Units that have no news to tell, as far as stock was taken.
    silent: Units,
}

impl<'a> State<'a> {
    /// At the beginning: nothing is a copy.
    pub fn new(index: &'a Index, standing: &'a Standing, hosts: Hosts) -> Self {
        let none = || Units::none_of(index);
        Self { index, standing, hosts, copied: none(), silent: none() }
    }

    /// Notes which units of a shard stand in documents that go, or are copies. It goes through them in reading order, where
    /// all that is asked lies side by side; [`Self::has_news`], which is asked in any order, is then a look at one bit.
    pub fn take_stock(&self, shard: u32) {
        let units = self.index.shards.get(shard as usize).map_or(0, |shard| shard.starts.len());
        let mut document = None;
        for unit in (0..units).map(|number| UnitRef::new(shard, number)) {
            if document.is_none() || self.index.starts_document(unit) {
                document = Some(self.standing.is_gone(self.index.document(unit)));
            }
            if document == Some(true) || self.copied.has(self.index, unit) {
                self.silent.set_one(unit);
            }
        }
    }

    /// Whether the unit stands in a document that stays.
    pub fn stays(&self, unit: UnitRef) -> bool {
        !self.standing.is_gone(self.index.document(unit))
    }

    /// Whether the unit stood in a document that stays and was no copy, when stock was taken of its shard.
    pub fn has_news(&self, unit: UnitRef) -> bool {
        !self.silent.has_itself(unit)
    }
}

/// Units with the same words as an earlier one, of those that stay; sorted by that one. Long ones are copies wherever they
/// stand; short ones only within their document, elsewhere they are counted. What stands in an old document is nobody's copy.
pub fn equal(
    units: &mut dyn Iterator<Item = Whereabouts>,
    state: &State<'_>,
    emit: &mut dyn FnMut(Copied),
    count: &mut dyn FnMut(Common),
) {
    let key = |u: &Whereabouts| (u.key, u.rest);
    let mut units = shared(units, key).peekable();
    let mut group: Vec<Whereabouts> = Vec::new();
    // The documents of the group: to look one up takes longer than all else.
    let mut docs: Vec<DocRef> = Vec::new();
    let document = |u: &Whereabouts| state.index.document(u.unit);
    let old = state.standing.old;
    while let Some(first) = units.next() {
        group.clear();
        group.push(first);
        fill(&mut group, COUNTED, &mut units, key);
        docs.clear();
        docs.extend(group.iter().map(document));
        let short = state.index.is_short(first.unit);
        let this = key(&first);
        let (mut first, mut first_doc) = (first, docs[0]);
        // Where only old documents hold it, nobody asks.
        let counted = LazyCell::new(|| {
            let counted = docs.chunk_by(|a, b| a == b).filter(|docs| state.standing.counts(docs[0])).count();
            let documents = u32::try_from(counted).unwrap_or(u32::MAX);
            (documents, (documents >= SEVERAL).then(|| Places::of(&group, state)))
        });
        let mut step = |unit: Whereabouts, doc: DocRef| {
            let together = doc == first_doc;
            if short && !together {
                (first, first_doc) = (unit, doc);
            }
            let copies = unit.unit != first.unit && !(together && unit.at.overlaps(first.at));
            if copies {
                state.copied.set(state.index, unit.unit);
            }
            if old.unit(unit.unit) {
                return;
            }
            let (documents, ref places) = *counted;
            let (in_place, of_host) = places.as_ref().map_or((0, 0), |places| places.of_unit(&unit, state));
            if copies {
                let copy = exact_copy(unit, doc, first, first_doc);
                let flag = if in_place < SEVERAL { 0 } else { Copied::IN_PLACE };
                emit(Copied { flags: copy.flags | flag, ..copy });
            }
            let counts = if short { documents > 1 } else { in_place >= SEVERAL };
            if counts && unit.at.to == unit.at.from + 1 {
                let block = unit.at.from;
                count(Common { unit: unit.unit, doc, block, documents, in_place, of_host, short: short.into() });
            }
        };
        for (unit, doc) in group.iter().zip(&docs) {
            step(*unit, *doc);
        }
        while let Some(more) = units.next_if(|next| key(next) == this) {
            step(more, document(&more));
        }
    }
}

/// Where units that say the same stand in documents of their hosts: so many units from the top, and so many from the end;
/// sorted. Of several old documents that say the same one counts.
struct Places([Vec<(u32, u32)>; 2]);

impl Places {
    fn of(group: &[Whereabouts], state: &State<'_>) -> Self {
        let counted = group.iter().filter(|unit| state.standing.counts(state.index.document(unit.unit)));
        let places: Vec<[(u32, u32); 2]> = counted.map(|unit| Self::of_one(unit, state)).collect();
        Self([0, 1].map(|side| {
            let mut all: Vec<(u32, u32)> = places.iter().map(|sides| sides[side]).collect();
            all.sort_unstable();
            all
        }))
    }

    fn of_one(unit: &Whereabouts, state: &State<'_>) -> [(u32, u32); 2] {
        let (before, behind) = state.index.place_in_document(unit.unit);
        let host = state.hosts.of(state.index.document(unit.unit));
        [(host, before), (host, behind)]
    }

    /// How many of the units stand at the place of this one in documents of its host, and how many documents that has.
    fn of_unit(&self, unit: &Whereabouts, state: &State<'_>) -> (u32, u32) {
        let places = Self::of_one(unit, state);
        let count = |side: usize| {
            let (all, place) = (&self.0[side], places[side]);
            let from = all.partition_point(|p| *p < place);
            all[from..].partition_point(|p| *p == place)
        };
        (u32::try_from(count(0).max(count(1))).unwrap_or(u32::MAX), state.hosts.documents(places[0].0))
    }
}

fn exact_copy(unit: Whereabouts, doc: DocRef, first: Whereabouts, first_doc: DocRef) -> Copied {
    let all = u64::from(unit.at.words);
    Copied {
        by: first.unit,
        unit: unit.unit,
        first: first.unit,
        doc,
        first_doc,
        at: unit.at,
        first_at: first.at,
        both: all,
        all,
        flags: Copied::EXACT | Copied::NO_NEWS,
    }
}

/// Pairs of units with news that share an anchor, and of which so great a share of the later may stand in the earlier: in
/// one document, or long enough to be copies across documents; the later one is in no old document. Returns the number of
/// anchors for which not all pairs were made.
pub fn candidates(
    outlines: &mut dyn Iterator<Item = Outline>,
    share: Ratio,
    state: &State<'_>,
    emit: &mut dyn FnMut(UnitPair),
) -> u64 {
    let index = state.index;
    let shared = shared(outlines, |a| a.hash);
    let pair = |a: Outline, b: Outline| {
        // Most pairs are refused by what the records hold; where units stand must be looked up.
        if !b.may_stand_in(&a, share) {
            return;
        }
        let apart = if index.document(a.unit) == index.document(b.unit) {
            a.unit != b.unit && !index.holds(a.unit, b.unit)
        } else {
            !index.is_short(b.unit)
        };
        if apart {
            emit(UnitPair { later: b.unit, earlier: a.unit });
        }
    };
    meet(shared, |a| a.hash, |a| !state.standing.old.unit(a.unit), pair)
}

/// Goes through counted pairs, sorted by copy and first: each copy is one of the unit that has most of it (of equal ones
/// the earliest) and is no near copy itself, nor a line of one; of those of which it is surely one, where there are any.
pub fn choose(counted: &[Copied], state: &State<'_>, emit: &mut dyn FnMut(Copied)) {
    for group in counted.chunk_by(|a, b| a.unit == b.unit) {
        // Equal copies are in no pair: what is marked goes, or goes perhaps, as a near copy.
        let free = group.iter().filter(|c| !state.copied.has_itself(c.first));
        if let Some(best) = free.max_by_key(|c| (c.is_sure(), c.both, std::cmp::Reverse(c.first))) {
            state.copied.set(state.index, best.unit);
            emit(*best);
        }
    }
}

/// What equal units repeat may be a near copy itself: then they all are, of what it is a copy of. `equal` is sorted by
/// what is repeated, `near` by copy. A paragraph is no copy of its own line. What equals a line of a paragraph that goes as a
/// whole stays: that line may be what the paragraph has and its first does not.
pub fn settle(
    index: &Index,
    equal: &mut dyn Iterator<Item = Copied>,
    near: &mut dyn Iterator<Item = Copied>,
    emit: &mut dyn FnMut(Copied),
) {
    let mut near = near.peekable();
    let by_first = |copy: Copied| Copied { by: copy.first, ..copy };
    // The last unit before that surely goes.
    let mut goes = None;
    for copy in equal {
        while let Some(passed) = near.next_if(|n| n.unit < copy.first) {
            // Lines stand behind their paragraph.
            if passed.is_sure() && !goes.is_some_and(|paragraph| index.holds(paragraph, passed.unit)) {
                goes = Some(passed.unit);
            }
            emit(by_first(passed));
        }
        // What is only perhaps a copy stays, for those that say the same.
        near.next_if(|n| n.unit == copy.first && !n.is_sure());
        let settled = match near.peek().filter(|n| n.unit == copy.first) {
            Some(found) => Copied { unit: copy.unit, doc: copy.doc, at: copy.at, ..*found },
            None if goes.is_some_and(|paragraph| index.holds(paragraph, copy.first)) => continue,
            None => copy,
        };
        if !(settled.doc == settled.first_doc && settled.at.overlaps(settled.first_at)) {
            emit(by_first(settled));
        }
    }
    near.for_each(|copy| emit(by_first(copy)));
}

/// Notes which copies are the only ones of their first, and turns them to be sorted by copy.
pub fn count_uses(by_first: &mut dyn Iterator<Item = Copied>, emit: &mut dyn FnMut(Copied)) {
    let mut by_first = by_first.peekable();
    let mut before = None;
    while let Some(copy) = by_first.next() {
        let only = before != Some(copy.first) && by_first.peek().is_none_or(|next| next.first != copy.first);
        before = Some(copy.first);
        let flags = copy.flags | if only { Copied::ONLY } else { 0 };
        emit(Copied { by: copy.unit, flags, ..copy });
    }
}
