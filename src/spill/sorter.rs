//! Takes records in any order, from many threads.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::blocks::Blocks;
use super::chunk::{self, Chunk};
use super::named::Named;
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
    pub(super) budget: Budget,
    by: By,
    parts: Box<[Mutex<Blocks<R>>]>,
    /// What was set aside of parts, by number: it goes to the file next.
    aside: Mutex<Vec<(usize, Blocks<R>)>>,
    pub(super) spilled: Mutex<Spilled>,
    /// The name of the file, when it has one.
    pub(super) named: Option<Named>,
}

/// Where runs go, and which there are, by number of the part.
#[derive(Default)]
pub(super) struct Spilled {
    pub(super) file: Option<Arc<File>>,
    pub(super) length: u64,
    pub(super) chunks: Vec<(usize, Chunk)>,
    /// Number of those that were told of.
    pub(super) told: usize,
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
            aside: Mutex::default(),
            spilled: Mutex::default(),
            named: None,
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
        if self.put(batch) { self.spill() } else { Ok(()) }
    }

    /// As [`Self::add`], but writes nothing: whether the budget is used up.
    pub fn put(&self, batch: &mut Vec<R>) -> bool {
        if batch.is_empty() {
            return false;
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
        self.budget.take(grown)
    }

    /// Writes all that is held to the file, unless that is too little to be worth it: then others hold more. Threads that come
    /// meanwhile lend a hand.
    fn spill(&self) -> Result<(), Error> {
        if self.held() * 8 >= self.budget.limit() {
            self.set_aside();
        }
        while self.write_aside()? {}
        Ok(())
    }

    /// Bytes held, without what is set aside.
    pub(super) fn held(&self) -> usize {
        self.parts.iter().map(|part| lock(part).bytes()).sum()
    }

    /// Sets all that is held aside; the number of pieces.
    pub(super) fn set_aside(&self) -> usize {
        let pieces = self.parts.iter().enumerate().map(|(number, part)| (number, std::mem::take(&mut *lock(part))));
        let pieces: Vec<_> = pieces.filter(|(_, held)| held.bytes() > 0).collect();
        let count = pieces.len();
        lock(&self.aside).extend(pieces);
        count
    }

    /// Writes one of the pieces that are set aside to the file; whether there was one.
    pub(super) fn write_aside(&self) -> Result<bool, Error> {
        let piece = lock(&self.aside).pop();
        let Some((number, mut held)) = piece else { return Ok(false) };
        let bytes = held.bytes();
        let mut buffer = Vec::new();
        let records =
            chunk::write(held.sorted(self.budget.copied(), R::key), &mut buffer).map_err(|e| self.wrong(e))?;
        drop(held);
        let mut spilled = lock(&self.spilled);
        let file = match &spilled.file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(spilled.file.insert(Arc::new(self.create()?))),
        };
        (&*file).write_all(&buffer).map_err(|e| self.wrong(e))?;
        let round = self.named.as_ref().map_or(0, |named| named.round);
        let chunk = Chunk { at: spilled.length, bytes: buffer.len() as u64, records, round };
        spilled.chunks.push((number, chunk));
        spilled.length += chunk.bytes;
        drop(spilled);
        // Others may take this memory only when it is gone.
        self.budget.give_back(bytes);
        Ok(true)
    }

    fn create(&self) -> Result<File, Error> {
        self.named.as_ref().map_or_else(|| self.budget.file(), Named::create)
    }

    fn wrong(&self, error: io::Error) -> Error {
        match &self.named {
            Some(named) => Error::io("cannot write", &named.path)(error),
            None => self.budget.wrong("cannot write", error),
        }
    }

    /// All records, sorted within parts, and the parts in order.
    pub fn finish(self) -> Sorted<R> {
        let Spilled { file, chunks, .. } = self.spilled.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut of_part = vec![Vec::new(); self.parts.len()];
        for (number, chunk) in chunks {
            of_part[number].push(chunk);
        }
        let void = self.named.and_then(|named| named.void);
        let parts = self.parts.into_iter().zip(of_part).map(|(held, chunks)| Part {
            budget: self.budget.clone(),
            held: held.into_inner().unwrap_or_else(PoisonError::into_inner),
            file: file.clone().filter(|_| !chunks.is_empty()),
            chunks,
            void: void.clone(),
        });
        Sorted { parts: parts.collect() }
    }
}

/// A panic elsewhere ends the run anyway.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
