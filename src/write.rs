//! Output: parts written by anyone, joined in order, shown by rename.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::error::Error;

/// Names that a report folder holds, in the order in which they are shown. All else in the folder is the user's.
pub const SHOWN: [&str; 5] = ["cleaned", "removed.jsonl", "clusters.jsonl", "pairs.jsonl", "report.json"];

/// A hidden folder inside `out` where everything is written first; it vanishes when dropped, and with it the folders that
/// had to be made for `out`, unless something stands there by then.
pub struct Scratch {
    temp: tempfile::TempDir,
    /// Dropped after `temp`.
    _made: Made,
}

/// Scratch folders, each with the folders made for it: what to remove when a signal stops the run, which drops nothing.
/// Whoever holds the lock cannot be stopped in between.
static OPEN: Mutex<Vec<(PathBuf, Vec<PathBuf>)>> = Mutex::new(Vec::new());

impl Scratch {
    /// Makes the folder, and `out` if need be. The name begins with `prefix`.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn new(out: &Path, prefix: &str) -> Result<Self, Error> {
        let made = Made::new(out)?;
        let temp =
            tempfile::Builder::new().prefix(prefix).tempdir_in(out).map_err(Error::io("cannot write in", out))?;
        if let Ok(mut open) = OPEN.lock() {
            open.push((temp.path().to_owned(), made.0.clone()));
        }
        Ok(Self { temp, _made: made })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.temp.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Ok(mut open) = OPEN.lock() {
            open.retain(|(folder, _)| folder != self.temp.path());
        }
    }
}

/// Removes what unfinished runs of this process have written; for the handler of signals, right before the end.
pub fn abandon() {
    /// Threads may still be adding to the folder, so that it is not empty when it should go.
    const TRIES: u32 = 20;
    let Ok(open) = OPEN.lock() else { return };
    for (folder, made) in open.iter() {
        let _ = (0..TRIES).find(|_| fs::remove_dir_all(folder).is_ok());
        for folder in made {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Folders that had to be made for the output: they go again when nothing comes to stand in them.
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

/// Output on its way into a report folder.
pub struct Staging {
    out: PathBuf,
    scratch: Scratch,
}

impl Staging {
    /// Prepares to write into `out`. `foreign` says what of the folder's present contents this program did not write.
    ///
    /// # Errors
    /// When the folder cannot be written or holds something else.
    pub fn open(out: &Path, foreign: impl FnOnce(&Path) -> Option<String>) -> Result<Self, Error> {
        let shown = SHOWN.iter().any(|name| out.join(name).symlink_metadata().is_ok());
        if let Some(what) = shown.then(|| foreign(out)).flatten() {
            return Err(Error::ForeignOutput { path: out.to_owned(), what });
        }
        Ok(Self { out: out.to_owned(), scratch: Scratch::new(out, ".clean-")? })
    }

    /// Where a part of the output is written; folders above it are made.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(&self, name: &str) -> Result<Part, Error> {
        let path = self.scratch.path().join(name);
        // Mostly the folder stands already: it is asked for only where it is missed.
        let file = match (File::create(&path), path.parent()) {
            (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(Error::io("cannot create", folder))?;
                File::create(&path)
            }
            (file, _) => file,
        }
        .map_err(Error::io("cannot write", &path))?;
        Ok(Part { writer: BufWriter::with_capacity(256 * 1024, file), path })
    }

    /// Appends the named parts to `target`, in order, without the first `skip` bytes of them all, and removes them.
    ///
    /// # Errors
    /// When one cannot be read or written.
    pub fn join(&self, target: &mut Part, parts: impl IntoIterator<Item = String>, mut skip: u64) -> Result<(), Error> {
        for name in parts {
            let path = self.scratch.path().join(name);
            let mut part = File::open(&path).map_err(Error::io("cannot read", &path))?;
            skip -= io::copy(&mut (&part).take(skip), &mut io::sink()).map_err(Error::io("cannot read", &path))?;
            io::copy(&mut part, &mut target.writer).map_err(Error::io("cannot write", &target.path))?;
            fs::remove_file(&path).map_err(Error::io("cannot remove", &path))?;
        }
        Ok(())
    }

    /// Shows the output: what stood there under these names is moved aside, the new is moved in, the old deleted.
    /// When a move fails, the old is moved back.
    ///
    /// # Errors
    /// When a move fails.
    pub fn publish(self) -> Result<(), Error> {
        // The old stands in the scratch folder for a moment: no signal may come in between.
        let whole = OPEN.lock();
        let shown = self.show();
        drop(whole);
        shown
    }

    fn show(&self) -> Result<(), Error> {
        let old = self.scratch.path().join("old");
        fs::create_dir_all(&old).map_err(Error::io("cannot create", &old))?;
        fs::create_dir_all(self.scratch.path().join(SHOWN[0])).map_err(Error::io("cannot create", &self.out))?;
        let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
        for name in SHOWN {
            let (new, shown, aside) = (self.scratch.path().join(name), self.out.join(name), old.join(name));
            for (from, to) in [(&shown, &aside), (&new, &shown)] {
                if from.symlink_metadata().is_err() {
                    continue;
                }
                if let Err(source) = fs::rename(from, to) {
                    for (from, to) in done.iter().rev() {
                        let _ = fs::rename(to, from);
                    }
                    return Err(Error::Io { doing: "cannot put in place", path: to.clone(), source });
                }
                done.push((from.clone(), to.clone()));
            }
        }
        Ok(())
    }
}

/// One file being written.
pub struct Part {
    writer: BufWriter<File>,
    path: PathBuf,
}

impl Part {
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
