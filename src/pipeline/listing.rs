//! The findings that `clean check` lists, in bounded memory: so many of those that matter most, and how many there are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::read::{Discovery, Slice, Source};
use crate::report::Spot;
use crate::report::cap::rank;
use crate::types::{DocId, Finding};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Findings {
    /// So many at most. They are held in memory.
    pub most: usize,
    /// Also what would be left alone.
    pub all: bool,
}

/// What gives way last comes first; within that, reading order: source, record, number in the document.
type Key = (u8, DocId, usize);

/// A finding that may be listed.
pub(super) struct Chosen {
    pub(super) key: Key,
    /// Its number in the document.
    pub(super) number: usize,
    /// Whether a baseline knows it, as far as that can be told now; none where that is no question.
    pub(super) known: Option<bool>,
}

/// Where all shards put their findings. What it holds in the end does not depend on who came first.
pub(super) struct Listing {
    wanted: Findings,
    /// So many are held.
    room: usize,
    seen: AtomicU64,
    kept: Mutex<Kept>,
}

type Spots = BTreeMap<Key, (Option<Line>, Spot)>;

#[derive(Default)]
struct Kept {
    /// With the number of the record's line within its slice, for records that are lines.
    spots: Spots,
    /// Lines of each slice: by source and first byte.
    lines: BTreeMap<(u32, u64), u64>,
}

/// A line of a slice, from 0.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// First byte of the slice.
    pub(super) slice: u64,
    /// Lines of the slice before it.
    pub(super) before: u64,
}

impl Listing {
    /// Which findings are new beside a baseline is known when all are: until then more are held than are listed.
    pub(super) fn new(wanted: Findings, ratchet: bool) -> Self {
        let room = if ratchet { wanted.most.max(CANDIDATES) } else { wanted.most };
        Self { wanted, room, seen: AtomicU64::new(0), kept: Mutex::default() }
    }

    /// Those findings of a document that may be listed; counts all that could be. `places` are the pieces of its dirt for the
    /// ratchet: the findings that speak of each, and whether it may be new.
    pub(super) fn choose(
        &self,
        id: DocId,
        findings: &[Finding],
        acted: &[bool],
        places: Option<&[(Vec<u32>, bool)]>,
    ) -> Vec<Chosen> {
        let mut known = vec![None; findings.len()];
        for (by, new) in places.unwrap_or_default() {
            for &n in by {
                let known = known[n as usize].get_or_insert(true);
                *known &= !new;
            }
        }
        let all = findings.iter().zip(acted).zip(known).enumerate();
        let listed = all.filter(|(_, ((_, acted), known))| **acted || known.is_some() || self.wanted.all);
        let chosen = |(number, ((finding, &acted), known)): (usize, ((&Finding, &bool), Option<bool>))| {
            let rank = rank(finding.category, acted || known.is_some()) + u8::from(known == Some(true)) * KNOWN;
            Chosen { key: (rank, id, number), number, known }
        };
        let mut chosen: Vec<Chosen> = listed.map(chosen).collect();
        self.seen.fetch_add(chosen.len() as u64, Ordering::Relaxed);
        let kept = self.lock();
        if kept.spots.len() >= self.room {
            let last = kept.spots.last_key_value().map(|(key, _)| *key);
            chosen.retain(|chosen| last.is_some_and(|last| chosen.key < last));
        }
        chosen
    }

    /// Takes in a finding that was chosen.
    pub(super) fn add(&self, key: Key, line: Option<Line>, spot: Spot) {
        let mut kept = self.lock();
        kept.spots.insert(key, (line, spot));
        if kept.spots.len() > self.room {
            kept.spots.pop_last();
        }
    }

    /// Remembers how many lines a slice has.
    pub(super) fn close(&self, slice: Slice, lines: u64) {
        self.lock().lines.insert((slice.source, slice.from), lines);
    }

    /// The findings in reading order, and how many more there are; beside a baseline those that are `new`, and when all are
    /// wanted, the others too.
    pub(super) fn finish(&self, new: Option<&BTreeSet<(DocId, usize)>>) -> (Vec<Spot>, u64) {
        let Kept { mut spots, lines } = std::mem::take(&mut *self.lock());
        let mut seen = self.seen.load(Ordering::Relaxed);
        if let Some(new) = new {
            spots = self.settled(spots, new);
            seen = if self.wanted.all { seen } else { new.len() as u64 };
        }
        let (mut above, mut source, mut sum) = (BTreeMap::new(), None, 0);
        for ((number, from), lines) in lines {
            if source.replace(number) != Some(number) {
                sum = 0;
            }
            above.insert((number, from), sum);
            sum += lines;
        }
        let mut spots: Vec<(DocId, usize, Spot)> = spots
            .into_iter()
            .map(|((_, id, n), (line, mut spot))| {
                let before = line.map_or(0, |line| line.before + above.get(&(id.source, line.slice)).unwrap_or(&0));
                spot.region.start.line += before;
                spot.region.end.line += before;
                (id, n, spot)
            })
            .collect();
        spots.sort_by_key(|(id, n, _)| (*id, *n));
        let more = seen - spots.len() as u64;
        (spots.into_iter().map(|(.., spot)| spot).collect(), more)
    }

    /// The findings to be listed, when it is known which are new.
    fn settled(&self, spots: Spots, new: &BTreeSet<(DocId, usize)>) -> Spots {
        let settle = |((rank, id, n), (line, mut spot)): (Key, (Option<Line>, Spot))| {
            let is_new = new.contains(&(id, n));
            // What is left alone because its document goes is only spoken of when it is news.
            let known = (spot.known.is_some() && (is_new || spot.done)).then_some(!is_new);
            spot.known = known;
            ((rank % KNOWN + u8::from(known == Some(true)) * KNOWN, id, n), (line, spot))
        };
        let all = spots.into_iter().map(settle).filter(|(_, (_, spot))| self.wanted.all || spot.known == Some(false));
        let all: Spots = all.collect();
        all.into_iter().take(self.wanted.most).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A panic elsewhere ends the run anyway.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Findings that are held at least where it is not known yet which of them are new.
const CANDIDATES: usize = 20_000;
/// What is added to the rank of a finding that a baseline knows.
const KNOWN: u8 = 3;

/// How a source is called from the working folder: for people, and as a URI reference.
fn names(source: &Source, found: &Discovery) -> (String, String) {
    // Standard input has a name in the report only.
    if found.is_spooled(source) {
        return (source.path.clone(), encoded(Path::new(&source.path)));
    }
    let here = std::env::current_dir().unwrap_or_default();
    match source.file.strip_prefix(&here) {
        Ok(path) => (slashed(path), encoded(path)),
        Err(_) => (slashed(&source.file), format!("file://{}", encoded(&source.file))),
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Percent-encoded but for what RFC 3986 leaves as it is everywhere, so that no part of a name means anything.
fn encoded(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte if char::from(byte) == std::path::MAIN_SEPARATOR => out.push('/'),
            byte => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// Names of all sources, by number.
pub(super) fn all_names(found: &Discovery) -> Vec<(String, String)> {
    // Nothing is listed of what is only held against.
    let name = |source: &Source| if source.old.is_some() { Default::default() } else { names(source, found) };
    found.sources.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_uris() {
        assert_eq!(encoded(Path::new("a b/é:%#?.txt")), "a%20b/%C3%A9%3A%25%23%3F.txt");
    }
}
