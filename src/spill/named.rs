//! Sorters whose file has a name, so that a run that was killed while records were collected can go on with what it holds.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::chunk::Chunk;
use super::sorter::{Sorter, lock};
use super::{Budget, By, Record};
use crate::error::Error;

/// The name of a sorter's file, and what is known of its use. Each run that goes on begins a new round.
pub struct Named {
    pub(super) path: PathBuf,
    pub(super) round: u32,
    pub(super) void: Option<Arc<Void>>,
}

/// Shards, each with the round from which on its records count: when a round ended, it was half done.
#[derive(Debug, Default)]
pub struct Void(pub BTreeMap<u32, u32>);

impl Void {
    /// Whether a record that was written in `round` does not count.
    pub(super) fn has<R: Record>(&self, record: &R, round: u32) -> bool {
        record.shard().and_then(|shard| self.0.get(&shard)).is_some_and(|&from| round < from)
    }
}

/// A sorted run in a file, behind the one before.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Run {
    part: usize,
    bytes: u64,
    records: usize,
}

impl Named {
    /// The file at `path`, in this round. Of what earlier rounds wrote, `void` is passed over.
    pub fn new(path: PathBuf, round: u32, void: Option<Arc<Void>>) -> Self {
        Self { path, round, void }
    }

    /// Makes the file and the folder above; what stood there goes.
    pub(super) fn create(&self) -> Result<File, Error> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(Error::io("cannot create", folder))?;
        }
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(true);
        options.open(&self.path).map_err(Error::io("cannot write", &self.path))
    }

    /// Opens the file, cut to the first bytes.
    fn open(&self, bytes: u64) -> io::Result<File> {
        let mut file = File::options().read(true).write(true).open(&self.path)?;
        if file.metadata()?.len() < bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        file.set_len(bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(file)
    }
}

impl<R: Record> Sorter<R> {
    /// One whose file has a name, and holds what was told of it ([`Spill::tell`]), with the round of each.
    ///
    /// # Errors
    /// When the file does not hold it.
    pub fn named(budget: &Budget, by: By, named: Named, told: &[(u32, Run)]) -> Result<Self, Error> {
        let mut sorter = Self::new(budget, by);
        let mut at = 0;
        let chunk = |&(round, Run { part, bytes, records }): &(u32, Run)| {
            at += bytes;
            (part, Chunk { at: at - bytes, bytes, records, round })
        };
        let chunks: Vec<_> = told.iter().map(chunk).collect();
        if !chunks.is_empty() {
            let file = named.open(at).map_err(Error::io("cannot go on from", &named.path))?;
            let spilled = sorter.spilled.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
            (spilled.file, spilled.length, spilled.told) = (Some(Arc::new(file)), at, chunks.len());
            spilled.chunks = chunks;
        }
        sorter.named = Some(named);
        Ok(sorter)
    }
}

/// A sorter of some kind of records, to be written together with others.
pub trait Spill: Sync {
    /// Bytes held, without what is set aside.
    fn held(&self) -> usize;

    /// Sets all that is held aside, to be written; the number of pieces.
    fn set_aside(&self) -> usize;

    /// Writes one of the pieces to the file; whether there was one.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write_aside(&self) -> Result<bool, Error>;

    /// What has come to the file since this was asked last.
    fn tell(&self) -> Vec<Run>;
}

impl<R: Record> Spill for Sorter<R> {
    fn held(&self) -> usize {
        self.held()
    }

    fn set_aside(&self) -> usize {
        self.set_aside()
    }

    fn write_aside(&self) -> Result<bool, Error> {
        self.write_aside()
    }

    fn tell(&self) -> Vec<Run> {
        let mut spilled = lock(&self.spilled);
        let (told, all) = (spilled.told, spilled.chunks.len());
        spilled.told = all;
        let run = |&(part, chunk): &(usize, Chunk)| Run { part, bytes: chunk.bytes, records: chunk.records };
        spilled.chunks[told..].iter().map(run).collect()
    }
}
