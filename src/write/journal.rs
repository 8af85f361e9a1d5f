//! What of a run is done: a line each, so that a run that was killed can go on.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::Error;

/// The lines, on disk as soon as they are written.
pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
}

impl Journal {
    /// The journal at `path`, with the whole lines that it has; a last one that was cut short goes.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub(super) fn open(path: PathBuf) -> Result<(Self, Vec<String>), Error> {
        let bytes = if path.exists() { fs::read(&path).map_err(Error::io("cannot read", &path))? } else { Vec::new() };
        let whole = bytes.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let text = String::from_utf8_lossy(&bytes[..whole]);
        let lines = text.lines().map(str::to_owned).collect();
        let file = File::options().create(true).append(true).open(&path).map_err(Error::io("cannot write", &path))?;
        file.set_len(whole as u64).map_err(Error::io("cannot write", &path))?;
        Ok((Self { path, file: Mutex::new(file) }, lines))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&self, line: &str) -> Result<(), Error> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(format!("{line}\n").as_bytes()).map_err(Error::io("cannot write", &self.path))
    }

    /// Forgets all lines.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn clear(&self) -> Result<(), Error> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.set_len(0).map_err(Error::io("cannot write", &self.path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}
