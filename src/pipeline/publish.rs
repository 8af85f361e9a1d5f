//! The output of pass 2: cleaned files, joined parts, the report's head.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::cleaned::apart;
use super::page;
use super::polish::{cleaned_name, part_names};
use super::resume::task;
use super::{Job, Mode, Outcome};
use crate::error::Error;
use crate::read::Slice;
use crate::report::DocumentEntry;
use crate::report::cap::Ranks;
use crate::report::html::{self, Held};
use crate::report::markdown;
use crate::report::model::{Head, RunFacts, SCHEMA, Settings};
use crate::report::removed::{self, Removed, SourceLine};
use crate::types::TroubleKind;
use crate::write::{Part, Staging};

/// The line of `report.json` behind which the documents stand, each on its own.
const DOCUMENTS: &[u8] = b"  \"documents\": [\n";
/// Bytes read at once.
const BUFFER: usize = 256 << 10;

/// Prepares the output; none when nothing is to be written.
pub(super) fn stage(job: &Job<'_>, settings: &Settings) -> Result<Option<Staging>, Error> {
    apart(job.inputs())?;
    let open = || Staging::open(&job.options.out, &task(job, settings), job.options.resume, foreign);
    (job.options.mode == Mode::Clean).then(open).transpose()
}

/// What of a report folder's contents is not ours to replace.
fn foreign(out: &Path) -> Option<String> {
    // `report.jsonl` has no mark of its own: every line of it is one document.
    for (name, mark) in [("report.html", html::MARK), ("report.md", markdown::MARK), ("report.jsonl", "{\"id\":\"")] {
        let head = crate::read::source::head(&out.join(name), 256).unwrap_or_default();
        if out.join(name).exists() && !head.is_empty() && !String::from_utf8_lossy(&head).contains(mark) {
            return Some(format!("a {name} that no run wrote"));
        }
    }
    let head = crate::read::source::head(&out.join("report.json"), 256).unwrap_or_default();
    if !String::from_utf8_lossy(&head).contains(SCHEMA) {
        return Some("cleaned, removed.jsonl or report.json, but not as a report of this program".into());
    }
    let Ok(lines) = super::restore::source_lines(&out.join("removed.jsonl")) else {
        return Some(
            "a report whose removed.jsonl is missing or damaged, so what in cleaned is yours cannot be told".into(),
        );
    };
    let known: HashSet<PathBuf> = lines.into_iter().map(|s| s.cleaned.map_or(s.path, |c| c.path).into()).collect();
    let cleaned = out.join("cleaned");
    let files = walkdir::WalkDir::new(&cleaned).into_iter().filter_map(Result::ok).filter(|e| !e.file_type().is_dir());
    let mut names = files.filter_map(|e| e.path().strip_prefix(&cleaned).map(Path::to_path_buf).ok());
    let foreign = names.find(|name| !known.contains(name))?;
    Some(format!("the file cleaned/{}, which no run wrote", foreign.display()))
}

/// Joins all parts and shows the result; says what `report.html` holds, when one was written.
pub(super) fn publish(
    job: &Job<'_>,
    staging: &Staging,
    sources: &[SourceLine],
    outcome: &Outcome,
    run: Option<&RunFacts>,
    settings: &Settings,
) -> Result<Option<Held>, Error> {
    let head = Head {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        settings,
        against: outcome.against.as_ref(),
        totals: &outcome.tally,
        troubles: &outcome.troubles,
        more_troubles: outcome.more_troubles,
        capped_groups: outcome.capped_groups,
        more_findings: outcome.more_findings,
        run,
    };
    let text = || {
        join_cleaned(job, staging, sources)?;
        join_removed(job, staging, sources, outcome)
    };
    let report = || {
        join_report(job, staging, &head, &outcome.cuts)?;
        lines_and_summary(job, staging, outcome)?;
        // The page shows all that it has room for.
        page::join(job, staging, &Head { more_findings: 0, ..head })
    };
    let (text, report) = rayon::join(text, report);
    let page = text.and(report)?;
    staging.publish().map(|()| page)
}

/// Puts together the cleaned files whose sources were cut in slices.
fn join_cleaned(job: &Job<'_>, staging: &Staging, sources: &[SourceLine]) -> Result<(), Error> {
    let read: HashSet<&str> = sources.iter().map(|line| line.path.as_str()).collect();
    let cut: Vec<Slice> =
        job.shards[job.judged()].iter().flatten().filter(|slice| !slice.is_whole()).copied().collect();
    for slices in cut.chunk_by(|a, b| a.source == b.source) {
        let source = &job.sources[slices[0].source as usize];
        if read.contains(source.path.as_str()) {
            let parts: Vec<String> = slices.iter().map(|slice| cleaned_name(source, *slice)).collect();
            staging.join(&format!("cleaned/{}", source.cleaned_path()), |_| Ok(()), &parts, 0, b"")?;
        }
    }
    Ok(())
}

fn join_removed(job: &Job<'_>, staging: &Staging, sources: &[SourceLine], outcome: &Outcome) -> Result<(), Error> {
    let unreadable = outcome.troubles.iter().filter(|t| t.kind == TroubleKind::Unreadable).map(|t| &t.path);
    let unreadable: BTreeSet<&String> = unreadable.collect();
    let fields = &job.options.fields;
    let header = Removed::Header {
        schema: removed::SCHEMA.into(),
        text_field: fields.text.clone(),
        id_field: fields.id.clone(),
        unreadable: unreadable.into_iter().cloned().collect(),
    };
    let head = |removed: &mut Part| {
        removed.put(&header.line())?;
        sources.iter().try_for_each(|source| removed.put(&Removed::Source(source.clone()).line()))
    };
    let parts: Vec<String> = job.judged().map(|n| part_names(n)[1].clone()).collect();
    staging.join("removed.jsonl", head, &parts, 0, b"")
}

fn join_report(job: &Job<'_>, staging: &Staging, head: &Head<'_>, cuts: &[Option<Ranks>]) -> Result<(), Error> {
    let mut text = serde_json::to_vec_pretty(head).unwrap_or_default();
    // The closing brace comes behind the documents.
    text.truncate(text.len().saturating_sub(2));
    text.extend_from_slice(b",\n");
    text.extend_from_slice(DOCUMENTS.trim_ascii_end());
    let parts: Vec<String> = job.judged().map(|n| part_names(n)[0].clone()).collect();
    let cut = |(n, part)| shortened(staging, part, cuts.get(n).copied().flatten());
    let parts: Vec<String> = parts.into_par_iter().enumerate().map(cut).collect::<Result<_, _>>()?;
    staging.join("report.json", |report| report.put(&text), &parts, 1, b"\n  ]\n}\n")
}

/// The part of the report with so many findings, where that is not all of them: another file, so that it can be done again.
fn shortened(staging: &Staging, part: String, share: Option<Ranks>) -> Result<String, Error> {
    let from = staging.path(&part);
    let Some(mut left) = share.filter(|_| from.exists()) else { return Ok(part) };
    let failed = || Error::io("cannot read", &from);
    let mut documents = BufReader::with_capacity(BUFFER, File::open(&from).map_err(failed())?);
    let name = format!("{part}-listed");
    let (mut listed, mut line) = (staging.create(&name)?, Vec::new());
    while documents.read_until(b'\n', &mut line).map_err(failed())? > 0 {
        let json = line.trim_ascii_end();
        let json = json.strip_suffix(b",").unwrap_or(json);
        if !json.is_empty() {
            let mut entry: DocumentEntry<'_> = serde_json::from_slice(json).map_err(|e| failed()(e.into()))?;
            entry.cut_short(&mut left);
            listed.put(b",\n")?;
            listed.put(&serde_json::to_vec(&entry).unwrap_or_default())?;
        }
        line.clear();
    }
    listed.finish().map(|()| name)
}

/// Writes `report.jsonl`, which has the lines of `report.json` that are documents, and `report.md`.
fn lines_and_summary(job: &Job<'_>, staging: &Staging, outcome: &Outcome) -> Result<(), Error> {
    if job.options.jsonl {
        let from = staging.path("report.json");
        let failed = || Error::io("cannot read", &from);
        let mut report = BufReader::with_capacity(BUFFER, File::open(&from).map_err(failed())?);
        let (mut part, mut line, mut inside) = (staging.create("report.jsonl")?, Vec::new(), false);
        while report.read_until(b'\n', &mut line).map_err(failed())? > 0 {
            // Entries begin in the first column, and nothing in them breaks the line.
            inside &= line.starts_with(b"{");
            if inside {
                let entry = line.trim_ascii_end();
                part.put(entry.strip_suffix(b",").unwrap_or(entry))?;
                part.put(b"\n")?;
            }
            inside |= line == DOCUMENTS;
            line.clear();
        }
        part.finish()?;
    }
    if job.options.markdown {
        let mut part = staging.create("report.md")?;
        let Outcome { tally, digest, troubles, more_troubles, more_findings, .. } = outcome;
        part.put(markdown::text(tally, digest, troubles, *more_troubles, *more_findings).as_bytes())?;
        part.finish()?;
    }
    Ok(())
}
