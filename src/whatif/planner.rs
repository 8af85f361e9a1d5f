//! Plans documents again and sums up.

use super::ground::page;
use super::lines::{Limit, rejudged};
use super::words::{put, words_after};
use crate::judge;
use crate::report::model::{self, Action, DocumentEntry, FindingEntry, Settings};
use crate::report::tally::{Counted, Counting};
use crate::report::{Report, Tally};
use crate::rewrite::plan;
use crate::types::{Change, DocId, Document, Fate, Finding, Form, Page, Policy, Span};

/// Plans documents one by one.
pub(super) struct Planner {
    policy: Policy,
    /// The only rules that run; empty for all.
    only: Vec<String>,
    limit: Limit,
    tally: Tally,
    /// Memory for the page.
    page: Page,
    /// Documents whose words may be off.
    unsure: u64,
}

impl Planner {
    pub(super) fn new(settings: &Settings, limit: Limit, report: &Report) -> Result<Self, String> {
        let known = |id: &String| judge::rule(id).map(|rule| rule.id).ok_or(format!("there is no rule '{id}' here"));
        let allow = settings.allow.iter().map(known).collect::<Result<_, _>>()?;
        let policy = Policy { cut_from: settings.cut_from, allow };
        let Tally { inputs, unreadable, .. } = report.totals;
        let tally = Tally { inputs, unreadable, ..Tally::default() };
        Ok(Self { policy, only: settings.only.clone(), limit, tally, page: empty(), unsure: 0 })
    }

    /// Takes in a document.
    pub(super) fn add(&mut self, entry: &DocumentEntry<'_>) -> Result<(), String> {
        let rejudged = match self.limit {
            Limit::AsItWas => None,
            Limit::Below(below) => Some(rejudged(entry, below)?),
        };
        let entries: Vec<&FindingEntry<'_>> = match &rejudged {
            Some(findings) => findings.iter().map(AsRef::as_ref).collect(),
            None => entry.findings.iter().collect(),
        };
        let runs = |f: &FindingEntry<'_>| self.only.is_empty() || self.only.iter().any(|rule| *rule == f.rule);
        let mut entries: Vec<&FindingEntry<'_>> = entries.into_iter().filter(|f| runs(f)).collect();
        entries.sort_by(|a, b| (a.span.start, a.span.end, &a.rule).cmp(&(b.span.start, b.span.end, &b.rule)));
        let findings = entries.iter().map(|entry| finding(entry)).collect::<Result<Vec<_>, _>>()?;
        let spare = std::mem::replace(&mut self.page, empty());
        self.page = page(spare, entry.bytes.before, &entry.ground)?;
        let plan = plan(&self.page, &findings, &self.policy);
        let counting = entries.iter().zip(&findings).zip(&plan.acted).map(|((entry, finding), &done)| Counting {
            rule: finding.rule,
            category: entry.category,
            kind: entry.kind,
            action: entry.action,
            done,
            span: entry.span,
        });
        let begin_in = |span: Span| {
            let first = entry.ground.partition_point(|ground| ground.0 < span.start);
            let inside = entry.ground[first..].iter().take_while(|ground| ground.0 < span.end);
            inside.map(|ground| ground.2).sum()
        };
        let counted = Counted::of(counting, entry.words.before, &begin_in);
        let (bytes, words, fate) = if plan.fate == Fate::Drop {
            (0, 0, model::Fate::Drop)
        } else {
            let gone: u64 = plan.edits.iter().map(|edit| edit.span.len() as u64).sum();
            let put: u64 = plan.edits.iter().map(|edit| edit.put.len() as u64).sum();
            let words = words_after(entry, &entries, &plan.acted);
            self.unsure += u64::from(words.is_none());
            (entry.bytes.before + put - gone, words.unwrap_or(entry.words.after), model::Fate::Keep)
        };
        let edit = |_: &_| model::EditEntry { span: Span::new(0, 0), put: "".into(), findings: Vec::new().into() };
        let after = DocumentEntry {
            id: String::new(),
            path: String::new(),
            place: 0,
            host: None,
            encoding: None,
            bytes: model::Change { after: bytes, ..entry.bytes },
            words: model::Change { after: words, ..entry.words },
            lines: 0,
            fate,
            twins: 0,
            findings: Vec::new(),
            edits: plan.edits.iter().take(1).map(edit).collect(),
            more: None,
            ground: Vec::new(),
        };
        self.tally.add(&after, &counted);
        Ok(())
    }

    /// The sums, and the number of documents whose words may be off.
    pub(super) fn finish(self) -> (Tally, u64) {
        (self.tally, self.unsure)
    }
}

fn empty() -> Page {
    let id = DocId { source: 0, place: 0 };
    Page::uncut(Document { id, name: String::new(), text: String::new(), form: Form::Utf8 })
}

/// The finding as a plan knows it.
fn finding(entry: &FindingEntry<'_>) -> Result<Finding, String> {
    let rule = judge::rule(&entry.rule).ok_or(format!("there is no rule '{}' here", entry.rule))?.id;
    let change = match entry.action {
        Action::Drop => Change::Drop,
        Action::Cut => Change::Cut,
        Action::Note => Change::None,
        Action::Patch => {
            let span = entry.replaces.ok_or("a repair does not say what it replaces")?;
            Change::Patch { span, put: put(entry).to_owned() }
        }
    };
    let FindingEntry { category, kind, confidence, span, .. } = *entry;
    Ok(Finding { rule, category, kind, confidence, span, change, evidence: Vec::new() })
}
