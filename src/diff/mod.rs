//! What a run would change, as a unified diff.
//!
//! The real run writes into a temporary folder, and each cleaned file is held against its input, one file at a time: so the
//! patch says what a run does, and nothing has to be worked out twice.

mod hunks;
mod name;
mod pen;
mod words;

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use crate::error::Error;
use crate::pipeline::{self, Options, Outcome};
use crate::read::source::decompressed;
use crate::read::{Compression, Discovery, Source, discover};
use crate::types::TroubleKind;
use crate::write::Scratch;
use name::{Top, mode};
pub use pen::Look;
use pen::Pen;

/// A run whose output lies in a temporary folder, which vanishes when this is dropped.
pub struct Changes {
    found: Discovery,
    outcome: Outcome,
    /// Inputs that could not be read have no cleaned file either, and do not go.
    unreadable: HashSet<String>,
    folder: Scratch,
}

/// How an input and its cleaned file stand to each other.
enum Change {
    None,
    /// They differ, but no patch can say so.
    Unsaid(&'static str),
    /// Bytes before and after; none after where the file goes.
    Said(Vec<u8>, Option<Vec<u8>>),
}

impl Changes {
    /// Runs over the inputs. The user's files stay as they are; the cleaned ones take as much room as the inputs in the
    /// folder for temporary files.
    ///
    /// # Errors
    /// As [`crate::pipeline::run`], and for standard input, which is no file that could be patched.
    pub fn find(user: &Options) -> Result<Self, Error> {
        if user.inputs.iter().any(|input| input.as_os_str() == "-") {
            let message = "standard input is no file that could be patched\n  give files and folders";
            return Err(Error::Usage(message.into()));
        }
        let found = discover(&user.inputs, None, user.format, user.temp_dir.as_deref())?;
        let temp = user.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let folder = Scratch::new(&temp, ".clean-diff-")?;
        let options = user.aside(folder.path().to_owned());
        let outcome = pipeline::run(&options)?;
        let troubles = outcome.troubles.iter().filter(|trouble| trouble.kind == TroubleKind::Unreadable);
        let unreadable = troubles.map(|trouble| trouble.path.clone()).collect();
        Ok(Self { found, outcome, unreadable, folder })
    }

    /// What the run did.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Writes the diff: files in the order of their paths, named as `git apply` looks for them. Gives the files that change
    /// and are not in it, each with the reason.
    ///
    /// # Errors
    /// When a file cannot be read, has changed since the run, or `out` takes no more.
    pub fn show(&self, look: Look, out: &mut dyn Write) -> Result<Vec<(String, &'static str)>, Error> {
        let mut left_out = Vec::new();
        let Some(first) = self.found.sources.first() else { return Ok(left_out) };
        let top = Top::of(first);
        let mut pen = Pen { out, look };
        for source in self.found.sources.iter().filter(|source| !self.unreadable.contains(&source.path)) {
            let change = self.change(source, &top)?;
            if source.has_changed() {
                return Err(Error::Moved(source.path.clone()));
            }
            let done = match change {
                Change::None => Ok(()),
                Change::Unsaid(why) => {
                    left_out.push((source.path.clone(), why));
                    Ok(())
                }
                Change::Said(before, after) => {
                    let mode = mode(&source.file).map_err(Error::io("cannot read", &source.file))?;
                    hunks::file(&mut pen, &top.name(&source.file), mode, &before, after.as_deref())
                }
            };
            done.map_err(Error::io("cannot write to", "standard output"))?;
        }
        pen.out.flush().map_err(Error::io("cannot write to", "standard output"))?;
        Ok(left_out)
    }

    fn change(&self, source: &Source, top: &Top) -> Result<Change, Error> {
        let cleaned = self.folder.path().join("cleaned").join(source.cleaned_path());
        let gone = !cleaned.exists();
        let reason = match source.compression {
            Compression::None => top.is_linked(&source.file).then_some("a link, and git apply follows none"),
            Compression::Gz | Compression::Zst => Some("a compressed file, of which no patch can be made"),
        };
        if let Some(reason) = reason {
            let differs = gone || !same(source, &cleaned)?;
            return Ok(if differs { Change::Unsaid(reason) } else { Change::None });
        }
        let read = |path: &PathBuf| fs::read(path).map_err(Error::io("cannot read", path));
        let before = read(&source.file)?;
        let after = if gone { None } else { Some(read(&cleaned)?) };
        Ok(if after.as_ref() == Some(&before) { Change::None } else { Change::Said(before, after) })
    }
}

/// Whether a source and its cleaned file hold the same bytes, unpacked.
fn same(source: &Source, cleaned: &PathBuf) -> Result<bool, Error> {
    let open = |path: &PathBuf| {
        fs::File::open(path)
            .and_then(|file| decompressed(file, source.compression))
            .map_err(Error::io("cannot read", path))
    };
    let (mut one, mut other) = (open(&source.file)?, open(cleaned)?);
    equal(&mut one, &mut other).map_err(Error::io("cannot read", &source.file))
}

fn equal(one: &mut dyn BufRead, other: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let length = a.len().min(b.len());
        if length == 0 {
            return Ok(a.is_empty() && b.is_empty());
        }
        if a[..length] != b[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}
