//! Sums: integers only, so that they come out the same in any order.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Action, Counts, DocumentEntry, Fate};
use super::ratchet::What;
use crate::types::{Category, Kind, Ratio, RuleId, Span};

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
    /// By kind.
    #[serde(default)]
    pub kinds: Counts,
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

/// Sums over the findings of one document, by rule, category and kind, each once.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// By rule.
    pub rules: Vec<(RuleId, Count)>,
    /// By category.
    pub categories: Vec<(Category, Count)>,
    /// By kind.
    pub kinds: Vec<(Kind, Count)>,
    /// Words that went, by category, for those for which text went at all.
    pub gone: Vec<(Category, u64)>,
}

/// A finding, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counting {
    /// The rule.
    pub rule: RuleId,
    /// The category.
    pub category: Category,
    /// The kind.
    pub kind: Kind,
    /// What it asks for.
    pub action: Action,
    /// Whether that is done.
    pub done: bool,
    /// The text.
    pub span: Span,
}

impl Counted {
    /// Counts the findings of a document of so many words, and the words that went for them, by rule, category and kind;
    /// text that two findings of one of these cover counts once for it.
    pub fn of(findings: impl Iterator<Item = Counting>, all: u64, begin_in: &dyn Fn(Span) -> u64) -> Self {
        let mut counted = Self::default();
        let mut cuts: Vec<Counting> = Vec::new();
        for finding in findings {
            let Self { rules, categories, kinds, .. } = &mut counted;
            for count in [of(rules, finding.rule), of(categories, finding.category), of(kinds, finding.kind)] {
                count.findings += 1;
                count.done += u64::from(finding.done);
                if finding.done && finding.action == Action::Drop {
                    count.words = all;
                }
            }
            if finding.done && finding.action == Action::Drop {
                counted.gone.push((finding.category, all));
            }
            if finding.done && finding.action == Action::Cut {
                cuts.push(finding);
            }
        }
        let words = |run: &[Counting]| words_in_all(run, begin_in);
        cuts.sort_unstable_by_key(|cut| (cut.rule, cut.span));
        for run in cuts.chunk_by(|a, b| a.rule == b.rule) {
            of(&mut counted.rules, run[0].rule).words = words(run);
        }
        cuts.sort_unstable_by_key(|cut| (cut.kind, cut.span));
        for run in cuts.chunk_by(|a, b| a.kind == b.kind) {
            of(&mut counted.kinds, run[0].kind).words = words(run);
        }
        cuts.sort_unstable_by_key(|cut| (cut.category, cut.span));
        for run in cuts.chunk_by(|a, b| a.category == b.category) {
            let words = words(run);
            of(&mut counted.categories, run[0].category).words = words;
            counted.gone.push((run[0].category, words));
        }
        counted
    }
}

/// Words in the union of spans that are sorted.
fn words_in_all(cuts: &[Counting], begin_in: &dyn Fn(Span) -> u64) -> u64 {
    let (mut reach, mut sum) = (0, 0);
    for Counting { span, .. } in cuts {
        sum += begin_in(Span { start: span.start.max(reach), end: span.end.max(reach) });
        reach = span.end.max(reach);
    }
    sum
}

/// The value that belongs to `key` in a short list; a new one at its end where there is none.
pub fn of<K: PartialEq, V: Default>(list: &mut Vec<(K, V)>, key: K) -> &mut V {
    // What was counted last is often what is counted next.
    let at = list.iter().rposition(|(known, _)| *known == key).unwrap_or(list.len());
    if at == list.len() {
        list.push((key, V::default()));
    }
    &mut list[at].1
}

impl Count {
    fn add(&mut self, other: Self) {
        self.findings += other.findings;
        self.done += other.done;
        self.words += other.words;
    }
}

impl Tally {
    /// Takes in one document.
    pub fn add(&mut self, entry: &DocumentEntry<'_>, counted: &Counted) {
        self.documents += 1;
        self.twins += u64::from(entry.fate == Fate::Drop);
        self.changed += u64::from(entry.fate == Fate::Keep && !entry.edits.is_empty());
        self.bytes_before += entry.bytes.before;
        self.bytes_after += entry.bytes.after;
        self.words_before += entry.words.before;
        self.words_after += entry.words.after;
        for &(rule, count) in &counted.rules {
            self.rules.entry(rule.to_owned()).or_default().add(count);
        }
        for &(category, count) in &counted.categories {
            self.categories.entry(name(category)).or_default().add(count);
        }
        for &(kind, count) in &counted.kinds {
            self.kinds.entry(kind.name().to_owned()).or_default().add(count);
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
        for (mine, theirs) in [
            (&mut self.rules, &other.rules),
            (&mut self.categories, &other.categories),
            (&mut self.kinds, &other.kinds),
        ] {
            for (name, count) in theirs {
                mine.entry(name.clone()).or_default().add(*count);
            }
        }
    }

    /// The same sums, with nothing counted against limits but these pieces of dirt: how many, and words of them.
    #[must_use]
    pub fn only(&self, dirt: &BTreeMap<What, (u64, u64)>) -> Self {
        let of = |what| dirt.get(&what).copied().unwrap_or_default();
        let mut only = Self { twins: of(What::Document).0, unreadable: of(What::Unreadable).0, ..self.clone() };
        only.categories.clear();
        for (what, (_, words)) in dirt {
            if let Some(category) = what.category() {
                only.categories.entry(name(category)).or_default().words += words;
            }
        }
        only
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
