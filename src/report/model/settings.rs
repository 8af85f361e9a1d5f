//! What decided about a report, and facts of its run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::types::{Confidence, Ratio};

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
