//! Blocks that stand twice: in a document and across documents, exactly and nearly. The first copy stays.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{At, Copied, Likeness, Texts, UnitId, anchors, meet, unit, unit_id, wanted};
use crate::text::Word;
use crate::text::shingle::{Shingles, common, set};
use crate::types::{CopyKind, Corpus, Place, Ratio, Repeat, SHORTEST_ACROSS, Sketch};

pub(super) fn find<T: Texts>(
    staying: &[&Sketch],
    likeness: &Likeness,
    texts: &T,
    corpus: &mut Corpus,
) -> Result<Copied, T::Error> {
    let mut copied = exact(staying, corpus);
    near(staying, likeness, texts, &mut copied, corpus)?;
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
    Ok(copied)
}

fn exact(staying: &[&Sketch], corpus: &mut Corpus) -> Copied {
    let mut all: Vec<(u128, At)> = Vec::new();
    for (doc, sketch) in (0u32..).zip(staying) {
        all.extend((0u32..).zip(&*sketch.units).filter(|(_, u)| u.words > 0).map(|(number, u)| (u.key, (doc, number))));
    }
    all.sort_unstable();
    let mut copied = Copied::new(staying);
    for group in all.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        exact_group(staying, group, &mut copied, corpus);
    }
    copied
}

/// One group of units with the same words. Long ones are copies wherever they stand; short ones only within their
/// document, elsewhere they are counted.
fn exact_group(staying: &[&Sketch], group: &[(u128, At)], copied: &mut Copied, corpus: &mut Corpus) {
    let words = unit(staying, group[0].1).words;
    let documents = u32::try_from(group.chunk_by(|a, b| a.1.0 == b.1.0).count()).unwrap_or(u32::MAX);
    let mut first = group[0].1;
    for &(_, at) in group {
        if at.0 != first.0 && words < SHORTEST_ACROSS {
            first = at;
        }
        if at != first && !share_blocks(staying, first, at) {
            let of = u64::from(words);
            note(staying, at, first, Ratio::new(of, of), CopyKind::Exact, true, corpus);
            copied.mark(staying, at);
        }
        let sketch = unit(staying, at);
        if documents > 1 && words < SHORTEST_ACROSS && sketch.unit.to == sketch.unit.from + 1 {
            let facts = corpus.facts.entry(staying[at.0 as usize].id).or_default();
            facts.common.push((sketch.unit.from, documents));
        }
    }
}

/// Whether the two are a paragraph and a line of it.
fn share_blocks(staying: &[&Sketch], a: At, b: At) -> bool {
    let (x, y) = (unit(staying, a).unit, unit(staying, b).unit);
    a.0 == b.0 && x.from < y.to && y.from < x.to
}

fn near<T: Texts>(
    staying: &[&Sketch],
    likeness: &Likeness,
    texts: &T,
    copied: &mut Copied,
    corpus: &mut Corpus,
) -> Result<(), T::Error> {
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
    let mut settled: HashSet<At> = HashSet::new();
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        let later = group[0].0;
        let best = group.iter().filter(|(_, first)| !settled.contains(first)).filter_map(|&(_, first)| {
            let (a, b) = (contents.get(&unit_id(staying, later))?, contents.get(&unit_id(staying, first))?);
            let alike = Ratio::new(common(&a.shingles, &b.shingles), a.shingles.len() as u64);
            alike.reaches(likeness.blocks).then(|| (alike.part, Reverse(first), alike, a.numbers == b.numbers))
        });
        if let Some((_, Reverse(first), alike, same)) = best.max_by_key(|&(part, first, ..)| (part, first)) {
            note(staying, later, first, alike, CopyKind::Near, same, corpus);
            copied.mark(staying, later);
            settled.insert(later);
        }
    }
    Ok(())
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
        Content { shingles, numbers: words.iter().filter(|w| w.is_number()).map(|w| w.hash).collect() }
    };
    let words = texts.units(&wanted(staying, pairs))?;
    Ok(words.into_iter().map(|(at, words)| (at, of(&words))).collect())
}

fn note(staying: &[&Sketch], at: At, first: At, alike: Ratio, kind: CopyKind, same_numbers: bool, corpus: &mut Corpus) {
    let original = unit(staying, first);
    let place = Place { doc: staying[first.0 as usize].id, span: original.span, line: original.line };
    let unit = unit(staying, at).unit;
    let copy = Repeat { unit, original: original.unit, first: place, alike, kind, same_numbers };
    corpus.facts.entry(staying[at.0 as usize].id).or_default().copies.push(copy);
}
