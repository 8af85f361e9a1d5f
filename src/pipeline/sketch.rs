//! Pass 1: every document is read, cut into blocks, signed, and let go.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Job;
use super::ledger::Ledger;
use super::records::{Record, unreadable, visit};
use super::roll::{Page, Roll};
use super::spelling::{self, Counts};
use super::streams::Streams;
use super::wishes::Wishes;
use crate::error::Error;
use crate::read::against::unheard;
use crate::read::{Decoded, Framing, Shard, Source, Stop, Unread};
use crate::resolve::Keep;
use crate::segment::segment;
use crate::sign::{Bench, Signed, Spelled, sign};
use crate::text::address::host_in_json;
use crate::text::hash::hash64;
use crate::types::{self, DocId, Document, Index, ShardIndex, Spellings, Trouble, TroubleKind};
use crate::write::Staging;

/// What pass 1 leaves.
pub(super) struct Read {
    /// What is remembered of documents and units, to be sorted.
    pub(super) streams: Streams,
    /// Which unit belongs to which document.
    pub(super) index: Index,
    /// Where documents stand, and their names.
    pub(super) roll: Roll,
    /// Number of words.
    pub(super) words: u64,
    /// Words of the fullest shard.
    pub(super) fullest: u64,
    /// How they are written.
    pub(super) spellings: Spellings,
    /// For each source, whether it could not be read to its end.
    pub(super) unreadable: Vec<bool>,
    /// Why.
    pub(super) troubles: Vec<Trouble>,
}

impl Read {
    /// Notes that a source could not be read.
    fn leave_out(&mut self, job: &Job<'_>, source: u32, trouble: Trouble) {
        self.unreadable[source as usize] = true;
        let old = job.sources[source as usize].old.is_some();
        self.troubles.push(if old { unheard(trouble) } else { trouble });
    }
}

/// What one shard gives.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Part {
    #[serde(skip)]
    pub(super) index: ShardIndex,
    /// How words are written, where that is counted.
    #[serde(skip)]
    pub(super) spelled: Counts,
    words: u64,
    troubles: Vec<(u32, Trouble)>,
    /// Sources with documents.
    with_documents: Vec<u32>,
    /// Sources with records that are no documents, and what is wrong with the first of each kind.
    no_document: Vec<(u32, Unread)>,
    /// Whether a document had what `--keep` asks for.
    answered: bool,
}

pub(super) fn sketches(job: &Job<'_>, staging: Option<&Staging>) -> Result<Read, Error> {
    let (ledger, mut before) = Ledger::open(job, staging)?;
    let shards: Vec<_> =
        (0u32..).zip(job.shards).map(|(number, shard)| (number, shard, before.remove(&number))).collect();
    let work = |tools: &mut Tools, (number, shard, before): (u32, &Shard, Option<Part>)| {
        let part = match before {
            Some(part) => {
                job.progress.advance(shard.iter().map(|slice| slice.disk).sum());
                part
            }
            None => sketch_shard(job, number, shard, &ledger, tools)?,
        };
        spelling::hold(job, &part.spelled);
        Ok(part)
    };
    let parts: Vec<Part> = shards.into_par_iter().map_init(Tools::default, work).collect::<Result<_, _>>()?;
    let Ledger { streams, roll, .. } = ledger;
    let sources = job.sources.len();
    let mut read = Read {
        streams,
        index: Index::default(),
        roll,
        words: 0,
        fullest: 0,
        spellings: Spellings::default(),
        unreadable: vec![false; sources],
        troubles: Vec::new(),
    };
    let mut no_document: Vec<(u32, Unread)> = Vec::new();
    let mut with_documents = vec![false; sources];
    let mut answered = false;
    let mut spelled = Vec::with_capacity(parts.len());
    for part in parts {
        spelled.push(part.spelled);
        answered |= part.answered;
        read.index.shards.push(part.index);
        read.words += part.words;
        read.fullest = read.fullest.max(part.words);
        no_document.extend(part.no_document);
        part.with_documents.iter().for_each(|&source| with_documents[source as usize] = true);
        for (source, trouble) in part.troubles {
            read.leave_out(job, source, trouble);
        }
    }
    read.spellings = spelling::merge(job, &spelled);
    if let Some(wishes) = Wishes::of(job).filter(|_| !answered && with_documents[job.old_sources..].contains(&true)) {
        return Err(wishes.unanswered());
    }
    no_document.dedup_by_key(|(source, _)| *source);
    for (source, why) in no_document {
        if !with_documents[source as usize] {
            read.leave_out(job, source, no_document_at_all(job, source, &why));
        }
    }
    let nothing = job.old_sources > 0 && !read.unreadable[..job.old_sources].contains(&false);
    if let Some(first) = read.troubles.iter().find(|_| nothing).filter(|t| t.kind == TroubleKind::Skipped) {
        let Trouble { path, message, .. } = first;
        return Err(Error::Usage(format!("nothing of what --against names could be read\n  {path}: {message}")));
    }
    Ok(read)
}

/// A source of records none of which is a document was not what its name says, or was asked for the wrong field.
fn no_document_at_all(job: &Job<'_>, source: u32, why: &Unread) -> Trouble {
    let field = &job.options.fields.text;
    let message = match why {
        Unread::NoText(fields) => {
            format!(
                "no record has a text in the field '{field}'; the first has the fields {fields}; name the right one with --text-field NAME; nothing of it was written"
            )
        }
        Unread::Damaged(why) => {
            format!(
                "no line of it is a record: {why}; a record is a JSON object in UTF-8 on a line of its own; nothing of it was written"
            )
        }
        Unread::Blank => "nothing stands in it".to_owned(),
    };
    Trouble { path: job.sources[source as usize].path.clone(), place: None, kind: TroubleKind::Unreadable, message }
}

/// Bytes of records of one shard that are handed over before it ends: archives are one shard, however large.
const HANDED_OVER: usize = 8 << 20;

/// Memory that a worker uses again for each shard.
#[derive(Default)]
struct Tools {
    bench: Bench,
    signed: Signed,
    spelled: Spelled,
}

/// One worker at one shard.
struct Desk<'a> {
    job: &'a Job<'a>,
    number: u32,
    ledger: &'a Ledger<'a>,
    tools: &'a mut Tools,
    page: Page,
    part: Part,
    wishes: Option<Wishes<'a>>,
}

impl Desk<'_> {
    fn document(&mut self, id: DocId, document: Document, decoded: &Decoded, raw: &[u8]) -> Result<(), Error> {
        let source = &self.job.sources[id.source as usize];
        let host = host(source, decoded, raw);
        if self.part.with_documents.last() != Some(&id.source) {
            self.part.with_documents.push(id.source);
        }
        let page = if self.job.recipe.units { segment(document) } else { types::Page::uncut(document) };
        let wishes = self.wishes.as_ref().filter(|_| source.old.is_none());
        let wish = wishes.map(|wishes| wishes.wanted(source, raw));
        self.part.answered |= wish.is_some_and(|wish| wish != Keep::LEAST);
        let wanted = |words| match source.old {
            // Whatever else is wished, what is there stays.
            Some(_) => 0,
            None => wish.unwrap_or_else(|| self.job.options.keep.wanted(words)).saturating_add(1),
        };
        let Tools { bench, signed, spelled } = &mut *self.tools;
        let (words, wanted) = sign(&page, self.number, wanted, &self.job.recipe, bench, signed);
        if self.job.recipe.spellings && self.job.sampling.takes(id) {
            spelled.count(&page, bench);
        }
        self.part.words += u64::from(words);
        self.page.push(id, &page.document.name, words, wanted, host);
        if signed.bytes() > HANDED_OVER { self.ledger.add(self.number, signed, None) } else { Ok(()) }
    }

    fn other(&mut self, id: DocId, why: Unread, first: bool) {
        let source = &self.job.sources[id.source as usize];
        match why {
            Unread::Damaged(why) if source.format.framing == Framing::Whole => {
                let message = format!("{why}; left where it is");
                let (path, place) = (source.path.clone(), Some(id.place));
                self.part.troubles.push((id.source, Trouble { path, place, kind: TroubleKind::Unreadable, message }));
            }
            why if why != Unread::Blank && first => self.part.no_document.push((id.source, why)),
            _ => {}
        }
    }
}

/// A hash of the host that a document comes from; where it names none, of the first folder on the way to its file.
fn host(source: &Source, decoded: &Decoded, raw: &[u8]) -> u64 {
    let host = decoded.address.clone().and_then(|at| host_in_json(&raw[at]));
    let below = source.path.get(source.old.unwrap_or_default()..).unwrap_or_default();
    let folder = || below.split_once('/').map_or("/", |(folder, _)| folder);
    hash64(host.as_deref().unwrap_or_else(folder).as_bytes())
}

fn sketch_shard(
    job: &Job<'_>,
    number: u32,
    shard: &Shard,
    ledger: &Ledger<'_>,
    tools: &mut Tools,
) -> Result<Part, Error> {
    let (page, part) = (Page::default(), Part::default());
    let mut desk = Desk { job, number, ledger, tools, page, part, wishes: Wishes::of(job) };
    for &slice in shard {
        let source = &job.sources[slice.source as usize];
        let mut seen = 0;
        let done = visit(job, slice, &|_| true, &mut |id, record| {
            match record {
                Record::Document { document, decoded, raw } => desk.document(id, document, &decoded, raw)?,
                Record::Other { why, .. } => {
                    let first = seen == 0;
                    seen += usize::from(why != Unread::Blank);
                    desk.other(id, why, first);
                }
                Record::Oversized { .. } => {}
            }
            Ok(())
        });
        match done {
            Ok(()) => {}
            Err(Stop::Read(place, error)) => {
                desk.part.troubles.push((slice.source, unreadable(source, place, &error)));
            }
            Err(Stop::Ended(error)) => return Err(error),
        }
        job.progress.advance(slice.disk);
    }
    ledger.roll.put(number, desk.page)?;
    let Tools { signed, spelled, .. } = &mut *desk.tools;
    let part = Part { index: std::mem::take(&mut signed.index), spelled: spelled.take().collect(), ..desk.part };
    ledger.add(number, signed, Some(&part))?;
    Ok(part)
}
