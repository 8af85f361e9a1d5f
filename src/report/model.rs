//! `report.json`: versioned, and described by `clean schema`, which is made from these types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tally::{Count, Tally};
use crate::types::{Category, Confidence, Evidence, Kind, Ratio, Span, Trouble};

/// The value of `schema`: changes whenever a program that reads the report would have to.
pub const SCHEMA: &str = "textclean-report/1";

/// The whole report. Its body is a function of the inputs and the settings alone; facts of the run stand apart.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Version of this format: `textclean-report/1`.
    pub schema: String,
    /// Version of the program that wrote it.
    pub version: String,
    /// What the user asked for.
    pub settings: Settings,
    /// What the documents were held against; left out where nothing was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub against: Option<Against>,
    /// Sums over all documents.
    pub totals: Tally,
    /// Inputs and records that could not be read, set aside or left out; at most twenty of a kind for each input.
    pub troubles: Vec<Trouble>,
    /// Number of troubles beyond those listed.
    pub more_troubles: u64,
    /// Groups (of documents or paragraphs with something in common) so large that not all of their members were compared
    /// with each other, but each with the first and with the few before it.
    pub capped_groups: u64,
    /// Number of findings beyond those listed (`--max-findings`); left out where all are. Sums count them.
    #[serde(skip_serializing_if = "none_of", default)]
    pub more_findings: u64,
    /// Facts of this run: left out with `--stable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<RunFacts>,
    /// An entry for each document, in reading order.
    pub documents: Vec<DocumentEntry<'static>>,
}

/// Everything of a report but its documents: what stands in front of them in the file.
#[derive(Clone, Debug, Serialize)]
pub struct Head<'a> {
    /// As in [`Report`].
    pub schema: &'a str,
    /// As in [`Report`].
    pub version: &'a str,
    /// As in [`Report`].
    pub settings: &'a Settings,
    /// As in [`Report`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<&'a Against>,
    /// As in [`Report`].
    pub totals: &'a Tally,
    /// As in [`Report`].
    pub troubles: &'a [Trouble],
    /// As in [`Report`].
    pub more_troubles: u64,
    /// As in [`Report`].
    pub capped_groups: u64,
    /// As in [`Report`].
    #[serde(skip_serializing_if = "none_of")]
    pub more_findings: u64,
    /// As in [`Report`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<&'a RunFacts>,
}

/// Known documents that others were held against (`--against`). No other figure speaks of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Against {
    /// Files that could be read.
    pub inputs: u64,
    /// Documents in them.
    pub documents: u64,
}

impl Report {
    /// All of it but the documents.
    pub fn head(&self) -> Head<'_> {
        let Self { schema, version, settings, against, totals, troubles, run, .. } = self;
        let (more_troubles, capped_groups, more_findings) =
            (self.more_troubles, self.capped_groups, self.more_findings);
        let (against, run) = (against.as_ref(), run.as_ref());
        Head { schema, version, settings, against, totals, troubles, more_troubles, capped_groups, more_findings, run }
    }
}

/// The settings that decide about the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// Share of common shingles from which documents are twins.
    pub alike: Ratio,
    /// Share of a block's shingles from which it is a near copy.
    pub alike_block: Ratio,
    /// Fewest words of a paragraph that is cut because another document has it too.
    pub shortest_block: u32,
    /// Which twin stays.
    pub keep: String,
    /// Share of a document's shingles in a longer one from which it counts as contained, when that was looked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contained: Option<Ratio>,
    /// Whether digits are all alike to matching.
    pub fold_digits: bool,
    /// Length from which repeated spans are cut: bytes, or words with a `w` behind; left out when none are looked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repeated_span: Option<String>,
    /// The confidence from which text is cut.
    pub cut_from: Confidence,
    /// Words of articles that may be lost, as the user said; left out where an earlier version wrote none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub max_loss: Option<Ratio>,
    /// A hash of the line judge's weights, in 16 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weights: Option<String>,
    /// Rules whose findings are left alone.
    pub allow: Vec<String>,
    /// The only rules that ran; empty for all.
    pub only: Vec<String>,
    /// Field that holds a record's text.
    pub text_field: String,
    /// Field that holds a record's id.
    pub id_field: String,
}

/// Facts of one run, different each time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RunFacts {
    /// Worker threads.
    pub threads: u32,
    /// Wall time in milliseconds.
    pub milliseconds: u64,
    /// The paths as they were given.
    pub inputs: Vec<String>,
    /// The paths of what they were held against, as given.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub against: Vec<String>,
}

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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn none_of(n: &u64) -> bool {
    *n == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_none(n: &i64) -> bool {
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

/// Counts by name, sorted by name.
pub type Counts = BTreeMap<String, Count>;

/// The JSON Schema of [`Report`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
