//! Passages that stand in two otherwise different units.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Table;
use super::repeats::read_units;
use super::stream::{Outbox, batches, each_part};
use crate::error::Error;
use crate::resolve::passages::{Side, candidates, compare};
use crate::resolve::repeats::State;
use crate::spill::{Sorted, Sorter};
use crate::types::{Anchor, Shared, UnitPair, UnitRef};

pub(super) fn find(table: &Table<'_>, runs: Sorter<Anchor>, state: &State<'_>) -> Result<Sorted<Shared>, Error> {
    let (budget, by) = (&table.job.budget, table.job.by_shard());
    let pairs = Sorter::new(budget, by);
    each_part(runs.finish(), |anchors| {
        let mut out = Outbox::new(&pairs);
        candidates(anchors, state, &mut |pair| out.put(pair));
        out.close().map(|()| 0)
    })?;
    let passages = Sorter::new(budget, by);
    let documents = |pair: &UnitPair| [pair.later, pair.earlier].map(|unit| state.index.document(unit));
    batches(
        table,
        pairs.finish(),
        documents,
        |_| Ok(table.bytes_of_units()),
        |pairs, wanted| {
            let words = read_units(table, pairs, wanted, |_, at, words| (at.line, words.to_vec()))?;
            let side = |(unit, (line, words))| (unit, Side { unit, doc: state.index.document(unit), line, words });
            let sides: HashMap<UnitRef, Side> = words.into_iter().map(side).collect();
            pairs.par_chunks(256).try_for_each(|pairs| {
                let mut out = Outbox::new(&passages);
                let recipe = table.job.recipe;
                for UnitPair { later, earlier } in pairs {
                    if let (Some(a), Some(b)) = (sides.get(later), sides.get(earlier)) {
                        compare(a, b, recipe.run_shingle, recipe.shortest_passage(), &mut |found| out.put(found));
                    }
                }
                out.close()
            })
        },
    )?;
    Ok(passages.finish())
}
