//! Passages that stand in two otherwise different units.

use rayon::prelude::*;

use super::Table;
use super::repeats::{both, read_units};
use super::stream::{Outbox, batches, each_group_of};
use crate::error::Error;
use crate::resolve::passages::{Lengths, Side, candidates, compare};
use crate::resolve::repeats::State;
use crate::spill::{Sorted, Sorter};
use crate::text::hash::ByNumber;
use crate::text::shingle::Shingles;
use crate::types::{Anchor, Shared, UnitPair, UnitRef};

pub(super) fn find(table: &Table<'_>, runs: Sorter<Anchor>, state: &State<'_>) -> Result<Sorted<Shared>, Error> {
    let (budget, by) = (&table.job.budget, table.job.by_shard());
    let pairs = Sorter::new(budget, by);
    each_group_of(
        runs.finish(),
        |anchor| state.has_news(anchor.unit),
        |anchors| {
            let mut out = Outbox::new(&pairs);
            candidates(anchors, state, &mut |pair| out.put(pair));
            out.close().map(|()| 0)
        },
    )?;
    let passages = Sorter::new(budget, by);
    let recipe = table.job.recipe;
    let lengths = Lengths { shingle: recipe.run_shingle, shortest: recipe.shortest_passage() };
    let cost = |_| Ok(table.bytes_of_unit());
    batches(table, pairs.finish(), both, cost, |pairs, wanted| {
        let words = read_units(table, wanted, |_, at, words, _, _| (at.line, words.to_vec()))?;
        let side = |(unit, (line, words))| (unit, Side::new(unit, state.index.document(unit), line, words));
        let sides: ByNumber<UnitRef, Side> = words.into_iter().map(side).collect();
        pairs.par_chunks(256).try_for_each(|pairs| {
            let mut out = Outbox::new(&passages);
            let mut shingles = Shingles::default();
            for UnitPair { later, earlier } in pairs {
                if let (Some(a), Some(b)) = (sides.get(later), sides.get(earlier)) {
                    compare(a, b, lengths, &mut shingles, &mut |found| {
                        if !table.job.old.doc(found.doc) {
                            out.put(found);
                        }
                    });
                }
            }
            out.close()
        })
    })?;
    Ok(passages.finish())
}
