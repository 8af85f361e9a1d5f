//! Documents that say the same.

use rayon::prelude::*;

use super::Table;
use super::pairs::Pairs;
use super::stream::{Outbox, batches, each_group};
use crate::error::Error;
use crate::pipeline::gather::gather;
use crate::resolve::marks::{Documents, Standing};
use crate::resolve::twins;
use crate::spill::{By, Sorted, Sorter};
use crate::text::hash::ByNumber;
use crate::text::shingle::{Shingles, common, set};
use crate::text::words;
use crate::types::{Alike, Band, DocPair, DocRef, Document, Link, Whole};

/// What was found.
pub(super) struct Twins {
    pub(super) gone: Sorted<Link>,
    pub(super) followers: Sorted<Link>,
    pub(super) pairs: Option<Sorted<Link>>,
    pub(super) clusters: Option<Sorted<Link>>,
    pub(super) capped: u64,
}

pub(super) fn find(
    table: &Table<'_>,
    wholes: Sorter<Whole>,
    bands: Sorter<Band>,
    standing: &Standing,
    followed: &Documents,
) -> Result<Twins, Error> {
    let (budget, by) = (&table.job.budget, table.job.by_shard());
    let equal = Sorter::new(budget, by);
    each_group(wholes.finish(), |wholes| {
        let mut out = Outbox::new(&equal);
        twins::equal(wholes, standing, &mut |link| out.put(link));
        out.close().map(|()| 0)
    })?;
    let pairs = Sorter::new(budget, by);
    // Of lines it is told how many documents have them, and of twins one counts.
    let counted = table.job.recipe.units;
    let capped = each_group(bands.finish(), |bands| {
        let mut out = Outbox::new(&pairs);
        let capped = twins::candidates(bands, standing, counted, &mut |pair| out.put(pair));
        out.close().map(|()| capped)
    })?;
    let all = table.job.options.pairs.then(|| Pairs::new(table));
    let compare = |pair: &DocPair, later: &[u64], earlier: &[u64]| alike(table, pair, later, earlier);
    let alikes = count(table, pairs.finish(), compare, all.as_ref().map(|all| &all.near))?;
    let near = Sorter::new(budget, by);
    alikes.read(|alikes| {
        let mut out = Outbox::new(&near);
        twins::choose(alikes, standing, &mut |link| out.put(link));
        out.close()
    })?;
    let (by_gone, by_keeper) = (Sorter::new(budget, by), Sorter::new(budget, by));
    let clusters = table.job.options.clusters.then(|| Sorter::new(budget, by));
    equal.finish().read(|equal| {
        near.finish().read(|near| {
            let (mut members, mut followers) = (Outbox::new(&by_gone), Outbox::new(&by_keeper));
            let mut listed = clusters.as_ref().map(Outbox::new);
            let mut classes: Vec<_> = all.iter().flat_map(|all| &all.equal).map(Outbox::new).collect();
            let equal = &mut equal.inspect(|link| classes.iter_mut().for_each(|out| out.put(*link)));
            twins::settle(equal, near, &mut |link| {
                if standing.old.doc(link.from) {
                    return;
                }
                followed.set(link.to);
                members.put(link);
                let turned = Link { from: link.to, to: link.from, ..link };
                followers.put(turned);
                if let Some(listed) = &mut listed {
                    listed.put(turned);
                }
            });
            classes.into_iter().try_for_each(Outbox::close)?;
            listed.map_or(Ok(()), Outbox::close)?;
            members.close()?;
            followers.close()
        })
    })?;
    Ok(Twins {
        gone: by_gone.finish(),
        followers: by_keeper.finish(),
        pairs: all.map(|all| all.finish(table)).transpose()?,
        clusters: clusters.map(Sorter::finish),
        capped,
    })
}

/// Reads the documents of all pairs again, and compares the shingles of the later with those of the earlier one. Of what
/// `compare` makes of them, all are put into `all` too.
pub(super) fn count(
    table: &Table<'_>,
    pairs: Sorted<DocPair>,
    compare: impl Fn(&DocPair, &[u64], &[u64]) -> Result<Option<Alike>, Error> + Sync,
    all: Option<&Sorter<Link>>,
) -> Result<Sorted<Alike>, Error> {
    let job = table.job;
    let alikes = Sorter::new(&job.budget, By::Shard(1));
    let roll = &table.read.roll;
    // A set has a shingle a word, of eight bytes, and is made of a list as long.
    let cost = |doc| roll.head(doc).map(|head| 64 + 16 * u64::from(head.words));
    let documents = |pair: &DocPair| [pair.later, pair.earlier];
    batches(table, pairs, documents, cost, |pairs, wanted| {
        let of = |doc, document: Document, out: &mut Vec<_>| out.push((doc, shingles(table, &document)));
        let sets: ByNumber<DocRef, Vec<u64>> = gather(job, roll, wanted, of)?.into_iter().collect();
        let found = pairs.par_iter().filter_map(|pair| {
            let (later, earlier) = (sets.get(&pair.later)?, sets.get(&pair.earlier)?);
            compare(pair, later, earlier).transpose()
        });
        let mut found = found.collect::<Result<Vec<_>, _>>()?;
        if let Some(all) = all {
            let link = |a: &Alike| Link { from: a.doc, to: a.other, both: a.both, either: a.either, exact: 0 };
            all.add(&mut found.iter().map(link).collect())?;
        }
        alikes.add(&mut found)
    })?;
    Ok(alikes.finish())
}

fn shingles(table: &Table<'_>, document: &Document) -> Vec<u64> {
    let recipe = table.job.recipe;
    let (mut list, mut shingles) = (Vec::new(), Shingles::default());
    words(&document.text, recipe.folding, &mut list);
    shingles.load(&list);
    set(shingles.of(recipe.shingle, 0, list.len()).collect())
}

/// The pair, when the two reach the threshold; the more wanted one is `other`.
fn alike(table: &Table<'_>, pair: &DocPair, later: &[u64], earlier: &[u64]) -> Result<Option<Alike>, Error> {
    let sum = (later.len() + earlier.len()) as u64;
    let Some(both) = common(earlier, later, twins::least_common(table.job.options.alike, sum)) else { return Ok(None) };
    let roll = &table.read.roll;
    let side = |doc| roll.head(doc).map(|head| (head.wanted, doc));
    let (a, b) = (side(pair.earlier)?, side(pair.later)?);
    let ((other_wanted, other), (wanted, doc)) = (a.min(b), a.max(b));
    Ok(Some(Alike { wanted, doc, other_wanted, other, both, either: sum - both }))
}
