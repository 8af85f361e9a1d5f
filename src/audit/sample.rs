//! The sample: documents of the inputs, as the reader gives them, chosen by a hash of where they stand.

use std::collections::BTreeMap;

use super::dice::Dice;
use crate::error::Error;
use crate::pipeline::Options;
use crate::read::{Decoded, Fields, Format, Framing, Piece, Slice, Source, Stop, discover, format, records};
use crate::types::{Trouble, TroubleKind};

/// A document of the sample.
pub(super) struct Sample {
    /// Its name, as in reports.
    pub(super) name: String,
    /// Where it stands: no other document has the same.
    pub(super) id: String,
    /// Its text.
    pub(super) text: String,
    record: Option<(Vec<u8>, Decoded)>,
}

impl Sample {
    /// A JSON record on a line, with another text: that of the document where it has one, so that it keeps its other
    /// fields, else one with name and text.
    pub(super) fn record(&self, text: &str, fields: &Fields) -> Vec<u8> {
        let jsonl = self.record.as_ref().and_then(|record| Some((record, format(COPIES)?)));
        let mut line = if let Some(((raw, decoded), jsonl)) = jsonl {
            (jsonl.encode)(raw, decoded, text).trim_ascii_end().to_vec()
        } else {
            let pair = BTreeMap::from([(fields.id.as_str(), self.name.as_str()), (fields.text.as_str(), text)]);
            serde_json::to_vec(&pair).unwrap_or_default()
        };
        line.push(b'\n');
        line
    }
}

/// Name of the format in which copies are written.
pub(super) const COPIES: &str = "jsonl";

/// What was drawn.
pub(super) struct Drawn {
    /// The documents, in reading order.
    pub(super) samples: Vec<Sample>,
    /// Records of which they were drawn.
    pub(super) records: u64,
    /// What could not be read.
    pub(super) troubles: Vec<Trouble>,
}

/// Draws at most so many documents: those whose places have the least hashes.
pub(super) fn draw(options: &Options, documents: usize, seed: u64) -> Result<Drawn, Error> {
    let found = discover(&options.inputs, None, options.format, options.temp_dir.as_deref())?;
    let mut drawn = Drawn { samples: Vec::new(), records: 0, troubles: found.troubles };
    // By hash, then by where it stands.
    let mut best: BTreeMap<(u64, usize, u64), Sample> = BTreeMap::new();
    for (number, source) in found.sources.iter().enumerate() {
        let before = drawn.records;
        let slice = Slice::whole(u32::try_from(number).unwrap_or(u32::MAX), source.bytes);
        let done = records(source, slice, options.largest_record, &mut |place, piece| {
            let Piece::Record(raw) = piece else { return Ok(()) };
            drawn.records += u64::from(!raw.trim_ascii().is_empty());
            let hash = Dice::new(seed, &["sample", &source.path, &place.to_string()]).draw();
            let key = (hash, number, place);
            if best.len() >= documents && best.last_key_value().is_none_or(|(last, _)| key > *last) {
                return Ok(());
            }
            if let Some(sample) = sample(source, source.format, &options.fields, place, raw) {
                best.insert(key, sample);
                if best.len() > documents {
                    best.pop_last();
                }
            }
            Ok(())
        });
        match done {
            Ok(()) => {}
            Err(Stop::Ended(error)) => return Err(error),
            Err(Stop::Read(place, error)) => {
                // As in a run, nothing is taken of what cannot be read to its end.
                best.retain(|key, _| key.1 != number);
                drawn.records = before;
                let (path, kind, message) = (source.path.clone(), TroubleKind::Unreadable, error.to_string());
                drawn.troubles.push(Trouble { path, place: Some(place), kind, message });
            }
        }
    }
    let mut samples: Vec<_> = best.into_iter().map(|((_, source, place), sample)| ((source, place), sample)).collect();
    samples.sort_by_key(|(at, _)| *at);
    drawn.samples = samples.into_iter().map(|(_, sample)| sample).collect();
    drawn.troubles.sort();
    Ok(drawn)
}

fn sample(source: &Source, format: &Format, fields: &Fields, place: u64, raw: &[u8]) -> Option<Sample> {
    let mut decoded = (format.decode)(raw, fields).ok()?;
    let id = format!("{}@{place}", source.path);
    let path = || if format.framing == Framing::Whole { source.path.clone() } else { id.clone() };
    let name = decoded.id.clone().unwrap_or_else(path);
    let text = std::mem::take(&mut decoded.text);
    let record = (format.name == COPIES).then(|| (raw.to_vec(), decoded));
    Some(Sample { name, id, text, record })
}

#[cfg(test)]
impl Sample {
    /// A document of that name.
    pub(super) fn new(name: &str, text: &str) -> Self {
        Self { name: name.into(), id: name.into(), text: text.into(), record: None }
    }
}
