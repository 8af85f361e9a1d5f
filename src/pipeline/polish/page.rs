//! A shard's part of `report.html`: rows of the table, and texts with their entries.

use crate::error::Error;
use crate::report::html::{detail, row};
use crate::report::model::DocumentEntry;
use crate::write::{Part, Staging};

/// Names of the two parts that a shard writes; they sort in reading order.
pub(in crate::pipeline) fn page_names(shard: usize) -> [String; 2] {
    [format!("parts/rows-{shard:08}"), format!("parts/details-{shard:08}")]
}

/// Where documents pass over.
pub(super) struct PageParts {
    rows: Part,
    details: Part,
    /// Memory that is used again for each document.
    bytes: Vec<u8>,
}

impl PageParts {
    pub(super) fn create(staging: &Staging, shard: usize) -> Result<Self, Error> {
        let [rows, details] = page_names(shard);
        Ok(Self { rows: staging.create(&rows)?, details: staging.create(&details)?, bytes: Vec::new() })
    }

    /// Puts down one document.
    pub(super) fn put(&mut self, entry: &DocumentEntry<'_>, text: &str) -> Result<(), Error> {
        self.bytes.clear();
        row(entry, &mut self.bytes);
        self.rows.put(&self.bytes)?;
        self.bytes.clear();
        detail(entry, text, &mut self.bytes);
        self.details.put(&self.bytes)
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        self.rows.finish()?;
        self.details.finish()
    }
}
