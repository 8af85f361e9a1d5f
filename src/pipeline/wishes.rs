//! How wanted a document is by the fields of its record, where `--keep` asks for them.

use std::time::{SystemTime, UNIX_EPOCH};

use super::Job;
use crate::error::Error;
use crate::read::Source;
use crate::resolve::Keep;

/// What `--keep` asks for beside words.
pub(super) struct Wishes<'a> {
    keep: &'a Keep,
    fields: Vec<&'a str>,
}

impl<'a> Wishes<'a> {
    /// None when nothing must be read: then nothing is.
    pub(super) fn of(job: &Job<'a>) -> Option<Self> {
        let keep = &job.options.keep;
        let fields = keep.fields();
        (!fields.is_empty() && job.recipe.bands.is_some()).then_some(Self { keep, fields })
    }

    /// How wanted the document in a record is. [`Keep::LEAST`] where the record has no answer.
    pub(super) fn wanted(&self, source: &Source, raw: &[u8]) -> u64 {
        match source.format.values {
            Some(values) => self.keep.by_fields(&values(raw, &self.fields)),
            None if self.keep.asks_for_a_moment() => {
                source.changed.map_or(Keep::LEAST, |time| self.keep.by_moment(micros(time)))
            }
            None => Keep::LEAST,
        }
    }

    /// What to say when no document had an answer.
    pub(super) fn unanswered(&self) -> Error {
        let keep = self.keep;
        let what = match keep {
            Keep::Field { name, .. } => format!("a field '{name}' with a number, a date or a text"),
            Keep::Hosts(_) => format!("an address in one of the fields {}", self.fields.join(", ")),
            _ => format!("a date in one of the fields {}", self.fields.join(", ")),
        };
        Error::Usage(format!(
            "--keep {keep} cannot choose: no document has {what}\n  only JSON records have fields; --keep first, longest and shortest need none"
        ))
    }
}

/// Microseconds since 1970.
fn micros(time: SystemTime) -> i64 {
    let narrow = |micros: u128| i64::try_from(micros).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => narrow(since.as_micros()),
        Err(before) => -narrow(before.duration().as_micros()),
    }
}
