//! Runs of words that two documents share inside otherwise different blocks: reported with both places, kept.

use super::{At, Copied, Likeness, Texts, anchors, unit_id, wanted};
use crate::text::Word;
use crate::text::hash::ByHash;
use crate::text::shingle::Shingles;
use crate::types::{Corpus, DocId, Passage, Place, Sketch, Span};

pub(super) fn find<T: Texts>(
    staying: &[&Sketch],
    likeness: &Likeness,
    texts: &T,
    copied: &Copied,
    corpus: &mut Corpus,
) -> Result<(), T::Error> {
    let pairs = candidates(staying, copied);
    let words = texts.units(&wanted(staying, &pairs))?;
    for (later, earlier) in pairs {
        let pair = (words.get(&unit_id(staying, later)), words.get(&unit_id(staying, earlier)));
        let (Some(a), Some(b)) = pair else { continue };
        for (x, y) in shared_runs(a, b, likeness) {
            add(staying, later, span(a, &x), earlier, span(b, &y), x.len(), corpus);
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted by itself")]
    for facts in corpus.facts.values_mut() {
        facts.passages.sort_by_key(|p| (p.span, p.other.doc, p.other.span));
    }
    Ok(())
}

/// Pairs of blocks (later, earlier) of different documents that hold the same winnowed shingle.
fn candidates(staying: &[&Sketch], copied: &Copied) -> Vec<(At, At)> {
    let mut pairs = Vec::new();
    for group in anchors(staying, copied, |s| &s.runs).chunk_by(|a, b| a.0 == b.0) {
        // One witness is enough: each later document points to the first that holds the words.
        let first = group[0].1;
        pairs.extend(group.iter().filter(|(_, at)| at.0 != first.0).map(|&(_, at)| (at, first)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Longest runs of equal words, at least the shortest passage long, as ranges of word numbers in `a` and in `b`.
fn shared_runs(a: &[Word], b: &[Word], likeness: &Likeness) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let k = likeness.run_shingle;
    let mut shingles = Shingles::default();
    shingles.load(b);
    let mut places: ByHash<u64, usize> = ByHash::default();
    for (at, hash) in shingles.of(k, 0, b.len()).enumerate() {
        places.entry(hash).or_insert(at);
    }
    shingles.load(a);
    let mut out: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
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
        if back + on >= likeness.shortest_passage {
            out.push((at - back..at + on, place - back..place + on));
            done = at + on;
        }
    }
    out
}

fn span(words: &[Word], range: &std::ops::Range<usize>) -> Span {
    Span { start: words[range.start].start, end: words[range.end - 1].end }
}

/// Notes the passage with the later document, and with the earlier one, unless they have one at that place already:
/// pairs come in reading order, and the first witness of a passage is enough.
fn add(staying: &[&Sketch], later: At, span: Span, earlier: At, there: Span, words: usize, corpus: &mut Corpus) {
    let words = u32::try_from(words).unwrap_or(u32::MAX);
    let place = |at: At, span: Span| {
        let sketch = staying[at.0 as usize];
        Place { doc: sketch.id, span, line: sketch.units[at.1 as usize].line }
    };
    let (here, other) = (place(later, span), place(earlier, there));
    let mut note = |doc: DocId, passage: Passage| {
        let passages = &mut corpus.facts.entry(doc).or_default().passages;
        let fresh = !passages.iter().any(|p| p.span.overlaps(passage.span));
        if fresh {
            passages.push(passage);
        }
        fresh
    };
    if note(here.doc, Passage { span, other, words }) {
        note(other.doc, Passage { span: there, other: here, words });
    }
}
