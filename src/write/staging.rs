//! Output on its way into a report folder.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::scratch::{Scratch, hold};
use super::{Journal, Part};
use crate::error::Error;

/// Names that a report folder holds, in the order in which they are shown. All else in the folder is the user's.
pub const SHOWN: [&str; 8] = [
    "cleaned",
    "removed.jsonl",
    "clusters.jsonl",
    "pairs.jsonl",
    "report.html",
    "report.jsonl",
    "report.md",
    "report.json",
];

/// Where an unfinished run keeps what it has done.
const UNFINISHED: &str = ".clean-unfinished";
/// How the journal names a file that was joined from its parts.
const JOINED: &str = "joined ";
/// How it says that all is written and is being shown, with the names.
const SHOWING: &str = "showing ";

/// Output on its way into a report folder.
pub struct Staging {
    out: PathBuf,
    scratch: Scratch,
    journal: Journal,
    /// What an earlier run, which was killed, has done.
    before: Vec<String>,
    /// Files that are joined already.
    joined: HashSet<String>,
}

impl Staging {
    /// Prepares to write into `out`. `foreign` says what of the folder's present contents this program did not write. What
    /// a killed run left is taken up again when it did the same `task` and that is wished, else removed; but if it had begun to
    /// show its output, that is done to its end first.
    ///
    /// # Errors
    /// When the folder cannot be written, holds something else, or another run writes there.
    pub fn open(
        out: &Path,
        task: &str,
        resume: bool,
        foreign: impl FnOnce(&Path) -> Option<String>,
    ) -> Result<Self, Error> {
        let scratch = Scratch::named(out, UNFINISHED)?;
        let path = scratch.path().join("journal");
        // What another run has done is not lost because this one cannot begin.
        scratch.keep(path.exists());
        let (journal, mut before) = Journal::open(path)?;
        if let Some(names) = before.iter().find_map(|line| line.strip_prefix(SHOWING)) {
            show(&scratch, out, names)?;
            before.clear();
        }
        let shown = SHOWN.iter().any(|name| out.join(name).symlink_metadata().is_ok());
        if let Some(what) = shown.then(|| foreign(out)).flatten() {
            return Err(Error::ForeignOutput { path: out.to_owned(), what });
        }
        if !resume || before.first().is_none_or(|line| line != task) {
            before.clear();
            scratch.keep(false);
            journal.clear()?;
            scratch.empty_but(journal.path())?;
            journal.add(task)?;
        }
        scratch.keep(false);
        let joined = before.iter().filter_map(|line| line.strip_prefix(JOINED)).map(str::to_owned).collect();
        Ok(Self { out: out.to_owned(), scratch, journal, before, joined })
    }

    /// Lines of the journal that an earlier run wrote, its task first; none when this run begins anew.
    pub fn before(&self) -> &[String] {
        &self.before
    }

    /// Where what is done is noted.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What to say when the run has ended with `error`: where the same run can go on, what is done is kept.
    pub fn ended(&self, error: Error) -> Error {
        let anything = self.journal.lines() > 1;
        if !(anything && error.can_be_mended()) {
            return error;
        }
        self.scratch.keep(true);
        Error::Kept { error: Box::new(error), folder: self.scratch.path().to_owned() }
    }

    /// Where a file of that name lies until the output is shown.
    pub fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Where a part of the output is written; folders above it are made.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(&self, name: &str) -> Result<Part, Error> {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::io("cannot create", folder))?;
        }
        Part::create(path)
    }

    /// Makes the file `name` of what `head` writes, the named parts in order without the first `skip` bytes of them all,
    /// and `tail`. Then the parts go. A file that was joined before stays as it is.
    ///
    /// # Errors
    /// When one cannot be read or written.
    pub fn join(
        &self,
        name: &str,
        head: impl FnOnce(&mut Part) -> Result<(), Error>,
        parts: &[String],
        mut skip: u64,
        tail: &[u8],
    ) -> Result<(), Error> {
        if !self.joined.contains(name) {
            let mut target = self.create(name)?;
            head(&mut target)?;
            for part in parts {
                skip = target.append(&self.path(part), skip)?;
            }
            target.put(tail)?;
            target.finish()?;
            self.journal.add(&format!("{JOINED}{name}"))?;
        }
        for path in parts.iter().map(|part| self.path(part)).filter(|path| path.exists()) {
            fs::remove_file(&path).map_err(Error::io("cannot remove", &path))?;
        }
        Ok(())
    }

    /// Shows the output: what stood there under these names is moved aside, the new is moved in, the old deleted.
    /// When a move fails, the old is moved back.
    ///
    /// # Errors
    /// When a move fails.
    pub fn publish(&self) -> Result<(), Error> {
        let folder = self.path(SHOWN[0]);
        fs::create_dir_all(&folder).map_err(Error::io("cannot create", &folder))?;
        let names: Vec<&str> = SHOWN.into_iter().filter(|name| self.path(name).exists()).collect();
        let names = names.join(" ");
        self.journal.add(&format!("{SHOWING}{names}"))?;
        show(&self.scratch, &self.out, &names)
    }
}

/// Moves what was written to where it is seen; what of `names` is not in the scratch folder any more has been moved.
fn show(scratch: &Scratch, out: &Path, names: &str) -> Result<(), Error> {
    // The old stands in the scratch folder for a moment: no signal may come in between.
    let _whole = hold();
    let names: HashSet<&str> = names.split(' ').collect();
    let old = scratch.path().join("old");
    fs::create_dir_all(&old).map_err(Error::io("cannot create", &old))?;
    let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
    for name in SHOWN {
        let (new, shown, aside) = (scratch.path().join(name), out.join(name), old.join(name));
        let moved = names.contains(name) && new.symlink_metadata().is_err();
        for (from, to) in [(&shown, &aside), (&new, &shown)] {
            if moved || from.symlink_metadata().is_err() {
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
