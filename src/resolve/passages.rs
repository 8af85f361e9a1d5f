//! Runs of words that two documents share inside otherwise different blocks: reported with both places, kept.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::meet::shared;
use super::repeats::State;
use crate::text::Word;
use crate::text::shingle::{Shingles, of_run};
use crate::types::{Anchor, DocRef, Shared, Span, UnitPair, UnitRef};

/// Pairs of units with news, of different documents, that hold the same winnowed shingle. One witness is enough: each later
/// document points to the first that holds the words; old ones need not.
pub fn candidates(anchors: &mut dyn Iterator<Item = Anchor>, state: &State<'_>, emit: &mut dyn FnMut(UnitPair)) {
    let mut first: Option<(Anchor, DocRef)> = None;
    for anchor in shared(anchors, |a| a.hash) {
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

/// How long passages are.
#[derive(Clone, Copy, Debug)]
pub struct Lengths {
    /// Words of the shingles by which they are found.
    pub shingle: usize,
    /// Words of the shortest one.
    pub shortest: usize,
}

/// A unit whose words are compared.
#[derive(Debug)]
pub struct Side {
    /// The unit.
    pub unit: UnitRef,
    /// Its document.
    pub doc: DocRef,
    /// Its first line.
    pub line: u32,
    /// Its words, with their places in the document.
    pub words: Vec<Word>,
    /// Its shingles by place, made when it is first asked for them: many are compared with the same earlier unit.
    places: OnceLock<Places>,
}

impl Side {
    /// A unit with its words.
    pub fn new(unit: UnitRef, doc: DocRef, line: u32, words: Vec<Word>) -> Self {
        Self { unit, doc, line, words, places: OnceLock::new() }
    }
}

/// The passages that two units share, seen from each.
pub fn compare(later: &Side, earlier: &Side, lengths: Lengths, shingles: &mut Shingles, emit: &mut dyn FnMut(Shared)) {
    let pair = UnitPair { later: later.unit, earlier: earlier.unit };
    for (here, there) in shared_runs(later, earlier, lengths, shingles) {
        let words = u32::try_from(here.len()).unwrap_or(u32::MAX);
        let (at, other) = (span(&later.words, &here), span(&earlier.words, &there));
        emit(Shared { doc: later.doc, pair, at, other: earlier.doc, there: other, line: earlier.line, words });
        emit(Shared { doc: earlier.doc, pair, at: other, other: later.doc, there: at, line: later.line, words });
    }
}

/// Of the passages of one document those that no earlier one overlaps, by place.
pub fn disjoint(passages: &[Shared]) -> impl Iterator<Item = Shared> {
    let mut kept: BTreeMap<u32, Shared> = BTreeMap::new();
    for passage in passages {
        let before = kept.range(..passage.at.end).next_back();
        if before.is_none_or(|(_, before)| before.at.end <= passage.at.start) {
            kept.insert(passage.at.start, *passage);
        }
    }
    kept.into_values()
}

/// Longest runs of equal words, at least the shortest passage long, as ranges of word numbers in `later` and `earlier`.
fn shared_runs(
    later: &Side,
    earlier: &Side,
    lengths: Lengths,
    shingles: &mut Shingles,
) -> Vec<(Range<usize>, Range<usize>)> {
    let Lengths { shingle, shortest } = lengths;
    let (a, b) = (&*later.words, &*earlier.words);
    let places = earlier.places.get_or_init(|| Places::of(b, shingle, shingles));
    let mut found = Found { a, b, shortest, runs: Vec::new(), done: 0 };
    let starts = 0..(a.len() + 1).saturating_sub(shingle);
    if places.repeat {
        shingles.load(a);
        for (at, hash) in starts.zip(shingles.of(shingle, 0, a.len())) {
            if at >= found.done {
                found.try_place(at, places.first(hash, &a[at..at + shingle], b));
            }
        }
    } else {
        // Each shingle has one place only: whichever of a run is looked up, it leads to the same run, and of as many
        // neighbours as the shortest run has, one is enough. What lies in the last run whole leads there again.
        for at in starts.step_by(shortest + 1 - shingle) {
            if at + shingle > found.done {
                let run = &a[at..at + shingle];
                found.try_place(at, places.first(of_run(run), run, b));
            }
        }
    }
    found.runs
}

/// Runs that were found, in order.
struct Found<'a> {
    a: &'a [Word],
    b: &'a [Word],
    shortest: usize,
    runs: Vec<(Range<usize>, Range<usize>)>,
    /// Where the last of them ends in `a`.
    done: usize,
}

impl Found<'_> {
    /// Takes in the longest run around word `at` of `a` and word `place` of `b`, when it is long enough.
    fn try_place(&mut self, at: usize, place: Option<usize>) {
        let Some(place) = place else { return };
        let same = |(a, b): &(&Word, &Word)| a.hash == b.hash;
        let back = self.a[..at].iter().rev().zip(self.b[..place].iter().rev()).take_while(same).count();
        let on = self.a[at..].iter().zip(&self.b[place..]).take_while(same).count();
        if back + on >= self.shortest {
            self.done = at + on;
            self.runs.push((at - back..self.done, place - back..place + on));
        }
    }
}

/// Where each shingle of a unit stands first. The table must be cheap to make and to keep: a slot is a place, what stands
/// there is looked up among the words, and what finds its slot taken goes to the next.
#[derive(Debug)]
struct Places {
    /// Places counted from 1; 0 is an empty slot, of which there are a quarter or more.
    slots: Vec<u32>,
    /// Whether a shingle stands twice.
    repeat: bool,
}

impl Places {
    /// Those of the shingles of so many words.
    fn of(words: &[Word], shingle: usize, shingles: &mut Shingles) -> Self {
        shingles.load(words);
        let all = shingles.of(shingle, 0, words.len());
        let number = (words.len() + 1).saturating_sub(shingle);
        let slots = vec![0; (number + number / 3 + 1).next_power_of_two()];
        let mut places = Self { slots, repeat: false };
        for ((place, run), hash) in (1..=u32::MAX).zip(words.windows(shingle)).zip(all) {
            let slot = places.slot(hash, run, words);
            if places.slots[slot] == 0 {
                places.slots[slot] = place;
            } else {
                places.repeat = true;
            }
        }
        places
    }

    /// The first place in `words` of a run that has this hash.
    fn first(&self, hash: u64, run: &[Word], words: &[Word]) -> Option<usize> {
        (self.slots[self.slot(hash, run, words)] as usize).checked_sub(1)
    }

    /// The slot of a run, or the empty one where it would go.
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits are what is wanted")]
    fn slot(&self, hash: u64, run: &[Word], words: &[Word]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        let other = |at: usize| run.iter().zip(&words[at..]).any(|(a, b)| a.hash != b.hash);
        while (self.slots[slot] as usize).checked_sub(1).is_some_and(other) {
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
        let of = |hashes: &[u64]| -> Vec<Word> { hashes.iter().map(|&hash| Word { start: 0, end: 0, hash }).collect() };
        let hashes = [8, 16, 8, 3, 1 << 40, 16, 0, u64::MAX];
        let (words, mut shingles) = (of(&hashes), Shingles::default());
        let places = Places::of(&words, 1, &mut shingles);
        assert!(places.repeat);
        for hash in [0, 1, 3, 8, 16, 24, 1 << 40, u64::MAX] {
            let run = of(&[hash]);
            assert_eq!(places.first(of_run(&run), &run, &words), hashes.iter().position(|&h| h == hash), "{hash}");
        }
        assert_eq!(Places::of(&[], 1, &mut shingles).first(0, &words[..1], &[]), None);
        assert_eq!(Places::of(&words[..3], 8, &mut shingles).first(0, &words, &words[..3]), None);
        // All of them want the same slot.
        let full = Places { slots: vec![1, 2, 3, 0], repeat: false };
        assert_eq!(full.first(0, &words[3..4], &words[1..4]), Some(2));
    }

    #[test]
    fn of_passages_that_overlap_the_earlier_stays() {
        let unit = UnitRef::new(0, 0);
        let pair = UnitPair { later: unit, earlier: unit };
        let doc = DocRef::new(0, 0);
        let passage = |(start, end): (usize, usize)| {
            let at = Span::new(start, end);
            Shared { doc, pair, at, other: doc, there: at, line: 1, words: 1 }
        };
        let all = [(20, 30), (0, 10), (29, 40), (10, 20), (5, 50), (30, 31), (12, 13), (60, 70)].map(passage);
        let kept: Vec<_> = disjoint(&all).map(|kept| (kept.at.start, kept.at.end)).collect();
        assert_eq!(kept, [(0, 10), (10, 20), (20, 30), (30, 31), (60, 70)]);
    }

    #[test]
    fn looking_up_some_shingles_finds_what_all_find() {
        let lengths = Lengths { shingle: 8, shortest: 16 };
        let mut shingles = Shingles::default();
        let mut next = 1u64;
        let mut random = |below: u64| {
            next = crate::text::shingle::mix(next);
            next % below
        };
        let (mut repeats, mut runs) = (0, 0);
        for round in 0..2000 {
            let word = |hash| Word { start: 0, end: 0, hash };
            // Words of which few are alike, and stretches of the one in the other, whole or with words changed.
            let earlier: Vec<Word> = (0..60 + random(60)).map(|_| word(random(1 << 40))).collect();
            let mut later: Vec<Word> = (0..random(20)).map(|_| word(random(1 << 40))).collect();
            for _ in 0..random(6) {
                let from = usize::try_from(random(earlier.len() as u64)).unwrap();
                let to = (from + usize::try_from(random(40)).unwrap()).min(earlier.len());
                later.extend(&earlier[from..to]);
            }
            for _ in 0..random(4) {
                let at = usize::try_from(random(later.len().max(1) as u64)).unwrap();
                if let Some(changed) = later.get_mut(at) {
                    *changed = word(random(1 << 40));
                }
            }
            // In each third round the earlier one has a stretch twice.
            let again = if round % 3 == 0 { &earlier[..20] } else { &[] };
            let earlier = [&*earlier, again].concat();
            let side = |number, words| Side::new(UnitRef::new(0, number), DocRef::new(0, number), 1, words);
            let (later, sparse, full) = (side(2, later), side(1, earlier.clone()), side(1, earlier));
            let all = Places::of(&full.words, lengths.shingle, &mut shingles);
            repeats += u32::from(all.repeat);
            full.places.set(Places { repeat: true, ..all }).unwrap();
            let found = shared_runs(&later, &sparse, lengths, &mut shingles);
            runs += found.len();
            assert_eq!(found, shared_runs(&later, &full, lengths, &mut shingles), "round {round}");
        }
        assert!((600..700).contains(&repeats) && runs > 1000, "{repeats} {runs}");
    }
}
