//! What the rules say, with the proof.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Ratio, Span};

/// The name of a rule, as users type it.
pub type RuleId = &'static str;

/// What a finding is, broadly; its [`Kind`] says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Text that stands elsewhere too.
    Duplicate,
    /// Page furniture around the article.
    Boilerplate,
    /// Advertising.
    Ad,
    /// Damage that can be mended.
    Repair,
    /// Worth knowing, never cut.
    Note,
}

/// How sure a finding is. The rule says it; the user's policy decides from which level on text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Reported only.
    Hint,
    /// Cut by default.
    Likely,
    /// Proven.
    Certain,
}

/// What a finding would do to the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The document goes.
    Drop,
    /// The blocks that the finding's span covers go.
    Cut,
    /// The text of the finding's span goes, whatever blocks it stands in.
    CutText,
    /// `span` is replaced by `put`.
    Patch {
        /// What is replaced.
        span: Span,
        /// What stands there afterwards.
        put: String,
    },
    /// Nothing: the finding is a remark.
    None,
}

/// Why a finding was made: always something that a reader can check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// The other document, and the share of common shingles.
    Twin {
        /// Name of the document that stays.
        document: String,
        /// Common shingles of all shingles of both.
        alike: Ratio,
        /// Whether the words are the same throughout.
        exact: bool,
    },
    /// A longer document, and the share of this one that stands in it.
    Contained {
        /// Name of the longer document.
        document: String,
        /// Shingles that stand there, of all of this one.
        share: Ratio,
    },
    /// The first copy of a block or passage.
    Copy {
        /// Name of the document that holds it.
        document: String,
        /// Where it stands there.
        span: Span,
        /// Its first line there.
        line: u32,
        /// Shingles (or words, or characters) found in the first copy, of all of this one.
        alike: Ratio,
    },
    /// The phrases that were found, and their weight against the limit for a block of this length.
    Phrases {
        /// Name of the phrase list.
        list: Cow<'static, str>,
        /// The phrases, as the list has them.
        found: Vec<Cow<'static, str>>,
        /// Sum of their weights.
        weight: u32,
        /// The weight needed.
        needed: u32,
    },
    /// A measure that is over its limit.
    Measure {
        /// What was measured.
        name: Cow<'static, str>,
        /// The value.
        value: u64,
        /// The limit.
        limit: u64,
    },
    /// Where the block stands, when that speaks for the finding.
    Position {
        /// In words: `above the headline`, `below the last paragraph`.
        place: Cow<'static, str>,
        /// Line of the neighbour that settles it.
        line: u32,
    },
    /// What the line judge says, in thousandths of log-odds: above 0 lines look more like an article than not.
    Judged {
        /// Lines of the page that go together.
        lines: u32,
        /// The score of the one that looks most like an article.
        score: i32,
        /// Below which score lines go at the loss that is allowed; none when none may go.
        below: Option<i32>,
        /// What spoke most against that line (columns of docs/judging.md with their values); empty for hints.
        because: Vec<String>,
        /// The score of each line, in 1/1024 of log-odds, which is what limits are held against.
        #[serde(default)]
        scores: Vec<i32>,
        /// What the phrase lists take each line for; left out where they know none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kinds: Vec<Option<Kind>>,
    },
    /// How text that several documents have came to stand in them, and what speaks for that.
    Sharing {
        /// Quotation, syndication, template or copy.
        sharing: Kind,
        /// In words.
        because: Cow<'static, str>,
    },
    /// The exact characters that are replaced, and by what.
    Replacement {
        /// What stood there.
        from: String,
        /// What stands there now.
        to: String,
    },
}

/// One thing that a rule found in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// What it is, broadly.
    pub category: Category,
    /// What it is, narrowly.
    pub kind: Kind,
    /// How sure.
    pub confidence: Confidence,
    /// The text that it speaks about.
    pub span: Span,
    /// What it would do.
    pub change: Change,
    /// The proof; never empty.
    pub evidence: Vec<Evidence>,
}
