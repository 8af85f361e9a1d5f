//! What a run is asked to do: arguments already understood.

use std::path::PathBuf;

use super::listing::Findings;
use super::ratchet::Ratchet;
use crate::judge::line::Judge;
use crate::judge::{RULES, Rule};
use crate::read::{Compression, Fields, Format};
use crate::report::ceiling;
use crate::resolve::Keep;
use crate::sign::{Bands, Recipe};
use crate::text::Folding;
use crate::types::{Policy, Ratio, SHORTEST_ACROSS, SpanLength};

/// Words of a million that may be lost of articles, unless the user says otherwise: 0.5 %.
pub const MAX_LOSS: u32 = 5_000;

/// What becomes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Cleaned text and report are written.
    Clean,
    /// Nothing is written.
    Look,
}

/// Everything that a run needs to know.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders; `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// Files and folders with documents that inputs are held against; these are neither judged nor rewritten.
    pub against: Vec<PathBuf>,
    /// The report folder.
    pub out: PathBuf,
    /// Whether anything is written.
    pub mode: Mode,
    /// Worker threads; 0 for one a core.
    pub threads: usize,
    /// Whether a progress bar is shown.
    pub progress: bool,
    /// Whether facts of the run are left out of the report.
    pub stable: bool,
    /// Names of the fields of records.
    pub fields: Fields,
    /// The format of all inputs, whatever their names end in.
    pub format: Option<&'static Format>,
    /// Share of common shingles from which documents are twins.
    pub alike: Ratio,
    /// Share of a block's shingles from which it is a near copy.
    pub alike_block: Ratio,
    /// Words from which a paragraph is a copy of one in another document.
    pub shortest_block: u32,
    /// Which twin stays.
    pub keep: Keep,
    /// Share of a document's shingles in a longer one from which it counts as contained; none when that is not looked for.
    pub contained: Option<Ratio>,
    /// Whether digits are all alike to matching.
    pub fold_digits: bool,
    /// From which length on text that stands earlier byte for byte is a repeated span; none to look for no spans.
    pub repeated_span: Option<SpanLength>,
    /// The line judge, with what it may cut.
    pub judge: Judge,
    /// What findings may do.
    pub policy: Policy,
    /// The largest share of the text that may go; a run that would cut more writes nothing.
    pub max_cut: Ratio,
    /// The rules that run.
    pub rules: Vec<&'static Rule>,
    /// Whether that is not all of them.
    pub only_some: bool,
    /// Bytes of the largest record that is held in memory and looked at.
    pub largest_record: usize,
    /// How cleaned files are compressed; like their inputs when none.
    pub compress: Option<Compression>,
    /// Bytes of work a task.
    pub shard_bytes: u64,
    /// Bytes of memory for the whole run; none for half of what is free.
    pub memory: Option<u64>,
    /// Whether `clusters.jsonl` is written: who stays for whom.
    pub clusters: bool,
    /// Whether `report.html` is written: the report as a page for a browser, with the texts as read.
    pub html: bool,
    /// Bytes of packed texts that `report.html` holds at most.
    pub html_bytes: u64,
    /// Whether `report.jsonl` is written: a line a document.
    pub jsonl: bool,
    /// Whether `report.md` is written: a summary in Markdown.
    pub markdown: bool,
    /// Whether `pairs.jsonl` is written: all pairs of documents that are alike.
    pub pairs: bool,
    /// So many findings are listed in reports at most; none for all. Sums and `report.html` count and show all.
    pub max_findings: Option<u64>,
    /// Which findings the outcome lists; none for none.
    pub findings: Option<Findings>,
    /// Which baseline the dirt is held against; none for none.
    pub ratchet: Option<Ratchet>,
    /// Whether a run that was killed is gone on with.
    pub resume: bool,
    /// Where temporary files go; none for the system's folder for them.
    pub temp_dir: Option<PathBuf>,
    /// Bytes of text in a frame of a compressed cleaned file; its bytes depend on it, its text does not.
    pub frame_bytes: u64,
}

impl Options {
    /// The defaults, for these inputs.
    pub fn new(inputs: Vec<PathBuf>) -> Self {
        Self {
            inputs,
            against: Vec::new(),
            out: PathBuf::from("reports"),
            mode: Mode::Clean,
            threads: 0,
            progress: false,
            stable: false,
            fields: Fields::default(),
            format: None,
            alike: Ratio::new(8, 10),
            alike_block: Ratio::new(8, 10),
            shortest_block: SHORTEST_ACROSS,
            keep: Keep::First,
            contained: None,
            fold_digits: false,
            repeated_span: None,
            judge: Judge::shipped(MAX_LOSS),
            policy: Policy::default(),
            max_cut: ceiling::DEFAULT,
            rules: RULES.to_vec(),
            only_some: false,
            largest_record: 100 << 20,
            compress: None,
            shard_bytes: 4 << 20,
            memory: None,
            resume: false,
            clusters: false,
            html: false,
            html_bytes: 128 << 20,
            jsonl: false,
            markdown: false,
            pairs: false,
            max_findings: None,
            findings: None,
            ratchet: None,
            temp_dir: None,
            frame_bytes: 4 << 20,
        }
    }

    /// The same settings for a run whose output is looked at and thrown away, however much goes: cleaned files as plain as can
    /// be, the report, and nothing else.
    #[must_use]
    pub fn aside(&self, out: PathBuf) -> Self {
        let (clusters, pairs, html, jsonl, markdown, resume) = Default::default();
        let (mode, stable, compress, max_cut) = (Mode::Clean, true, None, Ratio::new(1, 1));
        Self { out, mode, stable, max_cut, compress, clusters, html, jsonl, markdown, pairs, resume, ..self.clone() }
    }

    /// What matching ignores.
    pub fn folding(&self) -> Folding {
        Folding { digits: self.fold_digits }
    }

    /// How documents are signed: only what the rules that run ask for.
    pub fn recipe(&self) -> Recipe {
        let runs = |ids: &[&str]| self.rules.iter().any(|rule| ids.contains(&rule.id));
        let copies = runs(&["repeated-block", "repeated-paragraph"]);
        let passages = runs(&["shared-passage"]);
        let commons = runs(&["template-line", "site-template", "page-furniture"]);
        let contained = self.contained.is_some() && runs(&["contained-document"]);
        Recipe {
            folding: self.folding(),
            shortest_across: self.shortest_block,
            // What is a twin is not called contained.
            bands: (contained || runs(&["twin-document"])).then(|| Bands::for_threshold(self.alike)),
            samples: contained,
            units: copies || passages || commons,
            near: (copies || passages) && self.alike_block != Ratio::new(1, 1),
            commons,
            runs: passages,
            spellings: runs(&["split-word", "broken-paragraph"]),
            ..Recipe::default()
        }
    }
}
