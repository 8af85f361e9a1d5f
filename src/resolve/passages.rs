//! Runs of words that two documents share inside otherwise different blocks: reported with both places, kept.

use super::{BlockId, Copied, Likeness, Texts};
use crate::text::Word;
use crate::text::hash::ByHash;
use crate::text::shingle::Shingles;
use crate::types::{Corpus, Passage, Place, Sketch, Span};

pub(super) fn find<T: Texts>(
    staying: &[&Sketch],
    likeness: &Likeness,
    texts: &T,
    copied: &Copied,
    corpus: &mut Corpus,
) -> Result<(), T::Error> {
    let pairs = candidates(staying, copied);
    let mut wanted: Vec<BlockId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let words = texts.blocks(&wanted)?;
    for (later, earlier) in pairs {
        let (Some(a), Some(b)) = (words.get(&later), words.get(&earlier)) else { continue };
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
fn candidates(staying: &[&Sketch], copied: &Copied) -> Vec<(BlockId, BlockId)> {
    let mut anchors: Vec<(u64, BlockId)> = Vec::new();
    for sketch in staying {
        let fresh = sketch.runs.iter().filter(|a| !copied.contains(&(sketch.id, a.block)));
        anchors.extend(fresh.map(|a| (a.hash, (sketch.id, a.block))));
    }
    anchors.sort_unstable();
    let mut pairs = Vec::new();
    for group in anchors.chunk_by(|a, b| a.0 == b.0) {
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

/// Notes the passage with the later document, and with the earlier one unless it has one at that place already.
fn add(
    staying: &[&Sketch],
    later: BlockId,
    span: Span,
    earlier: BlockId,
    there: Span,
    words: usize,
    corpus: &mut Corpus,
) {
    let words = u32::try_from(words).unwrap_or(u32::MAX);
    let line = |(doc, block): BlockId| {
        let at = staying.binary_search_by_key(&doc, |s| s.id).ok();
        at.map_or(0, |at| staying[at].blocks[block as usize].line)
    };
    let here = Place { doc: later.0, span, line: line(later) };
    let other = Place { doc: earlier.0, span: there, line: line(earlier) };
    let mine = &mut corpus.facts.entry(later.0).or_default().passages;
    // Pairs come in reading order: the first witness of a passage is enough.
    if mine.iter().any(|p| p.span.overlaps(span)) {
        return;
    }
    mine.push(Passage { span, other, words });
    let first = corpus.facts.entry(earlier.0).or_default();
    if !first.passages.iter().any(|p| p.span.overlaps(there)) {
        first.passages.push(Passage { span: there, other: here, words });
    }
}
