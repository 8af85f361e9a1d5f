//! `report.html` once more, from a report folder: entries come from `report.json`, texts from what restore gives back.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

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
/// that the run wrote or would have written.
///
/// # Errors
/// When the report cannot be used, files of it are missing or were changed, or the page cannot be written.
pub fn remake(report: &Path, to: &Path) -> Result<(), Error> {
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
    let [page, details] = ["page", "details"].map(|name| scratch.path().join(name));
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
        let written = write(&path, &into, &page, &details);
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

/// Writes rows to `page` and details to `details`, while the report is read, and joins them.
fn write(report: &Path, texts: &Receiver<Text>, page: &Path, details: &Path) -> Result<(), Missing> {
    let (mut rows, mut behind) = (Part::create(page.to_owned())?, Part::create(details.to_owned())?);
    let (mut bytes, mut missing) = (Vec::new(), None);
    let read = read(report, &mut |piece| match piece {
        Piece::Head(report) => rows.put(&html::before_rows(&report.head())),
        Piece::Document(entry) => {
            let Some(text) = text_of(entry, texts) else {
                missing = Some(entry.id.clone());
                return Err(Error::Usage("no text".into()));
            };
            bytes.clear();
            html::row(entry, &mut bytes);
            rows.put(&bytes)?;
            bytes.clear();
            html::detail(entry, &text, &mut bytes);
            behind.put(&bytes)
        }
    });
    match (read, missing) {
        (Err(_), Some(id)) => return Err(Missing::Text(id)),
        (read, _) => read?,
    };
    rows.put(&html::before_details())?;
    behind.finish()?;
    rows.append(details, 0)?;
    rows.put(html::end())?;
    rows.finish()?;
    // What is left is looked at to its end: then the whole of it is as it was read.
    texts.iter().for_each(drop);
    Ok(())
}

/// The text of the entry that comes next; records that are no documents of the report are passed over.
fn text_of(entry: &DocumentEntry<'_>, texts: &Receiver<Text>) -> Option<String> {
    let is_it = |(path, place, _): &Text| *path == entry.path && *place == entry.place;
    texts.iter().find(is_it).map(|(.., text)| text).filter(|text| text.len() as u64 == entry.bytes.before)
}
