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
    /// Sources with records that are no documents, and what is wrong with the first of each kind.
    no_document: Vec<(u32, Unread)>,
}

pub(super) fn sketches(job: &Job<'_>) -> Result<Read, Error> {
    let parts: Vec<Part> = job.shards.par_iter().map(|shard| sketch_shard(job, shard)).collect::<Result<_, _>>()?;
    let mut read = Read { sketches: Vec::new(), unreadable: vec![false; job.sources.len()], troubles: Vec::new() };
    let mut no_document: Vec<(u32, Unread)> = Vec::new();
    for part in parts {
        read.sketches.extend(part.sketches);
        no_document.extend(part.no_document);
        for (source, trouble) in part.troubles {
            read.unreadable[source as usize] = true;
            read.troubles.push(trouble);
        }
    }
    no_document.dedup_by_key(|(source, _)| *source);
    for (source, why) in no_document {
        let at = read.sketches.partition_point(|s| s.id.source < source);
        if read.sketches.get(at).is_none_or(|s| s.id.source != source) {
            read.unreadable[source as usize] = true;
            read.troubles.push(no_document_at_all(job, source, &why));
        }
    }
    read.sketches.retain(|s| !read.unreadable[s.id.source as usize]);
    Ok(read)
}

/// A source of records none of which is a document was not what its name says, or was asked for the wrong field.
fn no_document_at_all(job: &Job<'_>, source: u32, why: &Unread) -> Trouble {
    let field = &job.options.fields.text;
    let message = match why {
        Unread::NoText(fields) => {
            format!(
                "no record has a text in the field '{field}'; the first has the fields {fields}; name the right one with --text-field NAME; nothing of it was written"
            )
        }
        Unread::Damaged(why) => {
            format!(
                "no line of it is a record: {why}; a record is a JSON object in UTF-8 on a line of its own; nothing of it was written"
            )
        }
        Unread::Blank => "nothing stands in it".to_owned(),
    };
    Trouble { path: job.sources[source as usize].path.clone(), place: None, kind: TroubleKind::Unreadable, message }
}

fn sketch_shard(job: &Job<'_>, shard: &Shard) -> Result<Part, Error> {
    let mut part = Part::default();
    let mut bench = Bench::default();
    for &slice in shard {
        let source = &job.sources[slice.source as usize];
        let mut seen = 0;
        let done = visit(job, slice, &|_| true, &mut |id, record| {
            match record {
                Record::Document { document, .. } => {
                    part.sketches.push(sign(&segment(document), job.recipe, &mut bench));
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
                Record::Other { why, .. } if why != Unread::Blank && seen == 0 => {
                    seen += 1;
                    part.no_document.push((slice.source, why));
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
