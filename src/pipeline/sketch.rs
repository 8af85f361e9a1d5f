//! Pass 1: every document is read, cut into blocks, signed, and let go.

use rayon::prelude::*;

use super::Job;
use super::records::{Record, unreadable, visit};
use crate::error::Error;
use crate::read::{Shard, Stop, Unread};
use crate::segment::segment;
use crate::sign::{Bench, sign};
use crate::types::{Sketch, Trouble, TroubleKind};

/// What pass 1 leaves.
pub(super) struct Read {
    /// In order of their ids.
    pub(super) sketches: Vec<Sketch>,
    /// For each source, whether it could not be read to its end.
    pub(super) unreadable: Vec<bool>,
    /// Why.
    pub(super) troubles: Vec<Trouble>,
}

/// What one shard gives.
#[derive(Default)]
struct Part {
    sketches: Vec<Sketch>,
    troubles: Vec<(u32, Trouble)>,
    /// Sources with records that have no text: how many, and the fields of the first.
    without_text: Vec<(u32, String)>,
}

pub(super) fn sketches(job: &Job<'_>) -> Result<Read, Error> {
    let parts: Vec<Part> = job.shards.par_iter().map(|shard| sketch_shard(job, shard)).collect::<Result<_, _>>()?;
    let mut read = Read { sketches: Vec::new(), unreadable: vec![false; job.sources.len()], troubles: Vec::new() };
    let mut without_text = Vec::new();
    for part in parts {
        read.sketches.extend(part.sketches);
        without_text.extend(part.without_text);
        for (source, trouble) in part.troubles {
            read.unreadable[source as usize] = true;
            read.troubles.push(trouble);
        }
    }
    without_text.dedup_by_key(|(source, _)| *source);
    for (source, fields) in without_text {
        let any =
            read.sketches.binary_search_by(|s| (s.id.source, 1).cmp(&(source, 0)).then(std::cmp::Ordering::Greater));
        let at = any.unwrap_or_else(|at| at);
        if read.sketches.get(at).is_none_or(|s| s.id.source != source) {
            read.unreadable[source as usize] = true;
            read.troubles.push(no_text_at_all(job, source, &fields));
        }
    }
    read.sketches.retain(|s| !read.unreadable[s.id.source as usize]);
    Ok(read)
}

fn no_text_at_all(job: &Job<'_>, source: u32, fields: &str) -> Trouble {
    let message = format!(
        "no record has a text in the field '{}'; the first record has the fields {fields}; name the right one with --text-field NAME; nothing of it was written",
        job.options.fields.text
    );
    Trouble { path: job.sources[source as usize].path.clone(), place: None, kind: TroubleKind::Unreadable, message }
}

fn sketch_shard(job: &Job<'_>, shard: &Shard) -> Result<Part, Error> {
    let mut part = Part::default();
    let mut bench = Bench::default();
    for &slice in shard {
        let source = &job.sources[slice.source as usize];
        let mut seen_without_text = false;
        let done = visit(job, slice, &|_| true, &mut |id, record| {
            match record {
                Record::Document { document, .. } => {
                    part.sketches.push(sign(&segment(document), job.recipe, &mut bench));
                }
                Record::Other { why: Unread::NoText(fields), .. } if !seen_without_text => {
                    seen_without_text = true;
                    part.without_text.push((slice.source, fields));
                }
                Record::Other { why: Unread::Damaged(why), .. }
                    if source.format.framing == crate::read::Framing::Whole =>
                {
                    let message = format!("{why}; left where it is");
                    let trouble = Trouble {
                        path: source.path.clone(),
                        place: Some(id.place),
                        kind: TroubleKind::Unreadable,
                        message,
                    };
                    part.troubles.push((slice.source, trouble));
                }
                Record::Other { .. } | Record::Oversized { .. } => {}
            }
            Ok(())
        });
        match done {
            Ok(()) => {}
            Err(Stop::Read(place, error)) => part.troubles.push((slice.source, unreadable(source, place, &error))),
            Err(Stop::Ended(error)) => return Err(error),
        }
        job.progress.advance(slice.bytes(source));
    }
    Ok(part)
}
