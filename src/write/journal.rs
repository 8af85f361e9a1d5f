//! What of a run is done: a line each, so that a run that was killed can go on.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;

/// The lines, on disk as soon as they are written.
pub struct Journal {
    path: PathBuf,
    written: Mutex<Written>,
}

struct Written {
    file: File,
    bytes: u64,
    lines: usize,
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
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let file = File::options().create(true).append(true).open(&path).map_err(Error::io("cannot write", &path))?;
        file.set_len(whole as u64).map_err(Error::io("cannot write", &path))?;
        let written = Written { file, bytes: whole as u64, lines: lines.len() };
        Ok((Self { path, written: Mutex::new(written) }, lines))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When it cannot be written; nothing of it is left then, so that others can follow.
    pub fn add(&self, line: &str) -> Result<(), Error> {
        let mut written = self.written();
        let line = format!("{line}\n");
        if let Err(error) = written.file.write_all(line.as_bytes()) {
            let _ = written.file.set_len(written.bytes);
            return Err(Error::io("cannot write", &self.path)(error));
        }
        written.bytes += line.len() as u64;
        written.lines += 1;
        Ok(())
    }

    /// Forgets all lines.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn clear(&self) -> Result<(), Error> {
        let mut written = self.written();
        written.file.set_len(0).map_err(Error::io("cannot write", &self.path))?;
        (written.bytes, written.lines) = (0, 0);
        Ok(())
    }

    /// Number of lines.
    pub(super) fn lines(&self) -> usize {
        self.written().lines
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}
