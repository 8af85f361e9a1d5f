//! A finding at its place in an input file, for people and programs that look there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::Action;
use super::why::in_words;
use crate::types::{Category, Confidence, Evidence, Kind, Region, Span};

/// How much a finding matters to `clean check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It counts against a limit that is passed.
    Error,
    /// It would be acted on.
    Warning,
    /// It would be left alone.
    Note,
}

impl Level {
    /// Its name, which is the same in all formats that have levels.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Spot {
    /// The file, as seen from the folder in which the program was called.
    pub file: String,
    /// The same as a URI reference (RFC 3986).
    pub uri: String,
    /// The document: its id field, else its path as in the report.
    pub document: String,
    /// Where it stands in the file, unpacked: in files of records the line of the record, and the columns in that line.
    pub region: Region,
    /// Where it stands in the text of its record; left out where the text is the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<Region>,
    /// Byte of the unpacked file at which the record begins.
    pub place: u64,
    /// Bytes of the text, as in the report.
    pub span: Span,
    /// How much it matters.
    pub level: Level,
    /// Name of the rule.
    pub rule: String,
    /// What it is, broadly.
    pub category: Category,
    /// What it is, narrowly.
    pub kind: Kind,
    /// How sure.
    pub confidence: Confidence,
    /// What it asks for.
    pub action: Action,
    /// Whether that would be done.
    pub done: bool,
    /// How the text begins.
    pub excerpt: String,
    /// The proof.
    pub evidence: Vec<Evidence>,
    /// Hash of the rule and the text, in 16 hexadecimal digits: the same wherever the text moves.
    pub fingerprint: String,
    /// Whether the baseline knows it; left out where there is none, and for what would be left alone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub known: Option<bool>,
}

impl Spot {
    /// In words, with the proof, on one line. Not yet safe to show: see [`super::formats::plain`].
    pub fn message(&self) -> String {
        let what = match (self.action, self.done) {
            (Action::Drop, true) => "the document would go",
            (Action::Cut, true) => "would be cut",
            (Action::Patch, true) => "would be replaced",
            (Action::Note, _) => "noted",
            // What is around it goes: the document, or the block.
            (Action::Cut, false) if self.known.is_some() => "would be cut if its document stayed",
            (_, false) if self.known.is_some() => "would be replaced if its text stayed",
            (_, false) => "would be left alone",
        };
        let proof: Vec<String> = self.evidence.iter().map(in_words).collect();
        let known = if self.known == Some(true) { "known: " } else { "" };
        format!("{known}{what} ({}): {} ({})", self.sure(), self.excerpt, proof.join("; "))
    }

    /// The confidence as a word.
    pub fn sure(&self) -> &'static str {
        match self.confidence {
            Confidence::Hint => "hint",
            Confidence::Likely => "likely",
            Confidence::Certain => "certain",
        }
    }
}
