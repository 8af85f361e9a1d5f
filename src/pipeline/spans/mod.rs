//! `--repeated-span`: the documents that stay are read once more, and what they repeat is found.

mod absent;
mod located;
mod shelf;
mod windows;

use super::Job;
use super::matching::stream::Outbox;
use super::resume::Known;
use crate::error::Error;
use crate::spans::cover::cuts;
use crate::spans::{link, narrow, stretch};
use crate::spill::{By, Sorted, Sorter};
use crate::types::{SpanCopy, SpanLength, SpanStands};
use shelf::Shelf;

/// The rule that speaks of spans, and the rule for whose findings a document takes no part.
const RULES: (&str, &str) = ("repeated-span", "twin-document");

/// From which length on repeated spans are looked for; none when nobody asked for them.
pub(super) fn sought(job: &Job<'_>) -> Option<SpanLength> {
    job.options.repeated_span.filter(|_| runs(job, RULES.0))
}

/// Finds repeated spans, when they were asked for: where each piece of them stays, sorted by documents.
pub(super) fn find(job: &Job<'_>, known: &Known) -> Result<Sorted<SpanStands>, Error> {
    let Some(length) = sought(job) else { return Ok(Sorter::new(&job.budget, job.by_shard()).finish()) };
    job.progress.stage("comparing");
    let shelf = Shelf::fill(job, known)?;
    let copies = match length {
        SpanLength::Bytes(bytes) => windows::of_bytes(job, &shelf, bytes as usize)?,
        SpanLength::Words(words) => windows::of_words(job, &shelf, words as usize)?,
    };
    // What is only held against stays, though it repeats itself.
    let is_new = |copy: &SpanCopy| !job.old.doc(shelf.pieces[copy.at.text()].doc);
    let places = Sorter::new(&job.budget, By::Shard(narrow(shelf.pieces.len())));
    copies.read(|copies| {
        let (new, mut out) = (copies.filter(is_new), Outbox::new(&places));
        let put = |cut| located::put(&cut, &mut out);
        match length {
            SpanLength::Bytes(bytes) => cuts(&shelf, link::joined(new, bytes as usize).map(Ok), put),
            SpanLength::Words(_) => cuts(&shelf, stretch::joined(&shelf, new), put),
        }?;
        out.close()
    })?;
    located::located(job, &shelf, places.finish())
}

fn runs(job: &Job<'_>, rule: &str) -> bool {
    job.options.rules.iter().any(|r| r.id == rule)
}
