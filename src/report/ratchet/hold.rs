//! A run held against a baseline: what of its dirt is known, what is new, and what is gone.
//!
//! Each document is held against what was known of it (`moves` finds out which document that is), and what is then left of
//! copies against what is left of copies elsewhere (`copies`).

use std::collections::{BTreeMap, BTreeSet};

use super::baseline::Baseline;
use super::entries::{Group, Left};
use super::section::{Key, Place, Section, Units, What, key};
use super::{copies, moves};
use crate::types::{DocId, Print};

/// A document of a run: one that has dirt, or of which dirt was known.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The file.
    pub path: String,
    /// As in [`Section`].
    pub id: String,
    /// What its text is known by.
    pub text: Print,
    /// Where it stands in this run.
    pub at: DocId,
    /// Its dirt, in text order.
    pub places: Vec<Place>,
}

/// What came of it. Numbers are numbers of pieces of dirt.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// What no entry stands for.
    pub new: u64,
    /// What an entry stands for.
    pub known: u64,
    /// Entries that stand for nothing any more.
    pub gone: u64,
    /// Entries of files that were not looked at.
    pub elsewhere: u64,
    /// The findings that speak of something new.
    pub findings: BTreeSet<(DocId, usize)>,
    /// How much is new, and words of it.
    pub fresh: BTreeMap<What, (u64, u64)>,
    /// Documents of which entries are gone.
    pub lost: Vec<(Section, u64)>,
    /// Documents that moved: what they were called, and are.
    pub moved: Vec<[(String, String); 2]>,
    /// What is known of what is still there.
    pub tightened: Baseline,
    /// All that is there.
    pub whole: Baseline,
}

/// Holds the documents of a run against what is known. `elsewhere` says of which documents nothing was to be found out.
pub fn hold(known: &Baseline, seen: Vec<Seen>, elsewhere: &dyn Fn(&Section) -> bool) -> Held {
    let mut groups = group(seen);
    let (beyond, here): (Vec<&Section>, Vec<&Section>) = known.sections().partition(|section| elsewhere(section));
    let mut left: Vec<Left<'_>> =
        here.into_iter().map(|section| Left { section, units: section.units.clone() }).collect();
    moves::follow(&mut groups, &mut left);
    copies::follow(&mut groups, &mut left);
    count(groups, &left, &beyond)
}

fn group(mut seen: Vec<Seen>) -> BTreeMap<Key, Group> {
    // Where several have one name, the first with dirt says what the text is known by: of others a run that makes a baseline
    // knows nothing.
    seen.sort_by_key(|seen| (seen.places.is_empty(), seen.at));
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    for Seen { path, id, text, at, places } in seen {
        let group = groups.entry(key(&path, &id, text));
        let group = group.or_insert(Group { text, units: BTreeMap::new(), same: None, before: None });
        for Place { what, print, words, findings } in places {
            let dirt = group.units.entry((what, print)).or_default();
            dirt.at.push((at, findings));
            dirt.words = dirt.words.max(words.into());
        }
    }
    groups
}

fn count(groups: BTreeMap<Key, Group>, left: &[Left<'_>], beyond: &[&Section]) -> Held {
    let mut held = Held::default();
    for section in beyond {
        held.elsewhere += section.places();
        held.tightened.add((*section).clone());
        held.whole.add((*section).clone());
    }
    for ((path, id, _), group) in groups {
        // Where the whole document is new, what is in it is no news beside that.
        let whole = group.units.iter().any(|((what, _), dirt)| *what == What::Document && dirt.lacks() > 0);
        let mut section = Section { path, id, text: group.text, units: Units::new() };
        let mut all = section.clone();
        for (unit, dirt) in group.units {
            all.units.insert(unit, dirt.at.len() as u64);
            if dirt.known > 0 {
                section.units.insert(unit, dirt.known);
                held.known += dirt.known;
            }
            let lacks = dirt.lacks();
            if lacks == 0 || whole && unit.0 != What::Document {
                continue;
            }
            held.new += lacks;
            let fresh = held.fresh.entry(unit.0).or_default();
            *fresh = (fresh.0 + lacks, fresh.1 + lacks * dirt.words);
            // Which of several is the new one, nobody knows: the last ones are shown.
            for (at, findings) in dirt.at.into_iter().rev().take(usize::try_from(lacks).unwrap_or(usize::MAX)) {
                held.findings.extend(findings.into_iter().map(|n| (at, n as usize)));
            }
        }
        if let Some(before) = group.before {
            let before = left[before].section;
            held.moved.push([(before.path.clone(), before.id.clone()), (section.path.clone(), section.id.clone())]);
        }
        held.tightened.add(section);
        held.whole.add(all);
    }
    for left in left.iter().filter(|left| !left.units.is_empty()) {
        let places = left.units.values().sum();
        held.gone += places;
        held.lost.push((left.section.clone(), places));
    }
    held
}
