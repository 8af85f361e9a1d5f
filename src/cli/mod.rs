//! Arguments, help, what is printed, exit codes.

mod args;
mod audit;
mod baseline;
mod check;
mod config;
mod diff;
mod explain;
mod generate;
mod report;
mod settings;
mod train;

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::error::Error;
use crate::judge::RULES;
use crate::pipeline::{self, Mode, Outcome};
use crate::report::ceiling;
use crate::report::clusters::{clusters_schema, pairs_schema};
use crate::report::model::schema;
use crate::report::paint::Paint;
use crate::report::summary::{counted, held_against, listed, table, troubles, visible};
use args::{Command, RunArgs, SchemaArg};

/// Nothing to complain about.
const CLEAN: u8 = 0;
/// `check` found more than its limits allow, or `audit` found less.
const OVER: u8 = 1;
/// The run could not be done, or an input could not be read.
const TROUBLE: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let (cli, limits) = match settings::parse(std::env::args_os().collect()) {
        Ok(read) => read,
        Err(error) => return failed(&error),
    };
    // Stopped by hand or by a supervisor: what is unfinished goes, what stood before stays. 130 is what shells expect.
    let _ = ctrlc::set_handler(|| {
        pipeline::abandon();
        std::process::exit(130);
    });
    let result = match cli.command {
        None => clean(&cli.run),
        Some(Command::Check(args)) => check::check(&args, limits),
        Some(Command::Init { folder }) => config::init(&folder),
        Some(Command::Audit(args)) => audit::audit(&args),
        Some(Command::Diff(args)) => diff::diff(&args),
        Some(Command::Restore { report, out }) => restore(&report, &out),
        Some(Command::Explain { subject, target }) => explain::explain(&subject, target.as_deref()),
        Some(Command::Report(args)) => report::report(&args),
        Some(Command::Train(args)) => train::train(&args),
        Some(Command::Rules) => rules(),
        Some(Command::Schema { file }) => {
            let schema = match file {
                SchemaArg::Report => schema(),
                SchemaArg::Clusters => clusters_schema(),
                SchemaArg::Pairs => pairs_schema(),
                SchemaArg::Check => crate::report::checked::schema(),
                SchemaArg::Audit => crate::audit::model::schema(),
                SchemaArg::Config => config::schema(),
                SchemaArg::Listing => crate::report::listing::schema(),
                SchemaArg::WhatIf => crate::whatif::schema(),
            };
            print(&format!("{schema:#}\n")).map(|()| CLEAN)
        }
        Some(Command::Completions { shell }) => generate::completions(shell),
        Some(Command::Man { to }) => generate::man(to.as_deref()),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => failed(&error),
    }
}

/// What could not be done is said.
fn failed(error: &Error) -> ExitCode {
    complain(&format!("error: {error}\n"));
    ExitCode::from(TROUBLE)
}

/// `clean INPUTS`.
fn clean(args: &RunArgs) -> Result<u8, Error> {
    let mut options = args.options()?;
    options.mode = if args.dry_run { Mode::Look } else { Mode::Clean };
    let outcome = pipeline::run(&options)?;
    complain(&troubles(&outcome.troubles, outcome.more_troubles));
    if let Some(said) = outcome.page.map(|page| page.said()).filter(|said| !said.is_empty()) {
        complain(&format!("note: {said}\n"));
    }
    if let Some(said) = listed(&outcome.tally, outcome.more_findings) {
        complain(&format!("note: {said}\n"));
    }
    if !args.quiet {
        let end = if args.dry_run {
            "\nnothing was written (--dry-run)\n".into()
        } else {
            let also = [("html", options.html), ("jsonl", options.jsonl), ("md", options.markdown)];
            let also = also.into_iter().filter(|(_, written)| *written);
            let page: Vec<_> = also.map(|(kind, _)| format!("{}/report.{kind}, ", options.out.display())).collect();
            let page = page.concat();
            format!("\nwritten to {0}/cleaned, {0}/report.json, {page}{0}/removed.jsonl\n", options.out.display())
        };
        let against = outcome.against.as_ref().map(|against| format!("\n{}\n", held_against(against)));
        let paint = if io::stdout().is_terminal() && wants_colours() { Paint::COLOURS } else { Paint::PLAIN };
        print(&format!("{}{}{end}", table(&outcome.tally, paint), against.unwrap_or_default()))?;
    }
    // A run that is no dry run ends before it comes here.
    if let Some(message) = ceiling::breach(&outcome.tally, options.max_cut) {
        return Err(Error::CutsTooMuch(message));
    }
    Ok(code(&outcome))
}

/// An input that could not be read is trouble, although all else was done.
fn code(outcome: &Outcome) -> u8 {
    if outcome.tally.unreadable > 0 { TROUBLE } else { CLEAN }
}

/// `clean restore REPORT --out DIR`.
fn restore(report: &std::path::Path, out: &std::path::Path) -> Result<u8, Error> {
    let done = pipeline::restore::restore(report, out)?;
    print(&format!(
        "restored to {}: {}, as read (compressed files as new archives of the same bytes)\n",
        out.display(),
        counted(done.files, "file")
    ))?;
    for path in &done.left_out {
        complain(&format!("not restored: {}: it could not be read in that run\n", visible(path)));
    }
    Ok(CLEAN)
}

/// `clean rules`.
fn rules() -> Result<u8, Error> {
    let mut out = String::new();
    for rule in RULES {
        let category = crate::report::tally::name(rule.category);
        let confidence = format!("{:?}", rule.confidence).to_lowercase();
        let _ = writeln!(out, "{:<20} {category:<12} {confidence:<8} {}", rule.id, rule.summary);
    }
    print(&out).map(|()| CLEAN)
}

/// Writes to standard output; a reader that went away is no error.
fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What became of writing to standard output.
fn written(done: io::Result<()>) -> Result<(), Error> {
    match done {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Usage(format!("cannot write to standard output: {e}")))
        }
        _ => Ok(()),
    }
}

/// Whether the user has not said that colours are unwanted.
fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes to standard error, in red on a terminal that wants colours.
fn complain(text: &str) {
    if text.is_empty() {
        return;
    }
    // Names of files and what stands in them come from strangers.
    let text = text.split('\n').map(visible).collect::<Vec<_>>().join("\n");
    let mut err = io::stderr().lock();
    let colours = err.is_terminal() && wants_colours();
    let style = anstyle::Style::new().fg_color(Some(anstyle::AnsiColor::Red.into()));
    let _ = match text.strip_prefix("error:").filter(|_| colours) {
        Some(rest) => write!(err, "{style}error:{style:#}{rest}"),
        None => err.write_all(text.as_bytes()),
    };
}
