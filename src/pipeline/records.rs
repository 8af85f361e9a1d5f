//! The documents of a slice, and what stands between them.

use std::collections::BTreeMap;

use super::Job;
use crate::error::Error;
use crate::read::{Decoded, Fields, Format, Piece, Slice, Source, Stop, Unread, records};
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
            Piece::Record(raw) => visit(id, decode(source.format, &job.options.fields, &source.path, id, raw)),
        }
    })
}

fn decode<'a>(format: &Format, fields: &Fields, path: &str, id: DocId, raw: &'a [u8]) -> Record<'a> {
    match (format.decode)(raw, fields) {
        Ok(mut decoded) => {
            let name = decoded.id.take().unwrap_or_else(|| {
                let several = format.framing == crate::read::Framing::Lines;
                if several { format!("{path}@{}", id.place) } else { path.to_owned() }
            });
            let text = std::mem::take(&mut decoded.text);
            let form = decoded.form.clone();
            Record::Document { document: Document { id, name, text, form }, decoded, raw }
        }
        Err(why) => Record::Other { why, raw },
    }
}

/// What a failure to read means, in words that say what to do.
pub(super) fn unreadable(source: &Source, place: u64, error: &std::io::Error) -> Trouble {
    use crate::read::Compression;
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
#[derive(Default)]
pub(super) struct Troubles {
    by_input: BTreeMap<(String, TroubleKind), (Vec<Trouble>, u64)>,
}

/// Troubles of a kind that are listed for an input.
const LISTED: usize = 20;

impl Troubles {
    /// Takes in one trouble.
    pub(super) fn add(&mut self, trouble: Trouble) {
        let (list, more) = self.by_input.entry((trouble.path.clone(), trouble.kind)).or_default();
        let at = list.partition_point(|t| *t <= trouble);
        list.insert(at, trouble);
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
