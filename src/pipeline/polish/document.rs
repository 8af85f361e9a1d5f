//! One document: judged, rewritten, and what restore needs to know of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::judge::{Case, judge};
use crate::pipeline::Job;
use crate::pipeline::records::is_reshaped;
use crate::read::{Decoded, Source};
use crate::report::model::DocumentEntry;
use crate::report::removed::{At, Bytes, Removed};
use crate::report::tally::Gone;
use crate::rewrite::{Undo, apply, plan, undo};
use crate::segment::segment;
use crate::text::words;
use crate::types::{Category, Change, Corpus, Document, Edit, Fate, Finding, Form, Page, Plan, Span};

/// One document, done.
pub(super) struct One {
    pub(super) entry: DocumentEntry,
    pub(super) gone: Gone,
    /// What is written for it; none when it goes.
    pub(super) written: Option<Vec<u8>>,
    pub(super) notes: Vec<Removed>,
}

/// Judges a document that was decoded from `raw`, and rewrites it.
pub(super) fn polish(job: &Job<'_>, corpus: &Corpus, document: Document, decoded: &Decoded, raw: &[u8]) -> One {
    let source = &job.sources[document.id.source as usize];
    let page = segment(document);
    let case = Case::new(&page, corpus);
    let findings = judge(&case, &job.options.rules);
    let words = case.blocks.iter().map(|b| u64::from(b.traits.words)).sum();
    let plan = plan(&page, &findings, &job.options.policy);
    let cleaned = apply(&page.document.text, &plan.edits);
    let rewritten = Rewritten { source, page: &page, findings: &findings, plan: &plan, cleaned: &cleaned };
    let (written, notes) = rewritten.written(job, decoded, raw);
    let gone = gone(&page, &findings, &plan, words);
    let entry = rewritten.entry(words, case.facts.followers);
    One { entry, gone, written, notes }
}

/// A document before and after.
pub(super) struct Rewritten<'a> {
    pub(super) source: &'a Source,
    pub(super) page: &'a Page,
    pub(super) findings: &'a [Finding],
    pub(super) plan: &'a Plan,
    pub(super) cleaned: &'a str,
}

impl Rewritten<'_> {
    /// What is written, and what restore needs to know. That restore will succeed is tried here, so that nothing is
    /// written that could not be taken back.
    fn written(&self, job: &Job<'_>, decoded: &Decoded, raw: &[u8]) -> (Option<Vec<u8>>, Vec<Removed>) {
        let Document { id, form, text, .. } = &self.page.document;
        let at = At { path: self.source.path.clone(), place: id.place };
        let whole = |rules, replaced| Removed::Record { at: at.clone(), rules, replaced, bytes: Bytes::new(raw) };
        if self.plan.fate == Fate::Drop {
            let by: Vec<u32> = (0u32..).zip(&self.plan.acted).filter(|(_, acted)| **acted).map(|(n, _)| n).collect();
            return (None, vec![whole(self.rules(&by), false)]);
        }
        if self.plan.edits.is_empty() && !is_reshaped(form) {
            return (Some(raw.to_vec()), Vec::new());
        }
        let output = (self.source.format.encode)(raw, decoded, self.cleaned);
        let undone = |e: &Edit| Undo { span: e.span, removed: e.span.of(text).to_owned(), put: e.put.clone() };
        let undos: Vec<Undo> = self.plan.edits.iter().map(undone).collect();
        let again = (self.source.format.restore)(&output, form, &job.options.fields, &|text| undo(text, &undos));
        let mut notes = Vec::new();
        if again.as_deref() != Some(raw) {
            notes.push(whole(vec!["original-bytes".into()], true));
        } else if *form != Form::Utf8 {
            notes.push(Removed::Form { at: at.clone(), form: form.clone() });
        }
        notes.extend(undos.into_iter().zip(&self.plan.edits).map(|(Undo { span, removed, put }, edit)| {
            Removed::Edit { at: at.clone(), span, rules: self.rules(&edit.by), removed, put }
        }));
        (Some(output), notes)
    }

    /// The names of the rules behind findings, each once.
    fn rules(&self, findings: &[u32]) -> Vec<String> {
        let names: BTreeSet<&str> = findings.iter().map(|&n| self.findings[n as usize].rule).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// Words that went, by rule and category; text that two findings of one kind cover counts once for it.
fn gone(page: &Page, findings: &[Finding], plan: &Plan, all: u64) -> Gone {
    let mut gone = Gone::default();
    let mut by_rule: BTreeMap<&'static str, Vec<Span>> = BTreeMap::new();
    let mut by_category: BTreeMap<Category, Vec<Span>> = BTreeMap::new();
    for (finding, _) in findings.iter().zip(&plan.acted).filter(|(_, acted)| **acted) {
        match finding.change {
            Change::Drop => {
                gone.rules.insert(finding.rule, all);
                gone.categories.insert(finding.category, all);
            }
            Change::Cut => {
                by_rule.entry(finding.rule).or_default().push(finding.span);
                by_category.entry(finding.category).or_default().push(finding.span);
            }
            Change::Patch { .. } | Change::None => {}
        }
    }
    let text = &page.document.text;
    gone.rules.extend(by_rule.into_iter().map(|(rule, spans)| (rule, words_in(text, spans))));
    gone.categories.extend(by_category.into_iter().map(|(category, spans)| (category, words_in(text, spans))));
    gone
}

/// Words in the union of the spans.
fn words_in(text: &str, mut spans: Vec<Span>) -> u64 {
    spans.sort_unstable();
    let mut reach = 0;
    let mut sum = 0;
    for span in spans {
        let fresh = Span { start: span.start.max(reach), end: span.end.max(reach) };
        sum += words::count(fresh.of(text));
        reach = fresh.end;
    }
    sum
}
