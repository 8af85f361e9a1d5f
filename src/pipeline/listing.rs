//! The findings that `clean check` lists, in bounded memory: so many of those that matter most, and how many there are.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::read::{Discovery, Slice, Source};
use crate::report::Spot;
use crate::types::{Category, DocId, Finding};

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

/// Where all shards put their findings. What it holds in the end does not depend on who came first.
pub(super) struct Listing {
    wanted: Findings,
    seen: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// With the number of the record's line within its slice, for records that are lines.
    spots: BTreeMap<Key, (Option<Line>, Spot)>,
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
    pub(super) fn new(wanted: Findings) -> Self {
        Self { wanted, seen: AtomicU64::new(0), kept: Mutex::default() }
    }

    /// The keys of those findings of a document that may be listed, with their numbers; counts all that could be.
    pub(super) fn choose(&self, id: DocId, findings: &[Finding], acted: &[bool]) -> Vec<(Key, usize)> {
        let listed = findings.iter().zip(acted).enumerate().filter(|(_, (_, acted))| **acted || self.wanted.all);
        let mut keys: Vec<(Key, usize)> = listed.map(|(n, (f, &acted))| ((rank(f, acted), id, n), n)).collect();
        self.seen.fetch_add(keys.len() as u64, Ordering::Relaxed);
        let kept = self.lock();
        if kept.spots.len() >= self.wanted.most {
            let last = kept.spots.last_key_value().map(|(key, _)| *key);
            keys.retain(|(key, _)| last.is_some_and(|last| *key < last));
        }
        keys
    }

    /// Takes in a finding that was chosen.
    pub(super) fn add(&self, key: Key, line: Option<Line>, spot: Spot) {
        let mut kept = self.lock();
        kept.spots.insert(key, (line, spot));
        if kept.spots.len() > self.wanted.most {
            kept.spots.pop_last();
        }
    }

    /// Remembers how many lines a slice has.
    pub(super) fn close(&self, slice: Slice, lines: u64) {
        self.lock().lines.insert((slice.source, slice.from), lines);
    }

    /// The findings in reading order, and how many more there are.
    pub(super) fn finish(&self) -> (Vec<Spot>, u64) {
        let Kept { spots, lines } = std::mem::take(&mut *self.lock());
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
        let more = self.seen.load(Ordering::Relaxed) - spots.len() as u64;
        (spots.into_iter().map(|(.., spot)| spot).collect(), more)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A panic elsewhere ends the run anyway.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What counts against limits comes before repairs, and these before what would be left alone.
fn rank(finding: &Finding, acted: bool) -> u8 {
    match finding.category {
        _ if !acted => 2,
        Category::Duplicate | Category::Boilerplate | Category::Ad => 0,
        Category::Repair | Category::Note => 1,
    }
}

/// How a source is called from the working folder: for people, and as a URI reference.
fn names(source: &Source, found: &Discovery) -> (String, String) {
    // Standard input has a name in the report only.
    if found.spool.as_ref().is_some_and(|spool| spool.path() == source.file) {
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
