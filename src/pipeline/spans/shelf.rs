//! The texts that are looked at: what fits lies in memory, the rest in a file.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::absent::{Absent, Bundle};
use super::narrow;
use crate::error::Error;
use crate::pipeline::Job;
use crate::pipeline::records::{Record, moved, visit};
use crate::pipeline::resume::Known;
use crate::pipeline::roll::Head;
use crate::spans::Texts;
use crate::spill::{Budget, read_exact_at};
use crate::types::{DocId, DocRef, Span};

/// A piece of a document that stays: what other rules call a copy is left out, so that no first copy is sought there.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) doc: DocRef,
    /// Where in the document.
    pub(super) span: Span,
    /// Line breaks before it.
    pub(super) lines: u32,
    /// Number of the block that it lies in.
    block: u32,
    /// Where in the block.
    at: u32,
}

/// The pieces of all documents that stay, in reading order.
pub(super) struct Shelf {
    pub(super) pieces: Vec<Piece>,
    blocks: Vec<Block>,
    file: Option<File>,
    budget: Budget,
    held: usize,
}

/// Texts that were put away together.
enum Block {
    Memory(String),
    /// Where in the file.
    File(u64),
}

/// Bytes of a block, unless one piece is more.
const BLOCK: usize = 4 << 20;

impl Shelf {
    /// Reads all documents that stay once more.
    pub(super) fn fill(job: &Job<'_>, known: &Known) -> Result<Self, Error> {
        let store = Store { budget: &job.budget, stored: Mutex::default() };
        let lists = Bundle::all(job, known)?.into_par_iter().map(|bundle| {
            let (shards, mut absent) = (bundle.shards.clone(), bundle.open()?);
            let pieces = shards.map(|shard| pieces_of(job, known, shard, &absent.shard(job, shard)?, &store));
            let pieces: Vec<Vec<Piece>> = pieces.collect::<Result<_, _>>()?;
            absent.end().map(|()| pieces.concat())
        });
        let lists: Vec<Vec<Piece>> = lists.collect::<Result<_, Error>>()?;
        let Stored { blocks, file, held, .. } = store.stored.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Self { pieces: lists.concat(), blocks, file, budget: job.budget.clone(), held })
    }

    /// So many bytes of the file.
    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        let done = self.file.as_ref().map_or(Ok(()), |file| read_exact_at(file, &mut bytes, at));
        done.map(|()| bytes).map_err(|e| self.budget.wrong("cannot read", e))
    }
}

impl Texts for Shelf {
    type Error = Error;

    fn length(&self, text: usize) -> usize {
        self.pieces[text].span.len()
    }

    fn bytes(&self, text: usize, from: usize, to: usize) -> Result<Cow<'_, [u8]>, Error> {
        let Piece { block, at, .. } = self.pieces[text];
        let from_block = at as usize + from;
        Ok(match &self.blocks[block as usize] {
            Block::Memory(text) => Cow::Borrowed(&text.as_bytes()[from_block..][..to - from]),
            Block::File(start) => Cow::Owned(self.read(start + from_block as u64, to - from)?),
        })
    }

    fn whole(&self, text: usize) -> Result<Cow<'_, str>, Error> {
        let Piece { block, at, span, .. } = self.pieces[text];
        Ok(match &self.blocks[block as usize] {
            Block::Memory(text) => Cow::Borrowed(&text[at as usize..][..span.len()]),
            Block::File(start) => {
                let bytes = self.read(start + u64::from(at), span.len())?;
                let damaged = |e| self.budget.wrong("cannot read", io::Error::new(io::ErrorKind::InvalidData, e));
                Cow::Owned(String::from_utf8(bytes).map_err(damaged)?)
            }
        })
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.budget.give_back(self.held);
    }
}

/// A shelf being filled.
struct Store<'a> {
    budget: &'a Budget,
    stored: Mutex<Stored>,
}

#[derive(Default)]
struct Stored {
    blocks: Vec<Block>,
    file: Option<File>,
    length: u64,
    held: usize,
}

impl Store<'_> {
    /// Puts texts away: in memory, as long as that takes no more than half of the budget. The number of their block.
    fn put(&self, text: String) -> Result<u32, Error> {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = text.len();
        let block = if self.budget.held() + bytes <= self.budget.limit() / 2 {
            self.budget.take(bytes);
            stored.held += bytes;
            Block::Memory(text)
        } else {
            let mut file = match stored.file.take() {
                Some(file) => file,
                None => self.budget.file()?,
            };
            file.write_all(text.as_bytes()).map_err(|e| self.budget.wrong("cannot write", e))?;
            stored.file = Some(file);
            stored.length += bytes as u64;
            Block::File(stored.length - bytes as u64)
        };
        stored.blocks.push(block);
        Ok(narrow(stored.blocks.len() - 1))
    }
}

/// One shard's pieces, and the texts of those that are not put away yet.
struct Desk<'a> {
    store: &'a Store<'a>,
    pieces: Vec<Piece>,
    /// Number of the first piece whose text is here.
    from: usize,
    text: String,
}

impl Desk<'_> {
    fn add(&mut self, piece: Piece, text: &str) -> Result<(), Error> {
        if self.text.len() + text.len() > BLOCK {
            self.put_away()?;
        }
        self.pieces.push(Piece { at: narrow(self.text.len()), ..piece });
        self.text.push_str(text);
        Ok(())
    }

    fn put_away(&mut self) -> Result<(), Error> {
        if !self.text.is_empty() {
            self.text.shrink_to_fit();
            let block = self.store.put(std::mem::take(&mut self.text))?;
            self.pieces[self.from..].iter_mut().for_each(|piece| piece.block = block);
        }
        self.from = self.pieces.len();
        Ok(())
    }
}

/// The pieces of one shard.
fn pieces_of(
    job: &Job<'_>,
    known: &Known,
    shard: u32,
    absent: &Absent,
    store: &Store<'_>,
) -> Result<Vec<Piece>, Error> {
    let heads = known.roll.shard(shard)?;
    let ids: Vec<DocId> = heads.iter().map(Head::id).collect();
    let doc_of = |id| ids.binary_search(&id).ok().map(|at| DocRef::new(shard, narrow(at)));
    let wanted = |id| doc_of(id).is_some_and(|doc| !absent.has(doc));
    let mut desk = Desk { store, pieces: Vec::new(), from: 0, text: String::new() };
    let slices = job.shards[shard as usize].iter();
    for &slice in slices.filter(|slice| !known.rest.unreadable[slice.source as usize]) {
        let done = visit(job, slice, &wanted, &mut |id, record| {
            if let (Record::Document { document, .. }, Some(doc)) = (record, doc_of(id)) {
                for (span, lines) in absent.left(doc, &document.text) {
                    let piece = Piece { doc, span, lines, block: 0, at: 0 };
                    desk.add(piece, span.of(&document.text))?;
                }
            }
            Ok(())
        });
        done.map_err(|stop| moved(job, slice, stop))?;
    }
    desk.put_away()?;
    Ok(desk.pieces)
}
