//! How much memory sorters may hold together, and where they go beyond it.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::Error;

/// Bytes that all sorters of a run hold, and the folder for what is over. Clones share both.
#[derive(Clone, Debug)]
pub struct Budget {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    limit: usize,
    held: AtomicUsize,
    folder: PathBuf,
}

impl Budget {
    /// `limit` bytes; temporary files go to `folder`, which exists.
    pub fn new(limit: usize, folder: PathBuf) -> Self {
        let shared = Shared { limit, held: AtomicUsize::new(0), folder };
        Self { shared: Arc::new(shared) }
    }

    /// The limit in bytes.
    pub fn limit(&self) -> usize {
        self.shared.limit
    }

    /// Bytes that may be copied to be sorted. A part of a sorter is much less, unless most records have the same key.
    pub(super) fn copied(&self) -> usize {
        self.limit() / 16
    }

    /// Bytes that are held now.
    pub fn held(&self) -> usize {
        self.shared.held.load(Ordering::Relaxed)
    }

    /// Takes `bytes` more; whether that is too much.
    pub fn take(&self, bytes: usize) -> bool {
        self.shared.held.fetch_add(bytes, Ordering::Relaxed) + bytes > self.shared.limit
    }

    /// Gives back what was taken.
    pub fn give_back(&self, bytes: usize) {
        self.shared.held.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// A file without a name, gone when it is closed.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn file(&self) -> Result<File, Error> {
        tempfile::tempfile_in(&self.shared.folder).map_err(|e| self.wrong("cannot create", e))
    }

    /// A folder that is gone when it is dropped.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn folder(&self) -> Result<tempfile::TempDir, Error> {
        tempfile::tempdir_in(&self.shared.folder).map_err(|e| self.wrong("cannot create", e))
    }

    /// What went wrong with a temporary file.
    pub fn wrong(&self, doing: &'static str, source: std::io::Error) -> Error {
        Error::Temporary { doing, folder: self.shared.folder.clone(), source }
    }
}
