//! The documents with most words to go, for people who ask what to look at first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::as_list;
use crate::types::Category;

/// A document with many words to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worst {
    /// What went.
    pub category: Category,
    /// Words that went for it.
    pub words: u64,
    /// The document.
    pub document: String,
}

/// The few documents of each category with most words to go.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Worsts(#[serde(with = "as_list")] BTreeMap<Category, Vec<(Reverse<u64>, String)>>);

impl Worsts {
    const LISTED: usize = 5;

    /// Takes in one document.
    pub(super) fn add(&mut self, category: Category, words: u64, document: &str) {
        let list = self.0.entry(category).or_default();
        list.push((Reverse(words), document.to_owned()));
        list.sort();
        list.truncate(Self::LISTED);
    }

    /// Takes in those of another part of the run.
    pub(super) fn merge(&mut self, other: Self) {
        for (category, list) in other.0 {
            for (words, document) in list {
                self.add(category, words.0, &document);
            }
        }
    }

    /// The list, worst first within each category.
    pub(super) fn finish(self) -> Vec<Worst> {
        let of = |(category, list): (Category, Vec<(Reverse<u64>, String)>)| {
            list.into_iter().map(move |(words, document)| Worst { category, words: words.0, document })
        };
        self.0.into_iter().flat_map(of).collect()
    }
}
