//! Sketches → corpus: twins first, then repeated blocks, then shared passages. No I/O: texts that must be counted
//! exactly are asked for through [`Texts`].

pub mod bands;
mod passages;
mod repeats;
mod twins;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::text::Word;
use crate::types::{Anchor, Corpus, DocId, Ratio, Sketch, UnitSketch};

/// Texts read again, so that what is decided is counted and not estimated.
pub trait Texts {
    /// What can go wrong while reading.
    type Error;

    /// The sets of document shingles (sorted, distinct) of the wanted documents, which are sorted.
    ///
    /// # Errors
    /// When a document cannot be read again.
    fn shingles(&self, wanted: &[DocId]) -> Result<HashMap<DocId, Vec<u64>>, Self::Error>;

    /// The words of the wanted units, which are sorted.
    ///
    /// # Errors
    /// When a document cannot be read again.
    fn units(&self, wanted: &[UnitId]) -> Result<HashMap<UnitId, Vec<Word>>, Self::Error>;
}

/// A unit of a document: its number within the page.
pub type UnitId = (DocId, u32);

/// Which of several alike documents stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The first in reading order.
    #[default]
    First,
    /// The one with most words, then the first.
    Longest,
    /// The one with fewest words, then the first.
    Shortest,
}

/// What counts as alike.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    /// Share of common shingles from which documents are twins.
    pub documents: Ratio,
    /// Share of a block's shingles that must stand in an earlier block for it to be a near copy.
    pub blocks: Ratio,
    /// Which twin stays.
    pub keep: Keep,
    /// Words in a shingle of a block.
    pub block_shingle: usize,
    /// Words in a shingle of a shared passage.
    pub run_shingle: usize,
    /// Fewest words of a shared passage.
    pub shortest_passage: usize,
}

/// Finds twins, repeated blocks and shared passages among sketches that stand in order of their ids.
///
/// # Errors
/// What `texts` returns.
pub fn resolve<T: Texts>(sketches: &[Sketch], likeness: &Likeness, texts: &T) -> Result<Corpus, T::Error> {
    let mut corpus = Corpus { documents: sketches.len() as u64, ..Corpus::default() };
    twins::find(sketches, likeness, texts, &mut corpus)?;
    let staying: Vec<&Sketch> =
        sketches.iter().filter(|s| corpus.facts.get(&s.id).is_none_or(|f| f.twin.is_none())).collect();
    let copied = repeats::find(&staying, likeness, texts, &mut corpus)?;
    passages::find(&staying, likeness, texts, &copied, &mut corpus)?;
    name_the_witnesses(sketches, &mut corpus);
    Ok(corpus)
}

/// A unit as (index among the staying documents, number of the unit): sorts in reading order.
type At = (u32, u32);

/// Blocks that are copies of others, and so have no news to tell.
struct Copied {
    /// For each document the place of its first block in `marks`.
    first: Vec<usize>,
    marks: Vec<bool>,
}

impl Copied {
    fn new(staying: &[&Sketch]) -> Self {
        let mut blocks = 0;
        let mut first = Vec::with_capacity(staying.len());
        for sketch in staying {
            first.push(blocks);
            blocks += sketch.units.last().map_or(0, |u| u.unit.to as usize);
        }
        Self { first, marks: vec![false; blocks] }
    }

    fn blocks(&self, staying: &[&Sketch], at: At) -> Range<usize> {
        let unit = unit(staying, at).unit;
        let first = self.first[at.0 as usize];
        first + unit.from as usize..first + unit.to as usize
    }

    fn mark(&mut self, staying: &[&Sketch], at: At) {
        let blocks = self.blocks(staying, at);
        self.marks[blocks].fill(true);
    }

    /// Whether all of the unit's blocks are copies.
    fn holds(&self, staying: &[&Sketch], at: At) -> bool {
        self.marks[self.blocks(staying, at)].iter().all(|&copy| copy)
    }
}

/// The anchors of all units that are no copies, sorted by hash, then in reading order.
fn anchors<'a>(staying: &[&'a Sketch], copied: &Copied, of: fn(&'a Sketch) -> &'a [Anchor]) -> Vec<(u64, At)> {
    let mut out = Vec::new();
    for (doc, &sketch) in (0u32..).zip(staying) {
        let all = of(sketch).iter().map(|a| (a.hash, (doc, a.unit)));
        out.extend(all.filter(|&(_, at)| !copied.holds(staying, at)));
    }
    out.sort_unstable();
    out
}

fn unit<'a>(staying: &[&'a Sketch], at: At) -> &'a UnitSketch {
    &staying[at.0 as usize].units[at.1 as usize]
}

fn unit_id(staying: &[&Sketch], at: At) -> UnitId {
    (staying[at.0 as usize].id, at.1)
}

/// The ids of all units in the pairs, sorted, each once.
fn wanted(staying: &[&Sketch], pairs: &[(At, At)]) -> Vec<UnitId> {
    let mut out: Vec<UnitId> = pairs.iter().flat_map(|&(a, b)| [unit_id(staying, a), unit_id(staying, b)]).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Keeps the names of all documents that evidence points to.
fn name_the_witnesses(sketches: &[Sketch], corpus: &mut Corpus) {
    let mut wanted: HashSet<DocId> = HashSet::new();
    #[expect(clippy::iter_over_hash_type, reason = "fills a set: the order cannot matter")]
    for facts in corpus.facts.values() {
        wanted.extend(facts.twin.iter().map(|t| t.keeper));
        wanted.extend(facts.copies.iter().map(|c| c.first.doc));
        wanted.extend(facts.passages.iter().map(|p| p.other.doc));
    }
    for sketch in sketches.iter().filter(|s| wanted.contains(&s.id)) {
        corpus.names.insert(sketch.id, sketch.name.clone());
    }
}

/// Calls `pair(earlier, later)` for the members of each group of equal keys, in linear time: each member meets the
/// first of its group and the few before it. Small groups meet in full.
fn meet<K: PartialEq + Copy, V: Copy>(sorted: &[(K, V)], mut pair: impl FnMut(V, V)) {
    const FULL: usize = 24;
    const BEFORE: usize = 4;
    let mut rest = sorted;
    while let Some(&(key, _)) = rest.first() {
        let size = rest.iter().take_while(|(k, _)| *k == key).count();
        let (group, tail) = rest.split_at(size);
        for (i, &(_, later)) in group.iter().enumerate() {
            let near = if size <= FULL { 0 } else { i.saturating_sub(BEFORE) };
            let first = if near > 0 { 0..1 } else { 0..0 };
            for &(_, earlier) in group[first].iter().chain(&group[near..i]) {
                pair(earlier, later);
            }
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_meet_in_full_and_large_ones_in_linear_time() {
        let mut pairs = Vec::new();
        meet(&[(1, 'a'), (1, 'b'), (1, 'c'), (2, 'd')], |x, y| pairs.push((x, y)));
        assert_eq!(pairs, [('a', 'b'), ('a', 'c'), ('b', 'c')]);
        let hot: Vec<(u8, usize)> = (0..1000).map(|i| (0, i)).collect();
        let mut count = 0;
        meet(&hot, |_, _| count += 1);
        assert!(count < 6000, "{count}");
    }
}
