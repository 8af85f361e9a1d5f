//! The records that pass 1 makes of all documents, on their way to matching.

use std::path::Path;
use std::sync::Arc;

use crate::error::Error;
use crate::sign::Signed;
use crate::spill::{Budget, By, Named, Record as Sortable, Run, Sorter, Spill, Void};
use crate::types::{Anchor, Band, Outline, Sample, Whereabouts, Whole};

/// The records of all documents.
pub(super) struct Streams {
    pub(super) wholes: Sorter<Whole>,
    pub(super) bands: Sorter<Band>,
    pub(super) samples: Sorter<Sample>,
    pub(super) units: Sorter<Whereabouts>,
    pub(super) near: Sorter<Outline>,
    pub(super) runs: Sorter<Anchor>,
}

impl Streams {
    /// Number of sorters.
    pub(super) const COUNT: usize = 6;

    fn new(budget: &Budget) -> Self {
        Self {
            wholes: Sorter::new(budget, By::Hash),
            bands: Sorter::new(budget, By::Hash),
            samples: Sorter::new(budget, By::Hash),
            units: Sorter::new(budget, By::Hash),
            near: Sorter::new(budget, By::Hash),
            runs: Sorter::new(budget, By::Hash),
        }
    }

    /// With files in `folder`, if there is one, and what they hold.
    pub(super) fn open(
        budget: &Budget,
        folder: Option<&Path>,
        round: u32,
        void: Option<&Arc<Void>>,
        told: &[Vec<(u32, Run)>; Self::COUNT],
    ) -> Result<Self, Error> {
        fn open<R: Sortable>(budget: &Budget, named: Named, told: &[(u32, Run)]) -> Result<Sorter<R>, Error> {
            Sorter::named(budget, By::Hash, named, told)
        }
        let Some(folder) = folder else { return Ok(Self::new(budget)) };
        let named = |name: &str| Named::new(folder.join(name), round, void.cloned());
        let [wholes, bands, samples, units, near, runs] = told;
        Ok(Self {
            wholes: open(budget, named("wholes"), wholes)?,
            bands: open(budget, named("bands"), bands)?,
            samples: open(budget, named("samples"), samples)?,
            units: open(budget, named("units"), units)?,
            near: open(budget, named("near"), near)?,
            runs: open(budget, named("runs"), runs)?,
        })
    }

    /// All that was collected; nothing stays behind.
    pub(super) fn take(&mut self, budget: &Budget) -> Self {
        std::mem::replace(self, Self::new(budget))
    }

    /// Takes records in; whether the budget is used up.
    pub(super) fn put(&self, signed: &mut Signed) -> bool {
        let full = [
            self.wholes.put(&mut signed.wholes),
            self.bands.put(&mut signed.bands),
            self.samples.put(&mut signed.samples),
            self.units.put(&mut signed.units),
            self.near.put(&mut signed.near),
            self.runs.put(&mut signed.runs),
        ];
        full.contains(&true)
    }

    fn all(&self) -> [&dyn Spill; Self::COUNT] {
        [&self.wholes, &self.bands, &self.samples, &self.units, &self.near, &self.runs]
    }

    /// As [`Spill::held`], of all.
    pub(super) fn held(&self) -> usize {
        self.all().iter().map(|sorter| sorter.held()).sum()
    }

    /// As [`Spill::set_aside`], of all.
    pub(super) fn set_aside(&self) -> usize {
        self.all().iter().map(|sorter| sorter.set_aside()).sum()
    }

    /// As [`Spill::write_aside`], of any.
    pub(super) fn write_aside(&self) -> Result<bool, Error> {
        for sorter in self.all() {
            if sorter.write_aside()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// As [`Spill::tell`], of each.
    pub(super) fn tell(&self) -> Vec<Vec<Run>> {
        self.all().iter().map(|sorter| sorter.tell()).collect()
    }
}
