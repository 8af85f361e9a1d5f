//! The documents that a reader looks at first: most words gone, most twins.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::model::{DocumentEntry, Fate};

/// Documents of each kind that are named.
const NAMED: usize = 10;

/// A document that lost words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Its id.
    pub document: String,
    /// Words as read.
    pub words: u64,
    /// Words that went.
    pub gone: u64,
}

/// A document that stays, and how many go for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The id of the one that stays.
    pub document: String,
    /// Documents that go.
    pub twins: u64,
}

/// What is remembered of all documents: little, however many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Those that stay with most words gone, worst first; of equal ones the first read first.
    pub losses: Vec<Loss>,
    /// Documents that stay and lost words.
    pub lost: u64,
    /// The largest groups of twins, likewise.
    pub largest: Vec<Group>,
    /// Groups of twins.
    pub groups: u64,
}

impl Digest {
    /// Takes in the next document in reading order.
    pub fn add(&mut self, entry: &DocumentEntry<'_>) {
        let gone = entry.words.before.saturating_sub(entry.words.after);
        if entry.fate == Fate::Keep && gone > 0 {
            self.lost += 1;
            let least = self.losses.get(NAMED - 1).map_or(0, |loss| loss.gone);
            if gone > least {
                let loss = Loss { document: entry.id.clone(), words: entry.words.before, gone };
                insert(&mut self.losses, loss, |loss| loss.gone);
            }
        }
        if entry.twins > 0 {
            self.groups += 1;
            let group = Group { document: entry.id.clone(), twins: entry.twins.into() };
            insert(&mut self.largest, group, |group| group.twins);
        }
    }

    /// Takes in what is remembered of the documents behind.
    pub fn merge(&mut self, other: Self) {
        self.lost += other.lost;
        self.groups += other.groups;
        other.losses.into_iter().for_each(|loss| insert(&mut self.losses, loss, |loss| loss.gone));
        other.largest.into_iter().for_each(|group| insert(&mut self.largest, group, |group| group.twins));
    }
}

/// Puts `item` behind those that are worth as much or more.
fn insert<T>(list: &mut Vec<T>, item: T, worth: impl Fn(&T) -> u64) {
    let at = list.partition_point(|other| Reverse(worth(other)) <= Reverse(worth(&item)));
    list.insert(at, item);
    list.truncate(NAMED);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_same_as_the_whole() {
        let groups = |from: u64, to: u64| {
            let mut digest = Digest::default();
            for n in from..to {
                let group = Group { document: n.to_string(), twins: n * 7 % 5 };
                insert(&mut digest.largest, group, |group| group.twins);
            }
            digest
        };
        let whole = groups(0, 40);
        let mut parts = groups(0, 13);
        parts.merge(groups(13, 14));
        parts.merge(groups(14, 40));
        assert_eq!(parts, whole);
        let named: Vec<&str> = whole.largest.iter().map(|group| group.document.as_str()).collect();
        assert_eq!(named, ["2", "7", "12", "17", "22", "27", "32", "37", "4", "9"]);
    }
}
