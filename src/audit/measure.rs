//! Measures: what of the planted went, and what else.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::kind::{Kind, Planted};
use super::model::{Example, Row};
use super::sample::Sample;
use super::trace::Trace;
use crate::text::{Folding, Word, words};
use crate::types::{Ratio, Span};

/// Share of a piece's words from which it counts as cut.
const CUT: Ratio = Ratio::new(9, 10);
/// Pieces that are shown of those not found.
const SHOWN: usize = 5;
/// Characters of such a piece, and bytes on either side of damage that must read as before.
const EXCERPT: usize = 120;
const AROUND: usize = 20;

/// The documents as they are, and the words that a run over them leaves alone.
pub(super) struct Base<'a> {
    samples: &'a [Sample],
    alone: Vec<Vec<Span>>,
    /// Words touched, of all words.
    pub(super) plain: Ratio,
}

/// What was planted in one document of the sample.
pub(super) struct Plot<'a> {
    /// Number of the document.
    pub(super) document: usize,
    /// The document.
    pub(super) ground: &'a Ground,
    /// What.
    pub(super) planted: Planted,
}

impl<'a> Base<'a> {
    /// Takes the documents, and what a run over them did.
    pub(super) fn new(samples: &'a [Sample], plain: &[Trace]) -> Self {
        let mut all = 0;
        let alone: Vec<Vec<Span>> = samples
            .iter()
            .zip(plain)
            .map(|(sample, trace)| {
                let words = listed(&sample.text);
                all += words.len() as u64;
                words
                    .iter()
                    .map(|word| Span { start: word.start, end: word.end })
                    .filter(|s| !trace.touches(*s))
                    .collect()
            })
            .collect();
        let left: u64 = alone.iter().map(|words| words.len() as u64).sum();
        Self { samples, alone, plain: Ratio::new(all - left, all) }
    }

    /// Adds to a row what a run did: to the documents in their order, and then to copies that were planted.
    pub(super) fn count(&self, row: &mut Row, plots: &[Plot<'_>], traces: &[Trace]) {
        // What was planted in each document, and what of the document may go for it: of two copies either may stay.
        let mut by_document: BTreeMap<usize, (&Planted, Span)> = BTreeMap::new();
        let mut copies = self.samples.len()..;
        for plot in plots {
            let original = &traces[plot.document];
            let mut instead = Span::new(0, 0);
            match &plot.planted {
                Planted::Dirt { at, put, dirt, place, source } => {
                    let (piece, text) = (Span::new(at + dirt.start, at + dirt.end), &put[dirt.clone()]);
                    let (mut span, mut gone) = (piece, gone(text, piece, original));
                    if let Some(source) = source.filter(|_| !gone.reaches(CUT)) {
                        let other = self::gone(source.of(&plot.ground.text), source, original);
                        if other.reaches(CUT) {
                            (span, gone, instead) = (source, other, source);
                        }
                    }
                    add(&mut row.words, gone);
                    note(row, gone.reaches(CUT), original, span, plot.ground, text, place);
                }
                Planted::Damage { at, put } => {
                    let span = Span::new(at.start as usize, at.start as usize + put.len());
                    let text = plot.planted.text(&plot.ground.text).unwrap_or_default();
                    let found = is_mended(&plot.ground.text, &text, *at, put.len(), original);
                    let wide = around(&text, span);
                    note(row, found, original, wide, plot.ground, wide.of(&text), "");
                }
                Planted::Copy { text } => {
                    let copy = &traces[copies.next().unwrap_or_default()];
                    let span = Span::new(0, text.len());
                    let by = if copy.dropped || !original.dropped { copy } else { original };
                    if by.dropped && !copy.dropped {
                        instead = Span::new(0, plot.ground.text.len());
                    }
                    add(&mut row.words, gone(text, span, by));
                    note(row, by.dropped, by, span, plot.ground, text, "");
                }
            }
            by_document.insert(plot.document, (&plot.planted, instead));
        }
        for (number, words) in self.alone.iter().enumerate() {
            let touched = touched(words, by_document.get(&number).copied(), &traces[number]);
            add(&mut row.clean, Ratio::new(touched.len() as u64, words.len() as u64));
            if let Some(first) = touched.first() {
                let sample = &self.samples[number];
                let rest = &sample.text[first.start as usize..];
                row.touched.push(example(&sample.name, rest, touched.len()));
            }
        }
        row.touched.sort_by_key(|example| std::cmp::Reverse(example.words));
        row.touched.truncate(SHOWN);
    }
}

/// A row for a kind of which nothing is planted yet.
pub(super) fn row(kind: &Kind) -> Row {
    Row {
        kind: kind.id.into(),
        summary: kind.summary.into(),
        recall: Ratio::new(0, 0),
        places: BTreeMap::new(),
        languages: BTreeMap::new(),
        words: Ratio::new(0, 0),
        clean: Ratio::new(0, 0),
        rules: BTreeMap::new(),
        missed: Vec::new(),
        touched: Vec::new(),
    }
}

fn add(sum: &mut Ratio, share: Ratio) {
    *sum = Ratio::new(sum.part + share.part, sum.of + share.of);
}

/// The words of a piece that went, of all its words.
fn gone(text: &str, at: Span, trace: &Trace) -> Ratio {
    let words = listed(text);
    let gone = |word: &&Word| trace.touches(Span { start: at.start + word.start, end: at.start + word.end });
    Ratio::new(words.iter().filter(gone).count() as u64, words.len() as u64)
}

/// Whether the damage and what stands around it read as before.
fn is_mended(before: &str, damaged: &str, at: Span, put: usize, trace: &Trace) -> bool {
    let wide = around(damaged, Span::new(at.start as usize, at.start as usize + put));
    let end = wide.end as usize + at.len() - put;
    trace.after(damaged, wide).is_some_and(|now| now == before[wide.start as usize..end])
}

fn example(document: &str, text: &str, words: usize) -> Example {
    Example { document: document.to_owned(), text: text.chars().take(EXCERPT).collect(), words: words as u64 }
}

/// The span with some bytes on either side.
fn around(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let start = (start.saturating_sub(AROUND)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let end = (end..=end + AROUND).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    Span::new(start, end)
}

/// Counts a piece, and the rules that touched `span` where it was found.
fn note(row: &mut Row, found: bool, trace: &Trace, span: Span, ground: &Ground, text: &str, place: &str) {
    let share = Ratio::new(u64::from(found), 1);
    add(&mut row.recall, share);
    add(row.languages.entry(ground.wordings.language.into()).or_insert(Ratio::new(0, 0)), share);
    if !place.is_empty() {
        add(row.places.entry(place.into()).or_insert(Ratio::new(0, 0)), share);
    }
    if found {
        for rule in trace.rules(span) {
            *row.rules.entry(rule.to_owned()).or_default() += 1;
        }
    } else if row.missed.len() < SHOWN {
        row.missed.push(example(&ground.name, text, listed(text).len()));
    }
}

/// Which of these words of a document, left alone before, were touched with something planted in it, but for those that
/// may go instead.
fn touched(words: &[Span], planted: Option<(&Planted, Span)>, trace: &Trace) -> Vec<Span> {
    let nowhere = Span::new(usize::MAX, usize::MAX);
    let (at, put) = planted.and_then(|(planted, _)| planted.edit()).unwrap_or((nowhere, ""));
    let instead = planted.map_or(nowhere, |(_, instead)| instead);
    let later = |byte: u32| Span::new(byte as usize + put.len() - at.len(), 0).start;
    let moved = |word: &Span| match word {
        word if word.overlaps(instead) => None,
        word if word.end <= at.start => Some(*word),
        word if word.start >= at.end => Some(Span { start: later(word.start), end: later(word.end) }),
        // Torn by what was planted.
        _ => None,
    };
    let touched = |word: &&Span| moved(word).is_some_and(|now| trace.touches(now));
    words.iter().filter(touched).copied().collect()
}

fn listed(text: &str) -> Vec<Word> {
    let mut list = Vec::new();
    words(text, Folding::default(), &mut list);
    list
}
