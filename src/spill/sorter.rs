//! Takes records in any order, from many threads.

use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::blocks::Blocks;
use super::chunk::{self, Chunk};
use super::sorted::{Part, Sorted};
use super::{Budget, Record};
use crate::error::Error;

/// How keys lie, so that parts come out about equal.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// Keys are hashes.
    Hash,
    /// The upper half of a key is the number of a shard, below this.
    Shard(u32),
}

/// Collects records; [`Self::finish`] gives them back sorted.
pub struct Sorter<R> {
    budget: Budget,
    by: By,
    parts: Box<[Mutex<Blocks<R>>]>,
    /// Where runs go, and which runs each part has there.
    spilled: Mutex<Spilled>,
}

#[derive(Default)]
struct Spilled {
    file: Option<Arc<File>>,
    length: u64,
    chunks: Vec<Vec<Chunk>>,
}

/// Parts of a sorter: enough to keep all threads busy, few enough that runs stay long.
const PARTS: usize = 64;

impl<R: Record> Sorter<R> {
    /// An empty one, whose records count against `budget`.
    pub fn new(budget: &Budget, by: By) -> Self {
        let parts = match by {
            By::Hash => PARTS,
            By::Shard(shards) => PARTS.min(shards as usize).max(1),
        };
        Self {
            budget: budget.clone(),
            by,
            parts: (0..parts).map(|_| Mutex::default()).collect(),
            spilled: Mutex::default(),
        }
    }

    fn part(&self, record: &R) -> usize {
        let parts = self.parts.len() as u64;
        let part = match self.by {
            By::Hash => ((record.key() >> 32) * parts) >> 32,
            By::Shard(shards) => (record.key() >> 32) * parts / u64::from(shards.max(1)),
        };
        usize::try_from(part).unwrap_or(usize::MAX).min(self.parts.len() - 1)
    }

    /// Takes records in, and leaves `batch` empty.
    ///
    /// # Errors
    /// When the budget is used up and nothing can be written to the temporary file.
    pub fn add(&self, batch: &mut Vec<R>) -> Result<(), Error> {
        if batch.is_empty() {
            return Ok(());
        }
        // Neighbours in the batch mostly go to different parts: sorted by part first, each part is locked once.
        let mut ends = vec![0usize; self.parts.len() + 1];
        for record in batch.iter() {
            ends[self.part(record) + 1] += 1;
        }
        for i in 1..ends.len() {
            ends[i] += ends[i - 1];
        }
        let mut next = ends.clone();
        let mut order = vec![R::zeroed(); batch.len()];
        for record in batch.drain(..) {
            let place = &mut next[self.part(&record)];
            order[*place] = record;
            *place += 1;
        }
        let mut grown = 0;
        for (part, bounds) in self.parts.iter().zip(ends.windows(2)).filter(|(_, b)| b[0] < b[1]) {
            grown += lock(part).extend(&order[bounds[0]..bounds[1]]);
        }
        if self.budget.take(grown) { self.spill() } else { Ok(()) }
    }

    /// Writes all that is held to the file, unless that is too little to be worth it: then others hold more.
    fn spill(&self) -> Result<(), Error> {
        let mut spilled = lock(&self.spilled);
        let held: usize = self.parts.iter().map(|part| lock(part).bytes()).sum();
        if held * 8 < self.budget.limit() {
            return Ok(());
        }
        let file = match &spilled.file {
            Some(file) => Arc::clone(file),
            None => Arc::new(self.budget.file()?),
        };
        spilled.file = Some(Arc::clone(&file));
        spilled.chunks.resize_with(self.parts.len(), Vec::new);
        let mut write = || -> std::io::Result<()> {
            for (number, part) in self.parts.iter().enumerate() {
                let mut held = std::mem::take(&mut *lock(part));
                let bytes = held.bytes();
                if bytes == 0 {
                    continue;
                }
                let mut out = Counted { file: &file, bytes: 0 };
                let records = chunk::write(held.sorted(self.budget.copied()), &mut out)?;
                let chunk = Chunk { at: spilled.length, bytes: out.bytes, records };
                spilled.chunks[number].push(chunk);
                spilled.length += chunk.bytes;
                // Others may take this only when it is gone.
                self.budget.give_back(bytes);
            }
            Ok(())
        };
        write().map_err(|e| self.budget.wrong("cannot write", e))
    }

    /// All records, sorted within parts, and the parts in order.
    pub fn finish(self) -> Sorted<R> {
        let Spilled { file, mut chunks, .. } = self.spilled.into_inner().unwrap_or_else(PoisonError::into_inner);
        chunks.resize_with(self.parts.len(), Vec::new);
        let parts = self.parts.into_iter().zip(chunks).map(|(held, chunks)| Part {
            budget: self.budget.clone(),
            held: held.into_inner().unwrap_or_else(PoisonError::into_inner),
            file: file.clone().filter(|_| !chunks.is_empty()),
            chunks,
        });
        Sorted { parts: parts.collect() }
    }
}

/// Writes to the end of a file, and counts.
struct Counted<'a> {
    file: &'a File,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A panic elsewhere ends the run anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
