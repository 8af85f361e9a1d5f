//! The entries of a finding and of an edit.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::types::{Category, Confidence, Evidence, Kind, Span};

/// One finding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FindingEntry<'a> {
    /// Name of the rule; `clean explain RULE` tells more.
    pub rule: Cow<'a, str>,
    /// What it is, broadly.
    pub category: Category,
    /// What it is, narrowly; `other` where an earlier version wrote none.
    #[serde(default)]
    pub kind: Kind,
    /// How sure.
    pub confidence: Confidence,
    /// Bytes of the text as read.
    pub span: Span,
    /// First and last line of the text as read, from 1.
    pub lines: Lines,
    /// How the text begins.
    pub excerpt: Cow<'a, str>,
    /// The proof.
    pub evidence: Cow<'a, [Evidence]>,
    /// What it asks for.
    pub action: Action,
    /// Whether that was done.
    pub done: bool,
    /// Words that begin in the span of a cut or a drop. Those of two findings may be the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub words: Option<u64>,
    /// What a patch replaces.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<Span>,
    /// By how many words a patch makes the text longer or shorter, with those that are joined to it.
    #[serde(skip_serializing_if = "is_none", default)]
    pub more_words: i64,
    /// Whether a patch is joined to the one before: they stand in the same words, and what they do to the number of words
    /// is known only of all of them together.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub joined: bool,
}

/// First and last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lines {
    /// First line, from 1.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

/// What a finding asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The document goes.
    Drop,
    /// The text goes.
    Cut,
    /// Some characters are replaced.
    Patch,
    /// Nothing: a remark.
    Note,
}

/// One edit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditEntry<'a> {
    /// Bytes of the text as read that go; white space around a cut block goes with it.
    pub span: Span,
    /// What stands there now; empty for a cut.
    pub put: Cow<'a, str>,
    /// Numbers of the findings behind it, in this document's list, from 0.
    pub findings: Cow<'a, [u32]>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_none(n: &i64) -> bool {
    *n == 0
}
