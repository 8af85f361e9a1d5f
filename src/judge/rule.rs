//! What a rule is.

use std::fmt;

use super::case::Case;
use crate::types::{Category, Change, Confidence, Evidence, Finding, Kind, RuleId, Span};

/// A detector. A plug-in is a `pub static` of this type.
pub struct Rule {
    /// Its name: what it catches, so that `--allow NAME` reads right.
    pub id: RuleId,
    /// One line for `clean rules`.
    pub summary: &'static str,
    /// What its findings are, broadly.
    pub category: Category,
    /// What they are, narrowly, unless one says otherwise.
    pub kind: Kind,
    /// How sure its findings are, unless one says otherwise.
    pub confidence: Confidence,
    /// Its page: what it sees, why it is bad, when it errs, where its thresholds come from, with examples that are
    /// tested.
    pub page: &'static str,
    /// Looks at a case and says what it finds.
    pub check: fn(&Case<'_>, &mut Found<'_>),
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Where a rule puts its findings.
pub struct Found<'a> {
    rule: &'static Rule,
    kind: Kind,
    all: &'a mut Vec<Finding>,
}

impl<'a> Found<'a> {
    pub(super) fn new(rule: &'static Rule, all: &'a mut Vec<Finding>) -> Self {
        Self { rule, kind: rule.kind, all }
    }

    /// Where findings of another kind than the rule's own go.
    pub fn of(&mut self, kind: Kind) -> Found<'_> {
        Found { rule: self.rule, kind, all: self.all }
    }

    /// The blocks that `span` covers should go.
    pub fn cut(&mut self, span: Span, evidence: Vec<Evidence>) {
        self.push(self.rule.confidence, span, Change::Cut, evidence);
    }

    /// As [`Self::cut`], with another confidence than the rule's own.
    pub fn cut_as(&mut self, confidence: Confidence, span: Span, evidence: Vec<Evidence>) {
        self.push(confidence, span, Change::Cut, evidence);
    }

    /// The text of `span` should go, whatever blocks it stands in.
    pub fn cut_text(&mut self, span: Span, evidence: Vec<Evidence>) {
        self.push(self.rule.confidence, span, Change::CutText, evidence);
    }

    /// The document should go.
    pub fn drop_document(&mut self, confidence: Confidence, span: Span, evidence: Vec<Evidence>) {
        self.push(confidence, span, Change::Drop, evidence);
    }

    /// `span` should read `put`; `context` is the text that must stay for the patch to make sense.
    pub fn patch(&mut self, confidence: Confidence, context: Span, text: &str, span: Span, put: String) {
        self.patch_because(confidence, context, text, span, put, None);
    }

    /// As [`Self::patch`], with what else speaks for it.
    pub fn patch_because(
        &mut self,
        confidence: Confidence,
        context: Span,
        text: &str,
        span: Span,
        put: String,
        because: Option<Evidence>,
    ) {
        let replaced = Evidence::Replacement { from: span.of(text).to_owned(), to: put.clone() };
        let evidence = std::iter::once(replaced).chain(because).collect();
        self.push(confidence, context, Change::Patch { span, put }, evidence);
    }

    /// Something worth knowing.
    pub fn note(&mut self, span: Span, evidence: Vec<Evidence>) {
        self.push(self.rule.confidence, span, Change::None, evidence);
    }

    /// Something worth knowing, for which the rule would cut elsewhere.
    pub fn hint(&mut self, span: Span, evidence: Vec<Evidence>) {
        self.push(Confidence::Hint, span, Change::None, evidence);
    }

    fn push(&mut self, confidence: Confidence, span: Span, change: Change, evidence: Vec<Evidence>) {
        debug_assert!(!evidence.is_empty(), "no finding without evidence");
        let (rule, category, kind) = (self.rule.id, self.rule.category, self.kind);
        self.all.push(Finding { rule, category, kind, confidence, span, change, evidence });
    }
}
