//! What a run gives back.

use super::Worst;
use crate::report::cap::Ranks;
use crate::report::html;
use crate::report::model::Against;
use crate::report::ratchet::Held;
use crate::report::{Digest, Spot, Tally};
use crate::types::Trouble;

/// What a run did.
#[derive(Debug)]
pub struct Outcome {
    /// Sums over all documents.
    pub tally: Tally,
    /// What they were held against, if anything.
    pub against: Option<Against>,
    /// What could not be read, at most twenty of a kind for each input.
    pub troubles: Vec<Trouble>,
    /// Number of troubles beyond those.
    pub more_troubles: u64,
    /// Groups so large that not all of their members were compared with each other.
    pub capped_groups: u64,
    /// The documents with most words to go, for `check`: name and words, by category.
    pub worst: Vec<Worst>,
    /// The documents that a reader looks at first.
    pub digest: Digest,
    /// The findings, in reading order, as far as they were asked for.
    pub findings: Vec<Spot>,
    /// Number of findings beyond those; of a run that writes, beyond those that its report lists.
    pub more_findings: u64,
    /// What `report.html` holds of the documents, when it was written.
    pub page: Option<html::Held>,
    /// What came of holding it against a baseline, when that was asked for.
    pub held: Option<Held>,
    /// How many findings of each rank the report lists of each shard that is judged, where that is not all of them.
    pub(super) cuts: Vec<Option<Ranks>>,
}
