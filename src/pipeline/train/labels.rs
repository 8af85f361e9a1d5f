//! Labelled pages: text, and for each of its lines whether it is article text.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;

use crate::error::Error;
use crate::judge::Case;
use crate::judge::line::vocabulary::telling;
use crate::judge::line::{Judge, Sheet, around};
use crate::read::Compression;
use crate::read::source::{decompressed, head};
use crate::segment::segment;
use crate::text::Listed;
use crate::text::address::host;
use crate::text::hash::hash64;
use crate::types::{CommonLine, Corpus, DocFacts, DocId, Document, Form, Page, SHORTEST_ACROSS};

/// A line of a file of labels.
#[derive(Deserialize)]
struct Record {
    text: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    domain: String,
    #[serde(default = "yes")]
    usable: bool,
    lines: Vec<Label>,
}

fn yes() -> bool {
    true
}

/// What a reader said of one line.
#[derive(Deserialize)]
struct Label {
    /// Number of the line in the text, from 0.
    ln: u32,
    /// `keep`, `drop`, or anything else for "not known".
    label: String,
}

/// A page that was labelled.
pub(super) struct Labelled {
    /// Hash of its site: pages of one site are learned from or measured, never both.
    pub(super) site: u64,
    /// Number of the file it comes from.
    pub(super) file: usize,
    /// What is known of its lines.
    pub(super) sheet: Sheet,
    /// Of each block: whether it is article text, where that is known.
    pub(super) keep: Vec<Option<bool>>,
    /// Of each block: the number of its words.
    pub(super) words: Vec<u32>,
    /// Of each block: the words that may tell something.
    pub(super) telling: Vec<Vec<u64>>,
}

/// Reads files of labels: JSONL, also compressed. Each file is taken for one run: lines that several of its pages have are
/// known as such.
///
/// # Errors
///
/// When a file cannot be read, or a line of it is no labelled page.
pub(super) fn read(paths: &[impl AsRef<Path>]) -> Result<Vec<Labelled>, Error> {
    let mut all = Vec::new();
    for (file, path) in paths.iter().enumerate() {
        all.extend(pages(&records(path.as_ref())?, file));
    }
    Ok(all)
}

fn records(path: &Path) -> Result<Vec<Record>, Error> {
    let failed = |source| Error::Io { doing: "cannot read", path: path.to_owned(), source };
    let compression = Compression::of_bytes(&head(path, 4).map_err(failed)?);
    let file = std::fs::File::open(path).map_err(failed)?;
    let lines = decompressed(file, compression).map_err(failed)?.lines();
    let mut out = Vec::new();
    for (number, line) in (1u64..).zip(lines) {
        let line = line.map_err(failed)?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record = serde_json::from_str(&line).map_err(|why| {
            let path = path.display();
            Error::Usage(format!(
                "{path}:{number} is no labelled page: {why}\n  it needs text, and lines with ln and label (docs/judging.md)"
            ))
        })?;
        if record.usable {
            out.push(record);
        }
    }
    Ok(out)
}

/// The site of a page: its domain, else the host of its address, else the page itself.
fn site(record: &Record) -> u64 {
    let host = host(&record.url).unwrap_or_default();
    let site = [&record.domain, &host, &record.id].into_iter().find(|s| !s.is_empty());
    hash64(site.unwrap_or(&record.text).as_bytes())
}

fn pages(records: &[Record], file: usize) -> Vec<Labelled> {
    let page = |(number, record): (usize, &Record)| {
        let id = DocId { source: 0, place: number as u64 };
        let document = Document { id, name: String::new(), text: record.text.clone(), form: Form::Utf8 };
        segment(document)
    };
    let pages: Vec<Page> = records.par_iter().enumerate().map(page).collect();
    let judge = Judge::untrained();
    let corpus = common_lines(&pages, &judge);
    let labelled = |(record, page): (&Record, &Page)| {
        let words = Listed::new(&page.document.text, None, Vec::new());
        let case = Case::new(page, &words, &corpus, &judge);
        let labels: BTreeMap<u32, &str> = record.lines.iter().map(|l| (l.ln + 1, l.label.as_str())).collect();
        let keep = page.blocks.iter().map(|block| {
            let mut said = labels.range(block.line..=block.last_line).map(|(_, label)| match *label {
                "keep" => Some(true),
                "drop" => Some(false),
                _ => None,
            });
            let first = said.next().flatten();
            first.filter(|_| said.all(|other| other == first))
        });
        Labelled {
            site: site(record),
            file,
            sheet: around::sheet(&case, &judge.weights.words),
            telling: (0..page.blocks.len()).map(|i| telling(case.words_of_block(i)).collect()).collect(),
            keep: keep.collect(),
            words: case.blocks().iter().map(|b| b.traits.words).collect(),
        }
    };
    records.par_iter().zip(&pages).map(labelled).collect()
}

/// In how many pages each short line stands, as matching tells pass 2 of a run.
fn common_lines(pages: &[Page], judge: &Judge) -> Corpus {
    let nothing = Corpus::default();
    let keys = |page: &Page| {
        let words = Listed::new(&page.document.text, None, Vec::new());
        let case = Case::new(page, &words, &nothing, judge);
        let short = |&i: &usize| {
            (1..SHORTEST_ACROSS).contains(&u32::try_from(case.words_of_block(i).len()).unwrap_or(u32::MAX))
        };
        (0..page.blocks.len()).filter(short).map(|i| (i, case.key_of(i))).collect::<Vec<_>>()
    };
    let keys: Vec<Vec<(usize, u64)>> = pages.par_iter().map(keys).collect();
    // In how many pages, and in which one last.
    let mut documents: HashMap<u64, (u32, usize)> = HashMap::new();
    for (page, keys) in keys.iter().enumerate() {
        for (_, key) in keys {
            let (count, last) = documents.entry(*key).or_insert((0, usize::MAX));
            if *last != page {
                (*count, *last) = (*count + 1, page);
            }
        }
    }
    let mut corpus = Corpus::default();
    for (page, keys) in pages.iter().zip(keys) {
        let number = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
        let line = |&(i, key)| CommonLine {
            block: number(i),
            documents: documents[&key].0,
            in_place: 0,
            of_host: 0,
            short: true,
        };
        let common = keys.iter().map(line).filter(|line| line.documents > 1).collect();
        corpus.facts.insert(page.document.id, DocFacts { common, ..DocFacts::default() });
    }
    corpus
}
