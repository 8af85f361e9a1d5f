//! Between the passes: sorted records go through [`crate::resolve`], and what must be counted is read again. What comes
//! out are facts, sorted by the document that they are about.

mod contained;
mod pairs;
mod passages;
mod repeats;
pub(super) mod stream;
mod twins;

use rayon::prelude::*;

use super::Job;
use super::sketch::Read;
use super::streams::Streams;
use crate::error::Error;
use crate::resolve::hosts::Hosts;
use crate::resolve::marks::{Documents, Standing};
use crate::resolve::repeats::State;
use crate::spill::Sorted;
use crate::types::{Common, Copied, Link, Shared};

/// All that documents and units are to each other.
pub(super) struct Facts {
    /// From each document that goes to the one that stays.
    pub(super) gone: Sorted<Link>,
    /// From each document that stays to those that go for it.
    pub(super) followers: Sorted<Link>,
    /// From each document that stands within a longer one to that.
    pub(super) contained: Sorted<Link>,
    /// All pairs that were counted and are alike, when asked for: from the later document.
    pub(super) pairs: Option<Sorted<Link>>,
    /// As `followers`, when asked for, for a list.
    pub(super) clusters: Option<Sorted<Link>>,
    /// Units that repeat others, by copy.
    pub(super) copies: Sorted<Copied>,
    /// Short units that stand in several documents.
    pub(super) commons: Sorted<Common>,
    /// Passages that stand elsewhere too, by document.
    pub(super) passages: Sorted<Shared>,
    /// Groups so large that not all of their members were compared with each other.
    pub(super) capped: u64,
}

/// Finds twins, documents within others, repeated units and shared passages, in this order.
pub(super) fn find(job: &Job<'_>, read: &mut Read) -> Result<Facts, Error> {
    job.progress.stage("matching");
    let standing = Standing::of(&read.index, job.old);
    leave_out_unreadable(job, read, &standing)?;
    let Streams { wholes, bands, samples, units, near, runs } = read.streams.take(&job.budget);
    let table = Table { job, read };
    let followed = Documents::none_of(&read.index);
    let twins = twins::find(&table, wholes, bands, &standing, &followed)?;
    let contained = contained::find(&table, samples, &standing, &followed)?;
    let state = State::new(&read.index, &standing, hosts(job, read, &standing)?);
    let repeats = repeats::find(&table, units, near, &state)?;
    table.take_stock(&state);
    let passages = passages::find(&table, runs, &state)?;
    Ok(Facts {
        gone: twins.gone,
        followers: twins.followers,
        contained: contained.within,
        pairs: twins.pairs,
        clusters: twins.clusters,
        copies: repeats.copies,
        commons: repeats.commons,
        passages,
        capped: twins.capped + contained.capped + repeats.capped,
    })
}

/// What all steps need.
struct Table<'a> {
    job: &'a Job<'a>,
    read: &'a Read,
}

impl Table<'_> {
    /// Bytes of texts that are read again at a time. A shard is read whole for whatever is wanted of it: so many bytes are held
    /// in any case, and of a record of half a gigabyte nothing is won by reading it a hundred times.
    fn batch_bytes(&self) -> u64 {
        const BYTES_A_WORD: u64 = 6;
        (self.job.budget.limit() as u64 / 3).max(BYTES_A_WORD * self.read.fullest)
    }

    /// What a unit takes in memory while it is compared, as a rule.
    fn bytes_of_unit(&self) -> u64 {
        const BYTES_A_WORD: u64 = 64;
        BYTES_A_WORD * (8 + self.read.words / self.read.index.units().max(1))
    }

    /// Notes which units have news to tell, after others became copies.
    fn take_stock(&self, state: &State<'_>) {
        (0..self.job.shard_count()).into_par_iter().for_each(|shard| state.take_stock(shard));
    }
}

/// Where all documents come from, when that will be asked.
fn hosts(job: &Job<'_>, read: &Read, standing: &Standing) -> Result<Hosts, Error> {
    let shards = 0..if job.recipe.units { job.shard_count() } else { 0 };
    Hosts::of_shards(
        shards.map(|shard| Ok(read.roll.shard(shard)?.iter().map(|head| Hosts::short(head.host)).collect())),
        |doc| !job.old.doc(doc) || standing.counts(doc),
    )
}

/// Documents of sources that could not be read to their end take no part.
fn leave_out_unreadable(job: &Job<'_>, read: &Read, standing: &Standing) -> Result<(), Error> {
    for (number, shard) in (0u32..).zip(job.shards) {
        if shard.iter().any(|slice| read.unreadable[slice.source as usize]) {
            let heads = read.roll.shard(number)?;
            let absent = (0u32..).zip(heads).filter(|(_, head)| read.unreadable[head.id().source as usize]);
            absent.for_each(|(doc, _)| standing.leave_out(crate::types::DocRef::new(number, doc)));
        }
    }
    Ok(())
}
