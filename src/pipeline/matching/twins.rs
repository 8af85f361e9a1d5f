//! Documents that say the same.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Table;
use super::stream::{Outbox, batches, each_part};
use crate::error::Error;
use crate::pipeline::gather::gather;
use crate::resolve::marks::Documents;
use crate::resolve::twins;
use crate::spill::{By, Sorted, Sorter};
use crate::text::shingle::{Shingles, common, set};
use crate::text::words;
use crate::types::{Alike, Band, DocPair, DocRef, Document, Link, Whole};

/// What was found.
pub(super) struct Twins {
    pub(super) gone: Sorted<Link>,
    pub(super) followers: Sorted<Link>,
    pub(super) capped: u64,
}

pub(super) fn find(
    table: &Table<'_>,
    wholes: Sorter<Whole>,
    bands: Sorter<Band>,
    gone: &Documents,
) -> Result<Twins, Error> {
    let (budget, by) = (&table.job.budget, table.job.by_shard());
    let equal = Sorter::new(budget, by);
    each_part(wholes.finish(), |wholes| {
        let mut out = Outbox::new(&equal);
        twins::equal(wholes, gone, &mut |link| out.put(link));
        out.close().map(|()| 0)
    })?;
    let pairs = Sorter::new(budget, by);
    let capped = each_part(bands.finish(), |bands| {
        let mut out = Outbox::new(&pairs);
        let capped = twins::candidates(bands, gone, &mut |pair| out.put(pair));
        out.close().map(|()| capped)
    })?;
    let alikes = count(table, pairs.finish())?;
    let near = Sorter::new(budget, by);
    alikes.read(|alikes| {
        let mut out = Outbox::new(&near);
        twins::choose(alikes, gone, &mut |link| out.put(link));
        out.close()
    })?;
    let (by_gone, by_keeper) = (Sorter::new(budget, by), Sorter::new(budget, by));
    equal.finish().read(|equal| {
        near.finish().read(|near| {
            let (mut members, mut followers) = (Outbox::new(&by_gone), Outbox::new(&by_keeper));
            twins::settle(equal, near, &mut |link| {
                members.put(link);
                followers.put(Link { from: link.to, to: link.from, ..link });
            });
            members.close()?;
            followers.close()
        })
    })?;
    Ok(Twins { gone: by_gone.finish(), followers: by_keeper.finish(), capped })
}

/// Counts the common shingles of all pairs; those that reach the threshold, the more wanted one of each as `other`.
fn count(table: &Table<'_>, pairs: Sorted<DocPair>) -> Result<Sorted<Alike>, Error> {
    let job = table.job;
    let alikes = Sorter::new(&job.budget, By::Shard(1));
    batches(
        table,
        pairs,
        8,
        |pair| [pair.later, pair.earlier],
        |pairs, wanted| {
            let sets: HashMap<DocRef, Vec<u64>> = gather(job, &table.read.roll, wanted, |doc, document, out| {
                out.push((doc, shingles(table, &document)));
            })?
            .into_iter()
            .collect();
            let mut found = pairs
                .par_iter()
                .filter_map(|pair| alike(table, pair, &sets).transpose())
                .collect::<Result<Vec<_>, _>>()?;
            alikes.add(&mut found)
        },
    )?;
    Ok(alikes.finish())
}

fn shingles(table: &Table<'_>, document: &Document) -> Vec<u64> {
    let recipe = table.job.recipe;
    let (mut list, mut shingles) = (Vec::new(), Shingles::default());
    words(&document.text, recipe.folding, &mut list);
    shingles.load(&list);
    set(shingles.of(recipe.shingle, 0, list.len()).collect())
}

fn alike(table: &Table<'_>, pair: &DocPair, sets: &HashMap<DocRef, Vec<u64>>) -> Result<Option<Alike>, Error> {
    let (Some(x), Some(y)) = (sets.get(&pair.earlier), sets.get(&pair.later)) else { return Ok(None) };
    let sum = (x.len() + y.len()) as u64;
    let Some(both) = common(x, y, twins::least_common(table.job.options.alike, sum)) else { return Ok(None) };
    let roll = &table.read.roll;
    let side = |doc| roll.head(doc).map(|head| (head.wanted, doc));
    let (a, b) = (side(pair.earlier)?, side(pair.later)?);
    let ((other_wanted, other), (wanted, doc)) = (a.min(b), a.max(b));
    Ok(Some(Alike { wanted, doc, other_wanted, other, both, either: sum - both }))
}
