//! `clean report --by`: what was found and what went, by rule, kind, category, document or host.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Counts, DocumentEntry, Report};
use super::paint::Paint;
use super::summary::{grouped, visible};
use super::tally::name;
use crate::types::Ratio;

/// The value of `schema`.
pub const SCHEMA: &str = "textclean-listing/1";

/// By what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Rules.
    Rule,
    /// Kinds.
    Kind,
    /// Categories.
    Category,
    /// Documents.
    Document,
    /// Hosts; documents without an address by the first folder on the way to them.
    Host,
}

impl By {
    /// As a heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Kind => "kind",
            Self::Category => "category",
            Self::Document => "document",
            Self::Host => "host",
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Of what.
    pub name: String,
    /// Documents in which something was found (for a host: all).
    pub documents: u64,
    /// Findings.
    pub findings: u64,
    /// Findings that were acted on.
    pub done: u64,
    /// Words that went. Text that went for two reasons counts for both.
    pub words: u64,
    /// Words read in these documents; left out for rules, kinds and categories.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<u64>,
}

/// All rows, most words first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// Version of this format: `textclean-listing/1`.
    pub schema: String,
    /// By what.
    pub by: By,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows beyond those.
    pub more: u64,
}

/// Collects rows while documents pass.
#[derive(Debug)]
pub struct Collector {
    by: By,
    top: usize,
    /// By name; for documents, those that may be listed.
    rows: BTreeMap<String, Row>,
    documents: Vec<Row>,
    seen: u64,
}

impl Collector {
    /// Of so many rows at most.
    pub fn new(by: By, top: usize) -> Self {
        Self { by, top, rows: BTreeMap::new(), documents: Vec::new(), seen: 0 }
    }

    /// Takes in the next document.
    pub fn add(&mut self, entry: &DocumentEntry<'_>) {
        let gone = entry.words.before.saturating_sub(entry.words.after);
        let more = entry.more.unwrap_or_default();
        let done = entry.findings.iter().filter(|f| f.done).count() as u64 + more.done;
        let sums = |name: String| Row {
            name,
            documents: 1,
            findings: entry.findings.len() as u64 + more.findings,
            done,
            words: gone,
            of: Some(entry.words.before),
        };
        let names: BTreeSet<String> = match self.by {
            By::Rule => entry.findings.iter().map(|f| f.rule.to_string()).collect(),
            By::Kind => entry.findings.iter().map(|f| f.kind.name().to_owned()).collect(),
            By::Category => entry.findings.iter().map(|f| name(f.category)).collect(),
            By::Document => {
                self.seen += 1;
                self.documents.push(sums(entry.id.clone()));
                // Sorted now and then, so that it costs little and holds little.
                if self.documents.len() > 2 * self.top.max(512) {
                    self.sort();
                }
                return;
            }
            By::Host => {
                let Row { documents, findings, done, words, of, .. } = sums(String::new());
                let row = self.rows.entry(host(entry)).or_insert_with_key(|name| Row::nothing(name));
                row.documents += documents;
                row.findings += findings;
                row.done += done;
                row.words += words;
                row.of = row.of.zip(of).map(|(a, b)| a + b).or(of);
                return;
            }
        };
        for name in names {
            self.rows.entry(name).or_insert_with_key(|name| Row::nothing(name)).documents += 1;
        }
    }

    /// The listing. What rules, kinds and categories did is known from the sums of the report.
    pub fn finish(mut self, report: &Report) -> Listing {
        let counts: Option<&Counts> = match self.by {
            By::Rule => Some(&report.totals.rules),
            By::Kind => Some(&report.totals.kinds),
            By::Category => Some(&report.totals.categories),
            By::Document | By::Host => None,
        };
        for (name, count) in counts.into_iter().flatten() {
            let row = self.rows.entry(name.clone()).or_insert_with_key(|name| Row::nothing(name));
            (row.findings, row.done, row.words) = (count.findings, count.done, count.words);
        }
        if self.by != By::Document {
            self.documents = std::mem::take(&mut self.rows).into_values().collect();
            self.seen = self.documents.len() as u64;
        }
        self.sort();
        let more = self.seen - self.documents.len() as u64;
        Listing { schema: SCHEMA.into(), by: self.by, rows: self.documents, more }
    }

    /// Most words first, then most findings acted on, then most findings; equal ones stay in their order.
    fn sort(&mut self) {
        self.documents.sort_by_key(|row| Reverse((row.words, row.done, row.findings)));
        self.documents.truncate(self.top);
    }
}

impl Row {
    fn nothing(name: &str) -> Self {
        Self { name: name.to_owned(), documents: 0, findings: 0, done: 0, words: 0, of: None }
    }
}

/// Where a document comes from, as people call it.
fn host(entry: &DocumentEntry<'_>) -> String {
    let folder = || entry.path.split_once('/').map_or_else(|| "./".into(), |(folder, _)| format!("{folder}/"));
    entry.host.clone().unwrap_or_else(folder)
}

/// As a table for people.
pub fn table(listing: &Listing, paint: Paint) -> String {
    let mut out = String::new();
    let by = listing.by;
    let shares = matches!(by, By::Document | By::Host);
    let numbers = if by == By::Document { "" } else { "documents" };
    let last = if shares { "of all" } else { "" };
    let line = |cells: [&str; 6]| {
        let [name, documents, found, done, words, share] = cells;
        let documents = if by == By::Document { String::new() } else { format!("{documents:>11}") };
        format!("{documents}{found:>10}{done:>11}{words:>13}{share:>9}  {name}").trim_end().to_owned()
    };
    let _ = writeln!(out, "{}", paint.head(line([by.name(), numbers, "found", "acted on", "words gone", last])));
    for row in &listing.rows {
        let share = row.of.map(|of| Ratio::new(row.words, of).to_string()).unwrap_or_default();
        let cells = [row.documents, row.findings, row.done, row.words].map(grouped);
        let cells = line([&visible(&row.name), &cells[0], &cells[1], &cells[2], &cells[3], &share]);
        let _ = writeln!(out, "{}", paint.row(cells, row.done));
    }
    if listing.more > 0 {
        let more = format_args!("and {} more (--top N lists more)", grouped(listing.more));
        let _ = writeln!(out, "{}", paint.faint(more));
    }
    out
}

/// The JSON Schema of [`Listing`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Listing).to_value()
}
