//! Dirt and the entries that stand for it, while it is found out which for which.

use std::collections::BTreeMap;

use super::near::NearUnits;
use super::section::{Section, Units, What};
use crate::types::{DocId, Print};

/// All documents of one name (several, where ids are given twice).
pub(super) struct Group {
    pub(super) text: Print,
    pub(super) units: BTreeMap<(What, Print), Dirt>,
    /// The section of the same name.
    pub(super) same: Option<usize>,
    /// The section of the name that it had before.
    pub(super) before: Option<usize>,
}

/// A piece of dirt of a group, wherever it stands there.
#[derive(Default)]
pub(super) struct Dirt {
    pub(super) at: Vec<(DocId, Vec<u32>)>,
    pub(super) words: u64,
    pub(super) known: u64,
}

impl Dirt {
    pub(super) fn lacks(&self) -> u64 {
        self.at.len() as u64 - self.known
    }
}

impl Group {
    pub(super) fn lacks(&self) -> bool {
        self.units.values().any(|dirt| dirt.lacks() > 0)
    }
}

/// A section, and what of it no dirt was found for so far.
pub(super) struct Left<'a> {
    pub(super) section: &'a Section,
    pub(super) units: Units,
}

/// Finds entries for the dirt of a document: first what is equal, then what was found as something else, then what is near.
pub(super) fn settle(left: &mut Units, group: &mut Group) {
    for (unit, dirt) in &mut group.units {
        give(left, *unit, dirt);
    }
    let lacking = |(_, dirt): &(&(What, Print), &mut Dirt)| dirt.lacks() > 0;
    for (&(what, print), dirt) in group.units.iter_mut().filter(lacking) {
        for other in What::ALL.into_iter().filter(|other| what.may_be(*other)) {
            give(left, (other, print), dirt);
        }
    }
    let near = NearUnits::of(left);
    for (&(what, print), dirt) in group.units.iter_mut().filter(lacking) {
        for other in near.to(what, print) {
            give(left, other, dirt);
        }
    }
}

/// Takes from what is left of `unit` as much as the dirt lacks; whether there was anything.
pub(super) fn give(left: &mut Units, unit: (What, Print), dirt: &mut Dirt) -> bool {
    let Some(number) = left.get_mut(&unit) else { return false };
    let taken = dirt.lacks().min(*number);
    dirt.known += taken;
    *number -= taken;
    if *number == 0 {
        left.remove(&unit);
    }
    taken > 0
}
