//! Which document is which, from one run to the next: by its name, unless its text is found under another one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::entries::{Group, Left, settle};
use super::near::Near;
use super::section::{Key, Section};

/// Finds entries for the dirt of documents among those of the same document, whatever it was called.
///
/// The order matters where names changed hands: what is as it was comes first, then what was moved and not changed, then what
/// was changed and not moved, then what was both, and in the end what was written anew under a name that was known.
pub(super) fn follow(groups: &mut BTreeMap<Key, Group>, left: &mut [Left<'_>]) {
    let mut stays = vec![false; left.len()];
    by_name(groups, left, &mut stays, |group, section| group.text == section.text);
    let (mut gone, mut came) = (open(left, &stays), homeless(groups, &stays));
    pair(&mut gone, &mut came, left, |section| (section.text, &section.id), |key, group| (group.text, &key.1));
    pair(&mut gone, &mut came, left, |section| section.text, |_, group| group.text);
    by_name(groups, left, &mut stays, |group, section| group.before.is_none() && group.text.is_near(section.text));
    near(&open(left, &stays), &mut homeless(groups, &stays), left);
    for group in groups.values_mut().filter(|group| group.lacks()) {
        if let Some(section) = group.same {
            settle(&mut left[section].units, group);
        }
    }
}

/// Documents that are called as they were, and of which `is_it` says that they are what they were.
fn by_name(
    groups: &mut BTreeMap<Key, Group>,
    left: &mut [Left<'_>],
    stays: &mut [bool],
    is_it: impl Fn(&Group, &Section) -> bool,
) {
    for (number, (left, stays)) in left.iter_mut().zip(stays).enumerate().filter(|(_, (_, stays))| !**stays) {
        let Some(group) = groups.get_mut(&left.section.key()) else { continue };
        group.same = Some(number);
        if is_it(group, left.section) {
            *stays = true;
            settle(&mut left.units, group);
        }
    }
}

/// Sections of which the document was not found yet.
fn open(left: &[Left<'_>], stays: &[bool]) -> Vec<usize> {
    (0..left.len()).filter(|&n| !stays[n] && !left[n].units.is_empty()).collect()
}

/// Documents with dirt of which no section was found yet.
fn homeless<'g>(groups: &'g mut BTreeMap<Key, Group>, stays: &[bool]) -> Vec<(&'g Key, &'g mut Group)> {
    let found = |group: &Group| group.before.is_some() || group.same.is_some_and(|n| stays[n]);
    groups.iter_mut().filter(|(_, group)| group.lacks() && !found(group)).collect()
}

/// Pairs sections and documents of which the texts are near, the nearest first.
fn near(gone: &[usize], came: &mut [(&Key, &mut Group)], left: &mut [Left<'_>]) {
    let near = Near::new(gone.iter().map(|&n| left[n].section.text).collect());
    let mut pairs = Vec::new();
    for (number, (key, group)) in came.iter().enumerate() {
        for place in near.to(group.text) {
            let section = left[gone[place]].section;
            let other_id = section.id != key.1 || key.1.is_empty();
            pairs.push((Reverse(section.text.agreeing(group.text)), other_id, gone[place], number));
        }
    }
    pairs.sort_unstable();
    let mut taken = BTreeSet::new();
    for (_, _, section, number) in pairs {
        if came[number].1.before.is_none() && taken.insert(section) {
            pass(section, came[number].1, left);
        }
    }
}

/// Pairs sections and documents of which the same is true, in their order; they are taken off the lists.
fn pair<'s, 'g, T: Ord>(
    gone: &mut Vec<usize>,
    came: &mut Vec<(&'g Key, &'g mut Group)>,
    left: &mut [Left<'s>],
    of_section: impl Fn(&'s Section) -> T,
    of_group: impl Fn(&'g Key, &Group) -> T,
) {
    let mut known: BTreeMap<T, VecDeque<usize>> = BTreeMap::new();
    for &n in gone.iter() {
        known.entry(of_section(left[n].section)).or_default().push_back(n);
    }
    let mut taken = BTreeSet::new();
    came.retain_mut(|(key, group)| {
        let section = known.get_mut(&of_group(key, group)).and_then(VecDeque::pop_front);
        if let Some(section) = section {
            taken.insert(section);
            pass(section, group, left);
        }
        section.is_none()
    });
    gone.retain(|n| !taken.contains(n));
}

/// The document is that of the section, under another name.
fn pass(section: usize, group: &mut Group, left: &mut [Left<'_>]) {
    group.before = Some(section);
    settle(&mut left[section].units, group);
}
