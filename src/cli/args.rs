//! What can be typed.

use std::borrow::Cow;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::error::Error;
use crate::judge::line::{Judge, Weights};
use crate::judge::{self, RULES, Rule};
use crate::pipeline::Options;
use crate::read::{self, Compression, FORMATS, Fields};
use crate::report::formats;
use crate::report::listing::By;
use crate::resolve::Keep;
use crate::text::simd;
use crate::text::similar::edits;
use crate::types::{Confidence, Policy, Ratio, SpanLength};
use crate::whatif::Ask;

/// Remove duplicates, boilerplate and ads from scraped text; every cut has a reason and can be undone
#[derive(Debug, Parser)]
#[command(
    name = "clean",
    version,
    max_term_width = 110,
    args_conflicts_with_subcommands = true,
    mut_arg("input_format", |arg| arg.alias("format")),
    mut_args(|arg| { let rare = RARE.contains(&arg.get_id().as_str()); arg.hide_short_help(rare) }),
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_help_subcommand = true,
    after_help = "Examples:\n  clean inputs/                          clean a folder into reports/\n  clean news.jsonl.gz --text-field body  clean records, compressed or not\n  clean inputs/ --dry-run                only say what would go\n  clean check inputs/ --limit ad=1%      fail (exit code 1) when there is too much dirt\n  clean explain reports/ a.txt:12        why a line went or stayed\n  clean restore reports/ --out back/     the inputs again, byte for byte\n\nExit codes: 0 clean, 1 over a limit (check), 2 trouble"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Print help
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Print help with all options
    #[arg(long, action = ArgAction::HelpLong)]
    help_all: Option<bool>,
}

/// Options of `clean` that its help names only when all are asked for: it is to fit a screen.
const RARE: &[&str] = &[
    "config",
    "id_field",
    "input_format",
    "alike_block",
    "shortest_block",
    "contained",
    "fold_digits",
    "repeated_span",
    "judge",
    "largest_record",
    "temp_dir",
    "compress",
    "clusters",
    "pairs",
    "html_size",
    "stable",
    "threads",
    "only",
    "max_cut",
    "resume",
    "text_field",
];

/// What else can be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say what is over its limits, and where; write nothing (exit code 1 when something is)
    #[command(
        after_help = "Examples:\n  clean check inputs/ --limit duplicate=20%           what is over, and where\n  clean check new.jsonl --format sarif > clean.sarif  for code scanning"
    )]
    Check(Box<CheckArgs>),
    /// Write a clean.toml with all settings and what they mean; one that exists stays
    Init {
        /// The folder for which it is to hold
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Plant dirt in copies of the inputs, and say how much of it is found
    #[command(
        mut_arg("input_format", |arg| arg.alias("format")),
        after_help = "Examples:\n  clean audit inputs/                        how well the defaults do on these documents\n  clean audit crawl/ --documents 200 --json  a smaller sample, for programs (clean schema audit)\n  clean audit news.jsonl --limit recall=80%  fail (exit code 1) when a kind is found less often\n\nThe inputs stay as they are: copies go to a temporary folder, through the real run, and away. Its\nwordings are its own: how much it finds of the dirt that your documents really have may differ."
    )]
    Audit(Box<AuditArgs>),
    /// Print what would change as a unified diff; write nothing
    #[command(
        mut_arg("input_format", |arg| arg.alias("format")),
        after_help = "Examples:\n  clean diff inputs/               to read: changed words stand out on a terminal\n  clean diff inputs/ | git apply   to do: the inputs become what reports/cleaned would hold\n\nFiles are named from the top of git's working tree, outside of one from the current folder. Compressed\nfiles and links cannot be patched; they are named on standard error. The run takes room for a copy of\nthe inputs in the folder for temporary files."
    )]
    Diff(Box<DiffArgs>),
    /// Give the inputs of a report back, byte for byte
    Restore {
        /// The report folder
        report: PathBuf,
        /// Where the files go; files that exist are never overwritten
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Tell what a rule sees (RULE), or why a line went or stayed (REPORT and `PATH[:LINE]`)
    Explain {
        /// A rule, or a report folder
        #[arg(value_name = "RULE | REPORT")]
        subject: String,
        /// Path or id of a document, and a line of it
        #[arg(value_name = "PATH[:LINE]")]
        target: Option<String>,
    },
    /// Print what a report says: its sums, listings, and what other settings would have cut
    #[command(
        after_help = "Examples:\n  clean report reports/ --by host --top 10       where the dirt comes from\n  clean report reports/ --format markdown        a summary for a pull request\n  clean report reports/ --max-loss 1%            what a run with that would cut, without reading the inputs\n  clean report reports/ --only twin-document     what one rule cuts alone\n\nWhat-if answers are exact. What the report does not know is named with the reason, and the exit code is 2:\ndocs/report.md tells how far its evidence reaches."
    )]
    Report(ReportArgs),
    /// Make weights for the line judge from labelled pages (docs/judging.md)
    Train(TrainArgs),
    /// List all rules
    Rules,
    /// Print the JSON Schema of report.json, or of another file
    Schema {
        /// report, clusters, pairs, audit, check, config, listing, what-if
        #[arg(value_name = "FILE", value_enum, default_value_t = SchemaArg::Report, hide_possible_values = true)]
        file: SchemaArg,
    },
    /// Print what a shell reads to complete commands: bash, zsh, fish, powershell, elvish
    #[command(
        after_help = "Examples:\n  source <(clean completions bash)                                  now, in this shell\n  clean completions fish > ~/.config/fish/completions/clean.fish    from the next shell on"
    )]
    Completions {
        /// bash, zsh, fish, powershell, elvish
        #[arg(value_name = "SHELL", value_enum, hide_possible_values = true)]
        shell: Shell,
    },
    /// Print the manual page, or write it and one for each command into a folder
    #[command(
        after_help = "Examples:\n  clean man | man -l -                       to read\n  clean man --to ~/.local/share/man/man1     to have it: man clean, man clean-check"
    )]
    Man {
        /// The folder; pages of an earlier version there are replaced
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
}

/// Arguments of `clean INPUTS`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    common: CommonArgs,
    #[command(flatten)]
    against: AgainstArgs,
    /// Where cleaned text and report go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// Compress cleaned files: none, gz, zst [default: like the input]
    #[arg(long, value_name = "HOW", value_enum, hide_possible_values = true)]
    compress: Option<CompressArg>,
    /// Write nothing when more of the text would go, as 90%
    #[arg(long, value_name = "PERCENT", default_value = "60%", value_parser = percent)]
    max_cut: Ratio,
    /// Write nothing, only say what would go
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Also write clusters.jsonl: who goes for whom
    #[arg(long)]
    clusters: bool,
    /// Also write pairs.jsonl: all documents alike, by pairs
    #[arg(long)]
    pairs: bool,
    /// Reports: json, html, jsonl (documents), markdown
    #[arg(
        long,
        value_name = "LIST",
        value_enum,
        value_delimiter = ',',
        default_value = "json",
        hide_possible_values = true
    )]
    report: Vec<ReportArg>,
    /// Texts in report.html, packed, at most; documents with most to see keep theirs
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = size)]
    html_size: u64,
    /// Go on with a run that was killed
    #[arg(long)]
    resume: bool,
    /// Leave facts of the run (time, threads) out of the report
    #[arg(long)]
    stable: bool,
}

impl std::ops::Deref for RunArgs {
    type Target = CommonArgs;

    fn deref(&self) -> &CommonArgs {
        &self.common
    }
}

impl RunArgs {
    pub(super) fn options(&self) -> Result<Options, Error> {
        let compress = self.compress.map(|how| match how {
            CompressArg::None => Compression::None,
            CompressArg::Gz => Compression::Gz,
            CompressArg::Zst => Compression::Zst,
        });
        let options = self.against.options(&self.common)?;
        let Self { out, max_cut, stable, clusters, pairs, report, html_size, resume, .. } = self;
        Ok(Options {
            out: out.clone(),
            max_cut: *max_cut,
            stable: *stable,
            clusters: *clusters,
            pairs: *pairs,
            html: report.contains(&ReportArg::Html),
            html_bytes: *html_size,
            jsonl: report.contains(&ReportArg::Jsonl),
            markdown: report.contains(&ReportArg::Markdown),
            resume: *resume,
            compress,
            ..options
        })
    }
}

/// Arguments of `clean train LABELS`.
#[derive(Debug, Args)]
pub(super) struct TrainArgs {
    /// JSONL with text, url, and lines with ln and label (keep, drop)
    #[arg(value_name = "LABELS", required = true)]
    pub(super) labels: Vec<PathBuf>,
    /// Where the weights go; a file that exists is never overwritten
    #[arg(long, value_name = "FILE")]
    pub(super) to: Option<PathBuf>,
    /// Trees
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub(super) trees: u16,
    /// Questions in a tree
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=8))]
    pub(super) depth: u8,
    /// Share of the best step that a tree takes, in hundredths
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(super) rate: u8,
    /// What a switch between article and furniture costs, in 1/1024 of log-odds
    #[arg(long, value_name = "N", default_value_t = 400)]
    pub(super) switch: u16,
    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=512))]
    pub(super) threads: u16,
}

/// Arguments of `clean check INPUTS`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) common: CommonArgs,
    #[command(flatten)]
    pub(super) against: AgainstArgs,
    /// A limit: duplicate, boilerplate, ad (shares of words), twins (of documents), unreadable (inputs)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) limit: Vec<String>,
    /// human, json, github, sarif, junit, markdown
    #[arg(long, value_name = "NAME", default_value = "human", hide_possible_values = true, value_parser = formats::FORMATS.iter().map(|f| f.name).collect::<Vec<_>>())]
    pub(super) format: String,
    /// Findings listed, and held in memory, at most [default: by format]
    #[arg(long, value_name = "N")]
    pub(super) max_findings: Option<usize>,
    /// List also what is left alone (hints, notes, allowed rules), and known
    #[arg(long)]
    pub(super) all: bool,
    /// Fail on what is new beside this file, and on nothing else
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Take out of the baseline what is gone; make it when there is none
    #[arg(long)]
    pub(super) update_baseline: bool,
    /// With --update-baseline: take in what is new
    #[arg(long, requires = "update_baseline")]
    pub(super) accept: bool,
}

/// Arguments of `clean report REPORT`.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// report.json, or its folder
    #[arg(value_name = "REPORT", default_value = "reports")]
    pub(super) report: PathBuf,
    /// List by rule, kind, category, document, host; most words gone first
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true, conflicts_with = "what-if")]
    by: Option<ByArg>,
    /// Rows listed at most [default: 20 documents or hosts]
    #[arg(long, value_name = "N", requires = "by")]
    pub(super) top: Option<usize>,
    /// human, json, jsonl (a line a document), markdown
    #[arg(long, value_name = "NAME", value_enum, default_value_t = ReportFormat::Human, hide_possible_values = true)]
    pub(super) format: ReportFormat,
    /// Write report.html again, as a run writes it, to a new file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["what-if", "by", "format"])]
    pub(super) to: Option<PathBuf>,
    /// With --to: texts in it, packed, at most
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = size)]
    pub(super) html_size: u64,
    #[command(flatten)]
    what_if: WhatIfArgs,
    /// Weights of the line judge, where the run had others than those that come with the program
    #[arg(long, value_name = "FILE")]
    pub(super) judge: Option<PathBuf>,
}

/// Settings that a what-if is asked for.
#[derive(Debug, Args)]
#[group(id = "what-if", multiple = true)]
#[command(next_help_heading = "What if the run had had other settings (all else as it was)")]
struct WhatIfArgs {
    /// Cut from this confidence on: certain, likely, hint
    #[arg(long, value_name = "LEVEL", value_enum, hide_possible_values = true)]
    cut_from: Option<CutFrom>,
    /// Leave what this rule finds (may be given again; none: leave nothing)
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Run this rule only (may be given again)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Words of articles that may be lost; 0 cuts only what is certain
    #[arg(long, value_name = "SHARE")]
    max_loss: Option<Ratio>,
    /// Common shingles that make documents twins
    #[arg(long, value_name = "SHARE")]
    alike: Option<Ratio>,
    /// The same for a paragraph and an earlier one
    #[arg(long, value_name = "SHARE")]
    alike_block: Option<Ratio>,
    /// Share in a longer document from which one is contained
    #[arg(long, value_name = "SHARE")]
    contained: Option<Ratio>,
}

impl ReportArgs {
    pub(super) fn by(&self) -> Option<By> {
        self.by.map(|by| match by {
            ByArg::Rule => By::Rule,
            ByArg::Kind => By::Kind,
            ByArg::Category => By::Category,
            ByArg::Document => By::Document,
            ByArg::Host => By::Host,
        })
    }

    /// What is asked of other settings; none when nothing is.
    pub(super) fn ask(&self) -> Result<Option<Ask>, Error> {
        let WhatIfArgs { cut_from, allow, only, max_loss, alike, alike_block, contained } = &self.what_if;
        let ids = |names: &[String]| names.iter().map(|id| rule(id).map(|rule| rule.id)).collect::<Result<Vec<_>, _>>();
        let anything = cut_from.is_some() || !allow.is_empty() || !only.is_empty() || max_loss.is_some();
        if !anything && alike.is_none() && alike_block.is_none() && contained.is_none() {
            return Ok(None);
        }
        let none = allow.len() == 1 && allow[0] == "none";
        Ok(Some(Ask {
            cut_from: cut_from.map(CutFrom::level),
            allow: (!allow.is_empty()).then(|| if none { Ok(Vec::new()) } else { ids(allow) }).transpose()?,
            only: (!only.is_empty()).then(|| ids(only)).transpose()?,
            max_loss: max_loss.map(millionths),
            alike: *alike,
            alike_block: *alike_block,
            contained: *contained,
        }))
    }
}

/// By what a listing is.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ByArg {
    Rule,
    Kind,
    Category,
    Document,
    Host,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Human,
    Json,
    Jsonl,
    Markdown,
}

/// Arguments of `clean diff INPUTS`.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    #[command(flatten)]
    pub(super) common: CommonArgs,
    #[command(flatten)]
    pub(super) against: AgainstArgs,
    /// Colours: auto (on a terminal, unless `NO_COLOR` is set), always, never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true)]
    pub(super) color: ColorChoice,
}

/// Arguments of `clean audit INPUTS`.
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    #[command(flatten)]
    pub(super) common: CommonArgs,
    /// Documents to plant in, chosen by a hash of where they stand
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) documents: u64,
    /// Seed of all draws: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value = "1")]
    pub(super) seed: u64,
    /// Print JSON, with examples of what was missed
    #[arg(long)]
    pub(super) json: bool,
    /// A limit: recall (of each kind, at least), touched (of clean words, at most)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) limit: Vec<String>,
}

/// What inputs are held against.
#[derive(Debug, Args)]
pub(super) struct AgainstArgs {
    /// Files and folders of known documents to hold the inputs against
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,
}

impl AgainstArgs {
    /// The options of a run that holds its inputs against these.
    pub(super) fn options(&self, common: &CommonArgs) -> Result<Options, Error> {
        if common.inputs.is_empty() && !self.against.is_empty() {
            let message = "nothing to read: all that follows --against is what inputs are held against\n  name the inputs before it: clean check new/ --against old/";
            return Err(Error::Usage(message.into()));
        }
        Ok(Options { against: self.against.clone(), ..common.options()? })
    }
}

/// Arguments that all have.
#[derive(Debug, Args)]
pub(super) struct CommonArgs {
    /// Files and folders (.txt .md .jsonl, also .gz .zst); - for standard input
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// File with settings [default: clean.toml, looked for upwards from the first input]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Field with the text of a JSON record
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// Field with the id of a JSON record
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// Read all inputs as text, markdown or jsonl, whatever their names
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_parser = FORMATS.iter().map(|f| f.name).collect::<Vec<_>>())]
    input_format: Option<String>,
    /// Common shingles that make documents twins
    #[arg(long, value_name = "SHARE", default_value = "0.8")]
    alike: Ratio,
    /// The same for a paragraph and an earlier one
    #[arg(long, value_name = "SHARE", default_value = "0.8")]
    alike_block: Ratio,
    /// Words that make a paragraph a copy across documents
    #[arg(long, value_name = "WORDS", default_value = "16")]
    shortest_block: u32,
    /// Which twin stays: first, longest, shortest, newest, oldest, FIELD:asc, FIELD:desc, host:LIST
    #[arg(long, value_name = "WHICH", default_value = "first")]
    keep: Keep,
    /// Report documents that stand in longer ones, as 0.9
    #[arg(long, value_name = "SHARE")]
    contained: Option<Ratio>,
    /// Take all digits for the same when matching
    #[arg(long)]
    fold_digits: bool,
    /// Cut what stands twice anywhere from so many bytes (100) or words (50w) on
    #[arg(long, value_name = "N")]
    repeated_span: Option<SpanLength>,
    /// Words of articles that may go (0: only what is certain)
    #[arg(long, value_name = "SHARE", default_value = "0.5%")]
    max_loss: Ratio,
    /// Weights of the line judge, from clean train
    #[arg(long, value_name = "FILE")]
    judge: Option<PathBuf>,
    /// Cut from this confidence on: certain, likely, hint
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = CutFrom::Likely, hide_possible_values = true)]
    cut_from: CutFrom,
    /// Leave what this rule finds (may be given again)
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Run this rule only (may be given again)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=512))]
    threads: u16,
    /// Copy larger records unchanged
    #[arg(long, value_name = "SIZE", default_value = "100M", value_parser = record_size)]
    largest_record: usize,
    /// Bytes of work a task; the result does not depend on it
    #[arg(long, value_name = "BYTES", default_value = "4194304", hide = true)]
    shard_bytes: u64,
    /// Memory of the run, as 2G [default: half of what is free]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<u64>,
    /// Folder for temporary files [default: the system's]
    #[arg(long, value_name = "DIR")]
    temp_dir: Option<PathBuf>,
    /// Instructions to work with [default: the widest here]; the result does not depend on it
    #[arg(long, value_name = "PATH", hide = true, value_parser = simd::Path::ALL.map(simd::Path::name))]
    simd: Option<String>,
    /// No progress bar, no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CompressArg {
    None,
    Gz,
    Zst,
}

/// What the report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportArg {
    Json,
    Html,
    Jsonl,
    Markdown,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaArg {
    /// `report.json`
    Report,
    /// `clusters.jsonl`
    Clusters,
    /// `pairs.jsonl`
    Pairs,
    /// What `clean audit --json` prints
    Audit,
    /// What `clean check --format json` prints
    Check,
    /// `clean.toml`
    Config,
    /// What `clean report --by WHAT --format json` prints
    Listing,
    /// What `clean report` prints with `--format json` of other settings
    WhatIf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CutFrom {
    Certain,
    Likely,
    Hint,
}

impl CutFrom {
    fn level(self) -> Confidence {
        match self {
            Self::Certain => Confidence::Certain,
            Self::Likely => Confidence::Likely,
            Self::Hint => Confidence::Hint,
        }
    }
}

/// A share in parts of a million.
fn millionths(share: Ratio) -> u32 {
    u32::try_from(share.parts_of(1_000_000)).unwrap_or(u32::MAX)
}

/// The weights of the line judge in a file.
pub(super) fn weights(path: &Path) -> Result<Weights, Error> {
    let bytes = std::fs::read(path).map_err(Error::io("cannot read", path))?;
    Weights::parse(&bytes).map_err(|why| {
        let path = path.display();
        Error::Usage(format!("{path} holds no weights: {why}\n  clean train LABELS --to FILE makes them"))
    })
}

impl CommonArgs {
    pub(super) fn options(&self) -> Result<Options, Error> {
        if self.inputs.is_empty() {
            return Err(Error::Usage(
                "nothing to read\n  give a file, a folder, or - for standard input; clean --help shows examples".into(),
            ));
        }
        if let Some(path) = simd::Path::ALL.into_iter().find(|path| self.simd.as_deref() == Some(path.name())) {
            path.force().map_err(|here| {
                let (path, here) = (path.name(), here.join(", "));
                Error::Usage(format!("this processor cannot take --simd {path}\n  it can take {here}"))
            })?;
        }
        let allow = self.allow.iter().map(|id| rule(id).map(|r| r.id)).collect::<Result<_, _>>()?;
        let only = self.only.iter().map(|id| rule(id)).collect::<Result<Vec<_>, _>>()?;
        if self.repeated_span.is_none() && only.iter().any(|rule| rule.id == "repeated-span") {
            let message = "the rule 'repeated-span' must know how long a span is\n  add --repeated-span 100 (bytes) or --repeated-span 50w (words)";
            return Err(Error::Usage(message.into()));
        }
        let loss = millionths(self.max_loss);
        let judge = match &self.judge {
            None => Judge::shipped(loss),
            Some(path) => Judge::new(Cow::Owned(weights(path)?), loss),
        };
        let cut_from = if loss == 0 { Confidence::Certain } else { self.cut_from.level() };
        Ok(Options {
            threads: usize::from(self.threads),
            progress: !self.quiet && std::io::stderr().is_terminal(),
            fields: Fields { text: self.text_field.clone(), id: self.id_field.clone() },
            format: self.input_format.as_deref().and_then(read::format),
            alike: self.alike,
            alike_block: self.alike_block,
            shortest_block: self.shortest_block,
            keep: self.keep.clone(),
            contained: self.contained,
            fold_digits: self.fold_digits,
            repeated_span: self.repeated_span,
            judge,
            policy: Policy { cut_from, allow },
            only_some: !only.is_empty(),
            rules: if only.is_empty() { RULES.to_vec() } else { only },
            largest_record: self.largest_record,
            shard_bytes: self.shard_bytes,
            memory: self.memory,
            temp_dir: self.temp_dir.clone(),
            ..Options::new(self.inputs.clone())
        })
    }
}

/// The rule of that name, or the one that was meant.
pub(super) fn rule(id: &str) -> Result<&'static Rule, Error> {
    judge::rule(id).ok_or_else(|| {
        let held = RULES.iter().find(|r| id.len() > 2 && r.id.contains(id));
        let near = || RULES.iter().min_by_key(|r| edits(r.id, id)).filter(|r| 2 * edits(r.id, id) <= id.len());
        let meant = held.or_else(near).map_or_else(String::new, |r| format!("; did you mean '{}'?", r.id));
        Error::Usage(format!("there is no rule '{id}'{meant}\n  clean rules lists them all"))
    })
}

/// Reads a share that may be written as a bare number of percents: `60`, `60%`, `0.6`.
fn percent(text: &str) -> Result<Ratio, String> {
    text.parse().or_else(|why| format!("{text}%").parse().map_err(|_| why))
}

/// Reads a size: `1000`, `64K`, `100M`, `2G` (powers of 1024).
fn size(text: &str) -> Result<u64, String> {
    let bad = || format!("'{text}' is no size: write 1000, 64K, 100M or 2G");
    let plain = text.trim_end_matches(['B', 'b']).trim_end_matches('i');
    let (digits, factor) = match plain.chars().last().map(|c| c.to_ascii_uppercase()) {
        Some('K') => (&plain[..plain.len() - 1], 1 << 10),
        Some('M') => (&plain[..plain.len() - 1], 1 << 20),
        Some('G') => (&plain[..plain.len() - 1], 1 << 30),
        _ => (plain, 1),
    };
    let count: u64 = digits.trim().parse().map_err(|_| bad())?;
    count.checked_mul(factor).ok_or_else(bad)
}

/// Reads the size of a record: spans are counted in 32 bits.
fn record_size(text: &str) -> Result<usize, String> {
    let bytes = size(text)?;
    let narrow = usize::try_from(bytes).ok().filter(|&size| size < u32::MAX as usize);
    narrow.ok_or_else(|| format!("'{text}' is too large: a record is held in memory and has less than 4G"))
}
