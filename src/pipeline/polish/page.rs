//! A shard's part of `report.html`: rows of the table, and texts with their entries.

use crate::error::Error;
use crate::pipeline::page::Note;
use crate::report::html::{detail, interest, row};
use crate::report::model::DocumentEntry;
use crate::write::{Part, Staging};

/// Names of the parts that a shard writes: rows, details, and a [`Note`] for each document; they sort in reading order.
pub(in crate::pipeline) fn page_names(shard: usize) -> [String; 3] {
    ["rows", "details", "notes"].map(|what| format!("parts/{what}-{shard:08}"))
}

/// Where documents pass over.
pub(in crate::pipeline) struct PageParts {
    rows: Part,
    details: Part,
    notes: Part,
    /// Memory that is used again for each document.
    bytes: Vec<u8>,
}

impl PageParts {
    pub(super) fn create(staging: &Staging, shard: usize) -> Result<Self, Error> {
        let [rows, details, notes] = page_names(shard);
        Ok(Self::new([staging.create(&rows)?, staging.create(&details)?, staging.create(&notes)?]))
    }

    /// Into rows, details and notes.
    pub(in crate::pipeline) fn new([rows, details, notes]: [Part; 3]) -> Self {
        Self { rows, details, notes, bytes: Vec::new() }
    }

    /// Puts down one document.
    pub(in crate::pipeline) fn put(&mut self, entry: &DocumentEntry<'_>, text: &str) -> Result<(), Error> {
        self.bytes.clear();
        row(entry, &mut self.bytes);
        self.rows.put(&self.bytes)?;
        let row = length(&self.bytes);
        self.bytes.clear();
        detail(entry, text, &mut self.bytes);
        self.details.put(&self.bytes)?;
        self.notes.put(&Note { interest: interest(entry), row, details: length(&self.bytes) }.bytes())
    }

    pub(in crate::pipeline) fn finish(self) -> Result<(), Error> {
        self.rows.finish()?;
        self.details.finish()?;
        self.notes.finish()
    }
}

/// What is put down of one document is far below 4 GiB: texts are cut, and records have less than that.
fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
