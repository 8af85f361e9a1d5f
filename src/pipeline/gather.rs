//! Between the passes: texts read again, for what must be counted exactly.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Job;
use super::records::{Record, visit};
use crate::error::Error;
use crate::read::{Slice, Stop};
use crate::resolve::{Texts, UnitId};
use crate::segment::segment;
use crate::sign::{ranges, words_of};
use crate::text::shingle::{Shingles, set};
use crate::text::{Word, words};
use crate::types::{DocId, Document};

/// Reads wanted documents again.
pub(super) struct Reread<'a> {
    pub(super) job: &'a Job<'a>,
}

impl Reread<'_> {
    /// Calls `take` for each wanted document (sorted), in parallel over shards, and collects what it returns.
    fn collect<V: Send>(&self, wanted: &[DocId], take: impl Fn(Document, &mut Vec<V>) + Sync) -> Result<Vec<V>, Error> {
        let lists: Result<Vec<Vec<V>>, Error> = self
            .job
            .shards
            .par_iter()
            .map(|shard| {
                let mut out = Vec::new();
                for &slice in shard.iter().filter(|slice| any_in(wanted, **slice)) {
                    let done = visit(self.job, slice, &|id| wanted.binary_search(&id).is_ok(), &mut |_, record| {
                        if let Record::Document { document, .. } = record {
                            take(document, &mut out);
                        }
                        Ok(())
                    });
                    match done {
                        Ok(()) => {}
                        Err(Stop::Read(..)) => {
                            return Err(Error::Moved(self.job.sources[slice.source as usize].path.clone()));
                        }
                        Err(Stop::Ended(error)) => return Err(error),
                    }
                }
                Ok(out)
            })
            .collect();
        Ok(lists?.into_iter().flatten().collect())
    }
}

/// Whether a wanted document may begin in the slice (its first record may lie a little behind its first byte).
fn any_in(wanted: &[DocId], slice: Slice) -> bool {
    let at = wanted.partition_point(|id| *id < DocId { source: slice.source, place: slice.from });
    wanted.get(at).is_some_and(|id| id.source == slice.source && id.place < slice.to)
}

impl Texts for Reread<'_> {
    type Error = Error;

    fn shingles(&self, wanted: &[DocId]) -> Result<HashMap<DocId, Vec<u64>>, Error> {
        let recipe = self.job.recipe;
        let sets = self.collect(wanted, |document, out| {
            let (mut list, mut shingles) = (Vec::new(), Shingles::default());
            words(&document.text, recipe.folding, &mut list);
            shingles.load(&list);
            out.push((document.id, set(shingles.of(recipe.shingle, 0, list.len()).collect())));
        })?;
        Ok(sets.into_iter().collect())
    }

    fn units(&self, wanted: &[UnitId]) -> Result<HashMap<UnitId, Vec<Word>>, Error> {
        let mut documents: Vec<DocId> = wanted.iter().map(|(id, _)| *id).collect();
        documents.dedup();
        let recipe = self.job.recipe;
        let units = self.collect(&documents, |document, out| {
            let id = document.id;
            let page = segment(document);
            let mut list = Vec::new();
            words(&page.document.text, recipe.folding, &mut list);
            let ranges: Vec<(usize, usize)> = ranges(&page, &list).collect();
            let all = page.units();
            let from = wanted.partition_point(|w| w.0 < id);
            for &(_, number) in wanted[from..].iter().take_while(|w| w.0 == id) {
                if let Some(&unit) = all.get(number as usize) {
                    let (from, to) = words_of(unit, &ranges);
                    out.push(((id, number), list[from..to].to_vec()));
                }
            }
        })?;
        Ok(units.into_iter().collect())
    }
}
