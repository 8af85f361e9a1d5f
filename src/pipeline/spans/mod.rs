//! `--repeated-span`: the documents that stay are read once more, and what they repeat is found. All of their text is held
//! in memory meanwhile.

mod absent;
mod held;
mod located;
mod windows;

use super::Job;
use super::resume::Known;
use crate::error::Error;
use crate::spans::cover::cuts;
use crate::types::{DocRef, Span, SpanLength};
use absent::Absent;

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
    let texts = held::texts(job, known, &Absent::of(job, known)?, length)?;
    let mut copies = windows::copies(&texts, length);
    // What is only held against stays, though it repeats itself.
    copies.retain(|copy| !job.old.doc(texts[copy.at.text()].doc));
    Ok(Spans(located::located(&texts, &cuts(&texts, &copies))))
}

fn runs(job: &Job<'_>, rule: &str) -> bool {
    job.options.rules.iter().any(|r| r.id == rule)
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
