//! What lies between the passes, and what of the second is done, kept in the unfinished output, so that a run that was
//! killed can go on. What of the first pass is done stands in [`super::ledger`]; matching is done anew when it had not come to its
//! end.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::Job;
use super::clusters::{clusters, pairs};
use super::ledger;
use super::matching::{self, Facts};
use super::polish::Polished;
use super::roll::Roll;
use super::sketch::sketches;
use super::spans;
use super::spelling;
use crate::error::Error;
use crate::spill::{Budget, Record, Sorted};
use crate::text::hash::StreamHash;
use crate::types::{Copied, Link, Spellings, Trouble};
use crate::write::Staging;

/// What pass 2 is told.
pub(super) struct Known {
    pub(super) facts: Facts,
    pub(super) roll: Roll,
    pub(super) rest: Rest,
    /// How the run writes its words.
    pub(super) spellings: Arc<Spellings>,
    /// Where the facts are kept; nowhere when nobody reads them twice.
    folder: Option<Folder>,
}

/// The smaller part of it.
#[derive(Serialize, Deserialize)]
pub(super) struct Rest {
    /// For each source, whether it could not be read to its end.
    pub(super) unreadable: Vec<bool>,
    /// Why.
    pub(super) troubles: Vec<Trouble>,
    /// Groups in which not all were compared.
    pub(super) capped: u64,
}

/// How the journal begins the line that says where matching has ended, and that of a shard that is done.
const MATCHED: &str = "matched ";
const SHARD: &str = "shard ";
/// The folder of what is known between the passes.
const KNOWN: &str = "known";
/// The file in it that says how the run writes its words.
const SPELLINGS: &str = "spellings";

/// Names what a run does: another run may go on with it only when it would do the same.
pub(super) fn task(job: &Job<'_>, settings: &impl Serialize) -> String {
    let mut hash = StreamHash::default();
    let options = job.options;
    let also = (options.clusters, options.pairs, options.html, options.jsonl, options.markdown, options.stable);
    let bytes = (options.largest_record, options.shard_bytes, options.frame_bytes, options.html_bytes);
    let bytes = (bytes, options.max_findings);
    let written = (bytes, job.shards.len(), job.old_sources);
    for text in [serde_json::to_string(settings).unwrap_or_default(), format!("{also:?} {written:?}")] {
        hash.update(text.as_bytes());
    }
    for source in job.sources {
        hash.update(format!("{source:?}").as_bytes());
    }
    format!("clean {} {:032x}", env!("CARGO_PKG_VERSION"), hash.digest())
}

/// Does pass 1 and matching, or takes what a killed run knew.
pub(super) fn known(job: &Job<'_>, staging: Option<&Staging>) -> Result<Known, Error> {
    let before = staging.map_or(&[][..], Staging::before);
    if let (Some(staging), Some(rest)) = (staging, before.iter().find_map(|line| line.strip_prefix(MATCHED))) {
        let folder = Folder::Staged(staging.path(KNOWN));
        let damaged = |e: serde_json::Error| Error::io("cannot go on from", folder.path())(e.into());
        let rest = serde_json::from_str(rest).map_err(damaged)?;
        let facts = Facts::kept(&job.budget, folder.path())?;
        let roll = Roll::kept(&job.budget, &folder.path().join("roll"))?;
        let spellings = Arc::new(spelling::kept(job, &folder.path().join(SPELLINGS))?);
        ledger::clear(staging);
        return Ok(Known { facts, roll, rest, spellings, folder: Some(folder) });
    }
    let mut read = sketches(job, staging)?;
    let mut facts = matching::find(job, &mut read)?;
    let folder = match staging {
        Some(staging) => {
            facts.pairs.take().map_or(Ok(()), |links| pairs(job, &read.roll, staging, links))?;
            facts.clusters.take().map_or(Ok(()), |links| clusters(job, &read.roll, staging, links))?;
            let path = staging.path(KNOWN);
            fs::create_dir_all(&path).map_err(Error::io("cannot create", &path))?;
            Some(Folder::Staged(path))
        }
        None if spans::sought(job).is_some() => Some(Folder::Temporary(job.budget.folder()?)),
        None => None,
    };
    let rest = Rest { unreadable: read.unreadable, troubles: read.troubles, capped: facts.capped };
    if let Some(folder) = &folder {
        facts = facts.keep(&job.budget, folder.path())?;
    }
    if let Some(staging) = staging {
        read.roll.keep(&staging.path(KNOWN).join("roll"))?;
        spelling::keep(&read.spellings, &staging.path(KNOWN).join(SPELLINGS))?;
        staging.journal().add(&format!("{MATCHED}{}", serde_json::to_string(&rest).unwrap_or_default()))?;
        ledger::clear(staging);
    }
    Ok(Known { facts, roll: read.roll, rest, spellings: Arc::new(read.spellings), folder })
}

/// Where facts are kept: in the unfinished output, or for as long as the run lasts.
pub(super) enum Folder {
    Staged(PathBuf),
    Temporary(tempfile::TempDir),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Staged(path) => path,
            Self::Temporary(folder) => folder.path(),
        }
    }
}

impl Known {
    /// The documents that go because another stays, read once more.
    pub(super) fn gone(&self, job: &Job<'_>) -> Result<Sorted<Link>, Error> {
        self.again(job, "gone")
    }

    /// The units that repeat others, read once more.
    pub(super) fn copies(&self, job: &Job<'_>) -> Result<Sorted<Copied>, Error> {
        self.again(job, "copies")
    }

    fn again<R: Record>(&self, job: &Job<'_>, name: &str) -> Result<Sorted<R>, Error> {
        let nowhere = || Error::io("cannot read again", Path::new(name))(io::ErrorKind::NotFound.into());
        let folder = self.folder.as_ref().ok_or_else(nowhere)?;
        Sorted::kept(&job.budget, &folder.path().join(name))
    }
}

impl Facts {
    fn keep(self, budget: &Budget, folder: &Path) -> Result<Self, Error> {
        fn write<R: Record>(sorted: Sorted<R>, budget: &Budget, folder: &Path, name: &str) -> Result<Sorted<R>, Error> {
            sorted.keep(budget, &folder.join(name))
        }
        let Self { gone, followers, contained, copies, commons, passages, .. } = self;
        let links = || {
            let gone = write(gone, budget, folder, "gone")?;
            Ok((gone, write(followers, budget, folder, "followers")?, write(contained, budget, folder, "contained")?))
        };
        let passages = || write(passages, budget, folder, "passages");
        let copies = || write(copies, budget, folder, "copies");
        let commons = || write(commons, budget, folder, "commons");
        let (commons, (copies, (links, passages))) =
            rayon::join(commons, || rayon::join(copies, || rayon::join(links, passages)));
        let (gone, followers, contained) = links?;
        let (copies, commons, passages) = (copies?, commons?, passages?);
        Ok(Self { gone, followers, contained, copies, commons, passages, pairs: None, clusters: None, capped: 0 })
    }

    fn kept(budget: &Budget, folder: &Path) -> Result<Self, Error> {
        fn read<R: Record>(budget: &Budget, folder: &Path, name: &str) -> Result<Sorted<R>, Error> {
            Sorted::kept(budget, &folder.join(name))
        }
        Ok(Self {
            gone: read(budget, folder, "gone")?,
            followers: read(budget, folder, "followers")?,
            contained: read(budget, folder, "contained")?,
            copies: read(budget, folder, "copies")?,
            commons: read(budget, folder, "commons")?,
            passages: read(budget, folder, "passages")?,
            pairs: None,
            clusters: None,
            capped: 0,
        })
    }
}

/// Shards that a killed run had done, by number.
pub(super) fn done(staging: Option<&Staging>) -> HashMap<usize, Polished> {
    let lines = staging.map_or(&[][..], Staging::before).iter().filter_map(|line| line.strip_prefix(SHARD));
    lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Notes that a shard is done.
pub(super) fn note(staging: Option<&Staging>, number: usize, done: &Polished) -> Result<(), Error> {
    let Some(staging) = staging else { return Ok(()) };
    staging.journal().add(&format!("{SHARD}{}", serde_json::to_string(&(number, done)).unwrap_or_default()))
}
