//! Cleaned text + what was removed = the input, byte for byte.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use super::cleaned::Encoder;
use super::polish::checksum;
use crate::error::Error;
use crate::read::frame::frames;
use crate::read::{Compression, Fields, Format, Piece, Stop, format, source};
use crate::report::removed::{At, Removed, SCHEMA, SourceLine};
use crate::rewrite::{Undo, undo};
use crate::types::Form;
use crate::write::Scratch;

/// What was restored.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files written.
    pub files: u64,
    /// Decompressed bytes written.
    pub bytes: u64,
    /// Inputs of that run which could not be read, and so are not restored.
    pub left_out: Vec<String>,
}

/// The inputs that `removed.jsonl` speaks of: the lines at its head.
///
/// # Errors
/// When the file is not one that this version can read.
pub fn source_lines(path: &Path) -> Result<Vec<SourceLine>, Error> {
    let mut lines = Lines::open(path)?;
    let mut out = Vec::new();
    while let Some(Removed::Source(source)) = lines.next_if(&|line| matches!(line, Removed::Source(_)))? {
        out.push(source);
    }
    Ok(out)
}

/// Restores the inputs of the report in `report` below `out`. Files that exist are never overwritten.
///
/// # Errors
/// When the report is damaged, a file exists, or what comes out is not what went in; nothing is left half-written.
pub fn restore(report: &Path, out: &Path) -> Result<Restored, Error> {
    let path = report.join("removed.jsonl");
    let sources = source_lines(&path)?;
    let mut lines = Lines::open(&path)?;
    let fields = lines.fields.clone();
    while lines.next_if(&|line| matches!(line, Removed::Source(_)))?.is_some() {}
    let targets = sources.iter().map(|s| Ok(out.join(safe(&s.path, report)?))).collect::<Result<Vec<_>, Error>>()?;
    targets.iter().try_for_each(|target| must_be_free(target, out))?;
    let temp = Scratch::new(out, ".restore-")?;
    let mut done = Restored { left_out: lines.unreadable.clone(), ..Restored::default() };
    for (number, source) in sources.iter().enumerate() {
        one(report, source, &fields, &mut lines, &temp.path().join(number.to_string()))?;
        done.files += 1;
        done.bytes += source.bytes;
    }
    for (number, target) in targets.iter().enumerate() {
        let shown = target
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::rename(temp.path().join(number.to_string()), target));
        if let Err(error) = shown {
            // All or nothing: what was shown before goes again.
            targets[..number].iter().for_each(|target| drop(fs::remove_file(target)));
            return Err(Error::io("cannot put in place", target)(error));
        }
    }
    Ok(done)
}

/// Nothing may stand at `target`, and nothing but folders between it and `out`: no file, and no link that leads away.
fn must_be_free(target: &Path, out: &Path) -> Result<(), Error> {
    let taken = |path: &Path| {
        Error::Usage(format!(
            "{} exists already and is not overwritten\n  name an empty folder with --out DIR",
            path.display()
        ))
    };
    if target.symlink_metadata().is_ok() {
        return Err(taken(target));
    }
    let between = target.ancestors().skip(1).take_while(|folder| *folder != out);
    let blocked = between.filter(|folder| folder.symlink_metadata().is_ok_and(|meta| !meta.is_dir())).last();
    blocked.map_or(Ok(()), |folder| Err(taken(folder)))
}

/// A path of the report below the output folder; a report that was tampered with cannot point elsewhere.
fn safe<'a>(path: &'a str, report: &Path) -> Result<&'a Path, Error> {
    let path = Path::new(path);
    if !path.as_os_str().is_empty() && path.components().all(|c| matches!(c, Component::Normal(_))) {
        return Ok(path);
    }
    Err(Error::BadReport {
        path: report.join("removed.jsonl"),
        why: format!("the path '{}' leads out of the folder", path.display()),
    })
}

/// Restores one input into `staged`.
fn one(report: &Path, line: &SourceLine, fields: &Fields, notes: &mut Lines, staged: &Path) -> Result<(), Error> {
    let failed = || Error::io("cannot write", staged);
    let compression = Compression::by_name(&line.compression).ok_or_else(|| Error::BadReport {
        path: report.join("removed.jsonl"),
        why: format!("compression '{}' is not known here", line.compression),
    })?;
    let file = File::create(staged).map_err(failed())?;
    let mut out = Encoder::new(BufWriter::new(file), compression).map_err(failed())?;
    originals(report, line, fields, notes, &mut |_, raw| out.put(raw).map_err(failed()))?;
    out.finish().and_then(|mut file| file.flush()).map_err(failed())
}

/// What takes the place and the bytes of a record.
type Take<'a> = &'a mut dyn FnMut(u64, &[u8]) -> Result<(), Error>;

/// Hands over the text of each document as it was read: path of the input, place, text.
pub(super) fn texts(report: &Path, take: &mut dyn FnMut(&str, u64, String) -> Result<(), Error>) -> Result<(), Error> {
    let path = report.join("removed.jsonl");
    let sources = source_lines(&path)?;
    let mut lines = Lines::open(&path)?;
    let fields = lines.fields.clone();
    while lines.next_if(&|line| matches!(line, Removed::Source(_)))?.is_some() {}
    for source in &sources {
        let format = format(&source.format);
        originals(report, source, &fields, &mut lines, &mut |place, raw| match format
            .and_then(|format| (format.decode)(raw, &fields).ok())
        {
            Some(decoded) => take(&source.path, place, decoded.text),
            None => Ok(()),
        })?;
    }
    Ok(())
}

/// Goes through the records of an input as they were read.
fn originals(
    report: &Path,
    line: &SourceLine,
    fields: &Fields,
    notes: &mut Lines,
    take: Take<'_>,
) -> Result<(), Error> {
    let (path, packed) =
        line.cleaned.as_ref().map_or((&line.path, &line.compression), |cleaned| (&cleaned.path, &cleaned.compression));
    let cleaned = report.join("cleaned").join(safe(path, report)?);
    let bad = |why: String| Error::BadReport { path: cleaned.clone(), why };
    let format = format(&line.format).ok_or_else(|| bad(format!("format '{}' is not known here", line.format)))?;
    let packed =
        Compression::by_name(packed).ok_or_else(|| bad(format!("compression '{packed}' is not known here")))?;
    let mut writer = Rebuilt { take, place: 0, sum: 0 };
    if cleaned.exists() {
        let opened = File::open(&cleaned).and_then(|f| source::decompressed(f, packed));
        let mut reader = opened.map_err(Error::io("cannot read", &cleaned))?;
        let result = frames(&mut *reader, format.framing, 0, u64::MAX, usize::MAX, &mut |_, piece| {
            let Piece::Record(raw) = piece else { return Ok(()) };
            set_aside(&line.path, notes, &mut writer)?;
            let original = record(format, fields, &line.path, writer.place, raw, notes).ok_or_else(|| {
                bad(format!("the record at byte {} does not fit removed.jsonl; was the file edited?", writer.place))
            })?;
            writer.put(&original)
        });
        result.map_err(|stop| match stop {
            Stop::Read(_, e) => Error::io("cannot read", &cleaned)(e),
            Stop::Ended(error) => error,
        })?;
    }
    set_aside(&line.path, notes, &mut writer)?;
    if writer.place < line.bytes && !cleaned.exists() {
        return Err(bad("the file is missing".into()));
    }
    if writer.place != line.bytes || format!("{:032x}", writer.sum) != line.checksum {
        return Err(bad(format!(
            "{} of {} bytes came back, or others than were read; was the file edited?",
            writer.place, line.bytes
        )));
    }
    Ok(())
}

/// Writes the records that stand in `removed.jsonl` alone and belong at this place.
fn set_aside(path: &str, notes: &mut Lines, writer: &mut Rebuilt<'_>) -> Result<(), Error> {
    loop {
        let place = writer.place;
        let next = notes.next_if(
            &|note| matches!(note, Removed::Record { at, replaced: false, .. } if at.path == path && at.place == place),
        )?;
        let Some(Removed::Record { bytes, .. }) = next else { return Ok(()) };
        let raw = bytes.bytes().ok_or_else(|| notes.damaged("a record's bytes"))?;
        writer.put(&raw)?;
        if raw.is_empty() {
            return Ok(());
        }
    }
}

/// The bytes of a record as they were read, from those that were written.
fn record(format: &Format, fields: &Fields, path: &str, place: u64, raw: &[u8], notes: &mut Lines) -> Option<Vec<u8>> {
    let here = |at: &At| at.path == path && at.place == place;
    let mut form = None;
    let mut edits = Vec::new();
    let mut original = None;
    loop {
        let next = notes.next_if(&|note| match note {
            Removed::Form { at, .. } | Removed::Edit { at, .. } => here(at),
            Removed::Record { at, replaced, .. } => *replaced && here(at),
            Removed::Header { .. } | Removed::Source(_) => false,
        });
        match next.ok()? {
            Some(Removed::Form { form: how, .. }) => form = Some(how),
            Some(Removed::Edit { span, removed, put, .. }) => edits.push(Undo { span, removed, put }),
            Some(Removed::Record { bytes, .. }) => original = Some(bytes.bytes()?),
            _ => break,
        }
    }
    if original.is_some() {
        return original;
    }
    if form.is_none() && edits.is_empty() {
        return Some(raw.to_vec());
    }
    (format.restore)(raw, &form.unwrap_or(Form::Utf8), fields, &|text| undo(text, &edits))
}

/// A restored file on its way.
struct Rebuilt<'a> {
    take: Take<'a>,
    place: u64,
    sum: u128,
}

impl Rebuilt<'_> {
    fn put(&mut self, raw: &[u8]) -> Result<(), Error> {
        self.sum = self.sum.wrapping_add(checksum(self.place, raw));
        (self.take)(self.place, raw)?;
        self.place += raw.len() as u64;
        Ok(())
    }
}

/// The lines of `removed.jsonl`, one looked ahead.
struct Lines {
    rest: std::io::Split<BufReader<File>>,
    ahead: Option<Removed>,
    path: PathBuf,
    fields: Fields,
    unreadable: Vec<String>,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(Error::io("cannot read", path))?;
        let lines = BufReader::with_capacity(256 * 1024, file).split(b'\n');
        let mut this =
            Self { rest: lines, ahead: None, path: path.to_owned(), fields: Fields::default(), unreadable: Vec::new() };
        this.ahead = this.read()?;
        match this.ahead.take() {
            Some(Removed::Header { schema, text_field, id_field, unreadable }) if schema == SCHEMA => {
                this.fields = Fields { text: text_field, id: id_field };
                this.unreadable = unreadable;
                this.ahead = this.read()?;
                Ok(this)
            }
            _ => Err(this.damaged(&format!("a first line with the schema {SCHEMA}"))),
        }
    }

    fn read(&mut self) -> Result<Option<Removed>, Error> {
        let Some(line) = self.rest.next() else { return Ok(None) };
        let line = line.map_err(Error::io("cannot read", &self.path))?;
        serde_json::from_slice(&line)
            .map(Some)
            .map_err(|e| Error::BadReport { path: self.path.clone(), why: e.to_string() })
    }

    fn next_if(&mut self, wanted: &dyn Fn(&Removed) -> bool) -> Result<Option<Removed>, Error> {
        if !self.ahead.as_ref().is_some_and(wanted) {
            return Ok(None);
        }
        let next = self.read()?;
        Ok(std::mem::replace(&mut self.ahead, next))
    }

    fn damaged(&self, missing: &str) -> Error {
        Error::BadReport { path: self.path.clone(), why: format!("{missing} is missing or damaged") }
    }
}
