//! What will be done to a document.

use super::{Confidence, RuleId, Span};

/// Whether the document itself stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays, with its edits.
    Keep,
    /// It goes as a whole.
    Drop,
}

/// One replacement in the text as read. A cut puts nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub put: String,
    /// Numbers of the findings behind it; never empty.
    pub by: Vec<u32>,
}

/// All that will be done to one document: edits sorted and disjoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether the document stays.
    pub fate: Fate,
    /// The edits, in text order.
    pub edits: Vec<Edit>,
    /// For each finding, whether the plan acts on it.
    pub acted: Vec<bool>,
}

/// What the user allows to happen.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Findings below this confidence are reported and left.
    pub cut_from: Confidence,
    /// Rules whose findings are reported and left.
    pub allow: Vec<RuleId>,
}

impl Policy {
    /// Whether a finding of this rule and confidence is acted on.
    pub fn acts(&self, rule: RuleId, confidence: Confidence) -> bool {
        confidence >= self.cut_from && !self.allow.contains(&rule)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { cut_from: Confidence::Likely, allow: Vec::new() }
    }
}
