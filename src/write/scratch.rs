//! Hidden folders where output is written first.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;

/// A hidden folder inside `out` where everything is written first; it vanishes when dropped, and with it the folders that
/// had to be made for `out`, unless something stands there by then.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    /// Whether it stays when dropped.
    kept: AtomicBool,
    /// Held for as long as the folder is in use, when its name is not its own.
    _lock: Option<File>,
    /// Dropped after the folder.
    _made: Made,
}

/// Scratch folders, each with the folders made for it: what to remove when a signal stops the run, which drops nothing.
/// Whoever holds the lock cannot be stopped in between.
static OPEN: Mutex<Vec<(PathBuf, Vec<PathBuf>)>> = Mutex::new(Vec::new());

/// Nobody is stopped by a signal while this is held.
pub(super) fn hold() -> MutexGuard<'static, Vec<(PathBuf, Vec<PathBuf>)>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Scratch {
    /// Makes a folder of its own, and `out` if need be. The name begins with `prefix`.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn new(out: &Path, prefix: &str) -> Result<Self, Error> {
        let made = Made::new(out)?;
        let temp =
            tempfile::Builder::new().prefix(prefix).tempdir_in(out).map_err(Error::io("cannot write in", out))?;
        Ok(Self::opened(temp.keep(), None, made))
    }

    /// Opens the folder of that name, which a killed run may have left, for this run alone.
    ///
    /// # Errors
    /// When nothing can be written there, or another run has it open.
    pub(super) fn named(out: &Path, name: &str) -> Result<Self, Error> {
        let made = Made::new(out)?;
        let path = out.join(name);
        fs::create_dir_all(&path).map_err(Error::io("cannot create", &path))?;
        let lock = path.join("lock");
        let file = File::options().create(true).append(true).open(&lock).map_err(Error::io("cannot write", &lock))?;
        match file.try_lock() {
            Ok(()) => Ok(Self::opened(path, Some(file), made)),
            Err(TryLockError::WouldBlock) => Err(Error::Busy(out.to_owned())),
            // A file system without locks: two runs at once are the user's to avoid there.
            Err(TryLockError::Error(_)) => Ok(Self::opened(path, None, made)),
        }
    }

    fn opened(path: PathBuf, lock: Option<File>, made: Made) -> Self {
        hold().push((path.clone(), made.0.clone()));
        Self { path, kept: AtomicBool::new(false), _lock: lock, _made: made }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it stays when dropped, for a run that goes on.
    pub(super) fn keep(&self, kept: bool) {
        self.kept.store(kept, Ordering::Relaxed);
    }

    /// Removes all that it holds but the lock and the file at `kept`.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub(super) fn empty_but(&self, kept: &Path) -> Result<(), Error> {
        let wrong = || Error::io("cannot clear", &self.path);
        for entry in fs::read_dir(&self.path).map_err(wrong())? {
            let path = entry.map_err(wrong())?.path();
            if path.is_dir() {
                fs::remove_dir_all(&path).map_err(wrong())?;
            } else if path != kept && path.file_name().is_none_or(|name| name != "lock") {
                fs::remove_file(&path).map_err(wrong())?;
            }
        }
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut open = hold();
        if !*self.kept.get_mut() {
            let _ = fs::remove_dir_all(&self.path);
        }
        open.retain(|(folder, _)| *folder != self.path);
    }
}

/// Removes what unfinished runs of this process have written; for the handler of signals, right before the end.
pub fn abandon() {
    /// Threads may still be adding to the folder, so that it is not empty when it should go.
    const TRIES: u32 = 20;
    let open = hold();
    for (folder, made) in open.iter() {
        let _ = (0..TRIES).find(|_| fs::remove_dir_all(folder).is_ok());
        for folder in made {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Folders that had to be made for the output: they go again when nothing comes to stand in them.
#[derive(Debug)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes `out` and the folders above it that are missing.
    fn new(out: &Path) -> Result<Self, Error> {
        let missing = out.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let made = Self(missing.map(Path::to_path_buf).collect());
        fs::create_dir_all(out).map_err(Error::io("cannot create", out))?;
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Fails where something stands in it, as it should.
            let _ = fs::remove_dir(folder);
        }
    }
}
