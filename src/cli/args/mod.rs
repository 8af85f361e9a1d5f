//! What can be typed: a file a command, and a file for what commands share.

mod audit;
mod check;
mod colours;
mod cut;
mod diff;
mod fields;
mod inputs;
mod machine;
mod matching;
mod report;
mod run;
mod train;
mod values;
mod what_if;

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(super) use audit::AuditArgs;
pub(super) use check::CheckArgs;
pub(super) use diff::DiffArgs;
pub(super) use report::{ReportArgs, ReportFormat};
pub(super) use run::RunArgs;
pub(super) use train::TrainArgs;
pub(super) use values::{rule, weights};

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
pub(in crate::cli) struct Cli {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<Command>,
    #[command(flatten)]
    pub(in crate::cli) run: RunArgs,
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
    "max_findings",
    "stable",
    "threads",
    "only",
    "max_cut",
    "resume",
    "text_field",
];

/// What else can be done.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
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

/// What has a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum SchemaArg {
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
