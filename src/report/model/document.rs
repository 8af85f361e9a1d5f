//! The entry of a document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{EditEntry, FindingEntry};

/// One document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentEntry<'a> {
    /// Its id field, else its path (with `@place` in files of many records).
    pub id: String,
    /// Path of the input, relative to the common folder of the inputs.
    pub path: String,
    /// Byte offset of the record in the decompressed input.
    pub place: u64,
    /// The host of the address in its record; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub host: Option<String>,
    /// Encoding it was read from, when that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub encoding: Option<String>,
    /// Size of the text in UTF-8.
    pub bytes: Change,
    /// Words.
    pub words: Change,
    /// Lines of the text as read.
    pub lines: u32,
    /// `keep` or `drop`.
    pub fate: Fate,
    /// Number of documents that went because this one stays.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub twins: u32,
    /// What the rules found, in text order.
    pub findings: Vec<FindingEntry<'a>>,
    /// What was changed, in text order.
    pub edits: Vec<EditEntry<'a>>,
    /// What is not listed of it (`--max-findings`); left out where all is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<More>,
    /// The blocks that findings ask to cut, whether that was done or not, in text order: what `clean report` needs to
    /// know of them to say what other settings would have cut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ground: Vec<Ground>,
}

/// How much of a document is not listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct More {
    /// Findings.
    pub findings: u64,
    /// Findings among them that were acted on.
    pub done: u64,
    /// Edits, of which no finding is listed; `removed.jsonl` has them.
    pub edits: u64,
}

/// A block and the white space around it: first byte, byte behind the last, words, bytes of the white space before and
/// line breaks in it, bytes of the white space behind and line breaks in it. Nothing where no block stands on that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ground(pub u32, pub u32, pub u64, pub Option<(u32, u32)>, pub Option<(u32, u32)>);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// A figure before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// As read.
    pub before: u64,
    /// As written; 0 for a document that goes.
    pub after: u64,
}

/// Whether a document stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It stays.
    Keep,
    /// It goes as a whole.
    Drop,
}
