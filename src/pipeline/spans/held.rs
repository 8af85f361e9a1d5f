//! The texts that are held in memory.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::absent::Absent;
use super::narrow;
use crate::error::Error;
use crate::pipeline::records::{Record, moved, visit};
use crate::pipeline::resume::Known;
use crate::pipeline::roll::Head;
use crate::pipeline::{Job, memory};
use crate::read::Shard;
use crate::spans;
use crate::types::{DocId, DocRef, SpanLength};

/// A piece of a document that stays: what other rules call a copy is left out, so that no first copy is sought there.
pub(super) struct Held {
    pub(super) doc: DocRef,
    /// Where the piece begins.
    pub(super) from: u32,
    /// Line breaks before it.
    pub(super) lines: u32,
    pub(super) text: Box<str>,
}

impl AsRef<str> for Held {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// The texts of all documents that stay, in reading order. They are held only while memory allows it; where it does not, the
/// rest is counted, to say how much is needed.
pub(super) fn texts(job: &Job<'_>, known: &Known, absent: &Absent, length: SpanLength) -> Result<Vec<Held>, Error> {
    let (room, need) = (memory::room(job), AtomicU64::new(0));
    let fits = |text: &str, words: u32| {
        let more = spans::memory(length, text.len() as u64, words.into());
        need.fetch_add(more, Ordering::Relaxed) + more <= room
    };
    let shards = job.shards.par_iter().enumerate();
    let lists = shards.map(|(number, shard)| texts_of(job, known, number, shard, absent, &fits));
    let lists: Vec<Vec<Held>> = lists.collect::<Result<_, Error>>()?;
    match need.into_inner() {
        need if need > room => Err(memory::too_small(job, room, &format!("--repeated-span {length}"), need)),
        _ => Ok(lists.into_iter().flatten().collect()),
    }
}

/// Those of one shard for which both hold.
fn texts_of(
    job: &Job<'_>,
    known: &Known,
    number: usize,
    shard: &Shard,
    absent: &Absent,
    fits: &dyn Fn(&str, u32) -> bool,
) -> Result<Vec<Held>, Error> {
    let number = narrow(number);
    let heads = known.roll.shard(number)?;
    let ids: Vec<DocId> = heads.iter().map(Head::id).collect();
    let doc_of = |id| ids.binary_search(&id).ok().map(|at| DocRef::new(number, narrow(at)));
    let wanted = |id| doc_of(id).is_some_and(|doc| !absent.has(doc));
    let mut out = Vec::new();
    for &slice in shard.iter().filter(|slice| !known.rest.unreadable[slice.source as usize]) {
        let done = visit(job, slice, &wanted, &mut |id, record| {
            if let (Record::Document { document, .. }, Some(doc)) = (record, doc_of(id)) {
                let fits = fits(&document.text, heads[doc.number() as usize].words);
                if fits {
                    out.extend(absent.pieces(doc, &document.text));
                }
            }
            Ok(())
        });
        done.map_err(|stop| moved(job, slice, stop))?;
    }
    Ok(out)
}
