//! What ends a run. What only skips an input or a record is [`crate::types::Trouble`], and is data.

use std::io;
use std::path::PathBuf;

/// An error that ends the run; exit code 2. The message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input path does not exist.
    #[error("no such file or folder: {0}\n  give a file, a folder, or - for standard input")]
    NoInput(PathBuf),
    /// Nothing readable was found below the given paths.
    #[error(
        "nothing to read in {0}\n  files that end in {1} are read, each also compressed as .gz or .zst; name a file directly to read it whatever its ending"
    )]
    NothingToRead(String, String),
    /// The operating system said no.
    #[error("{doing} {path}: {source}{hint}", path = path.display(), hint = hint(source))]
    Io {
        /// What was being done, in words.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A temporary file failed.
    #[error("{doing} a temporary file in {folder}: {source}\n  name a folder with more room with --temp-dir DIR, or allow more memory with --memory", folder = folder.display())]
    Temporary {
        /// What was being done, in words.
        doing: &'static str,
        /// The folder for temporary files.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The output folder holds something that this program did not write.
    #[error("{path} holds {what}\n  name another folder with --out DIR, or move it away", path = path.display())]
    ForeignOutput {
        /// The folder.
        path: PathBuf,
        /// What is in the way.
        what: String,
    },
    /// Another run is writing there.
    #[error("another run is writing to {path}\n  wait for it, or name another folder with --out DIR", path = .0.display())]
    Busy(PathBuf),
    /// The input would be read from the folder that is being written.
    #[error("the input {input} lies inside the report folder {out}, which this run would replace\n  name another folder with --out DIR", input = input.display(), out = out.display())]
    InputInOutput {
        /// The input.
        input: PathBuf,
        /// The output folder.
        out: PathBuf,
    },
    /// An input changed while the run was reading it.
    #[error("{0} changed while it was being read\n  run again when nothing writes to it")]
    Moved(String),
    /// More of the text would go than the user allows, and nothing was published; the message is whole.
    #[error("{0}\n  nothing was published")]
    CutsTooMuch(String),
    /// A report could not be understood.
    #[error("{path} is not a report that can be used here: {why}", path = path.display())]
    BadReport {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The run ended, and what it had done stays for one that goes on.
    #[error(
        "{error}\n  what is done is kept in {folder}: the same command with --resume goes on from there, any other run clears it away",
        folder = folder.display()
    )]
    Kept {
        /// What ended it.
        error: Box<Self>,
        /// The unfinished output.
        folder: PathBuf,
    },
    /// What the user asked for makes no sense; the message is whole.
    #[error("{0}")]
    Usage(String),
}

/// What to do about a failure of the system, on a line of its own; empty when nothing general can be said.
fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "\n  free some space, or name a folder on another disk with --out DIR; nothing was published"
        }
        io::ErrorKind::FileTooLarge => {
            "\n  the disk or a limit takes no larger files (ulimit -f shows it); nothing was published"
        }
        io::ErrorKind::PermissionDenied => "\n  check who may read and write there",
        io::ErrorKind::ReadOnlyFilesystem => "\n  name a folder that can be written with --out DIR",
        _ => "",
    }
}

impl Error {
    /// Whether the same run may come to its end once the user has changed something that is not part of what it does:
    /// made room, allowed access, named another folder for temporary files.
    pub fn can_be_mended(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Temporary { .. })
    }

    /// For `map_err`: what was being done, and with which file.
    pub fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}
