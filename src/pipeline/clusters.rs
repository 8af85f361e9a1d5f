//! Writes `clusters.jsonl` and `pairs.jsonl`.

use serde::Serialize;

use super::Job;
use super::roll::Roll;
use crate::error::Error;
use crate::report::clusters::{Cluster, Member, Named, Pair};
use crate::spill::Sorted;
use crate::types::{DocRef, Link, Ratio};
use crate::write::{Part, Staging};

/// Writes all pairs, which are sorted by the less wanted one.
pub(super) fn pairs(job: &Job<'_>, roll: &Roll, staging: &Staging, pairs: Sorted<Link>) -> Result<(), Error> {
    let mut part = staging.create("pairs.jsonl")?;
    pairs.read(|pairs| {
        for Link { from, to, both, either, exact } in
            pairs.filter(|pair| !(job.old.doc(pair.from) && job.old.doc(pair.to)))
        {
            let (a, b) = (named(job, roll, from)?, named(job, roll, to)?);
            line(&mut part, &Pair { a, b, alike: Ratio::new(both, either), exact: exact == 1 })?;
        }
        Ok(())
    })?;
    part.finish()
}

/// Writes all clusters; the links are sorted by the document that stays.
pub(super) fn clusters(job: &Job<'_>, roll: &Roll, staging: &Staging, links: Sorted<Link>) -> Result<(), Error> {
    let mut part = staging.create("clusters.jsonl")?;
    let member = |link: &Link| {
        let document = named(job, roll, link.to)?;
        Ok(Member { document, alike: Ratio::new(link.both, link.either), exact: link.exact == 1 })
    };
    links.read(|links| {
        let mut links = links.peekable();
        while let Some(first) = links.next() {
            let mut goes = vec![member(&first)?];
            while let Some(link) = links.next_if(|link| link.from == first.from) {
                goes.push(member(&link)?);
            }
            let stays = named(job, roll, first.from)?;
            line(&mut part, &Cluster { stays, size: goes.len() as u64 + 1, goes })?;
        }
        Ok(())
    })?;
    part.finish()
}

fn named(job: &Job<'_>, roll: &Roll, doc: DocRef) -> Result<Named, Error> {
    let id = roll.head(doc)?.id();
    Ok(Named { id: roll.name(doc)?, path: job.sources[id.source as usize].path.clone(), place: id.place })
}

fn line(part: &mut Part, value: &impl Serialize) -> Result<(), Error> {
    part.put(&serde_json::to_vec(value).unwrap_or_default())?;
    part.put(b"\n")
}
