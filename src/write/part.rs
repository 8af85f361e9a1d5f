//! One file of the output.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// One file being written.
pub struct Part {
    writer: BufWriter<File>,
    path: PathBuf,
}

impl Part {
    /// Creates the file; what stood there goes.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(path: PathBuf) -> Result<Self, Error> {
        let file = File::create(&path).map_err(Error::io("cannot write", &path))?;
        Ok(Self { writer: BufWriter::with_capacity(256 * 1024, file), path })
    }

    /// Appends a file, without its first `skip` bytes; returns how many of these it did not have.
    ///
    /// # Errors
    /// When it cannot be read, or this one not be written.
    pub fn append(&mut self, path: &Path, skip: u64) -> Result<u64, Error> {
        let mut file = File::open(path).map_err(Error::io("cannot read", path))?;
        let skipped = io::copy(&mut (&file).take(skip), &mut io::sink()).map_err(Error::io("cannot read", path))?;
        io::copy(&mut file, &mut self.writer).map_err(Error::io("cannot write", &self.path))?;
        Ok(skip - skipped)
    }

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// What the system says, with the file's name.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.writer.write_all(bytes).map_err(Error::io("cannot write", &self.path))
    }

    /// Writes what is still held back, down to the disk's own cache.
    ///
    /// # Errors
    /// What the system says: a full disk shows itself here at the latest.
    pub fn finish(mut self) -> Result<(), Error> {
        self.writer.flush().map_err(Error::io("cannot write", &self.path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
