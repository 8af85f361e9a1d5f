//! What a run remembers for the ratchet of `clean check`: the dirt of each document, by what its text is known by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::read::discover::absolute;
use crate::read::source::report_name;
use crate::read::{Discovery, Source};
use crate::report::ratchet::{Baseline, Held, Place, Section, Seen, What, hold};
use crate::text::prints;
use crate::types::{Document, Print, Trouble, TroubleKind};

/// What a run is held against.
#[derive(Clone, Debug)]
pub struct Ratchet {
    /// The file of the baseline. Documents below its folder are called by their way from there.
    pub file: PathBuf,
    /// What stands in it; none for a file that is to be made, for which all is known that is there.
    pub known: Option<Arc<Baseline>>,
}

/// Where all shards put what they find. What comes of it does not depend on who came first.
pub(super) struct Watch {
    known: Option<Arc<Baseline>>,
    home: PathBuf,
    /// Names of the sources, by number.
    names: Vec<String>,
    seen: Mutex<Vec<Seen>>,
}

/// What an input that cannot be read is known by.
const UNREADABLE: Print = Print(1);

impl Watch {
    /// For a run over these sources. The baseline itself is none of them.
    pub(super) fn new(ratchet: &Ratchet, found: &mut Discovery) -> Self {
        let file = absolute(&ratchet.file);
        found.leave_out(&file);
        let home = file.parent().map(Path::to_owned).unwrap_or_default();
        let real = home.canonicalize().ok();
        let names = found.sources.iter().map(|source| name(source, found, &home, real.as_deref())).collect();
        Self { known: ratchet.known.clone(), home, names, seen: Mutex::default() }
    }

    /// Takes in the dirt of a document. Says of each piece whether it may be new; that is settled when all are known.
    pub(super) fn take(&self, source: &Source, document: &Document, places: Vec<Place>) -> Vec<(Vec<u32>, bool)> {
        let path = &self.names[document.id.source as usize];
        let id = if document.name == source.path {
            String::new()
        } else if document.name == format!("{}@{}", source.path, document.id.place) {
            "@".to_owned()
        } else {
            format!("#{}", document.name)
        };
        let known = self.known.as_deref();
        if places.is_empty() && !known.is_some_and(|known| known.names(path, &id)) {
            return Vec::new();
        }
        let (text, _) = prints::print(&document.text);
        let section = known.and_then(|known| known.of(path, &id, text));
        let lacks = section.map_or_else(|| vec![known.is_some(); places.len()], |section| section.lacks(&places));
        let fresh = places.iter().map(|place| place.findings.clone()).zip(lacks).collect();
        let seen = Seen { path: path.clone(), id, text, at: document.id, places };
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
        fresh
    }

    /// What came of it.
    pub(super) fn finish(&self, troubles: &[Trouble], found: &Discovery) -> Held {
        let mut seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        let numbers: BTreeMap<&str, u32> = (0..).zip(&found.sources).map(|(n, s)| (s.path.as_str(), n)).collect();
        let mut unreadable = BTreeSet::new();
        for trouble in troubles.iter().filter(|trouble| trouble.kind == TroubleKind::Unreadable) {
            let number = numbers.get(trouble.path.as_str()).copied();
            let path = number.map_or(&trouble.path, |number| &self.names[number as usize]);
            if unreadable.insert(path.clone()) {
                let place = Place { what: What::Unreadable, print: UNREADABLE, words: 0, findings: Vec::new() };
                let at = crate::types::DocId { source: number.unwrap_or(u32::MAX), place: 0 };
                let (path, places) = (path.clone(), vec![place]);
                seen.push(Seen { path, id: String::new(), text: UNREADABLE, at, places });
            }
        }
        let Some(known) = self.known.as_deref() else {
            let held = hold(&Baseline::default(), seen, &|_| false);
            return Held { known: held.whole.places(), whole: held.whole, ..Held::default() };
        };
        let beyond = self.beyond(known);
        let elsewhere = |section: &Section| {
            let silent = unreadable.contains(&section.path);
            beyond.contains(&section.path) || silent && !section.units.contains_key(&(What::Unreadable, UNREADABLE))
        };
        hold(known, seen, &elsewhere)
    }

    /// Files of the baseline that are there, and no part of this run.
    fn beyond(&self, known: &Baseline) -> BTreeSet<String> {
        let read: BTreeSet<&str> = self.names.iter().map(String::as_str).collect();
        let paths: BTreeSet<&str> = known.sections().map(|section| section.path.as_str()).collect();
        let others = paths.into_iter().filter(|path| !read.contains(path) && self.home.join(path).is_file());
        others.map(str::to_owned).collect()
    }
}

/// What a source is called: its way from the folder of the baseline, and outside of that its name in the report.
fn name(source: &Source, found: &Discovery, home: &Path, real: Option<&Path>) -> String {
    if found.is_spooled(source) {
        return source.path.clone();
    }
    let through_links = || {
        let file = source.file.canonicalize().ok()?;
        Some(report_name(file.strip_prefix(real?).ok()?))
    };
    let below = source.file.strip_prefix(home).ok().map(report_name);
    below.or_else(through_links).unwrap_or_else(|| source.path.clone())
}
