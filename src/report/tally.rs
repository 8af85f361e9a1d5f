//! Sums: integers only, so that they come out the same in any order.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Counts, DocumentEntry, Fate};
use crate::types::{Category, Ratio};

/// Sums over documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Files read.
    pub inputs: u64,
    /// Files that could not be read.
    pub unreadable: u64,
    /// Documents read.
    pub documents: u64,
    /// Documents that went because another stays.
    pub twins: u64,
    /// Documents that stay and were changed.
    pub changed: u64,
    /// Bytes of text read.
    pub bytes_before: u64,
    /// Bytes of text kept.
    pub bytes_after: u64,
    /// Words read.
    pub words_before: u64,
    /// Words kept.
    pub words_after: u64,
    /// By rule.
    pub rules: Counts,
    /// By category.
    pub categories: Counts,
}

/// How often, and how much went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// Findings.
    pub findings: u64,
    /// Findings that were acted on.
    pub done: u64,
    /// Words that went for it. Text that went for two reasons counts for both.
    pub words: u64,
}

/// Words that went in one document, by rule and by category.
#[derive(Clone, Debug, Default)]
pub struct Gone {
    /// By rule.
    pub rules: BTreeMap<&'static str, u64>,
    /// By category.
    pub categories: BTreeMap<Category, u64>,
}

impl Tally {
    /// Takes in one document.
    pub fn add(&mut self, entry: &DocumentEntry, gone: &Gone) {
        self.documents += 1;
        self.twins += u64::from(entry.fate == Fate::Drop);
        self.changed += u64::from(entry.fate == Fate::Keep && !entry.edits.is_empty());
        self.bytes_before += entry.bytes.before;
        self.bytes_after += entry.bytes.after;
        self.words_before += entry.words.before;
        self.words_after += entry.words.after;
        for finding in &entry.findings {
            for counts in [
                self.rules.entry(finding.rule.clone()).or_default(),
                self.categories.entry(name(finding.category)).or_default(),
            ] {
                counts.findings += 1;
                counts.done += u64::from(finding.done);
            }
        }
        for (rule, words) in &gone.rules {
            self.rules.entry((*rule).to_owned()).or_default().words += words;
        }
        for (&category, words) in &gone.categories {
            self.categories.entry(name(category)).or_default().words += words;
        }
    }

    /// Adds the sums of another part of the run.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.inputs, other.inputs),
            (&mut self.unreadable, other.unreadable),
            (&mut self.documents, other.documents),
            (&mut self.twins, other.twins),
            (&mut self.changed, other.changed),
            (&mut self.bytes_before, other.bytes_before),
            (&mut self.bytes_after, other.bytes_after),
            (&mut self.words_before, other.words_before),
            (&mut self.words_after, other.words_after),
        ] {
            *mine += theirs;
        }
        for (mine, theirs) in [(&mut self.rules, &other.rules), (&mut self.categories, &other.categories)] {
            for (name, count) in theirs {
                let sum = mine.entry(name.clone()).or_default();
                sum.findings += count.findings;
                sum.done += count.done;
                sum.words += count.words;
            }
        }
    }

    /// Words that went for a category, of all words read.
    pub fn share(&self, category: Category) -> Ratio {
        Ratio::new(self.categories.get(&name(category)).map_or(0, |c| c.words), self.words_before)
    }
}

/// A category as the report spells it.
pub fn name(category: Category) -> String {
    match category {
        Category::Duplicate => "duplicate",
        Category::Boilerplate => "boilerplate",
        Category::Ad => "ad",
        Category::Repair => "repair",
        Category::Note => "note",
    }
    .to_owned()
}
