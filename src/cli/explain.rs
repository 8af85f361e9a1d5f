//! `clean explain`.

use std::path::Path;

use super::args::rule;
use super::{CLEAN, print};
use crate::error::Error;
use crate::report::DocumentEntry;
use crate::report::stream::{Piece, read};
use crate::report::why::{self, Way};
use crate::text::similar::edits;

/// Names among which the nearest is looked for.
const NAMES: usize = 10_000;

/// Prints a rule's page, or why a document or a line of it went or stayed.
pub(super) fn explain(subject: &str, target: Option<&str>) -> Result<u8, Error> {
    let Some(target) = target else {
        print(rule(subject)?.page)?;
        return Ok(CLEAN);
    };
    // The report may be larger than memory: it is read once to know what is meant, and once to tell of that.
    let report = Path::new(subject);
    let mut asked = Asked::new(target);
    each(report, &mut |entry| {
        asked.see(entry);
        Ok(())
    })?;
    let Meant { name, line, way, .. } = asked.meant(subject)?;
    each(report, &mut |entry| {
        if why::is_called(entry, name, way) { print(&why::explain(entry, line)) } else { Ok(()) }
    })?;
    Ok(CLEAN)
}

fn each(report: &Path, take: &mut dyn FnMut(&DocumentEntry<'static>) -> Result<(), Error>) -> Result<(), Error> {
    let done = read(report, &mut |piece| match piece {
        Piece::Head(_) => Ok(()),
        Piece::Document(entry) => take(entry),
    });
    done.map(drop)
}

/// One way to understand what was typed, and what is called so.
struct Meant<'a> {
    name: &'a str,
    line: Option<u32>,
    way: Way,
    /// How many documents.
    number: u64,
    /// Of the first: its lines, and how it can be named alone.
    lines: u32,
    alone: String,
}

/// What was typed, in all ways to understand it, the first ones first.
struct Asked<'a> {
    target: &'a str,
    ways: Vec<Meant<'a>>,
    /// The name that is most like it, and how far from it.
    near: Option<(usize, String)>,
    seen: usize,
}

impl<'a> Asked<'a> {
    fn new(target: &'a str) -> Self {
        // A name that holds a colon is tried whole first.
        let names = [(target, None), why::split_line(target)];
        let names = &names[..if names[0] == names[1] { 1 } else { 2 }];
        let meant =
            |&(name, line)| Way::ALL.map(|way| Meant { name, line, way, number: 0, lines: 0, alone: String::new() });
        Self { target, ways: names.iter().flat_map(meant).collect(), near: None, seen: 0 }
    }

    fn see(&mut self, entry: &DocumentEntry<'_>) {
        for meant in self.ways.iter_mut().filter(|meant| why::is_called(entry, meant.name, meant.way)) {
            if meant.number == 0 {
                meant.lines = entry.lines;
                meant.alone = if meant.way == Way::Path { entry.id.clone() } else { why::place(entry) };
            }
            meant.number += 1;
        }
        self.seen += 1;
        if self.seen <= NAMES {
            let far = edits(&entry.id, why::split_line(self.target).0);
            if self.near.as_ref().is_none_or(|(least, _)| far < *least) {
                self.near = Some((far, entry.id.clone()));
            }
        }
    }

    /// What is meant, now that all documents were seen.
    fn meant(self, subject: &str) -> Result<Meant<'a>, Error> {
        let Some(meant) = self.ways.into_iter().find(|meant| meant.number > 0) else {
            let (name, near) = (why::split_line(self.target).0, self.near.map_or(String::new(), |(_, name)| name));
            return Err(Error::Usage(format!(
                "no document '{name}' in {subject}\n  give its id or its path as report.json has them, for example {near}"
            )));
        };
        let Meant { name, line, number, lines, alone, .. } = &meant;
        match line {
            Some(_) if *number > 1 => Err(Error::Usage(format!(
                "{name} holds {number} documents\n  name one by its id or its place, for example {alone}"
            ))),
            Some(line) if *line == 0 || line > lines => Err(Error::Usage(format!("{name} has lines 1 to {lines}"))),
            _ => Ok(meant),
        }
    }
}
