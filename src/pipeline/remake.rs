//! `report.html` once more, from a report folder: entries come from `report.json`, texts from what restore gives back.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::page::{CHOSEN, select};
use super::polish::PageParts;
use super::restore::texts;
use crate::error::Error;
use crate::report::DocumentEntry;
use crate::report::html;
use crate::report::stream::{Piece, file, read};
use crate::write::{Part, Scratch};

/// Texts that wait until their entries have come.
const AHEAD: usize = 16;

/// A text with its place: path of the input, first byte of the record.
type Text = (String, u64, String);

/// Writes the page of the report at `report` (its file or folder) to `to`, where nothing may stand. It has the bytes of the page
/// that the run wrote or would have written with room for so many bytes of texts.
///
/// # Errors
/// When the report cannot be used, files of it are missing or were changed, or the page cannot be written.
pub fn remake(report: &Path, to: &Path, html_bytes: u64) -> Result<(), Error> {
    let path = file(report);
    let folder = path.parent().unwrap_or(Path::new(""));
    let free = || match to.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(_) => {
            Err(Error::Usage(format!("{} exists already and is not overwritten\n  name another file", to.display())))
        }
    };
    free()?;
    let beside = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let scratch = Scratch::new(beside, ".report-")?;
    let page = scratch.path().join("page");
    thread::scope(|scope| {
        let (out, into) = sync_channel(AHEAD);
        let walk = move || {
            let mut taken = true;
            let done = texts(folder, &mut |path, place, text| {
                taken = out.send((path.into(), place, text)).is_ok();
                if taken { Ok(()) } else { Err(Error::Usage("nobody takes the texts".into())) }
            });
            // The other side knows why it takes no more.
            if taken { done } else { Ok(()) }
        };
        let restored = scope.spawn(walk);
        let written = write(&path, &into, scratch.path(), html_bytes);
        drop(into);
        match (written, restored.join().unwrap_or(Ok(()))) {
            // What ended the texts early is why an entry had none.
            (Err(Missing::Other(error)), _) | (_, Err(error)) => Err(error),
            (Err(Missing::Text(id)), Ok(())) => Err(Error::BadReport {
                path: path.clone(),
                why: format!("the text of {id} is not in cleaned and removed.jsonl beside it: was the file moved?"),
            }),
            (Ok(()), Ok(())) => Ok(()),
        }
    })?;
    free()?;
    fs::rename(&page, to).map_err(Error::io("cannot put in place", to))
}

/// What went wrong while the page was written.
enum Missing {
    /// No text came for that document.
    Text(String),
    Other(Error),
}

impl From<Error> for Missing {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// Writes the parts of the page into `folder` while the report is read, and joins what it holds in a file `page` there.
fn write(report: &Path, texts: &Receiver<Text>, folder: &Path, html_bytes: u64) -> Result<(), Missing> {
    let create = |name: &str| Part::create(folder.join(name));
    let parts = ["rows", "details", "notes"];
    let [rows, details, notes] = parts;
    let mut all = PageParts::new([create(rows)?, create(details)?, create(notes)?]);
    let mut missing = None;
    let read = read(report, &mut |piece| {
        match piece {
        Piece::Head(head) if head.more_findings > 0 => Err(Error::BadReport {
            path: report.to_owned(),
            why: "it does not list all findings (--max-findings), and the page shows every cut: run again with --report html"
                .into(),
        }),
        Piece::Head(_) => Ok(()),
        Piece::Document(entry) => {
            let Some(text) = text_of(entry, texts) else {
                missing = Some(entry.id.clone());
                return Err(Error::Usage("no text".into()));
            };
            all.put(entry, &text)
        }
    }
    });
    let report = match (read, missing) {
        (Err(_), Some(id)) => return Err(Missing::Text(id)),
        (read, _) => read?,
    };
    all.finish()?;
    let (held, some) = select(&[parts.map(|name| folder.join(name))], html_bytes, &create)?;
    let [rows, details] = if some { CHOSEN } else { [rows, details] };
    let mut page = create("page")?;
    page.put(&html::before_rows(&report.head(), &held))?;
    page.append(&folder.join(rows), 0)?;
    page.put(&html::before_details())?;
    page.append(&folder.join(details), 0)?;
    page.put(html::end())?;
    page.finish()?;
    // What is left is looked at to its end: then the whole of it is as it was read.
    texts.iter().for_each(drop);
    Ok(())
}

/// The text of the entry that comes next; records that are no documents of the report are passed over.
fn text_of(entry: &DocumentEntry<'_>, texts: &Receiver<Text>) -> Option<String> {
    let is_it = |(path, place, _): &Text| *path == entry.path && *place == entry.place;
    texts.iter().find(is_it).map(|(.., text)| text).filter(|text| text.len() as u64 == entry.bytes.before)
}
