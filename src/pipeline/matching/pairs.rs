//! The list of all pairs that are alike.

use super::Table;
use super::stream::Outbox;
use crate::error::Error;
use crate::resolve::classes::{spread, within};
use crate::spill::{Sorted, Sorter};
use crate::types::Link;

/// Collects what the list is made of.
pub(super) struct Pairs {
    /// Pairs that were counted.
    pub(super) near: Sorter<Link>,
    /// Links from the first of each class of equal documents to the others; read once for each way in which they are used.
    pub(super) equal: [Sorter<Link>; 3],
}

impl Pairs {
    pub(super) fn new(table: &Table<'_>) -> Self {
        let sorter = || Sorter::new(&table.job.budget, table.job.by_shard());
        Self { near: sorter(), equal: [sorter(), sorter(), sorter()] }
    }

    /// All pairs.
    pub(super) fn finish(self, table: &Table<'_>) -> Result<Sorted<Link>, Error> {
        let sorter = || Sorter::new(&table.job.budget, table.job.by_shard());
        let [own, first, second] = self.equal.map(Sorter::finish);
        let all = sorter();
        own.read(|equal| {
            let mut out = Outbox::new(&all);
            within(equal, &mut |link| out.put(link));
            out.close()
        })?;
        let half = sorter();
        spread_all(self.near.finish(), first, &half)?;
        spread_all(half.finish(), second, &all)?;
        Ok(all.finish())
    }
}

fn spread_all(pairs: Sorted<Link>, equal: Sorted<Link>, to: &Sorter<Link>) -> Result<(), Error> {
    pairs.read(|pairs| {
        equal.read(|equal| {
            let mut out = Outbox::new(to);
            spread(pairs, equal, &mut |link| out.put(link));
            out.close()
        })
    })
}
