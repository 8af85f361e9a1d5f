//! Copies that jumped: which of several stays depends on the order of documents, and so on their names. As long as there are no
//! more copies of a text than there were, none is new, wherever they stand.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::entries::{Dirt, Group, Left, give, settle};
use super::near::Near;
use super::section::{Key, What};
use crate::types::Print;

/// Finds entries for copies that have none, among those of copies that are gone.
pub(super) fn follow(groups: &mut BTreeMap<Key, Group>, left: &mut [Left<'_>]) {
    let mut spare: Vec<(What, Print, usize)> = Vec::new();
    for (number, left) in left.iter().enumerate() {
        spare.extend(left.units.keys().filter(|(what, _)| what.jumps()).map(|&(what, print)| (what, print, number)));
    }
    let near = Near::new(spare.iter().map(|(_, print, _)| *print).collect());
    let mut same: BTreeMap<(What, Print), VecDeque<usize>> = BTreeMap::new();
    for &(what, print, section) in &spare {
        same.entry((what, print)).or_default().push_back(section);
    }
    // First what is equal, everywhere, and then what is near.
    let mut given = BTreeSet::new();
    let lacking = |(unit, dirt): &(&(What, Print), &mut Dirt)| unit.0.jumps() && dirt.lacks() > 0;
    for group in groups.values_mut() {
        for (unit, dirt) in group.units.iter_mut().filter(lacking) {
            let Some(sections) = same.get_mut(unit) else { continue };
            while let Some(&section) = sections.front().filter(|_| dirt.lacks() > 0) {
                if give(&mut left[section].units, *unit, dirt) && unit.0 == What::Document {
                    given.insert(section);
                }
                if !left[section].units.contains_key(unit) {
                    sections.pop_front();
                }
            }
        }
    }
    for group in groups.values_mut() {
        for (&(what, print), dirt) in group.units.iter_mut().filter(lacking) {
            for (there, print, section) in near.to(print).into_iter().map(|place| spare[place]) {
                if there == what && give(&mut left[section].units, (what, print), dirt) && what == What::Document {
                    given.insert(section);
                }
            }
        }
    }
    stay(groups, left, &given);
}

/// Documents that were known to go as a whole, and stay now. What stands twice in them was counted where it stood twice in the
/// twin that stayed before. And where another goes instead, what stands twice in it was never asked about, and is no news.
fn stay(groups: &mut BTreeMap<Key, Group>, left: &mut [Left<'_>], given: &BTreeSet<usize>) {
    let whole = |unit: &(What, Print)| unit.0 == What::Document;
    let spare: Vec<usize> =
        (0..left.len()).filter(|&n| left[n].units.keys().any(|unit| unit.0 == What::Repeat)).collect();
    let near = Near::new(spare.iter().map(|&n| left[n].section.text).collect());
    for group in groups.values_mut().filter(|group| group.lacks() && !group.units.keys().any(whole)) {
        let went: Vec<usize> = [group.same, group.before].into_iter().flatten().collect();
        if !went.iter().any(|&n| left[n].section.units.keys().any(whole)) {
            continue;
        }
        for place in near.to(group.text) {
            settle(&mut left[spare[place]].units, group);
        }
        if went.iter().any(|n| given.contains(n)) {
            for (_, dirt) in group.units.iter_mut().filter(|((what, _), _)| matches!(what, What::Copy | What::Repeat)) {
                dirt.known = dirt.at.len() as u64;
            }
        }
    }
}
