//! The output of pass 2: cleaned files, joined parts, the report's head.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;
use std::path::Path;

use super::polish::{cleaned_name, part_names};
use super::{Job, Mode, Outcome};
use crate::error::Error;
use crate::read::{Compression, Framing, Slice, Source};
use crate::report::model::{Head, RunFacts, SCHEMA, Settings};
use crate::report::removed::{self, Removed, SourceLine};
use crate::types::TroubleKind;
use crate::write::{Part, Staging};

/// Output that is written and not yet shown.
pub(super) struct Staged {
    pub(super) staging: Staging,
    pub(super) sources: Vec<SourceLine>,
}

/// Prepares the output; none when nothing is to be written.
pub(super) fn stage(job: &Job<'_>) -> Result<Option<Staging>, Error> {
    (job.options.mode == Mode::Clean).then(|| Staging::open(&job.options.out, foreign)).transpose()
}

/// What of a report folder's contents is not ours to replace.
fn foreign(out: &Path) -> Option<String> {
    let head = crate::read::source::head(&out.join("report.json"), 256).unwrap_or_default();
    if !String::from_utf8_lossy(&head).contains(SCHEMA) {
        return Some("cleaned, removed.jsonl or report.json, but not as a report of this program".into());
    }
    let Ok(lines) = super::restore::source_lines(&out.join("removed.jsonl")) else {
        return Some(
            "a report whose removed.jsonl is missing or damaged, so what in cleaned is yours cannot be told".into(),
        );
    };
    let known: HashSet<String> = lines.into_iter().map(|s| s.path).collect();
    let cleaned = out.join("cleaned");
    let files = walkdir::WalkDir::new(&cleaned).into_iter().filter_map(Result::ok).filter(|e| !e.file_type().is_dir());
    let mut names =
        files.map(|e| crate::read::source::report_name(e.path().strip_prefix(&cleaned).unwrap_or(e.path())));
    names.find(|name| !known.contains(name)).map(|name| format!("the file cleaned/{name}, which no run wrote"))
}

/// Joins all parts and shows the result.
pub(super) fn publish(
    job: &Job<'_>,
    staged: Staged,
    outcome: &Outcome,
    run: Option<&RunFacts>,
    settings: &Settings,
) -> Result<(), Error> {
    let Staged { staging, sources } = staged;
    for shard in job.shards.iter().filter(|shard| shard.len() == 1 && shard[0].from == 0 && !shard[0].is_whole()) {
        let source = &job.sources[shard[0].source as usize];
        if !sources.iter().any(|line| line.path == source.path) {
            continue;
        }
        let slices = job.shards.iter().flatten().filter(|s| s.source == shard[0].source);
        let mut whole = staging.create(&format!("cleaned/{}", source.path))?;
        staging.join(&mut whole, slices.map(|slice| cleaned_name(source, *slice)), 0)?;
        whole.finish()?;
    }

    let mut removed = staging.create("removed.jsonl")?;
    let fields = &job.options.fields;
    let unreadable: BTreeSet<&String> =
        outcome.troubles.iter().filter(|t| t.kind == TroubleKind::Unreadable).map(|t| &t.path).collect();
    let header = Removed::Header {
        schema: removed::SCHEMA.into(),
        text_field: fields.text.clone(),
        id_field: fields.id.clone(),
        unreadable: unreadable.into_iter().cloned().collect(),
    };
    removed.put(&header.line())?;
    sources.into_iter().try_for_each(|source| removed.put(&Removed::Source(source).line()))?;
    staging.join(&mut removed, (0..job.shards.len()).map(|n| part_names(n)[1].clone()), 0)?;
    removed.finish()?;

    let mut report = staging.create("report.json")?;
    let head = Head {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        settings,
        totals: &outcome.tally,
        troubles: &outcome.troubles,
        more_troubles: outcome.more_troubles,
        run,
    };
    let mut text = serde_json::to_vec_pretty(&head).unwrap_or_default();
    text.truncate(text.len().saturating_sub(2));
    report.put(&text)?;
    report.put(b",\n  \"documents\": [")?;
    staging.join(&mut report, (0..job.shards.len()).map(|n| part_names(n)[0].clone()), 1)?;
    report.put(b"\n  ]\n}\n")?;
    report.finish()?;
    staging.publish()
}

/// A cleaned file or a part of one, compressed like its source.
pub(super) struct Cleaned {
    name: String,
    writer: Option<Writer>,
    /// A file of one record that goes leaves no file.
    written: bool,
    whole: bool,
}

enum Writer {
    Plain(Part),
    Gz(flate2::write::GzEncoder<Part>),
    Zst(zstd::Encoder<'static, Part>),
}

impl Cleaned {
    pub(super) fn create(staging: &Staging, source: &Source, slice: Slice) -> Result<Self, Error> {
        let name = cleaned_name(source, slice);
        let part = staging.create(&name)?;
        let path = part.path().to_owned();
        let writer = match source.compression {
            Compression::None => Writer::Plain(part),
            Compression::Gz => Writer::Gz(flate2::write::GzEncoder::new(part, flate2::Compression::default())),
            Compression::Zst => Writer::Zst(zstd::Encoder::new(part, 0).map_err(Error::io("cannot compress", path))?),
        };
        Ok(Self { name, writer: Some(writer), written: false, whole: source.format.framing == Framing::Whole })
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.written = true;
        let writer: &mut dyn Write = match &mut self.writer {
            Some(Writer::Plain(part)) => part,
            Some(Writer::Gz(encoder)) => encoder,
            Some(Writer::Zst(encoder)) => encoder,
            None => return Ok(()),
        };
        writer.write_all(bytes).map_err(Error::io("cannot write", &self.name))
    }

    pub(super) fn finish(mut self) -> Result<(), Error> {
        let failed = |name: &str| Error::io("cannot write", name.to_owned());
        let part = match self.writer.take() {
            Some(Writer::Plain(part)) => part,
            Some(Writer::Gz(encoder)) => encoder.finish().map_err(failed(&self.name))?,
            Some(Writer::Zst(encoder)) => encoder.finish().map_err(failed(&self.name))?,
            None => return Ok(()),
        };
        let path = part.path().to_owned();
        part.finish()?;
        if self.whole && !self.written {
            std::fs::remove_file(&path).map_err(Error::io("cannot remove", &path))?;
        }
        Ok(())
    }
}
