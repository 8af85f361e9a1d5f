//! Records from sorters to sorters, and pairs in batches.

use std::collections::HashSet;

use rayon::prelude::*;

use super::Table;
use crate::error::Error;
use crate::spill::{Record, Sorted, Sorter};
use crate::types::DocRef;

/// Records that are held back before they go to a sorter.
const HELD_BACK: usize = 8192;

/// Hands records over in batches. An error is kept until [`Self::close`].
pub(super) struct Outbox<'a, R: Record> {
    sorter: &'a Sorter<R>,
    batch: Vec<R>,
    failed: Option<Error>,
}

impl<'a, R: Record> Outbox<'a, R> {
    pub(super) fn new(sorter: &'a Sorter<R>) -> Self {
        Self { sorter, batch: Vec::new(), failed: None }
    }

    pub(super) fn put(&mut self, record: R) {
        self.batch.push(record);
        if self.batch.len() >= HELD_BACK && self.failed.is_none() {
            self.failed = self.sorter.add(&mut self.batch).err();
        }
    }

    pub(super) fn close(mut self) -> Result<(), Error> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.sorter.add(&mut self.batch),
        }
    }
}

/// Calls `work` with the stream of each part, in parallel, and adds up what it returns.
pub(super) fn each_part<R: Record>(
    sorted: Sorted<R>,
    work: impl Fn(&mut dyn Iterator<Item = R>) -> Result<u64, Error> + Sync,
) -> Result<u64, Error> {
    let parts = sorted.into_parts().into_par_iter().map(|part| {
        let mut stream = part.open()?;
        let done = work(&mut stream)?;
        stream.end().map(|()| done)
    });
    parts.try_reduce(|| 0, |a, b| Ok(a + b))
}

/// Calls `work` with stretches of the sorted pairs, each once, whose texts fit in memory together, and with their documents,
/// sorted. Pairs with the same key are never parted: what is chosen for one thing is chosen among all of them. `cost` tells
/// how many bytes a pair adds, given those of its documents that are new to the stretch.
pub(super) fn batches<P: Record>(
    table: &Table<'_>,
    pairs: Sorted<P>,
    documents: impl Fn(&P) -> [DocRef; 2],
    mut cost: impl FnMut(&[DocRef]) -> Result<u64, Error>,
    mut work: impl FnMut(&[P], &[DocRef]) -> Result<(), Error>,
) -> Result<(), Error> {
    let limit = table.job.batch_bytes();
    let (mut batch, mut wanted, mut bytes): (Vec<P>, _, _) = (Vec::new(), HashSet::new(), 0u64);
    pairs.read(|pairs| {
        for pair in pairs {
            let before = batch.last();
            if before == Some(&pair) {
                continue;
            }
            if bytes > limit && before.is_some_and(|before| before.key() != pair.key()) {
                work(&batch, &sorted(&mut wanted))?;
                batch.clear();
                bytes = 0;
            }
            let new: Vec<DocRef> = documents(&pair).into_iter().filter(|&doc| wanted.insert(doc)).collect();
            bytes += 64 + cost(&new)?;
            batch.push(pair);
        }
        if batch.is_empty() { Ok(()) } else { work(&batch, &sorted(&mut wanted)) }
    })
}

fn sorted(wanted: &mut HashSet<DocRef>) -> Vec<DocRef> {
    let mut out: Vec<DocRef> = wanted.drain().collect();
    out.sort_unstable();
    out
}
