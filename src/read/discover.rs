//! Paths → sources: folders walked in sorted order, hidden files left out, link loops harmless.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::FORMATS;
use super::format::Format;
use super::jsonl::JSONL;
use super::source::{Compression, Source, report_name};
use super::text::TEXT;
use crate::error::Error;
use crate::types::{Trouble, TroubleKind};
use crate::write::Scratch;

/// What was found below the inputs.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Files to read: first those that are only held against, then the inputs, both sorted by the bytes of their report path.
    pub sources: Vec<Source>,
    /// How many are only held against.
    pub old: usize,
    /// What was left out, and why.
    pub troubles: Vec<Trouble>,
    /// The folder for temporary files; none for the system's.
    pub temp_dir: Option<PathBuf>,
    /// Where standard input is kept on disk for the second pass; deleted when dropped, and when a signal stops the run.
    pub spool: Option<Scratch>,
}

impl Discovery {
    /// Whether a source is what was read from standard input.
    pub fn is_spooled(&self, source: &Source) -> bool {
        self.spool.as_ref().is_some_and(|spool| source.file.starts_with(spool.path()))
    }

    /// Leaves out a file, wherever it was found, and on whatever way.
    pub fn leave_out(&mut self, file: &Path) {
        let real = file.canonicalize().ok();
        // Links are followed only where the name lets one expect something.
        let same = |source: &Source| {
            source.file.file_name() == file.file_name() && real.is_some() && source.file.canonicalize().ok() == real
        };
        let is_it = |source: &Source| source.file == file || same(source);
        self.old -= self.sources[..self.old].iter().filter(|source| is_it(source)).count();
        self.sources.retain(|source| !is_it(source));
    }
}

/// Finds all files to read. `out` is the report folder, which is never read; `forced` overrides formats by ending; standard
/// input is kept in `temp_dir`, or the system's folder for temporary files.
///
/// # Errors
/// When an input does not exist, lies in the report folder, or nothing readable is found.
pub fn discover(
    inputs: &[PathBuf],
    out: Option<&Path>,
    forced: Option<&'static Format>,
    temp_dir: Option<&Path>,
) -> Result<Discovery, Error> {
    let mut found = Discovery { temp_dir: temp_dir.map(Path::to_path_buf), ..Discovery::default() };
    let out = out.map(resolved);
    let base = common_folder(inputs)?;
    for path in inputs {
        input(path, &base, out.as_deref(), forced, &mut found)?;
    }
    found.sources.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
    found.sources.dedup_by(|a, b| a.path == b.path && a.file == b.file);
    if let Some(pair) = found.sources.windows(2).find(|pair| pair[0].path == pair[1].path) {
        let (one, other) = (pair[0].file.display(), pair[1].file.display());
        return Err(Error::Usage(format!(
            "{one} and {other} would both be written as {}\n  clean them one by one",
            pair[0].path
        )));
    }
    found.troubles.sort();
    if found.sources.is_empty() && found.troubles.iter().all(|t| t.kind == TroubleKind::Skipped) {
        return Err(nothing(inputs));
    }
    Ok(found)
}

/// That nothing readable lies there.
pub(super) fn nothing(paths: &[PathBuf]) -> Error {
    let endings: Vec<_> = FORMATS.iter().flat_map(|f| f.extensions).map(|e| format!(".{e}")).collect();
    let given: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
    Error::NothingToRead(given.join(", "), endings.join(" "))
}

/// Adds what lies at or below a path, named from `base` on.
pub(super) fn input(
    path: &Path,
    base: &Path,
    out: Option<&Path>,
    forced: Option<&'static Format>,
    found: &mut Discovery,
) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return spool(found, forced);
    }
    if let Some(out) = out.filter(|out| resolved(path).starts_with(out)) {
        return Err(Error::InputInOutput { input: path.to_owned(), out: out.to_owned() });
    }
    if path.is_dir() {
        walk(path, base, forced, found);
    } else {
        let name = report_name(absolute(path).strip_prefix(base).unwrap_or(path));
        let format = forced.or_else(|| by_name(&name)).unwrap_or(&TEXT);
        add(path, name, format, found);
    }
    Ok(())
}

/// The format that a file name stands for.
fn by_name(name: &str) -> Option<&'static Format> {
    let (_, plain) = Compression::of_name(name);
    let ending = plain.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&ending.as_str())).copied()
}

fn walk(folder: &Path, base: &Path, forced: Option<&'static Format>, found: &mut Discovery) {
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let walker = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in walker.filter_entry(|e| !hidden(e) && !is_report(e)) {
        let named = |path: &Path| report_name(absolute(path).strip_prefix(base).unwrap_or(path));
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let name = named(entry.path());
                match forced.or_else(|| by_name(&name)) {
                    None if entry.file_name() == "clean.toml" || is_baseline(entry.path()) => {}
                    Some(format) => add(entry.path(), name, format, found),
                    None => trouble(
                        found,
                        name,
                        TroubleKind::Skipped,
                        "unknown kind of file; name it directly to read it as text".into(),
                    ),
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => trouble(found, named(entry.path()), TroubleKind::Skipped, "not a regular file".into()),
            Err(error) => {
                let name = named(error.path().unwrap_or(folder));
                if error.loop_ancestor().is_some() {
                    trouble(found, name, TroubleKind::Skipped, "a link to a folder above it".into());
                } else {
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    trouble(
                        found,
                        name,
                        TroubleKind::Unreadable,
                        format!("cannot be opened: {why}; check its permissions, or where it links to"),
                    );
                }
            }
        }
    }
}

/// Whether an entry below the input is the folder of an earlier run, which is never read: its texts were read before.
fn is_report(entry: &walkdir::DirEntry) -> bool {
    let beside = |name: &str| entry.path().join(name);
    let ours = || super::source::head(&beside("removed.jsonl"), 64).is_ok_and(|head| head.starts_with(REPORT_MARK));
    entry.depth() > 0 && entry.file_type().is_dir() && beside("report.json").is_file() && ours()
}

/// Whether a file of unknown kind is a baseline of `clean check`.
fn is_baseline(path: &Path) -> bool {
    super::source::head(path, 16).is_ok_and(|head| head.starts_with(b"clean-baseline "))
}

/// How `removed.jsonl` begins.
const REPORT_MARK: &[u8] = b"{\"type\":\"header\",\"schema\":\"textclean-removed/";

fn trouble(found: &mut Discovery, path: String, kind: TroubleKind, message: String) {
    found.troubles.push(Trouble { path, place: None, kind, message });
}

fn add(file: &Path, path: String, format: &'static Format, found: &mut Discovery) {
    match std::fs::metadata(file) {
        Ok(meta) if meta.is_file() => {
            let (compression, _) = Compression::of_name(&path);
            found.sources.push(Source {
                path,
                old: None,
                file: absolute(file),
                format,
                compression,
                written: compression,
                bytes: meta.len(),
                changed: meta.modified().ok(),
            });
        }
        Ok(_) => trouble(found, path, TroubleKind::Skipped, "not a regular file; pipe it in and name it -".into()),
        Err(error) => trouble(found, path, TroubleKind::Unreadable, format!("cannot be opened: {error}")),
    }
}

/// Copies standard input to a temporary file, since it is read twice.
fn spool(found: &mut Discovery, forced: Option<&'static Format>) -> Result<(), Error> {
    if found.spool.is_some() {
        return Err(Error::Usage("standard input (-) can be named once only".into()));
    }
    let folder = Scratch::new(&found.temp_dir.clone().unwrap_or_else(std::env::temp_dir), ".clean-stdin-")?;
    let file = folder.path().join("stdin");
    File::create_new(&file)
        .and_then(|mut kept| std::io::copy(&mut std::io::stdin().lock(), &mut kept))
        .map_err(Error::io("cannot keep standard input in", &file))?;
    let head = super::source::head(&file, 4).map_err(Error::io("cannot read", &file))?;
    let compression = Compression::of_bytes(&head);
    let format = forced.unwrap_or_else(|| if looks_like_jsonl(&file, compression) { &JSONL } else { &TEXT });
    let meta = std::fs::metadata(&file).map_err(Error::io("cannot read", &file))?;
    let ending = format.extensions.first().copied().unwrap_or("txt");
    found.sources.push(Source {
        path: format!("stdin.{ending}"),
        old: None,
        file,
        format,
        compression,
        written: compression,
        bytes: meta.len(),
        changed: meta.modified().ok(),
    });
    found.spool = Some(folder);
    Ok(())
}

/// Whether the first line is a JSON object.
fn looks_like_jsonl(path: &Path, compression: Compression) -> bool {
    let Ok(reader) = File::open(path).and_then(|f| super::source::decompressed(f, compression)) else { return false };
    let mut first = Vec::new();
    let _ = std::io::BufRead::read_until(&mut reader.take(1 << 24), b'\n', &mut first);
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&first).is_ok()
}

/// The folder below which all inputs lie: a lone folder itself, the folder of a lone file.
fn common_folder(inputs: &[PathBuf]) -> Result<PathBuf, Error> {
    let mut common: Option<PathBuf> = None;
    let several = inputs.len() > 1;
    for input in inputs.iter().filter(|p| p.as_os_str() != "-") {
        if !input.exists() && input.symlink_metadata().is_err() {
            return Err(Error::NoInput(input.clone()));
        }
        let path = absolute(input);
        let folder =
            if input.is_dir() && !several { path } else { path.parent().map(Path::to_path_buf).unwrap_or(path) };
        common = Some(match common {
            None => folder,
            Some(before) => {
                before.components().zip(folder.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            }
        });
    }
    Ok(common.unwrap_or_default())
}

/// An absolute path with all links resolved that exist.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path);
    let known = path.ancestors().find_map(|a| Some((a.canonicalize().ok()?, path.strip_prefix(a).ok()?.to_owned())));
    known.map_or(path, |(known, rest)| if rest.as_os_str().is_empty() { known } else { known.join(rest) })
}

/// An absolute path without `.` and `..`, by its spelling; links are not resolved.
pub fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}
