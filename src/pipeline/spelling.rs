//! How the run writes its words, counted in pass 1. So that this takes the same memory for any size of a run, and hardly any
//! time of a long one, words are counted in stretches of the inputs that lie evenly in them; all of a small run.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::Job;
use crate::error::Error;
use crate::read::Source;
use crate::sign::Spelled;
use crate::spill::{read_table, write_table};
use crate::types::{DocId, Spellings};

/// Bytes of a stretch, and stretches in which words are counted.
const STRETCH: u64 = 1 << 20;
const STRETCHES: u64 = 32;

/// In which documents words are counted. Where a document stands in the run decides, so it is the same for any division of the
/// work.
pub(super) struct Sampling {
    /// For each source, the bytes of those before it.
    before: Vec<u64>,
    /// Stretches of the whole run.
    all: u64,
}

impl Sampling {
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut bytes = 0;
        let mut add = |source: &Source| {
            bytes += source.bytes;
            bytes - source.bytes
        };
        let before = sources.iter().map(&mut add).collect();
        Self { before, all: bytes.div_ceil(STRETCH).max(1) }
    }

    /// Whether the words of a document are counted.
    pub(super) fn takes(&self, id: DocId) -> bool {
        let stretch = (self.before[id.source as usize] + id.place) / STRETCH % self.all;
        stretch * STRETCHES % self.all < STRETCHES
    }
}

/// What a shard counted, in no order.
pub(super) type Counts = Arc<[(u64, u32)]>;

/// Notes that the counts of a shard are held.
pub(super) fn hold(job: &Job<'_>, counts: &Counts) {
    job.budget.take(size_of_val(&**counts));
}

/// Puts together what all shards counted.
pub(super) fn merge(job: &Job<'_>, shards: &[Counts]) -> Spellings {
    let mut all = Spelled::default();
    for counts in shards {
        counts.iter().for_each(|&(key, times)| all.add(key, times));
        job.budget.give_back(size_of_val(&**counts));
    }
    let all = Spellings::new(all.take());
    job.budget.take(all.bytes());
    all
}

/// Writes it to a file.
pub(super) fn keep(spellings: &Spellings, path: &Path) -> Result<(), Error> {
    let written = File::create(path).and_then(|mut file| write_table(&mut file, &spellings.to_words()));
    written.map_err(Error::io("cannot write", path))
}

/// What [`keep`] wrote to the file.
pub(super) fn kept(job: &Job<'_>, path: &Path) -> Result<Spellings, Error> {
    let words = File::open(path).and_then(|mut file| read_table(&mut file)).map_err(Error::io("cannot read", path))?;
    let damaged = || Error::io("cannot go on from", path)(std::io::ErrorKind::InvalidData.into());
    let all = Spellings::of_words(&words).ok_or_else(damaged)?;
    job.budget.take(all.bytes());
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_run_is_counted_whole_and_of_a_long_one_as_much_as_of_any() {
        for (all, expected) in [(1, 1), (20, 20), (32, 32), (33, 32), (100, 32), (4099, 32)] {
            let sampling = Sampling { before: vec![0, STRETCH / 2], all };
            let takes = |stretch| sampling.takes(DocId { source: 0, place: stretch * STRETCH + 77 });
            assert_eq!((0..all).filter(|&stretch| takes(stretch)).count(), expected);
            assert!(takes(0) && takes(all));
            assert_eq!(sampling.takes(DocId { source: 1, place: STRETCH / 2 }), takes(1));
        }
    }
}
