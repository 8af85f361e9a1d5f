//! Documents that stand, nearly whole, in a longer one.

use super::Table;
use super::stream::{Outbox, each_group, each_part};
use super::twins::count;
use crate::error::Error;
use crate::resolve::marks::{Documents, Standing};
use crate::resolve::{contained, twins};
use crate::spill::{Sorted, Sorter};
use crate::text::shingle::common;
use crate::types::{Alike, Confidence, DocPair, Link, Ratio, Sample};

/// What was found.
pub(super) struct Contained {
    /// From each such document to the one that holds it.
    pub(super) within: Sorted<Link>,
    pub(super) capped: u64,
}

/// Looks among the documents that stay. Those that will go are marked as gone; documents for which others go stay, so
/// that what evidence points to is there.
pub(super) fn find(
    table: &Table<'_>,
    samples: Sorter<Sample>,
    standing: &Standing,
    followed: &Documents,
) -> Result<Contained, Error> {
    let (budget, by) = (&table.job.budget, table.job.by_shard());
    let within = Sorter::new(budget, by);
    let Some(limit) = table.job.options.contained else { return Ok(Contained { within: within.finish(), capped: 0 }) };
    let meetings = Sorter::new(budget, by);
    let capped = each_group(samples.finish(), |samples| {
        let mut out = Outbox::new(&meetings);
        let capped = contained::candidates(samples, standing, &mut |pair| out.put(pair));
        out.close().map(|()| capped)
    })?;
    let pairs = Sorter::new(budget, by);
    each_part(meetings.finish(), |meetings| {
        let mut out = Outbox::new(&pairs);
        contained::likely(meetings, limit, &mut |pair| out.put(pair));
        out.close().map(|()| 0)
    })?;
    let holds = |pair: &DocPair, short: &[u64], long: &[u64]| held(table, limit, pair, short, long);
    let held = count(table, pairs.finish(), holds, None)?;
    let goes = table.job.options.policy.acts("contained-document", Confidence::Hint);
    // A holder is no such document itself: the longest are decided first.
    let contained = Standing::of(&table.read.index, table.job.old);
    held.read(|held| {
        let mut out = Outbox::new(&within);
        twins::choose(held, &contained, &mut |link| {
            if goes && !followed.has(link.from) {
                standing.leave_out(link.from);
            }
            out.put(link);
        });
        out.close()
    })?;
    Ok(Contained { within: within.finish(), capped })
}

/// The pair, when the long one has so many of the shingles of the short one. Longer documents are the more wanted ones.
fn held(table: &Table<'_>, limit: Ratio, pair: &DocPair, short: &[u64], long: &[u64]) -> Result<Option<Alike>, Error> {
    let all = short.len() as u64;
    let Some(both) = common(short, long, limit.least_of(all)) else { return Ok(None) };
    let wanted = |doc| table.read.roll.head(doc).map(|head| u64::MAX - u64::from(head.words));
    let (doc, other) = (pair.later, pair.earlier);
    Ok(Some(Alike { wanted: wanted(doc)?, doc, other_wanted: wanted(other)?, other, both, either: all }))
}
