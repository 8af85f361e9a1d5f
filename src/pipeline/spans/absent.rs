//! What takes no part, because it goes for another reason.

use std::collections::{HashMap, HashSet};

use super::{RULES, narrow, runs};
use crate::error::Error;
use crate::pipeline::Job;
use crate::pipeline::resume::Known;
use crate::text::lines;
use crate::types::{Confidence, Copied, DocRef, Span};

/// What takes no part, because it goes for another reason.
#[derive(Default)]
pub(super) struct Absent {
    documents: HashSet<DocRef>,
    copies: HashMap<DocRef, Vec<Span>>,
}

impl Absent {
    pub(super) fn of(job: &Job<'_>, known: &Known) -> Result<Self, Error> {
        let mut absent = Self::default();
        if runs(job, RULES.1) && job.options.policy.acts(RULES.1, Confidence::Certain) {
            known.gone(job)?.read(|links| {
                absent.documents.extend(links.map(|link| link.from));
                Ok(())
            })?;
        }
        known.copies(job)?.read(|copies| {
            for copy in copies.filter(|copy| goes(job, copy)) {
                absent.copies.entry(copy.doc).or_default().push(copy.at.span());
            }
            Ok(())
        })?;
        Ok(absent)
    }

    /// Whether the whole document takes no part.
    pub(super) fn has(&self, doc: DocRef) -> bool {
        self.documents.contains(&doc)
    }

    /// What a document has between its copies, each with the number of line breaks before it.
    pub(super) fn left(&self, doc: DocRef, text: &str) -> Vec<(Span, u32)> {
        let mut gaps = self.copies.get(&doc).cloned().unwrap_or_default();
        gaps.sort_unstable();
        gaps.push(Span::new(text.len(), text.len()));
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
        out
    }
}

/// Whether the rules for copies may cut the unit. A hint stays, unless hints are cut.
fn goes(job: &Job<'_>, copy: &Copied) -> bool {
    /// Words from which a copy with changes is more than a hint, in its document and in another.
    const SHORTEST_NEAR: (u32, u32) = (16, 24);
    let (rule, near) = if copy.doc == copy.first_doc {
        ("repeated-block", SHORTEST_NEAR.0)
    } else {
        ("repeated-paragraph", SHORTEST_NEAR.1)
    };
    let has = |flag| copy.flags & flag != 0;
    let confidence = match () {
        () if has(Copied::EXACT) => Confidence::Certain,
        () if has(Copied::NO_NEWS) && copy.at.words >= near => Confidence::Likely,
        () => Confidence::Hint,
    };
    runs(job, rule) && job.options.policy.acts(rule, confidence)
}
