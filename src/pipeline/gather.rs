//! Between the passes: documents read again, for what must be counted exactly.

use rayon::prelude::*;

use super::Job;
use super::records::{Record, moved, visit_these};
use super::roll::Roll;
use crate::error::Error;
use crate::read::Slice;
use crate::types::{DocId, DocRef, Document};

/// Calls `take` for each wanted document (sorted), in parallel over shards, and collects what it returns, in order.
pub(super) fn gather<V: Send>(
    job: &Job<'_>,
    roll: &Roll,
    wanted: &[DocRef],
    take: impl Fn(DocRef, Document, &mut Vec<V>) + Sync,
) -> Result<Vec<V>, Error> {
    let shards: Vec<&[DocRef]> = wanted.chunk_by(|a, b| a.shard() == b.shard()).collect();
    let lists: Result<Vec<Vec<V>>, Error> =
        shards.into_par_iter().map(|wanted| gather_shard(job, roll, wanted, &take)).collect();
    Ok(lists?.into_iter().flatten().collect())
}

/// The wanted documents of one shard.
fn gather_shard<V>(
    job: &Job<'_>,
    roll: &Roll,
    wanted: &[DocRef],
    take: &(impl Fn(DocRef, Document, &mut Vec<V>) + Sync),
) -> Result<Vec<V>, Error> {
    let mut out = Vec::new();
    let Some(shard) = wanted.first().map(|doc| doc.shard()) else { return Ok(out) };
    let heads = roll.shard(shard)?;
    let ids: Vec<DocId> = wanted.iter().map(|doc| heads[doc.number() as usize].id()).collect();
    for &slice in job.shards[shard as usize].iter().filter(|slice| any_in(&ids, **slice)) {
        let done = visit_these(job, slice, &ids, &mut |id, record| {
            if let (Record::Document { document, .. }, Ok(at)) = (record, ids.binary_search(&id)) {
                take(wanted[at], document, &mut out);
            }
            Ok(())
        });
        done.map_err(|stop| moved(job, slice, stop))?;
    }
    Ok(out)
}

/// Whether a wanted document may begin in the slice (its first record may lie a little behind its first byte).
fn any_in(wanted: &[DocId], slice: Slice) -> bool {
    let at = wanted.partition_point(|id| *id < DocId { source: slice.source, place: slice.from });
    wanted.get(at).is_some_and(|id| id.source == slice.source && id.place < slice.to)
}
