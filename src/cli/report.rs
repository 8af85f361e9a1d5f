//! `clean report`.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::args::{ReportArgs, ReportFormat};
use super::{CLEAN, TROUBLE, complain, print, written};
use crate::error::Error;
use crate::judge::line::{Judge, Weights};
use crate::pipeline::remake::remake;
use crate::report::formats::plain;
use crate::report::listing::{By, Collector, table};
use crate::report::paint::Paint;
use crate::report::stream::{Piece, read};
use crate::report::summary::troubles;
use crate::report::{Digest, DocumentEntry, Report, markdown, summary};
use crate::whatif::{self, Ask, Beyond};

/// Rows that are listed of documents and hosts, unless the user says otherwise.
const TOP: usize = 20;
/// Bytes written at once.
const BUFFER: usize = 256 << 10;

/// Prints what a report says, in another way.
pub(super) fn report(args: &ReportArgs) -> Result<u8, Error> {
    if let Some(to) = &args.to {
        remake(&args.report, to, args.html_size)?;
        print(&format!("written to {}\n", to.display()))?;
        return Ok(CLEAN);
    }
    if let Some(ask) = args.ask()? {
        return what_if(args, &ask);
    }
    if let Some(by) = args.by() {
        return listing(args, by);
    }
    let path = &args.report;
    match args.format {
        ReportFormat::Human => {
            let report = documents(path, &mut |_| Ok(()))?;
            complain(&troubles(&report.troubles, report.more_troubles));
            unlisted(&report);
            let against = report.against.as_ref().map(|against| format!("\n{}\n", summary::held_against(against)));
            print(&(summary::table(&report.totals, paint(args)) + &against.unwrap_or_default()))?;
        }
        ReportFormat::Markdown => {
            let mut digest = Digest::default();
            let report = documents(path, &mut |entry| {
                digest.add(entry);
                Ok(())
            })?;
            print(&markdown::text(
                &report.totals,
                &digest,
                &report.troubles,
                report.more_troubles,
                report.more_findings,
            ))?;
        }
        ReportFormat::Json => {
            let report = documents(path, &mut |_| Ok(()))?;
            json(&report.head())?;
        }
        ReportFormat::Jsonl => lines(path)?,
    }
    Ok(CLEAN)
}

/// Says that the report leaves out findings, when it does.
fn unlisted(report: &Report) {
    if let Some(said) = summary::listed(&report.totals, report.more_findings) {
        complain(&format!("note: {said}\n"));
    }
}

/// How tables look on standard output.
fn paint(args: &ReportArgs) -> Paint {
    if args.colours.wanted(&io::stdout()) { Paint::COLOURS } else { Paint::PLAIN }
}

/// Reads a report to its end, document by document.
fn documents(path: &Path, each: &mut dyn FnMut(&DocumentEntry<'static>) -> Result<(), Error>) -> Result<Report, Error> {
    read(path, &mut |piece| match piece {
        Piece::Head(_) => Ok(()),
        Piece::Document(entry) => each(entry),
    })
}

/// A line a document, while the report is read.
fn lines(path: &Path) -> Result<(), Error> {
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let mut closed = false;
    documents(path, &mut |entry| {
        let done = serde_json::to_writer(&mut out, entry).map_err(io::Error::from);
        let done = if closed { Ok(()) } else { done.and_then(|()| out.write_all(b"\n")) };
        closed |= done.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe);
        written(done)
    })?;
    written(out.flush())
}

fn json(value: &impl Serialize) -> Result<(), Error> {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    print(&format!("{json}\n"))
}

/// `--by`.
fn listing(args: &ReportArgs, by: By) -> Result<u8, Error> {
    let few = matches!(by, By::Document | By::Host);
    let mut rows = Collector::new(by, args.top.unwrap_or(if few { TOP } else { usize::MAX }));
    let report = documents(&args.report, &mut |entry| {
        rows.add(entry);
        Ok(())
    })?;
    unlisted(&report);
    if report.more_findings > 0 && matches!(by, By::Rule | By::Kind | By::Category) {
        complain("note: documents are those of which the report lists a finding; all other numbers are whole\n");
    }
    let listing = rows.finish(&report);
    match args.format {
        ReportFormat::Human => print(&table(&listing, paint(args)))?,
        ReportFormat::Json => json(&listing)?,
        ReportFormat::Jsonl | ReportFormat::Markdown => {
            return Err(Error::Usage("--by prints a table, or with --format json what programs read".into()));
        }
    }
    Ok(CLEAN)
}

/// What other settings would have cut.
fn what_if(args: &ReportArgs, ask: &Ask) -> Result<u8, Error> {
    let weights = match &args.judge {
        None => Cow::Borrowed(Judge::shipped_weights()),
        Some(path) => Cow::Owned(super::args::weights(path)?),
    };
    let weights: &Weights = &weights;
    let answer = whatif::answer(&args.report, ask, weights)?;
    match args.format {
        ReportFormat::Human => print(&whatif::table::table(&answer, paint(args)))?,
        ReportFormat::Json => json(&answer)?,
        ReportFormat::Jsonl | ReportFormat::Markdown => {
            return Err(Error::Usage("what-if prints a table, or with --format json what programs read".into()));
        }
    }
    for Beyond { setting, why } in &answer.beyond {
        complain(&format!("not answered: {}: {}\n", plain(setting), plain(why)));
    }
    Ok(if answer.beyond.is_empty() { CLEAN } else { TROUBLE })
}
