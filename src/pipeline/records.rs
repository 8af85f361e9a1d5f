//! The documents of a slice, and what stands between them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Job;
use super::as_list;
use crate::error::Error;
use crate::read::{Compression, Decoded, Fields, Framing, Piece, Slice, Source, Stop, Unread, records, records_at};
use crate::types::{DocId, Document, Form, Trouble, TroubleKind};

/// What a record turned out to be.
pub(super) enum Record<'a> {
    /// A document.
    Document {
        /// The document.
        document: Document,
        /// What decoding told.
        decoded: Decoded,
        /// Its bytes.
        raw: &'a [u8],
    },
    /// No document.
    Other {
        /// Why.
        why: Unread,
        /// Its bytes.
        raw: &'a [u8],
    },
    /// The next bytes of a record that is too large to hold.
    Oversized {
        /// The bytes.
        bytes: &'a [u8],
        /// Whether the record ends here.
        last: bool,
    },
}

/// Calls `visit` for each record of the slice for which `wanted` holds.
pub(super) fn visit(
    job: &Job<'_>,
    slice: Slice,
    wanted: &dyn Fn(DocId) -> bool,
    visit: &mut dyn FnMut(DocId, Record<'_>) -> Result<(), Error>,
) -> Result<(), Stop> {
    let source = &job.sources[slice.source as usize];
    records(source, slice, job.options.largest_record, &mut |place, piece| {
        let id = DocId { source: slice.source, place };
        match piece {
            _ if !wanted(id) => Ok(()),
            Piece::Oversized { bytes, last } => visit(id, Record::Oversized { bytes, last }),
            Piece::Record(raw) => visit(id, decode(source, &job.options.fields, id, raw)),
        }
    })
}

/// As [`visit`], for the wanted records (sorted) that begin in the slice. Where the source is not compressed, only they are
/// read; what does not begin a record there gives some record or none.
pub(super) fn visit_these(
    job: &Job<'_>,
    slice: Slice,
    wanted: &[DocId],
    visit: &mut dyn FnMut(DocId, Record<'_>) -> Result<(), Error>,
) -> Result<(), Stop> {
    let from = wanted.partition_point(|id| *id < DocId { source: slice.source, place: slice.from });
    let here = &wanted[from..];
    let here = &here[..here.partition_point(|id| id.source == slice.source && id.place < slice.to)];
    let Some(last) = here.last() else { return Ok(()) };
    let source = &job.sources[slice.source as usize];
    let take = &mut |place, piece: Piece<'_>| {
        let id = DocId { source: slice.source, place };
        match piece {
            Piece::Oversized { bytes, last } => visit(id, Record::Oversized { bytes, last }),
            Piece::Record(raw) => visit(id, decode(source, &job.options.fields, id, raw)),
        }
    };
    let limit = job.options.largest_record;
    if source.compression == Compression::None {
        return records_at(source, here.iter().map(|id| id.place), limit, take);
    }
    // What lies behind the last one need not be decompressed.
    let slice = Slice { to: slice.to.min(last.place + 1), ..slice };
    let mut next = here.iter().map(|id| id.place).peekable();
    records(source, slice, limit, &mut |place, piece| {
        while next.next_if(|wanted| *wanted < place).is_some() {}
        if next.peek() == Some(&place) { take(place, piece) } else { Ok(()) }
    })
}

fn decode<'a>(source: &Source, fields: &Fields, id: DocId, raw: &'a [u8]) -> Record<'a> {
    let Source { path, format, .. } = source;
    match (format.decode)(raw, fields) {
        Ok(mut decoded) => {
            let name = match decoded.id.take() {
                // An input may have a record of the same id.
                Some(name) if source.old.is_some() => format!("{path}#{name}"),
                Some(name) => name,
                None if format.framing == Framing::Lines => format!("{path}@{}", id.place),
                None => path.clone(),
            };
            let text = std::mem::take(&mut decoded.text);
            let form = decoded.form.clone();
            Record::Document { document: Document { id, name, text, form }, decoded, raw }
        }
        Err(why) => Record::Other { why, raw },
    }
}

/// That a source which could be read before ended early now, or what ended the run.
pub(super) fn moved(job: &Job<'_>, slice: Slice, stop: Stop) -> Error {
    match stop {
        Stop::Read(..) => Error::Moved(job.sources[slice.source as usize].path.clone()),
        Stop::Ended(error) => error,
    }
}

/// What a failure to read means, in words that say what to do.
pub(super) fn unreadable(source: &Source, place: u64, error: &std::io::Error) -> Trouble {
    let hint = match source.compression {
        _ if error.kind() == std::io::ErrorKind::PermissionDenied => "check its permissions",
        Compression::Gz => "the file is damaged or cut short; `gzip -dc` tells how much of it can be saved",
        Compression::Zst => "the file is damaged or cut short; `zstd -dc` tells how much of it can be saved",
        Compression::None => "check the file and the disk",
    };
    let path = source.path.clone();
    Trouble {
        path,
        place: Some(place),
        kind: TroubleKind::Unreadable,
        message: format!("{error}; nothing of it was written; {hint}"),
    }
}

/// Whether the text as written is not simply the bytes as read.
pub(super) fn is_reshaped(form: &Form) -> bool {
    matches!(form, Form::Encoded { .. } | Form::Raw)
}

/// Troubles by input and kind: the first few are listed, the rest counted.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Troubles {
    #[serde(with = "as_list")]
    by_input: BTreeMap<(String, TroubleKind), (Vec<Trouble>, u64)>,
}

/// Troubles of a kind that are listed for an input.
const LISTED: usize = 20;

impl Troubles {
    /// Takes in one trouble.
    pub(super) fn add(&mut self, trouble: Trouble) {
        let kind = trouble.kind;
        let (list, more) = self.by_input.entry((trouble.path.clone(), kind)).or_default();
        let at = list.partition_point(|t| *t <= trouble);
        list.insert(at, trouble);
        // Two slices may come upon one damaged place of an archive, and it has no end behind it.
        if kind == TroubleKind::Unreadable {
            list.dedup_by(|later, first| first.place.is_some() && later.place.is_some());
        }
        if list.len() > LISTED {
            list.pop();
            *more += 1;
        }
    }

    /// Takes in those of another part of the run.
    pub(super) fn merge(&mut self, other: Self) {
        for (key, (list, more)) in other.by_input {
            for trouble in list {
                self.add(trouble);
            }
            self.by_input.entry(key).or_default().1 += more;
        }
    }

    /// The list, the number not listed, and the number of inputs that could not be read.
    pub(super) fn finish(self) -> (Vec<Trouble>, u64, u64) {
        let more = self.by_input.values().map(|(_, more)| more).sum();
        let unreadable = self.by_input.keys().filter(|(_, kind)| *kind == TroubleKind::Unreadable).count() as u64;
        (self.by_input.into_values().flat_map(|(list, _)| list).collect(), more, unreadable)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::pipeline::options::Options;
    use crate::pipeline::progress::Progress;
    use crate::read::{discover, shards};

    /// Slices of a damaged archive may each meet the damage: the first place of it is told, and what is known besides.
    #[test]
    fn damage_is_told_once() {
        let trouble = |place| {
            let (path, message) = ("a.jsonl.zst".to_owned(), "damaged".to_owned());
            Trouble { path, place, kind: TroubleKind::Unreadable, message }
        };
        let (mut one, mut other) = (Troubles::default(), Troubles::default());
        for place in [Some(9), None] {
            one.add(trouble(place));
        }
        for place in [Some(30), Some(7)] {
            other.add(trouble(place));
        }
        one.merge(other);
        assert_eq!(one.finish(), (vec![trouble(None), trouble(Some(7))], 0, 1));
    }

    /// Every third record read by itself is what it was in the whole, in plain files and archives, however they are cut.
    #[test]
    fn wanted_records_are_read_by_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let line = |i: usize| format!("{{\"id\":{i},\"text\":\"{}\"}}\n", "word ".repeat(i % 50));
        let parts: Vec<String> = (0..8).map(|part| (part * 25..part * 25 + 25).map(line).collect()).collect();
        let frames: Vec<u8> = parts.iter().flat_map(|p| zstd::bulk::compress(p.as_bytes(), 0).unwrap()).collect();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(parts.concat().as_bytes()).unwrap();
        let files =
            [("a.jsonl", parts.concat().into_bytes()), ("b.jsonl.zst", frames), ("c.jsonl.gz", gz.finish().unwrap())];
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        std::fs::write(folder.path().join("d.txt"), "A text.").unwrap();
        let options = Options::new(vec![folder.path().to_owned()]);
        let found = discover(&options.inputs, None, None, None).unwrap();
        for (size, frame) in [(1 << 20, 1 << 20), (300, 500)] {
            let shards = shards(&found.sources, size, frame);
            let progress = Progress::new(false, 0);
            let job = Job {
                options: &options,
                recipe: options.recipe(),
                sources: &found.sources,
                shards: &shards,
                old: crate::types::Old::default(),
                old_sources: 0,
                progress: &progress,
                listing: None,
                watch: None,
                sampling: crate::pipeline::Sampling::of(&found.sources),
                budget: crate::spill::Budget::new(1 << 20, folder.path().to_owned()),
            };
            let slices = || shards.iter().flatten().copied();
            let mut all = Vec::new();
            let text = |record: Record<'_>| {
                if let Record::Document { document, .. } = record { document.text } else { panic!() }
            };
            for slice in slices() {
                visit(&job, slice, &|_| true, &mut |id, record| {
                    all.push((id, text(record)));
                    Ok(())
                })
                .unwrap();
            }
            assert_eq!(all.len(), 601);
            for step in [1, 3, 100] {
                let want: Vec<_> = all.iter().step_by(step).cloned().collect();
                let ids: Vec<DocId> = want.iter().map(|(id, _)| *id).collect();
                let mut got = Vec::new();
                for slice in slices() {
                    visit_these(&job, slice, &ids, &mut |id, record| {
                        got.push((id, text(record)));
                        Ok(())
                    })
                    .unwrap();
                }
                assert!(got == want, "every {step}, shards of {size}");
            }
        }
    }
}
