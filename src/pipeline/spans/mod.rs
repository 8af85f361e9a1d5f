//! `--repeated-span`: the documents that stay are read once more, and what they repeat is found.

mod absent;
mod located;
mod shelf;
mod windows;

use super::Job;
use super::resume::Known;
use crate::error::Error;
use crate::spans::cover::cuts;
use crate::spans::{link, stretch};
use crate::types::{DocRef, Span, SpanCopy, SpanLength};
use absent::Absent;
use shelf::Shelf;

/// The rule that speaks of spans, and the rule for whose findings a document takes no part.
const RULES: (&str, &str) = ("repeated-span", "twin-document");

/// What was found, in reading order.
#[derive(Default)]
pub(super) struct Spans(Vec<RepeatedText>);

/// Text that stands earlier byte for byte.
pub(super) struct RepeatedText {
    /// The document.
    pub(super) doc: DocRef,
    /// Where in it.
    pub(super) span: Span,
    /// Where the text stays.
    pub(super) first: Box<[Stands]>,
}

/// Where some bytes of a repeated span stay.
pub(super) struct Stands {
    /// The document.
    pub(super) doc: DocRef,
    /// Where in it.
    pub(super) span: Span,
    /// Its first line.
    pub(super) line: u32,
    /// How many bytes of the repeated span are found there.
    pub(super) bytes: u32,
}

impl Spans {
    /// Those of the documents of one shard.
    pub(super) fn of_shard(&self, shard: u32) -> &[RepeatedText] {
        let from = self.0.partition_point(|repeated| repeated.doc.shard() < shard);
        &self.0[from..from + self.0[from..].partition_point(|repeated| repeated.doc.shard() == shard)]
    }
}

/// From which length on repeated spans are looked for; none when nobody asked for them.
pub(super) fn sought(job: &Job<'_>) -> Option<SpanLength> {
    job.options.repeated_span.filter(|_| runs(job, RULES.0))
}

/// Finds repeated spans, when they were asked for.
pub(super) fn find(job: &Job<'_>, known: &Known) -> Result<Spans, Error> {
    let Some(length) = sought(job) else { return Ok(Spans::default()) };
    job.progress.stage("comparing");
    let shelf = Shelf::fill(job, known, &Absent::of(job, known)?)?;
    let copies = match length {
        SpanLength::Bytes(bytes) => windows::of_bytes(job, &shelf, bytes as usize)?,
        SpanLength::Words(words) => windows::of_words(job, &shelf, words as usize)?,
    };
    // What is only held against stays, though it repeats itself.
    let is_new = |copy: &SpanCopy| !job.old.doc(shelf.pieces[copy.at.text()].doc);
    let cuts = copies.read(|copies| {
        let new = copies.filter(is_new);
        match length {
            SpanLength::Bytes(bytes) => cuts(&shelf, link::joined(new, bytes as usize).map(Ok)),
            SpanLength::Words(_) => cuts(&shelf, stretch::joined(&shelf, new)),
        }
    })?;
    located::located(&shelf, &cuts).map(Spans)
}

fn runs(job: &Job<'_>, rule: &str) -> bool {
    job.options.rules.iter().any(|r| r.id == rule)
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
