//! One document: what is written for it, and what restore needs to know of it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::entry::action;
use crate::pipeline::Job;
use crate::pipeline::records::is_reshaped;
use crate::read::{Decoded, Fields, Source};
use crate::report::removed::{At, Bytes, Removed};
use crate::report::tally::{Counted, Counting};
use crate::rewrite::{Undo, apply, undo};
use crate::text::listed::{Listed, gap_before, gap_behind};
use crate::text::words;
use crate::types::{Document, Edit, Fate, Finding, Form, Kind, Page, Plan, Span};

/// A document before and after.
pub(super) struct Rewritten<'a> {
    pub(super) source: &'a Source,
    pub(super) page: &'a Page,
    /// The words of the page.
    pub(super) words: &'a Listed<'a>,
    pub(super) findings: &'a [Finding],
    pub(super) plan: &'a Plan,
}

impl Rewritten<'_> {
    /// What is written (none when the document goes), and what restore needs to know. That restore will succeed is
    /// tried here, so that nothing is written that could not be taken back.
    pub(super) fn written<'r>(
        &self,
        job: &Job<'_>,
        decoded: &Decoded,
        raw: &'r [u8],
    ) -> (Option<Cow<'r, [u8]>>, Vec<Removed>) {
        let Document { id, form, text, .. } = &self.page.document;
        let at = At { path: self.source.path.clone(), place: id.place };
        let whole = |rules, kinds, replaced| {
            let (at, bytes) = (at.clone(), Bytes::new(raw));
            Removed::Record { at, rules, kinds, replaced, bytes }
        };
        if self.plan.fate == Fate::Drop {
            let by: Vec<u32> = (0u32..).zip(&self.plan.acted).filter(|(_, acted)| **acted).map(|(n, _)| n).collect();
            return (None, vec![whole(self.rules(&by), self.kinds(&by), false)]);
        }
        if self.plan.edits.is_empty() && !is_reshaped(form) {
            return (Some(Cow::Borrowed(raw)), Vec::new());
        }
        let undone = |e: &Edit| Undo { span: e.span, removed: e.span.of(text).to_owned(), put: e.put.clone() };
        let undos: Vec<Undo> = self.plan.edits.iter().map(undone).collect();
        let (output, safe) = self.encoded(&job.options.fields, decoded, raw, &undos);
        let mut notes = Vec::new();
        if !safe {
            notes.push(whole(vec!["original-bytes".into()], Vec::new(), true));
        } else if *form != Form::Utf8 {
            notes.push(Removed::Form { at: at.clone(), form: form.clone() });
        }
        notes.extend(undos.into_iter().zip(&self.plan.edits).map(|(Undo { span, removed, put }, edit)| {
            let (at, rules, kinds) = (at.clone(), self.rules(&edit.by), self.kinds(&edit.by));
            Removed::Edit { at, span, rules, kinds, removed, put }
        }));
        (Some(Cow::Owned(output)), notes)
    }

    /// The record after, and whether restore would give back the one before.
    fn encoded(&self, fields: &Fields, decoded: &Decoded, raw: &[u8], undos: &[Undo]) -> (Vec<u8>, bool) {
        let Document { form, text, .. } = &self.page.document;
        let format = self.source.format;
        let undo = |text: &str| undo(text, undos);
        let mut edits = self.plan.edits.iter().map(|e| (e.span.range(), e.put.as_str()));
        if let Some(output) = (format.splice)(raw, decoded, &mut edits) {
            // All around the text was copied, and its form says that encoding it again gives the same bytes: what is left
            // to try is whether the text comes back.
            let again = (format.decode)(&output, fields).ok().filter(|again| again.at.start == decoded.at.start);
            let safe = again.and_then(|again| undo(&again.text)).as_ref() == Some(text);
            return (output, safe);
        }
        let output = (format.encode)(raw, decoded, &apply(text, &self.plan.edits));
        let again = (format.restore)(&output, form, fields, &undo);
        let safe = again.as_deref() == Some(raw);
        (output, safe)
    }

    /// Bytes of the text after.
    pub(super) fn bytes_after(&self) -> u64 {
        let edits = &self.plan.edits;
        let gone: usize = edits.iter().map(|e| e.span.len()).sum();
        let put: usize = edits.iter().map(|e| e.put.len()).sum();
        (self.page.document.text.len() + put - gone) as u64
    }

    /// The names of the rules behind findings, each once.
    fn rules(&self, findings: &[u32]) -> Vec<String> {
        let names: BTreeSet<&str> = findings.iter().map(|&n| self.findings[n as usize].rule).collect();
        names.into_iter().map(str::to_owned).collect()
    }

    /// The kinds of findings, each once.
    fn kinds(&self, findings: &[u32]) -> Vec<Kind> {
        let kinds: BTreeSet<Kind> = findings.iter().map(|&n| self.findings[n as usize].kind).collect();
        kinds.into_iter().collect()
    }

    /// Findings and the words that went for them.
    pub(super) fn counted(&self) -> Counted {
        let counting = |(finding, &done): (&Finding, &bool)| Counting {
            rule: finding.rule,
            category: finding.category,
            kind: finding.kind,
            action: action(&finding.change),
            done,
            span: finding.span,
        };
        let findings = self.findings.iter().zip(&self.plan.acted).map(counting);
        Counted::of(findings, self.words.number(), &|span| self.words.begin_in(span))
    }

    /// Words of the text after. Only around the edits are they counted again.
    pub(super) fn words_after(&self) -> u64 {
        let text = self.page.document.text.as_str();
        let mut sum = self.words.number();
        let mut rest = self.plan.edits.as_slice();
        while let Some(first) = rest.first() {
            let from = gap_before(text, first.span.start as usize);
            let mut near = String::new();
            let mut at = from;
            while let Some((edit, more)) = rest.split_first() {
                near.push_str(&text[at..edit.span.start as usize]);
                near.push_str(&edit.put);
                at = edit.span.end as usize;
                rest = more;
                let to = gap_behind(text, at);
                if rest.first().is_none_or(|next| next.span.start as usize > to) {
                    near.push_str(&text[at..to]);
                    at = to;
                    break;
                }
            }
            sum = sum - self.words.begin_in(Span::new(from, at)) + words::count(&near);
        }
        sum
    }
}
