//! Blocks that stand twice: in a document and across documents, exactly and nearly. The first copy stays.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{At, Copied, Likeness, Texts, UnitId, anchors, meet, unit, unit_id, wanted};
use crate::text::Word;
use crate::text::shingle::{Shingles, common, set};
use crate::text::words::numbers;
use crate::types::{CopyKind, Corpus, Place, Ratio, Repeat, SHORTEST_ACROSS, Sketch};

pub(super) fn find<T: Texts>(
    staying: &[&Sketch],
    likeness: &Likeness,
    texts: &T,
    corpus: &mut Corpus,
) -> Result<Copied, T::Error> {
    let mut copied = Copied::new(staying);
    let exact = exact(staying, &mut copied, corpus);
    let near = near(staying, likeness, texts, &mut copied)?;
    // A leader of equal units may be a near copy itself: then they all are, of what it is a copy of.
    let followers = exact.into_iter().map(|(at, leader)| {
        let of = u64::from(unit(staying, at).words);
        let same = Match { first: leader, alike: Ratio::new(of, of), kind: CopyKind::Exact, same_numbers: true };
        (at, near.get(&leader).copied().unwrap_or(same))
    });
    let mut all: Vec<(At, Match)> = followers.collect();
    all.extend(near.iter().map(|(&at, &found)| (at, found)));
    all.retain(|(at, found)| !share_blocks(staying, *at, found.first));
    note(staying, all, corpus);
    Ok(copied)
}

/// What a unit is a copy of.
#[derive(Clone, Copy)]
struct Match {
    first: At,
    alike: Ratio,
    kind: CopyKind,
    same_numbers: bool,
}

/// Units with the same words as an earlier one, with that one. Long ones are copies wherever they stand; short ones only
/// within their document, elsewhere they are counted.
fn exact(staying: &[&Sketch], copied: &mut Copied, corpus: &mut Corpus) -> Vec<(At, At)> {
    let mut all: Vec<(u128, At)> = Vec::new();
    for (doc, sketch) in (0u32..).zip(staying) {
        all.extend((0u32..).zip(&*sketch.units).filter(|(_, u)| u.words > 0).map(|(number, u)| (u.key, (doc, number))));
    }
    all.sort_unstable();
    let mut out = Vec::new();
    for group in all.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let short = unit(staying, group[0].1).words < SHORTEST_ACROSS;
        let documents = u32::try_from(group.chunk_by(|a, b| a.1.0 == b.1.0).count()).unwrap_or(u32::MAX);
        let mut first = group[0].1;
        for &(_, at) in group {
            if short && at.0 != first.0 {
                first = at;
            }
            if at != first && !share_blocks(staying, first, at) {
                out.push((at, first));
                copied.mark(staying, at);
            }
            let lines = unit(staying, at).unit;
            if short && documents > 1 && lines.to == lines.from + 1 {
                let facts = corpus.facts.entry(staying[at.0 as usize].id).or_default();
                facts.common.push((lines.from, documents));
            }
        }
    }
    out
}

/// Whether the two are a paragraph and a line of it.
fn share_blocks(staying: &[&Sketch], a: At, b: At) -> bool {
    let (x, y) = (unit(staying, a).unit, unit(staying, b).unit);
    a.0 == b.0 && x.from < y.to && y.from < x.to
}

/// Units of which nearly all shingles stand in an earlier one that is no near copy itself.
fn near<T: Texts>(
    staying: &[&Sketch],
    likeness: &Likeness,
    texts: &T,
    copied: &mut Copied,
) -> Result<HashMap<At, Match>, T::Error> {
    let mut pairs: Vec<(At, At)> = Vec::new();
    meet(&anchors(staying, copied, |s| &s.near), |a, b| {
        let apart = if a.0 == b.0 { !share_blocks(staying, a, b) } else { unit(staying, b).words >= SHORTEST_ACROSS };
        if apart {
            pairs.push((b, a));
        }
    });
    pairs.sort_unstable();
    pairs.dedup();

    let contents = contents(staying, &pairs, likeness, texts)?;
    let mut settled: HashMap<At, Match> = HashMap::new();
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        let later = group[0].0;
        let matches = group.iter().filter(|(_, first)| !settled.contains_key(first)).filter_map(|&(_, first)| {
            let (a, b) = (contents.get(&unit_id(staying, later))?, contents.get(&unit_id(staying, first))?);
            let all = a.shingles.len() as u64;
            let alike = Ratio::new(common(&a.shingles, &b.shingles, likeness.blocks.least_of(all))?, all);
            Some(Match { first, alike, kind: CopyKind::Near, same_numbers: a.numbers == b.numbers })
        });
        // Of equally alike ones the earliest.
        if let Some(best) = matches.max_by_key(|m| (m.alike.part, Reverse(m.first))) {
            copied.mark(staying, later);
            settled.insert(later, best);
        }
    }
    Ok(settled)
}

/// What two blocks are compared by.
struct Content {
    /// Distinct shingles, sorted.
    shingles: Vec<u64>,
    /// Hashes of the words that hold digits, in order.
    numbers: Vec<u64>,
}

/// The contents of all blocks in the pairs.
fn contents<T: Texts>(
    staying: &[&Sketch],
    pairs: &[(At, At)],
    likeness: &Likeness,
    texts: &T,
) -> Result<HashMap<UnitId, Content>, T::Error> {
    let mut all = Shingles::default();
    let mut of = |words: &[Word]| {
        all.load(words);
        let shingles = set(all.of(likeness.block_shingle, 0, words.len()).collect());
        Content { shingles, numbers: numbers(words) }
    };
    let words = texts.units(&wanted(staying, pairs))?;
    Ok(words.into_iter().map(|(at, words)| (at, of(&words))).collect())
}

/// Puts the matches into the facts of their documents.
fn note(staying: &[&Sketch], all: Vec<(At, Match)>, corpus: &mut Corpus) {
    let mut uses: HashMap<At, u32> = HashMap::new();
    for (_, found) in &all {
        *uses.entry(found.first).or_default() += 1;
    }
    for (at, Match { first, alike, kind, same_numbers }) in all {
        let original = unit(staying, first);
        let place = Place { doc: staying[first.0 as usize].id, span: original.span, line: original.line };
        let only = uses.get(&first) == Some(&1);
        let unit = unit(staying, at).unit;
        let copy = Repeat { unit, original: original.unit, first: place, alike, kind, same_numbers, only };
        corpus.facts.entry(staying[at.0 as usize].id).or_default().copies.push(copy);
    }
    #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted by itself")]
    for facts in corpus.facts.values_mut() {
        // A paragraph before its lines; what stands inside another is told with it.
        facts.copies.sort_by_key(|c| (c.unit.from, Reverse(c.unit.to)));
        let mut reach = 0;
        facts.copies.retain(|c| {
            let fresh = c.unit.to > reach;
            reach = reach.max(c.unit.to);
            fresh
        });
        facts.common.sort_unstable();
    }
}
