//! What takes no part, because it goes for another reason.

use std::collections::{HashMap, HashSet};

use super::{RULES, narrow, runs};
use crate::error::Error;
use crate::pipeline::Job;
use crate::pipeline::facts::{each, stretch};
use crate::pipeline::resume::Known;
use crate::spill::{Ahead, Part};
use crate::text::lines;
use crate::types::{Confidence, Copied, DocRef, Link, Span};

/// What of a stretch of shards takes no part, not yet read.
pub(super) struct Bundle {
    /// The shards.
    pub(super) shards: std::ops::Range<u32>,
    gone: Part<Link>,
    copies: Part<Copied>,
}

impl Bundle {
    /// Of all shards.
    pub(super) fn all(job: &Job<'_>, known: &Known) -> Result<Vec<Self>, Error> {
        let (gone, copies) = (known.gone(job)?, known.copies(job)?);
        let parts = gone.len();
        let all = (0..).zip(gone.into_parts()).zip(copies.into_parts());
        let bundle = |((part, gone), copies)| Self { shards: stretch(part, parts, job.shard_count()), gone, copies };
        Ok(all.map(bundle).collect())
    }

    /// To be read shard by shard.
    pub(super) fn open(self) -> Result<Reader, Error> {
        Ok(Reader { gone: self.gone.open()?.ahead(), copies: self.copies.open()?.ahead() })
    }
}

/// What of a stretch of shards takes no part, being read.
pub(super) struct Reader {
    gone: Ahead<Link>,
    copies: Ahead<Copied>,
}

impl Reader {
    /// What of the next shard takes no part.
    pub(super) fn shard(&mut self, job: &Job<'_>, shard: u32) -> Result<Absent, Error> {
        let mut absent = Absent::default();
        let twins_go = runs(job, RULES.1) && job.options.policy.acts(RULES.1, Confidence::Certain);
        each(&mut self.gone, shard, |link| {
            absent.documents.extend(twins_go.then_some(link.from));
            Ok(())
        })?;
        each(&mut self.copies, shard, |copy| {
            if goes(job, &copy) {
                absent.copies.entry(copy.doc).or_default().push(copy.at.span());
            }
            Ok(())
        })?;
        Ok(absent)
    }

    /// To be asked at the end.
    pub(super) fn end(self) -> Result<(), Error> {
        self.gone.end()?;
        self.copies.end()
    }
}

/// What of one shard takes no part.
#[derive(Default)]
pub(super) struct Absent {
    documents: HashSet<DocRef>,
    copies: HashMap<DocRef, Vec<Span>>,
}

impl Absent {
    /// Whether the whole document takes no part.
    pub(super) fn has(&self, doc: DocRef) -> bool {
        self.documents.contains(&doc)
    }

    /// What a document has between its copies, each with the number of line breaks before it.
    pub(super) fn left(&self, doc: DocRef, text: &str) -> Vec<(Span, u32)> {
        let mut gaps = self.copies.get(&doc).cloned().unwrap_or_default();
        gaps.sort_unstable();
        let (mut from, mut lines, mut out) = (0, 0, Vec::new());
        for gap in gaps {
            if gap.start > from {
                out.push((Span { start: from, end: gap.start }, lines));
            }
            if gap.end > from {
                lines += narrow(lines::lines(Span { start: from, end: gap.end }.of(text)).len().saturating_sub(1));
                from = gap.end;
            }
        }
        // The lines of the rest are nobody's concern: most documents have no copies, and are not looked through here.
        let rest = Span { start: from, end: narrow(text.len()) };
        out.extend((rest.start < rest.end).then_some((rest, lines)));
        out
    }
}

/// Whether the rules for copies may cut the unit. A hint stays, unless hints are cut.
fn goes(job: &Job<'_>, copy: &Copied) -> bool {
    let rule = if copy.doc == copy.first_doc { "repeated-block" } else { "repeated-paragraph" };
    let confidence = match () {
        () if copy.flags & Copied::EXACT != 0 => Confidence::Certain,
        () if copy.is_sure() => Confidence::Likely,
        () => Confidence::Hint,
    };
    runs(job, rule) && job.options.policy.acts(rule, confidence)
}
