//! Pass 2: every document is read again, judged, rewritten, and written with its report.

mod document;
mod entry;
mod page;
mod places;
mod spots;

use serde::{Deserialize, Serialize};

use super::Job;
use super::cleaned::Cleaned;
use super::listing::Line;
use super::ratchet::Watch;
use super::records::{Record, Troubles, moved, visit};
use super::worst::Worsts;
use crate::error::Error;
use crate::judge::{Case, judge};
use crate::read::{Decoded, Shard, Slice, Source, Unread};
use crate::report::Digest;
use crate::report::removed::{At, Bytes, Removed};
use crate::report::tally::Tally;
use crate::rewrite::plan;
use crate::segment::segment;
use crate::text::address::host_in_json;
use crate::text::hash::StreamHash;
use crate::text::{Listed, Word};
use crate::types::{Corpus, DocId, Document, Trouble, TroubleKind};
use crate::write::{Part, Staging};
use document::Rewritten;
pub(super) use page::{PageParts, page_names};

/// What one shard gives.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Polished {
    pub(super) tally: Tally,
    pub(super) troubles: Troubles,
    pub(super) worst: Worsts,
    pub(super) digest: Digest,
    /// For each slice: its source, the bytes of its records, and the sum of their hashes.
    pub(super) sources: Vec<(u32, u64, u128)>,
}

/// The hash of a record, to be summed over a source: the same sum however the source is cut into shards.
pub(super) fn checksum(place: u64, raw: &[u8]) -> u128 {
    let mut hash = begin(place);
    hash.update(raw);
    hash.digest()
}

fn begin(place: u64) -> StreamHash {
    let mut hash = StreamHash::default();
    hash.update(&place.to_le_bytes());
    hash
}

/// Names of the parts that a shard writes; they sort in reading order.
pub(super) fn part_names(shard: usize) -> [String; 2] {
    [format!("parts/report-{shard:08}"), format!("parts/removed-{shard:08}")]
}

/// Name of the part for a slice: the cleaned file itself when the slice is the whole source.
pub(super) fn cleaned_name(source: &Source, slice: Slice) -> String {
    if slice.is_whole() {
        format!("cleaned/{}", source.cleaned_path())
    } else {
        format!("parts/cleaned-{:08}-{:016x}", slice.source, slice.from)
    }
}

/// Does the work of one shard. Sources that could not be read before are passed over.
pub(super) fn shard(
    job: &Job<'_>,
    corpus: &Corpus,
    unreadable: &[bool],
    number: usize,
    shard: &Shard,
    staging: Option<&Staging>,
) -> Result<Polished, Error> {
    let mut done = Polished::default();
    let mut bench = Bench::default();
    let [report, removed] = part_names(number);
    let mut report = staging.map(|s| s.create(&report)).transpose()?;
    let mut removed = staging.map(|s| s.create(&removed)).transpose()?;
    let mut page = staging.filter(|_| job.options.html).map(|s| PageParts::create(s, number)).transpose()?;
    for &slice in shard.iter().filter(|slice| !unreadable[slice.source as usize]) {
        let source = &job.sources[slice.source as usize];
        let cleaned = staging.map(|s| Cleaned::create(s, source, slice)).transpose()?;
        let mut desk = Desk {
            job,
            corpus,
            source,
            done: &mut done,
            bench: &mut bench,
            report: report.as_mut(),
            removed: removed.as_mut(),
            page: page.as_mut(),
            cleaned,
            bytes: 0,
            sum: 0,
            oversized: None,
            line: Line { slice: slice.from, before: 0 },
        };
        let done = visit(job, slice, &|_| true, &mut |id, record| desk.take(id, record));
        done.map_err(|stop| moved(job, slice, stop))?;
        desk.close(slice)?;
        job.progress.advance(slice.disk);
    }
    report.map(Part::finish).transpose()?;
    removed.map(Part::finish).transpose()?;
    page.map(PageParts::finish).transpose()?;
    Ok(done)
}

/// Memory that a worker uses again for each document.
#[derive(Default)]
struct Bench {
    words: Vec<Word>,
    json: Vec<u8>,
}

/// Where the records of one slice pass over.
struct Desk<'a> {
    job: &'a Job<'a>,
    corpus: &'a Corpus,
    source: &'a Source,
    done: &'a mut Polished,
    bench: &'a mut Bench,
    report: Option<&'a mut Part>,
    removed: Option<&'a mut Part>,
    page: Option<&'a mut PageParts>,
    cleaned: Option<Cleaned>,
    bytes: u64,
    sum: u128,
    /// Length and hash of an oversized record that is passing.
    oversized: Option<(u64, StreamHash)>,
    /// The line of the record, in files where each is one.
    line: Line,
}

impl Desk<'_> {
    fn take(&mut self, id: DocId, record: Record<'_>) -> Result<(), Error> {
        let ends = !matches!(record, Record::Oversized { last: false, .. });
        match record {
            Record::Document { document, decoded, raw } => self.document(id, document, &decoded, raw),
            Record::Other { why, raw } => self.other(id, why, raw),
            Record::Oversized { bytes, last } => self.oversized(id, bytes, last),
        }?;
        self.line.before += u64::from(ends);
        Ok(())
    }

    fn document(&mut self, id: DocId, document: Document, decoded: &Decoded, raw: &[u8]) -> Result<(), Error> {
        if decoded.replaced > 0 {
            let places = decoded.replaced;
            let message =
                format!("bytes that are no characters read U+FFFD now, in places: {places}; restore gives them back");
            self.trouble(id, TroubleKind::Replaced, message);
        }
        let page = segment(document);
        let spare = std::mem::take(&mut self.bench.words);
        let words = Listed::new(&page.document.text, self.corpus.words(id), spare);
        let case = Case::new(&page, &words, self.corpus, &self.job.options.judge);
        let findings = judge(&case, &self.job.options.rules);
        let plan = plan(&page, &findings, &self.job.options.policy);
        let rewritten = Rewritten { source: self.source, page: &page, words: &words, findings: &findings, plan: &plan };
        let host = decoded.address.clone().and_then(|at| host_in_json(&raw[at]));
        self.report(&rewritten, case.facts.followers, host)?;
        let places =
            |watch: &Watch| watch.take(self.source, &page.document, rewritten.places(&self.job.options.policy));
        let places = self.job.watch.as_ref().map(places);
        if let Some((listing, names)) = &self.job.listing {
            let chosen = listing.choose(id, &findings, &plan.acted, places.as_deref());
            rewritten.list(listing, chosen, &names[id.source as usize], decoded, raw, self.line);
        }
        let (written, notes) = rewritten.written(self.job, decoded, raw);
        self.pass(id, raw, written.as_deref(), &notes)?;
        self.bench.words = words.into_spare();
        Ok(())
    }

    /// Counts a document and puts down its entry.
    fn report(&mut self, rewritten: &Rewritten<'_>, twins: u32, host: Option<String>) -> Result<(), Error> {
        let (entry, counted) = (rewritten.entry(twins, host), rewritten.counted());
        self.done.tally.add(&entry, &counted);
        self.done.digest.add(&entry);
        for &(category, words) in &counted.gone {
            self.done.worst.add(category, words, &entry.id);
        }
        if let Some(report) = &mut self.report {
            // The comma in front of the very first entry is left out when the parts are joined.
            self.bench.json.clear();
            self.bench.json.extend_from_slice(b",\n");
            let _ = serde_json::to_writer(&mut self.bench.json, &entry);
            report.put(&self.bench.json)?;
        }
        let text = &rewritten.page.document.text;
        self.page.as_mut().map_or(Ok(()), |page| page.put(&entry, text))
    }

    fn other(&mut self, id: DocId, why: Unread, raw: &[u8]) -> Result<(), Error> {
        match why {
            Unread::Damaged(why) => {
                let message = format!("{why}; the record is in removed.jsonl, not in the cleaned text");
                self.trouble(id, TroubleKind::SetAside, message);
                let at = At { path: self.source.path.clone(), place: id.place };
                let rules = vec!["unreadable-record".into()];
                let note = Removed::Record { at, rules, kinds: Vec::new(), replaced: false, bytes: Bytes::new(raw) };
                return self.pass(id, raw, None, &[note]);
            }
            Unread::NoText(fields) => {
                let field = &self.job.options.fields.text;
                let message = format!("no text in the field '{field}'; the record has {fields}");
                self.trouble(id, TroubleKind::CopiedUnchanged, message);
            }
            Unread::Blank => {}
        }
        self.pass(id, raw, Some(raw), &[])
    }

    fn oversized(&mut self, id: DocId, piece: &[u8], last: bool) -> Result<(), Error> {
        let (length, hash) = self.oversized.get_or_insert_with(|| (0, begin(id.place)));
        *length += piece.len() as u64;
        hash.update(piece);
        if let Some(cleaned) = &mut self.cleaned {
            cleaned.put(piece)?;
        }
        if let Some((length, hash)) = self.oversized.take_if(|_| last) {
            self.bytes += length;
            self.sum = self.sum.wrapping_add(hash.digest());
            let limit = self.job.options.largest_record;
            let message =
                format!("a record of {length} bytes, above the limit of {limit}; raise it with --largest-record");
            self.trouble(id, TroubleKind::CopiedUnchanged, message);
        }
        Ok(())
    }

    /// A whole record passes: what is written for it, and what restore needs to know.
    fn pass(&mut self, id: DocId, raw: &[u8], written: Option<&[u8]>, notes: &[Removed]) -> Result<(), Error> {
        self.bytes += raw.len() as u64;
        self.sum = self.sum.wrapping_add(checksum(id.place, raw));
        if let (Some(cleaned), Some(written)) = (&mut self.cleaned, written) {
            cleaned.put(written)?;
        }
        if let Some(removed) = &mut self.removed {
            self.bench.json.clear();
            for note in notes {
                note.append_to(&mut self.bench.json);
            }
            removed.put(&self.bench.json)?;
        }
        Ok(())
    }

    fn trouble(&mut self, id: DocId, kind: TroubleKind, message: String) {
        let path = self.source.path.clone();
        self.done.troubles.add(Trouble { path, place: Some(id.place), kind, message });
    }

    fn close(self, slice: Slice) -> Result<(), Error> {
        if let Some((listing, _)) = &self.job.listing {
            listing.close(slice, self.line.before);
        }
        self.done.sources.push((slice.source, self.bytes, self.sum));
        self.cleaned.map_or(Ok(()), Cleaned::finish)
    }
}
