//! The roll of all documents: where each stands and what people call it.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytemuck::{Pod, Zeroable};

use crate::error::Error;
use crate::spill::{Budget, read_exact_at, read_table, write_table};
use crate::types::{DocId, DocRef};

/// What is noted of a document beside its name.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Head {
    place: u64,
    /// Less is more wanted.
    pub(super) wanted: u64,
    source: u32,
    /// Number of words.
    pub(super) words: u32,
    /// Where its name ends among the names of the shard.
    name_end: u64,
    /// Hash of the host that it comes from, or of its folder.
    pub(super) host: u64,
}

impl Head {
    /// Where the document stands.
    pub(super) fn id(&self) -> DocId {
        DocId { source: self.source, place: self.place }
    }
}

/// The documents of one shard while it is read.
#[derive(Default)]
pub(super) struct Page {
    heads: Vec<Head>,
    names: Vec<u8>,
}

impl Page {
    /// Notes the next document.
    pub(super) fn push(&mut self, id: DocId, name: &str, words: u32, wanted: u64, host: u64) {
        self.names.extend_from_slice(name.as_bytes());
        let name_end = self.names.len() as u64;
        self.heads.push(Head { place: id.place, wanted, source: id.source, words, name_end, host });
    }
}

/// The documents of all shards, held or in a temporary file.
pub(super) struct Roll {
    budget: Budget,
    pages: Vec<OnceLock<Stored>>,
    file: Mutex<(Option<Arc<File>>, u64)>,
}

#[derive(Clone, Default)]
struct Stored {
    documents: usize,
    length: usize,
    at: Place,
}

#[derive(Clone)]
enum Place {
    Held(Arc<[u8]>),
    Spilled(Arc<File>, u64),
}

impl Default for Place {
    fn default() -> Self {
        Self::Held(Arc::default())
    }
}

const HEAD: usize = size_of::<Head>();

impl Roll {
    /// An empty roll of so many shards.
    pub(super) fn new(budget: &Budget, shards: usize) -> Self {
        let pages = (0..shards).map(|_| OnceLock::new()).collect();
        Self { budget: budget.clone(), pages, file: Mutex::default() }
    }

    /// Keeps the page of a shard.
    pub(super) fn put(&self, shard: u32, page: Page) -> Result<(), Error> {
        let documents = page.heads.len();
        let bytes = [bytemuck::cast_slice(&page.heads), &page.names].concat();
        drop(page);
        let length = bytes.len();
        let at = if self.budget.take(bytes.len()) { self.write(&bytes)? } else { Place::Held(bytes.into()) };
        // A shard is read once.
        let _ = self.pages[shard as usize].set(Stored { documents, length, at });
        Ok(())
    }

    /// Notes that the page of a shard stands in a file, where [`Self::page`] of another run was written.
    pub(super) fn found(&mut self, shard: u32, documents: usize, length: usize, file: Arc<File>, at: u64) {
        self.pages[shard as usize] = OnceLock::from(Stored { documents, length, at: Place::Spilled(file, at) });
    }

    /// The number of documents of a shard, and its page as bytes.
    pub(super) fn page(&self, shard: u32) -> Result<(usize, Vec<u8>), Error> {
        let Some(stored) = self.stored(shard) else { return Ok((0, Vec::new())) };
        let mut bytes = vec![0; stored.length];
        self.read(stored, 0, &mut bytes)?;
        Ok((stored.documents, bytes))
    }

    /// Writes all pages to the file, and behind them where each lies.
    pub(super) fn keep(&self, path: &Path) -> Result<(), Error> {
        let wrong = || Error::io("cannot write", path);
        let mut file = File::create(path).map_err(wrong())?;
        let mut table: Vec<u64> = Vec::new();
        let mut at = 0;
        for shard in 0..u32::try_from(self.pages.len()).unwrap_or(u32::MAX) {
            let (documents, bytes) = self.page(shard)?;
            file.write_all(&bytes).map_err(wrong())?;
            table.extend([documents as u64, at, bytes.len() as u64]);
            at += bytes.len() as u64;
        }
        write_table(&mut file, &table).map_err(wrong())
    }

    /// The roll that [`Self::keep`] wrote to the file.
    pub(super) fn kept(budget: &Budget, path: &Path) -> Result<Self, Error> {
        let wrong = || Error::io("cannot read", path);
        let mut file = File::open(path).map_err(wrong())?;
        let table = read_table(&mut file).map_err(wrong())?;
        let file = Arc::new(file);
        let narrow = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let page = |row: &[u64]| {
            let at = Place::Spilled(Arc::clone(&file), row[1]);
            OnceLock::from(Stored { documents: narrow(row[0]), length: narrow(row[2]), at })
        };
        let pages = table.chunks_exact(3).map(page).collect();
        Ok(Self { budget: budget.clone(), pages, file: Mutex::default() })
    }

    fn write(&self, bytes: &[u8]) -> Result<Place, Error> {
        self.budget.give_back(bytes.len());
        let mut guard = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, length) = &mut *guard;
        let file = match file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(file.insert(Arc::new(self.budget.file()?))),
        };
        (&*file).write_all(bytes).map_err(|e| self.budget.wrong("cannot write", e))?;
        let at = *length;
        *length += bytes.len() as u64;
        Ok(Place::Spilled(file, at))
    }

    fn stored(&self, shard: u32) -> Option<&Stored> {
        self.pages[shard as usize].get()
    }

    /// Fills `out` with the page's bytes from `from` on.
    fn read(&self, stored: &Stored, from: usize, out: &mut [u8]) -> Result<(), Error> {
        match &stored.at {
            Place::Held(bytes) => out.copy_from_slice(&bytes[from..from + out.len()]),
            Place::Spilled(file, at) => {
                read_exact_at(file, out, at + from as u64).map_err(|e| self.budget.wrong("cannot read", e))?;
            }
        }
        Ok(())
    }

    /// What is noted of all documents of a shard.
    pub(super) fn shard(&self, shard: u32) -> Result<Vec<Head>, Error> {
        let Some(stored) = self.stored(shard) else { return Ok(Vec::new()) };
        let mut heads = vec![Head::zeroed(); stored.documents];
        self.read(stored, 0, bytemuck::cast_slice_mut(&mut heads))?;
        Ok(heads)
    }

    /// What is noted of one document.
    pub(super) fn head(&self, doc: DocRef) -> Result<Head, Error> {
        let mut head = Head::zeroed();
        if let Some(stored) = self.stored(doc.shard()) {
            self.read(stored, doc.number() as usize * HEAD, bytemuck::bytes_of_mut(&mut head))?;
        }
        Ok(head)
    }

    /// The name of one document.
    pub(super) fn name(&self, doc: DocRef) -> Result<String, Error> {
        let Some(stored) = self.stored(doc.shard()) else { return Ok(String::new()) };
        let number = doc.number();
        let from = if number == 0 { 0 } else { self.head(DocRef::new(doc.shard(), number - 1))?.name_end };
        let narrow = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let mut name = vec![0; narrow(self.head(doc)?.name_end - from)];
        self.read(stored, stored.documents * HEAD + narrow(from), &mut name)?;
        Ok(String::from_utf8_lossy(&name).into_owned())
    }
}
