//! Copies of documents in a temporary folder, and the real run over them.

use std::fs;

use super::sample::COPIES;
use super::trace::Trace;
use crate::error::Error;
use crate::pipeline::{self, Options};
use crate::read::format;
use crate::report::Report;
use crate::write::Scratch;

/// A temporary folder in which runs take place; it vanishes when dropped.
pub(super) struct Copies {
    options: Options,
    // Dropped last.
    folder: Scratch,
}

impl Copies {
    /// Makes the folder. Runs have the user's settings.
    pub(super) fn new(user: &Options) -> Result<Self, Error> {
        let temp = user.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let folder = Scratch::new(&temp, ".clean-audit-")?;
        let options = Options {
            inputs: vec![folder.path().join("copies.jsonl")],
            progress: false,
            format: format(COPIES),
            ..user.aside(folder.path().join("out"))
        };
        Ok(Self { options, folder })
    }

    /// Runs over these records, each a line, and tells what was done to each.
    pub(super) fn run(&self, records: &[Vec<u8>]) -> Result<Vec<Trace>, Error> {
        let path = &self.options.inputs[0];
        fs::write(path, records.concat()).map_err(Error::io("cannot write", path))?;
        pipeline::run(&self.options)?;
        let path = self.folder.path().join("out/report.json");
        let report = fs::read(&path).map_err(Error::io("cannot read", &path))?;
        let report: Report =
            serde_json::from_slice(&report).map_err(|e| Error::BadReport { path, why: e.to_string() })?;
        let mut entries = report.documents.iter().peekable();
        let mut place = 0;
        let traces = records.iter().map(|record| {
            // A record that is too large to be looked at has no entry, and nothing is done to it.
            let entry = entries.next_if(|entry| entry.place == place);
            place += record.len() as u64;
            entry.map_or_else(Trace::default, Trace::of)
        });
        Ok(traces.collect())
    }
}
