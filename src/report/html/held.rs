//! What of a large report `report.html` holds: no browser opens a page of gigabytes.

use std::collections::BTreeMap;

use crate::report::model::{DocumentEntry, Fate};
use crate::report::summary::grouped;

/// Documents that have a line in the table at most.
pub const MOST_ROWS: u64 = 200_000;

/// What a page holds of the documents of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Documents of the run.
    pub documents: u64,
    /// Documents in the table.
    pub rows: u64,
    /// Documents whose text and findings are there.
    pub texts: u64,
    /// Bytes that the texts of all documents would take, packed.
    pub wanted: u64,
    /// Bytes that they may take.
    pub limit: u64,
}

impl Held {
    /// What to say when that is not all; empty when it is.
    pub fn said(&self) -> String {
        if self.texts == self.documents {
            return String::new();
        }
        let mib = |bytes: u64| match (10 * bytes).div_ceil(1 << 20) {
            tenths if tenths < 100 => format!("{}.{}", tenths / 10, tenths % 10),
            tenths => grouped(tenths.div_ceil(10)),
        };
        let rows = if self.rows < self.documents {
            format!(" and lists {} documents in its table", grouped(self.rows))
        } else {
            String::new()
        };
        format!(
            "report.html holds the text and the findings of {} of {} documents, those with most to see{rows}: all would take \
             {} MB, and --html-size allows {} MB. Totals count all documents, and report.json has every finding.",
            grouped(self.texts),
            grouped(self.documents),
            mib(self.wanted),
            mib(self.limit)
        )
    }
}

/// How much there is to see of a document: the words that went, for one that stays for others all of its words, for findings
/// that changed nothing one. Only the highest ten bits count, so that few different numbers occur.
pub fn interest(entry: &DocumentEntry<'_>) -> u32 {
    let gone = if entry.fate == Fate::Drop {
        entry.words.before
    } else {
        entry.words.before.saturating_sub(entry.words.after)
    };
    let stays = if entry.twins > 0 { entry.words.before } else { 0 };
    let words = gone.max(stays).max(u64::from(!entry.findings.is_empty()));
    let words = u32::try_from(words).unwrap_or(u32::MAX);
    let beyond = (u32::BITS - words.leading_zeros()).saturating_sub(10);
    words >> beyond << beyond
}

/// Which of many things are taken when there is no room for all: those with most interest, and of equals the first.
#[derive(Clone, Debug)]
pub struct Choice {
    /// All that have more are taken.
    least: u32,
    /// Room for those that have just that.
    room: u64,
}

impl Choice {
    /// The choice among things of these interests and weights for that much room.
    pub fn new(things: &BTreeMap<u32, u64>, mut room: u64) -> Self {
        for (&interest, &weight) in things.iter().rev() {
            match room.checked_sub(weight) {
                Some(left) => room = left,
                None => return Self { least: interest, room },
            }
        }
        Self { least: 0, room: u64::MAX }
    }

    /// Whether the next thing in reading order is taken.
    pub fn takes(&mut self, interest: u32, weight: u64) -> bool {
        if interest != self.least {
            return interest > self.least;
        }
        let left = self.room.checked_sub(weight);
        // Where this has no room, whatever comes later is no better.
        self.room = left.unwrap_or(0);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is taken of things with these interests and weights.
    fn taken(things: &[(u32, u64)], room: u64) -> Vec<bool> {
        let mut sums = BTreeMap::new();
        for &(interest, weight) in things {
            *sums.entry(interest).or_default() += weight;
        }
        let mut choice = Choice::new(&sums, room);
        things.iter().map(|&(interest, weight)| choice.takes(interest, weight)).collect()
    }

    #[test]
    fn the_best_are_taken_and_of_equals_the_first() {
        let things = [(0, 5), (7, 10), (3, 10), (7, 10), (3, 10), (0, 1)];
        assert_eq!(taken(&things, 46), [true; 6]);
        assert_eq!(taken(&things, 45), [true, true, true, true, true, false]);
        assert_eq!(taken(&things, 39), [false, true, true, true, false, false]);
        assert_eq!(taken(&things, 10), [false, true, false, false, false, false]);
        assert_eq!(taken(&things, 9), [false; 6]);
    }

    #[test]
    fn it_is_said_only_when_something_is_missing() {
        let held = Held { documents: 1234, rows: 1234, texts: 1234, wanted: 5 << 20, limit: 9 << 20 };
        assert_eq!(held.said(), "");
        let said = Held { texts: 1000, wanted: (5 << 20) + 1, limit: 4 << 20, ..held }.said();
        assert!(
            said.contains("1,000 of 1,234 documents") && said.contains("take 5.1 MB") && said.contains("allows 4.0 MB")
        );
        assert!(!said.contains("table"));
        assert!(Held { rows: 1100, texts: 1000, ..held }.said().contains("lists 1,100 documents in its table"));
    }
}
