//! A document's entry in the report.

use super::document::Rewritten;
use crate::report::model::{self, DocumentEntry};
use crate::text::{lines, words};
use crate::types::{Change, Document, Edit, Fate, Finding, Form};

impl Rewritten<'_> {
    /// What the report says of the document, which has so many words; `twins` went because it stays.
    pub(super) fn entry(&self, words: u64, twins: u32) -> DocumentEntry {
        let Document { id, name, text, form } = &self.page.document;
        let keeps = self.plan.fate == Fate::Keep;
        let (bytes_after, words_after) = match (keeps, self.plan.edits.is_empty()) {
            (false, _) => (0, 0),
            (true, true) => (text.len() as u64, words),
            (true, false) => (self.cleaned.len() as u64, words::count(self.cleaned)),
        };
        let encoding = match form {
            Form::Encoded { encoding, .. } => Some(encoding.clone()),
            Form::Utf8 | Form::Escaped { .. } | Form::Raw => None,
        };
        let lines = lines::lines(text);
        let findings = self.findings.iter().zip(&self.plan.acted);
        let edit = |e: &Edit| model::EditEntry { span: e.span, put: e.put.clone(), findings: e.by.clone() };
        DocumentEntry {
            id: name.clone(),
            path: self.source.path.clone(),
            place: id.place,
            encoding,
            bytes: model::Change { before: text.len() as u64, after: bytes_after },
            words: model::Change { before: words, after: words_after },
            lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            fate: if keeps { model::Fate::Keep } else { model::Fate::Drop },
            twins,
            findings: findings.map(|(finding, &done)| finding_entry(text, &lines, finding, done)).collect(),
            edits: self.plan.edits.iter().map(edit).collect(),
        }
    }
}

/// Characters of an excerpt.
const EXCERPT: usize = 96;

fn finding_entry(text: &str, lines: &[lines::Line], finding: &Finding, done: bool) -> model::FindingEntry {
    let line_at = |at: u32| u32::try_from(lines.partition_point(|l| l.span.start <= at)).unwrap_or(u32::MAX).max(1);
    let span = finding.span;
    let mut excerpt: String =
        span.of(text).chars().take(EXCERPT).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if span.of(text).chars().nth(EXCERPT).is_some() {
        excerpt.push('…');
    }
    let action = match finding.change {
        Change::Drop => model::Action::Drop,
        Change::Cut => model::Action::Cut,
        Change::Patch { .. } => model::Action::Patch,
        Change::None => model::Action::Note,
    };
    model::FindingEntry {
        rule: finding.rule.to_owned(),
        category: finding.category,
        confidence: finding.confidence,
        span,
        lines: model::Lines { first: line_at(span.start), last: line_at(span.end.saturating_sub(1).max(span.start)) },
        excerpt,
        evidence: finding.evidence.clone(),
        action,
        done,
    }
}
