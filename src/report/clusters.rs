//! `clusters.jsonl` and `pairs.jsonl`: which documents are alike, one group or pair a line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::types::Ratio;

/// The JSON Schema of a line of `clusters.jsonl`, which is a [`Cluster`].
pub fn clusters_schema() -> serde_json::Value {
    schemars::schema_for!(Cluster).to_value()
}

/// The JSON Schema of a line of `pairs.jsonl`, which is a [`Pair`].
pub fn pairs_schema() -> serde_json::Value {
    schemars::schema_for!(Pair).to_value()
}

/// A document, as these files name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// As in the report.
    pub id: String,
    /// As in the report.
    pub path: String,
    /// As in the report.
    pub place: u64,
}

/// A line of `clusters.jsonl`: a document that stays, and those that go for it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cluster {
    /// The one that stays.
    pub stays: Named,
    /// Number of documents, with the one that stays.
    pub size: u64,
    /// Those that go, in reading order.
    pub goes: Vec<Member>,
}

/// A document that goes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Which.
    #[serde(flatten)]
    pub document: Named,
    /// Common shingles (words, when the two are equal) of all of both.
    pub alike: Ratio,
    /// Whether its words are the same as those of a document that stays or went.
    pub exact: bool,
}

/// A line of `pairs.jsonl`: two documents that are alike. Of more than 24 documents with equal words, those beyond are
/// listed with the most wanted of them only.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// One of the two.
    pub a: Named,
    /// The other.
    pub b: Named,
    /// Common shingles (words, when the two are equal) of all of both.
    pub alike: Ratio,
    /// Whether the words are the same.
    pub exact: bool,
}
