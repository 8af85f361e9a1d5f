//! What an audit gives, for programs: described by `clean schema audit`, which is made from these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::types::Ratio;

/// The value of `schema`.
pub const SCHEMA: &str = "textclean-audit/1";

/// The whole audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Audit {
    /// Version of this format: `textclean-audit/1`.
    pub schema: String,
    /// Version of the program that wrote it.
    pub version: String,
    /// The seed of all draws.
    pub seed: u64,
    /// Which documents were planted in.
    pub documents: Documents,
    /// Words that the run touches when nothing is planted, of all words of the documents that were drawn.
    pub plain: Ratio,
    /// What became of each kind of dirt.
    pub kinds: Vec<Row>,
}

/// Which documents were planted in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Documents {
    /// Records of the inputs.
    pub records: u64,
    /// Documents that were drawn.
    pub drawn: u64,
    /// Of these, those in which dirt was planted.
    pub planted: u64,
    /// Those with too few paragraphs of running text that the run leaves alone.
    pub short: u64,
    /// Those that the run drops as they are.
    pub dropped: u64,
    /// How often each kind was planted in each document, each time elsewhere and in other words: a small set is planted
    /// several times over.
    pub rounds: u64,
}

/// What became of one kind of dirt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Its name.
    pub kind: String,
    /// What was planted.
    pub summary: String,
    /// Pieces that were found (cut by nine tenths of their words or more, mended to the letter), of those planted.
    pub recall: Ratio,
    /// The same by the place where they stood, for kinds that stand in several.
    pub places: BTreeMap<String, Ratio>,
    /// The same by language of the documents; `en` also stands for those that are not recognised.
    pub languages: BTreeMap<String, Ratio>,
    /// Words of the pieces that went, of all their words; of nothing for damage.
    pub words: Ratio,
    /// Words that were not planted and that the run leaves alone when nothing is planted, but touched now, of all such
    /// words.
    pub clean: Ratio,
    /// Rules that had a part in what was found, with the number of pieces.
    pub rules: BTreeMap<String, u64>,
    /// Some of the pieces that were not found.
    pub missed: Vec<Example>,
    /// Some of the clean text that was touched: where it begins, in the documents in which most was.
    pub touched: Vec<Example>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Example {
    /// Name of the document.
    pub document: String,
    /// How the text begins; for damage, with what stands around it.
    pub text: String,
    /// Its words; all that were touched in the document.
    pub words: u64,
}

/// The JSON Schema of [`Audit`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Audit).to_value()
}
