//! What `clean check` found: all that its formats show.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gate::Verdict;
use super::model::{Action, Against};
use super::ratchet::Compared;
use super::spot::{Level, Spot};
use super::tally::{Tally, name};
use crate::types::{Ratio, Trouble};

/// The value of `schema`: changes whenever a program that reads it would have to.
pub const SCHEMA: &str = "textclean-check/1";

/// The result of a check. It is a function of the inputs, the settings and the folder in which the program was called.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// Version of this format: `textclean-check/1`.
    pub schema: String,
    /// Version of the program.
    pub version: String,
    /// Whether any limit is passed, or with a baseline, whether anything is new.
    pub over: bool,
    /// Every limit.
    pub limits: Vec<Verdict>,
    /// What the documents were held against; left out where nothing was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub against: Option<Against>,
    /// Sums over all documents.
    pub totals: Tally,
    /// What could not be read, at most twenty of a kind for each input.
    pub troubles: Vec<Trouble>,
    /// Number of troubles beyond those.
    pub more_troubles: u64,
    /// Findings in reading order. Where not all may be listed, those that would be left alone give way first, then repairs,
    /// then what stands later.
    pub findings: Vec<Spot>,
    /// Number of findings beyond those listed.
    pub more_findings: u64,
    /// The documents with most words to go, by category.
    pub worst: Vec<WorstDocument>,
    /// The rules that ran.
    pub rules: Vec<RuleNote>,
    /// How it compares with the baseline, where there is one. The limits then hold for what is new.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub baseline: Option<Compared>,
}

/// A document with many words to go.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorstDocument {
    /// Name of the category.
    pub category: String,
    /// Words that would go for it.
    pub words: u64,
    /// The document.
    pub document: String,
}

/// A rule, as far as readers of findings must know it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RuleNote {
    /// Its name; `clean explain NAME` tells more.
    pub id: String,
    /// What it finds, in a line.
    pub summary: String,
}

impl Checked {
    /// Says of each finding how much it matters, now that all limits are known.
    pub fn weigh(&mut self) {
        let over: Vec<&str> = self.limits.iter().filter(|limit| limit.over).map(|limit| limit.name.as_str()).collect();
        for spot in &mut self.findings {
            let twin = spot.action == Action::Drop && over.contains(&"twins");
            let fails = self.baseline.as_ref().map(Compared::fails);
            spot.level = match (spot.done, spot.known, fails) {
                (_, Some(false), Some(true)) => Level::Error,
                (_, Some(false), Some(false)) => Level::Warning,
                (_, Some(true), _) | (false, ..) => Level::Note,
                _ if twin || over.contains(&name(spot.category).as_str()) => Level::Error,
                _ => Level::Warning,
            };
        }
        self.over = !over.is_empty() || self.baseline.as_ref().is_some_and(Compared::fails);
    }

    /// The limits that are passed.
    pub fn breaches(&self) -> impl Iterator<Item = &Verdict> {
        self.limits.iter().filter(|limit| limit.over)
    }

    /// The documents with most words to go for a limit.
    pub fn worst_for(&self, limit: &str) -> impl Iterator<Item = &WorstDocument> {
        let category = if limit == "twins" { "duplicate".to_owned() } else { limit.to_owned() };
        self.worst.iter().filter(move |worst| worst.category == category)
    }

    /// Share of the words that would go.
    pub fn gone(&self) -> Ratio {
        Ratio::new(self.totals.words_before.saturating_sub(self.totals.words_after), self.totals.words_before)
    }
}

/// The JSON Schema of [`Checked`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Checked).to_value()
}
