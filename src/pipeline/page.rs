//! Puts `report.html` together: the page and the head, all rows, the scripts, all details; of a large run what fits.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Job;
use super::polish::page_names;
use crate::error::Error;
use crate::report::html::{self, Choice, Held, MOST_ROWS};
use crate::report::model::Head;
use crate::write::{Part, Staging};

/// What a shard notes of a document: its interest, and the bytes of its row and of its details.
#[derive(Clone, Copy)]
pub(super) struct Note {
    pub(super) interest: u32,
    pub(super) row: u32,
    pub(super) details: u32,
}

impl Note {
    const BYTES: usize = 12;

    pub(super) fn bytes(self) -> [u8; Self::BYTES] {
        let [a, b, c] = [self.interest, self.row, self.details].map(u32::to_le_bytes);
        let mut out = [0; Self::BYTES];
        out.chunks_exact_mut(4).zip([a, b, c]).for_each(|(to, from)| to.copy_from_slice(&from));
        out
    }

    fn of(bytes: [u8; Self::BYTES]) -> Self {
        let [interest, row, details] = [0, 4, 8].map(|at| u32::from_le_bytes([0, 1, 2, 3].map(|n| bytes[at + n])));
        Self { interest, row, details }
    }
}

/// Writes the page; says what of the documents it holds.
pub(super) fn join(job: &Job<'_>, staging: &Staging, head: &Head<'_>) -> Result<Option<Held>, Error> {
    if !job.options.html {
        return Ok(None);
    }
    let names: Vec<[String; 3]> = job.judged().map(page_names).collect();
    let paths: Vec<[PathBuf; 3]> = names.iter().map(|names| names.each_ref().map(|name| staging.path(name))).collect();
    let chosen = |name: &str| format!("parts/{name}");
    let (share, some) = select(&paths, job.options.html_bytes, &|name| staging.create(&chosen(name)))?;
    let of = |which: usize| names.iter().map(|names| names[which].clone()).collect();
    let [rows, details]: [Vec<String>; 2] = if some { CHOSEN.map(|name| vec![chosen(name)]) } else { [of(0), of(1)] };
    let middle = chosen("page-middle");
    let mut part = staging.create(&middle)?;
    part.put(&html::before_details())?;
    part.finish()?;
    let parts: Vec<String> = rows.into_iter().chain([middle]).chain(details).collect();
    staging.join("report.html", |page| page.put(&html::before_rows(head, &share)), &parts, 0, html::end())?;
    Ok(Some(share))
}

/// Files of the rows and details that are chosen where not all are.
pub(super) const CHOSEN: [&str; 2] = ["rows-held", "details-held"];

/// Says what of the documents in parts (rows, details, notes) the page holds; where that is not all, what it holds is written to
/// the files that `create` makes.
pub(super) fn select(
    parts: &[[PathBuf; 3]],
    limit: u64,
    create: &dyn Fn(&str) -> Result<Part, Error>,
) -> Result<(Held, bool), Error> {
    let (mut rows, mut texts) = (BTreeMap::new(), BTreeMap::new());
    let mut share = Held { limit, ..Held::default() };
    for [.., notes] in parts {
        each(notes, |note| {
            *rows.entry(note.interest).or_insert(0) += 1;
            *texts.entry(note.interest).or_insert(0) += u64::from(note.details);
            share.documents += 1;
            share.wanted += u64::from(note.details);
            Ok(())
        })?;
    }
    if share.documents <= MOST_ROWS && share.wanted <= limit {
        (share.rows, share.texts) = (share.documents, share.documents);
        return Ok((share, false));
    }
    let choices = (Choice::new(&rows, MOST_ROWS), Choice::new(&texts, limit));
    let [rows, details] = CHOSEN;
    choose(parts, [create(rows)?, create(details)?], choices, &mut share)?;
    Ok((share, true))
}

/// Writes the rows and details that are taken into parts of their own; a document without details has an empty element.
fn choose(
    parts: &[[PathBuf; 3]],
    [mut rows, mut details]: [Part; 2],
    choices: (Choice, Choice),
    held: &mut Held,
) -> Result<(), Error> {
    let (mut of_rows, mut of_texts) = choices;
    for [from_rows, from_details, notes] in parts {
        let (mut from_rows, mut from_details) = (open(from_rows)?, open(from_details)?);
        each(notes, |note| {
            let listed = of_rows.takes(note.interest, 1);
            let shown = of_texts.takes(note.interest, note.details.into()) && listed;
            held.rows += u64::from(listed);
            held.texts += u64::from(shown);
            pass(&mut from_rows, note.row, listed.then_some(&mut rows))?;
            pass(&mut from_details, note.details, shown.then_some(&mut details))?;
            if listed && !shown { details.put(html::NO_DETAIL) } else { Ok(()) }
        })?;
    }
    rows.finish()?;
    details.finish()
}

/// A part that is being read.
struct From {
    reader: BufReader<File>,
    name: String,
}

impl From {
    fn failed(&self, source: std::io::Error) -> Error {
        Error::io("cannot read", &self.name)(source)
    }
}

fn open(path: &Path) -> Result<From, Error> {
    let file = File::open(path).map_err(Error::io("cannot read", path))?;
    Ok(From { reader: BufReader::with_capacity(256 << 10, file), name: path.display().to_string() })
}

/// Does something for each document of a shard, in reading order.
fn each(notes: &Path, mut act: impl FnMut(Note) -> Result<(), Error>) -> Result<(), Error> {
    let mut from = open(notes)?;
    let mut bytes = [0; Note::BYTES];
    loop {
        match from.reader.read_exact(&mut bytes) {
            Ok(()) => act(Note::of(bytes))?,
            Err(e) if e.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            Err(e) => return Err(from.failed(e)),
        }
    }
}

/// Takes the next bytes of a part, to another one or away.
fn pass(from: &mut From, bytes: u32, to: Option<&mut Part>) -> Result<(), Error> {
    let mut next = (&mut from.reader).take(bytes.into());
    let done = match to {
        Some(part) => std::io::copy(&mut next, part),
        None => std::io::copy(&mut next, &mut std::io::sink()),
    };
    done.map(drop).map_err(|e| from.failed(e))
}
