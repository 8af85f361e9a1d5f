//! Gives records back in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io;
use std::sync::Arc;

use super::blocks::{Blocks, Ordered};
use super::chunk::{Chunk, Reader};
use super::named::Void;
use super::{Budget, Record};
use crate::error::Error;

/// Sorted records, in parts that can be worked on side by side.
pub struct Sorted<R> {
    pub(super) parts: Vec<Part<R>>,
}

/// The records of one stretch of keys: those held, and runs in the file.
pub struct Part<R> {
    pub(super) budget: Budget,
    pub(super) held: Blocks<R>,
    pub(super) file: Option<Arc<File>>,
    pub(super) chunks: Vec<Chunk>,
    /// What of the file is passed over.
    pub(super) void: Option<Arc<Void>>,
}

impl<R: Record> Sorted<R> {
    /// Number of parts.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts, in order of their keys.
    pub fn into_parts(self) -> Vec<Part<R>> {
        self.parts
    }

    /// Calls `work` with all records as one stream.
    ///
    /// # Errors
    /// What `work` returns, or when the temporary file cannot be read.
    pub fn read<T>(self, work: impl FnOnce(&mut dyn Iterator<Item = R>) -> Result<T, Error>) -> Result<T, Error> {
        let mut failed = None;
        let mut parts = self.parts.into_iter();
        let mut open: Option<Stream<R>> = None;
        let mut all = std::iter::from_fn(|| {
            loop {
                if let Some(record) = open.as_mut().and_then(Iterator::next) {
                    return Some(record);
                }
                failed = open.take().and_then(|done| done.end().err());
                if failed.is_some() {
                    return None;
                }
                match parts.next()?.open() {
                    Ok(stream) => open = Some(stream),
                    Err(error) => {
                        failed = Some(error);
                        return None;
                    }
                }
            }
        });
        let done = work(&mut all)?;
        match failed.or_else(|| open.and_then(|stream| stream.end().err())) {
            Some(error) => Err(error),
            None => Ok(done),
        }
    }
}

impl<R: Record> Part<R> {
    /// Lets go what is not wanted of the records held, before they are sorted; those in the file stay. Whether there are any.
    pub fn retain(&mut self, wanted: impl Fn(&R) -> bool) -> bool {
        let before = self.held.bytes();
        self.held.retain(wanted);
        self.budget.give_back(before - self.held.bytes());
        !self.chunks.is_empty()
    }

    /// Lets go most of the records that are alone with their key, before they are sorted; none when some lie in the file, which
    /// may hold the others.
    pub fn retain_shared(&mut self) {
        if self.chunks.is_empty() {
            let before = self.held.bytes();
            self.held.retain_shared(R::key);
            self.budget.give_back(before - self.held.bytes());
        }
    }

    /// Its records in order.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn open(mut self) -> Result<Stream<R>, Error> {
        let before = self.held.bytes();
        let held = self.held.sorted(self.budget.copied(), R::key);
        self.budget.give_back(before);
        self.budget.take(held.bytes());
        let mut stream = Stream { part: self, held, runs: Vec::new(), heap: BinaryHeap::new(), failed: None };
        stream.open_runs().map_err(|e| stream.wrong(e))?;
        Ok(stream)
    }
}

impl<R> Drop for Part<R> {
    fn drop(&mut self) {
        self.budget.give_back(self.held.bytes());
    }
}

/// The records of a part, in order.
pub struct Stream<R: Record> {
    part: Part<R>,
    held: Ordered<R>,
    runs: Vec<Reader<R>>,
    /// The next record of each run, by number; the held records are the run behind the last.
    heap: BinaryHeap<Reverse<(R, usize)>>,
    failed: Option<io::Error>,
}

impl<R: Record> Stream<R> {
    fn open_runs(&mut self) -> io::Result<()> {
        let Some(file) = &self.part.file else { return Ok(()) };
        for &chunk in &self.part.chunks {
            self.runs.push(Reader::open(file, chunk, self.part.void.as_ref())?);
        }
        for number in 0..=self.runs.len() {
            self.refill(number)?;
        }
        Ok(())
    }

    fn refill(&mut self, number: usize) -> io::Result<()> {
        let next = match self.runs.get_mut(number) {
            Some(run) => run.next()?,
            None => self.held.next(),
        };
        self.heap.extend(next.map(|record| Reverse((record, number))));
        Ok(())
    }

    fn wrong(&self, error: io::Error) -> Error {
        self.part.budget.wrong("cannot read", error)
    }

    /// To be asked when the stream has run dry.
    ///
    /// # Errors
    /// When it ended early, because the temporary file could not be read.
    pub fn end(mut self) -> Result<(), Error> {
        match self.failed.take() {
            Some(error) => Err(self.wrong(error)),
            None => Ok(()),
        }
    }
}

impl<R: Record> Stream<R> {
    /// The stream, with a look at its next record.
    pub fn ahead(mut self) -> Ahead<R> {
        let next = self.next();
        Ahead { stream: self, next }
    }
}

/// A stream whose next record can be looked at.
pub struct Ahead<R: Record> {
    stream: Stream<R>,
    next: Option<R>,
}

impl<R: Record> Ahead<R> {
    /// The next record, when it is `wanted`.
    pub fn next_if(&mut self, wanted: impl FnOnce(&R) -> bool) -> Option<R> {
        let next = self.next.filter(wanted)?;
        self.next = self.stream.next();
        Some(next)
    }

    /// As [`Stream::end`].
    ///
    /// # Errors
    /// As [`Stream::end`].
    pub fn end(self) -> Result<(), Error> {
        self.stream.end()
    }
}

impl<R: Record> Iterator for Stream<R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if self.runs.is_empty() {
            return self.held.next();
        }
        let Reverse((record, number)) = self.heap.pop()?;
        if let Err(error) = self.refill(number) {
            self.failed = Some(error);
            self.heap.clear();
            return None;
        }
        Some(record)
    }
}

impl<R: Record> Drop for Stream<R> {
    fn drop(&mut self) {
        self.part.budget.give_back(self.held.bytes());
    }
}
