//! What of pass 1 is done. Whenever memory is used up, what all sorters hold goes to files of the unfinished output together,
//! and a line of the journal then says how far the files reach and which shards are in them whole. A run that goes on takes
//! that up and reads the other shards.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

use super::Job;
use super::roll::Roll;
use super::sketch::Part;
use super::streams::Streams;
use crate::error::Error;
use crate::sign::Signed;
use crate::spill::{Run, Void, read_exact_at};
use crate::types::ShardIndex;
use crate::write::Staging;

/// The folder for what sorters wrote and for pages of shards.
pub(super) const FOLDER: &str = "read";
/// How the journal begins the line for what is in the files, and that of a run that goes on within pass 1.
const READ: &str = "read ";
const AGAIN: &str = "again";

/// More pieces than there can be.
const COUNTING: usize = usize::MAX / 2;

/// What one line says.
#[derive(Serialize, Deserialize)]
struct Line {
    /// What came to the files of the sorters.
    runs: Vec<Vec<Run>>,
    /// Shards that are in the files whole now.
    shards: Vec<Entry>,
    /// Shards of which a piece may be in the files, and a piece may not.
    halves: BTreeSet<u32>,
}

/// A shard in the file of pages: its page of the roll, and its index behind it.
#[derive(Serialize, Deserialize)]
struct Entry {
    shard: u32,
    documents: usize,
    page: usize,
    index: usize,
    /// Keys and counts of how words are written, behind the index.
    spelled: usize,
    part: Part,
}

/// Where all shards of pass 1 hand over what they found.
pub(super) struct Ledger<'a> {
    job: &'a Job<'a>,
    staging: Option<&'a Staging>,
    pub(super) streams: Streams,
    pub(super) roll: Roll,
    /// What is in the sorters and in no line yet. Who hands over reads; who sets aside what the sorters hold writes.
    open: RwLock<Mutex<Shards>>,
    /// What is set aside and not all written yet, and how many pieces of it are left.
    aside: Mutex<Option<Shards>>,
    left: AtomicUsize,
    pages: Mutex<(PathBuf, Option<File>)>,
}

#[derive(Clone, Default)]
struct Shards {
    whole: Vec<(u32, Part)>,
    halves: BTreeSet<u32>,
}

impl<'a> Ledger<'a> {
    /// An empty one, or what a killed run had done; with the shards that are done, by number.
    pub(super) fn open(job: &'a Job<'a>, staging: Option<&'a Staging>) -> Result<(Self, HashMap<u32, Part>), Error> {
        let mut roll = Roll::new(&job.budget, job.shards.len());
        let (mut round, mut halves, mut from) = (0u32, BTreeSet::new(), BTreeMap::new());
        let mut told: [Vec<(u32, Run)>; Streams::COUNT] = Default::default();
        let mut again = |round: &mut u32, halves: &mut BTreeSet<u32>| {
            *round += 1;
            from.extend(std::mem::take(halves).into_iter().map(|shard| (shard, *round)));
        };
        let folder = staging.map(|staging| staging.path(FOLDER));
        let path = folder.as_ref().map(|folder| folder.join("pages")).unwrap_or_default();
        let (mut pages, mut done) = (Pages::default(), HashMap::new());
        for line in staging.map_or(&[][..], Staging::before) {
            if line == AGAIN {
                again(&mut round, &mut halves);
            } else if let Some(line) = line.strip_prefix(READ) {
                let damaged = |e: serde_json::Error| Error::io("cannot go on from", &path)(e.into());
                let line: Line = serde_json::from_str(line).map_err(damaged)?;
                for (told, runs) in told.iter_mut().zip(line.runs) {
                    told.extend(runs.into_iter().map(|run| (round, run)));
                }
                halves.extend(line.halves);
                for entry in line.shards {
                    halves.remove(&entry.shard);
                    let (shard, part) = pages.take(&path, entry, &mut roll)?;
                    done.insert(shard, part);
                }
            }
        }
        if let Some(staging) = staging.filter(|_| told.iter().any(|runs| !runs.is_empty())) {
            again(&mut round, &mut halves);
            staging.journal().add(AGAIN)?;
        }
        let void = (!from.is_empty()).then(|| Arc::new(Void(from)));
        let streams = Streams::open(&job.budget, folder.as_deref(), round, void.as_ref(), &told)?;
        let pages = Mutex::new((path, pages.writable()?));
        let (open, aside, left) = (RwLock::default(), Mutex::default(), AtomicUsize::new(0));
        Ok((Self { job, staging, streams, roll, open, aside, left, pages }, done))
    }

    /// Takes in records of a shard; with its end, what else is known of it, which stands on the roll by then.
    pub(super) fn add(&self, shard: u32, signed: &mut Signed, ended: Option<&Part>) -> Result<(), Error> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let full = self.streams.put(signed);
        if self.staging.is_some() {
            let mut open = lock(&open);
            match ended {
                Some(part) => {
                    open.halves.remove(&shard);
                    open.whole.push((shard, part.clone()));
                }
                None => {
                    open.halves.insert(shard);
                }
            }
        }
        drop(open);
        if full { self.make_room() } else { Ok(()) }
    }

    /// Writes what the sorters hold; threads that come meanwhile lend a hand. The last one makes the line.
    fn make_room(&self) -> Result<(), Error> {
        let mut uncounted = 0;
        let mut aside = lock(&self.aside);
        if aside.is_none() && self.streams.held() * 8 >= self.job.budget.limit() {
            let open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            let mut open = lock(&open);
            let halves = open.halves.clone();
            *aside = Some(Shards { whole: std::mem::take(&mut open.whole), halves });
            // Others may write the first pieces before the last is set aside: none of them may seem to be the last.
            self.left.store(COUNTING, Ordering::SeqCst);
            uncounted = COUNTING - self.streams.set_aside();
        }
        drop(aside);
        self.written(uncounted)?;
        while self.streams.write_aside()? {
            self.written(1)?;
        }
        Ok(())
    }

    /// So many pieces fewer are left.
    fn written(&self, pieces: usize) -> Result<(), Error> {
        let last = pieces > 0 && self.left.fetch_sub(pieces, Ordering::SeqCst) == pieces;
        if last { self.tell() } else { Ok(()) }
    }

    /// Adds the line for what was set aside, and is written.
    fn tell(&self) -> Result<(), Error> {
        let mut aside = lock(&self.aside);
        let (Some(Shards { whole, halves }), Some(staging)) = (aside.take(), self.staging) else { return Ok(()) };
        let runs = self.streams.tell();
        let shards = whole.into_iter().map(|(shard, part)| self.entry(shard, part)).collect::<Result<_, _>>()?;
        let line = serde_json::to_string(&Line { runs, shards, halves }).unwrap_or_default();
        staging.journal().add(&format!("{READ}{line}"))
    }

    /// Writes what is large of a shard.
    fn entry(&self, shard: u32, part: Part) -> Result<Entry, Error> {
        let mut pages = lock(&self.pages);
        let (path, file) = &mut *pages;
        let file = match file {
            Some(file) => file,
            None => file.insert(File::create(&path).map_err(Error::io("cannot write", &*path))?),
        };
        let (documents, page) = self.roll.page(shard)?;
        let index = part.index.to_words();
        let mut write = |bytes: &[u8]| file.write_all(bytes).map_err(Error::io("cannot write", &*path));
        write(&page)?;
        write(bytemuck::cast_slice(&index))?;
        let spelled: Vec<u64> = part.spelled.iter().flat_map(|&(key, times)| [key, times.into()]).collect();
        write(bytemuck::cast_slice(&spelled))?;
        Ok(Entry { shard, documents, page: page.len(), index: index.len(), spelled: spelled.len(), part })
    }
}

/// The file of pages, while it is read again from its beginning.
#[derive(Default)]
struct Pages {
    file: Option<Arc<File>>,
    path: PathBuf,
    at: u64,
}

impl Pages {
    /// Puts the page of the next entry on the roll, and completes what is known of the shard.
    fn take(&mut self, path: &PathBuf, entry: Entry, roll: &mut Roll) -> Result<(u32, Part), Error> {
        let wrong = || Error::io("cannot go on from", path);
        let file = match &self.file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(self.file.insert(Arc::new(File::open(path).map_err(wrong())?))),
        };
        self.path.clone_from(path);
        let mut index = vec![0u64; entry.index + entry.spelled];
        let behind = self.at + entry.page as u64;
        read_exact_at(&file, bytemuck::cast_slice_mut(&mut index), behind).map_err(wrong())?;
        roll.found(entry.shard, entry.documents, entry.page, file, self.at);
        self.at = behind + 8 * index.len() as u64;
        let mut part = entry.part;
        let (index, spelled) = index.split_at(entry.index);
        let count = |row: &[u64]| (row[0], u32::try_from(row[1]).unwrap_or(u32::MAX));
        part.spelled = spelled.chunks_exact(2).map(count).collect();
        part.index = ShardIndex::of_words(index).ok_or_else(|| wrong()(std::io::ErrorKind::InvalidData.into()))?;
        Ok((entry.shard, part))
    }

    /// The file, to be written behind what was read; none when nothing was.
    fn writable(self) -> Result<Option<File>, Error> {
        if self.file.is_none() {
            return Ok(None);
        }
        let wrong = || Error::io("cannot go on from", &self.path);
        let file = File::options().append(true).open(&self.path).map_err(wrong())?;
        file.set_len(self.at).map_err(wrong())?;
        Ok(Some(file))
    }
}

/// Removes the files when they are needed no more. Where that fails, they go with the folder that they are in.
pub(super) fn clear(staging: &Staging) {
    let _ = fs::remove_dir_all(staging.path(FOLDER));
}

/// A panic elsewhere ends the run anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
