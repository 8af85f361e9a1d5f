//! Records from sorters to sorters, and pairs in batches.

use std::hash::Hash;

use rayon::prelude::*;

use super::Table;
use crate::error::Error;
use crate::spill::{Part, Record, Sorted, Sorter};
use crate::text::hash::Numbers;

/// Records that are held back before they go to a sorter.
const HELD_BACK: usize = 8192;

/// Hands records over in batches. An error is kept until [`Self::close`].
pub(in crate::pipeline) struct Outbox<'a, R: Record> {
    sorter: &'a Sorter<R>,
    batch: Vec<R>,
    failed: Option<Error>,
}

impl<'a, R: Record> Outbox<'a, R> {
    pub(in crate::pipeline) fn new(sorter: &'a Sorter<R>) -> Self {
        Self { sorter, batch: Vec::new(), failed: None }
    }

    pub(in crate::pipeline) fn put(&mut self, record: R) {
        self.batch.push(record);
        if self.batch.len() >= HELD_BACK && self.failed.is_none() {
            self.failed = self.sorter.add(&mut self.batch).err();
        }
    }

    pub(in crate::pipeline) fn close(mut self) -> Result<(), Error> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.sorter.add(&mut self.batch),
        }
    }
}

/// Calls `work` with the stream of each part, in parallel, and adds up what it returns.
pub(in crate::pipeline) fn each_part<R: Record>(
    sorted: Sorted<R>,
    work: impl Fn(&mut dyn Iterator<Item = R>) -> Result<u64, Error> + Sync,
) -> Result<u64, Error> {
    let parts = sorted.into_parts().into_par_iter().map(|part| read(part, &work));
    parts.try_reduce(|| 0, |a, b| Ok(a + b))
}

/// Calls `work` with the stream of a part, and asks at its end whether all of it could be read.
fn read<R: Record>(
    part: Part<R>,
    work: impl FnOnce(&mut dyn Iterator<Item = R>) -> Result<u64, Error>,
) -> Result<u64, Error> {
    let mut stream = part.open()?;
    let done = work(&mut stream)?;
    stream.end().map(|()| done)
}

/// As [`each_part`], for work that passes over what is alone with its key.
pub(in crate::pipeline) fn each_group<R: Record>(
    sorted: Sorted<R>,
    work: impl Fn(&mut dyn Iterator<Item = R>) -> Result<u64, Error> + Sync,
) -> Result<u64, Error> {
    each_group_of(sorted, |_| true, work)
}

/// As [`each_group`], without the records that are not `wanted`. These and most of those that are alone with their key, which
/// most are, are let go before they are sorted, where what is asked about them lies close together.
pub(super) fn each_group_of<R: Record>(
    sorted: Sorted<R>,
    wanted: impl Fn(&R) -> bool + Sync,
    work: impl Fn(&mut dyn Iterator<Item = R>) -> Result<u64, Error> + Sync,
) -> Result<u64, Error> {
    let parts = sorted.into_parts().into_par_iter().map(|mut part| {
        part.retain_shared();
        let spilled = part.retain(&wanted);
        read(part, |stream| if spilled { work(&mut stream.filter(&wanted)) } else { work(stream) })
    });
    parts.try_reduce(|| 0, |a, b| Ok(a + b))
}

/// Calls `work` with stretches of the sorted pairs, each once, whose texts fit in memory together, and with the things that
/// are paired, sorted. Pairs with the same key are never parted: what is chosen for one thing is chosen among all of them.
/// `cost` tells how many bytes a thing takes that is new to the stretch: a thing of many pairs is read once for all of them.
pub(super) fn batches<P: Record, T: Copy + Ord + Hash>(
    table: &Table<'_>,
    pairs: Sorted<P>,
    things: impl Fn(&P) -> [T; 2],
    cost: impl Fn(T) -> Result<u64, Error>,
    mut work: impl FnMut(&[P], &[T]) -> Result<(), Error>,
) -> Result<(), Error> {
    /// What a pair takes itself.
    const BYTES: u64 = 64;
    let limit = table.batch_bytes();
    let (mut batch, mut wanted, mut bytes) = (Vec::new(), Numbers::default(), 0u64);
    pairs.read(|pairs| {
        for pair in pairs {
            let before: Option<&P> = batch.last();
            if before == Some(&pair) {
                continue;
            }
            if bytes > limit && before.is_some_and(|before| before.key() != pair.key()) {
                work(&batch, &sorted(&mut wanted))?;
                batch.clear();
                bytes = 0;
            }
            bytes += BYTES;
            for thing in things(&pair) {
                if wanted.insert(thing) {
                    bytes += cost(thing)?;
                }
            }
            batch.push(pair);
        }
        if batch.is_empty() { Ok(()) } else { work(&batch, &sorted(&mut wanted)) }
    })
}

fn sorted<T: Ord + Hash>(wanted: &mut Numbers<T>) -> Vec<T> {
    let mut out: Vec<T> = wanted.drain().collect();
    out.sort_unstable();
    out
}
