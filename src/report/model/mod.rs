//! `report.json`: versioned, and described by `clean schema`, which is made from these types.

mod document;
mod finding;
mod settings;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use document::{Change, DocumentEntry, Fate, Ground, More};
pub use finding::{Action, EditEntry, FindingEntry, Lines};
pub use settings::{RunFacts, Settings};

use super::tally::{Count, Tally};
use crate::types::Trouble;

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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn none_of(n: &u64) -> bool {
    *n == 0
}

/// Counts by name, sorted by name.
pub type Counts = BTreeMap<String, Count>;

/// The JSON Schema of [`Report`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
