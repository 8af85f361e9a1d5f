//! Page → records: what is remembered of a document when its text is let go.

mod bands;
mod least;
mod spelling;

pub use bands::Bands;
use least::{least, winnow};
pub use spelling::Spelled;

use crate::text::hash::hash128_of;
use crate::text::minhash::minhash_of;
use crate::text::shingle::{Shingles, mix};
use crate::text::words::count;
use crate::text::{Folding, Word, words};
use crate::types::{
    Anchor, At, Band, DocRef, Outline, Page, Ratio, SHORTEST_ACROSS, Sample, ShardIndex, Span, Unit, UnitRef,
    Whereabouts, Whole,
};

/// How documents are signed. All documents of a run are signed alike.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// What matching ignores.
    pub folding: Folding,
    /// Words in a shingle of a document.
    pub shingle: usize,
    /// Words in a shingle of a block.
    pub block_shingle: usize,
    /// Words in a shingle of a shared passage, and the window from which the least is chosen; a run of
    /// `run_shingle + run_window - 1` words is always found (winnowing, Schleimer, Wilkerson and Aiken 2003).
    pub run_shingle: usize,
    /// See `run_shingle`.
    pub run_window: usize,
    /// Words from which a unit is a copy of one in another document.
    pub shortest_across: u32,
    /// What documents are found by; none when they are not compared.
    pub bands: Option<Bands>,
    /// Whether documents are looked for that stand within others.
    pub samples: bool,
    /// Whether units are compared with equal ones.
    pub units: bool,
    /// Whether units are compared with similar ones.
    pub near: bool,
    /// Whether short units are counted over documents.
    pub commons: bool,
    /// Whether passages shared by different units are looked for.
    pub runs: bool,
    /// Whether it is counted how words are written.
    pub spellings: bool,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            folding: Folding::default(),
            shingle: 5,
            block_shingle: 3,
            run_shingle: 8,
            run_window: 9,
            shortest_across: SHORTEST_ACROSS,
            bands: Some(Bands::for_threshold(Ratio::new(8, 10))),
            samples: false,
            units: true,
            near: true,
            commons: true,
            runs: true,
            spellings: true,
        }
    }
}

impl Recipe {
    /// Length in words from which a shared passage is always found.
    pub fn shortest_passage(&self) -> usize {
        self.run_shingle + self.run_window - 1
    }

    /// Whether words are asked for, and not only their number.
    fn reads_words(&self) -> bool {
        self.bands.is_some() || self.samples || self.units || self.spellings
    }
}

/// Blocks with fewer words are matched whole or not at all.
pub const SHORTEST_NEAR_BLOCK: usize = 8;

/// Memory that a worker uses again for each document.
#[derive(Default)]
pub struct Bench {
    words: Vec<Word>,
    shingles: Shingles,
    /// The hashes of the words, as little-endian bytes.
    hashes: Vec<u64>,
    ranges: Vec<(usize, usize)>,
    values: Vec<u64>,
    least: Vec<u64>,
}

/// What is remembered of the documents of one shard, in reading order.
#[derive(Debug, Default)]
pub struct Signed {
    /// Documents that have words.
    pub wholes: Vec<Whole>,
    /// Bands of documents that have shingles.
    pub bands: Vec<Band>,
    /// Documents by some of their shingles, when asked for.
    pub samples: Vec<Sample>,
    /// Units that have words.
    pub units: Vec<Whereabouts>,
    /// Smallest shingle hashes of the longer units.
    pub near: Vec<Outline>,
    /// Winnowed shingle hashes: two texts that share a long enough run of words share one.
    pub runs: Vec<Anchor>,
    /// Which unit belongs to which document.
    pub index: ShardIndex,
}

impl Signed {
    /// Bytes of the records held.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.wholes)
            + size_of_val(&*self.bands)
            + size_of_val(&*self.samples)
            + size_of_val(&*self.units)
            + size_of_val(&*self.near)
            + size_of_val(&*self.runs)
    }
}

/// Signs a page, the next of its shard. `wanted` tells how wanted a document of so many words is among those alike: less
/// is more wanted. Returns the number of words, and what `wanted` said.
pub fn sign(
    page: &Page,
    shard: u32,
    wanted: impl FnOnce(u32) -> u64,
    recipe: &Recipe,
    bench: &mut Bench,
    out: &mut Signed,
) -> (u32, u64) {
    let doc = DocRef::new(shard, out.index.documents);
    out.index.documents += 1;
    if !recipe.reads_words() {
        let count = u32::try_from(count(&page.document.text)).unwrap_or(u32::MAX);
        return (count, wanted(count));
    }
    bench.words.clear();
    words(&page.document.text, recipe.folding, &mut bench.words);
    bench.shingles.load(&bench.words);
    bench.hashes.clear();
    bench.hashes.extend(bench.words.iter().map(|word| word.hash.to_le()));
    let all = bench.words.len();
    let count = u32::try_from(all).unwrap_or(u32::MAX);
    let wanted = wanted(count);
    if let Some(bands) = recipe.bands.filter(|_| all > 0) {
        let (key, rest) = halves(hash128_of(&bench.hashes));
        out.wholes.push(Whole { key, rest, wanted, doc, words: all as u64 });
        let slots = minhash_of(&bench.shingles, recipe.shingle, 0, all);
        out.bands.extend(bands.keys(&slots).map(|key| Band { key, doc }));
    }
    if recipe.samples {
        samples(doc, recipe, bench, out);
    }
    if recipe.units {
        units(page, shard, recipe, bench, out);
    }
    (count, wanted)
}

/// Of so many shingles one is a sample, as a rule: a document of 60 words has 7, one of 20 words none in one of 8 cases.
const SAMPLED: u64 = 8;

fn samples(doc: DocRef, recipe: &Recipe, bench: &mut Bench, out: &mut Signed) {
    let words = bench.words.len();
    bench.values.clear();
    bench.values.extend(bench.shingles.of(recipe.shingle, 0, words).filter(|hash| hash % SAMPLED == 0));
    bench.values.sort_unstable();
    bench.values.dedup();
    let (shorter, samples) = (u64::MAX - words as u64, bench.values.len() as u64);
    out.samples.extend(bench.values.iter().map(|&key| Sample { key, shorter, doc, samples }));
}

fn units(page: &Page, shard: u32, recipe: &Recipe, bench: &mut Bench, out: &mut Signed) {
    bench.ranges.clear();
    bench.ranges.extend(ranges(page, &bench.words));
    for (nth, unit) in page.units().into_iter().enumerate() {
        let (from, to) = words_of(unit, &bench.ranges);
        let number = UnitRef::new(shard, out.index.starts.len());
        let words = u32::try_from(to - from).unwrap_or(u32::MAX);
        if nth == 0 {
            out.index.with_units.push(out.index.documents - 1);
        }
        out.index.starts.push(nth == 0);
        out.index.inner.push(unit.inner);
        out.index.short.push(words < recipe.shortest_across);
        if words > 0 {
            let (key, rest) = halves(hash128_of(&bench.hashes[from..to]));
            out.units.push(Whereabouts { key, rest, unit: number, at: place(page, unit, words) });
        }
        if recipe.near && to - from >= SHORTEST_NEAR_BLOCK {
            let [upper, lower] = least(bench.shingles.of(recipe.block_shingle, from, to), &mut bench.least);
            let shingles = (to - from + 1).saturating_sub(recipe.block_shingle) as u64;
            let outline = |&hash| Outline { hash: mix(hash), unit: number, upper, lower, shingles };
            out.near.extend(bench.least.iter().map(outline));
        }
        if recipe.runs && !unit.inner {
            bench.values.clear();
            bench.values.extend(bench.shingles.of(recipe.run_shingle, from, to));
            winnow(&bench.values, recipe.run_window, |hash| out.runs.push(Anchor { hash: mix(hash), unit: number }));
        }
    }
}

/// Where a unit of so many words stands.
pub fn place(page: &Page, unit: Unit, words: u32) -> At {
    let Unit { from, to, .. } = unit;
    let (first, last) = (page.blocks[from as usize], page.blocks[to as usize - 1]);
    let Span { start, end } = first.span.cover(last.span);
    At { start, end, line: first.line, words, from, to }
}

#[expect(clippy::cast_possible_truncation, reason = "halves are what is wanted")]
fn halves(key: u128) -> (u64, u64) {
    ((key >> 64) as u64, key as u64)
}

/// The words of a unit, given those of each block.
pub fn words_of(unit: Unit, ranges: &[(usize, usize)]) -> (usize, usize) {
    (ranges[unit.from as usize].0, ranges[unit.to as usize - 1].1)
}

/// For each block of the page, which words (by index) stand in it.
pub fn ranges<'a>(page: &'a Page, words: &'a [Word]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut at = 0;
    page.blocks.iter().map(move |block| {
        let Span { start, end } = block.span;
        while at < words.len() && words[at].start < start {
            at += 1;
        }
        let from = at;
        while at < words.len() && words[at].start < end {
            at += 1;
        }
        (from, at)
    })
}
