//! Reads `report.json` document by document: it may be larger than memory.

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::model::{DocumentEntry, Report, SCHEMA};
use crate::error::Error;

/// Bytes read at once.
const BUFFER: usize = 256 << 10;

/// What comes out of the file.
pub enum Piece<'a> {
    /// First what stands in front of the documents: the report without any.
    Head(&'a Report),
    /// Then every document, in reading order.
    Document(&'a DocumentEntry<'static>),
}

/// What takes the pieces.
type Take<'a> = &'a mut dyn FnMut(Piece<'_>) -> Result<(), Error>;

/// Reads the report at `path`, which may be its folder. Returns what stands in front of its documents.
///
/// # Errors
/// When the file is no report, is cut short, or is of another version; and what `take` returns, at once.
pub fn read(path: &Path, take: Take<'_>) -> Result<Report, Error> {
    let path = file(path);
    let opened = File::open(&path).map_err(Error::io("cannot read", &path))?;
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(BUFFER, opened));
    let stopped = RefCell::new(None);
    let whole = Whole { take, stopped: &stopped };
    let done = whole.deserialize(&mut json).and_then(|head| json.end().map(|()| head));
    done.map_err(|e| stopped.into_inner().unwrap_or_else(|| wrong(path, &e)))
}

/// The report in a folder, or the file itself.
pub fn file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("report.json") } else { path.to_owned() }
}

fn wrong(path: PathBuf, error: &serde_json::Error) -> Error {
    let why = match error.classify() {
        Category::Io => return Error::io("cannot read", path)(std::io::Error::other(error.to_string())),
        Category::Eof => {
            format!("it ends in the middle ({error}); a run writes it whole, so it was cut short afterwards")
        }
        Category::Syntax => format!("it is no JSON ({error})"),
        Category::Data => error.to_string(),
    };
    Error::BadReport { path, why }
}

/// The report as a whole.
struct Whole<'a> {
    take: Take<'a>,
    /// What ended the reading, when it was not the file.
    stopped: &'a RefCell<Option<Error>>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = Report;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Report, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Report;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a report with the schema {SCHEMA}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Report, A::Error> {
        let mut head = serde_json::Map::new();
        let mut whole = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "schema" => {
                    let schema = map.next_value::<String>()?;
                    if schema != SCHEMA {
                        let why = format!("its schema is {schema}, this program reads {SCHEMA}");
                        return Err(A::Error::custom(why));
                    }
                    head.insert(key, schema.into());
                }
                "documents" => {
                    let early = "its documents stand before its totals; this program writes and reads them behind";
                    if !head.contains_key("totals") && head.contains_key("schema") {
                        return Err(A::Error::custom(early));
                    }
                    let report = finish(&mut head).map_err(A::Error::custom)?;
                    (self.take)(Piece::Head(&report)).map_err(|e| stop(self.stopped, e))?;
                    map.next_value_seed(Documents { take: self.take, stopped: self.stopped })?;
                    whole = Some(report);
                    break;
                }
                _ => drop(head.insert(key, map.next_value()?)),
            }
        }
        while whole.is_some() && map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        whole.ok_or_else(|| A::Error::custom("it has no documents: is it another file of the folder?"))
    }
}

/// The report that stands in front of the documents.
fn finish(head: &mut serde_json::Map<String, serde_json::Value>) -> Result<Report, String> {
    if !head.contains_key("schema") {
        return Err(format!("it has no schema {SCHEMA} in front of its documents"));
    }
    head.insert("documents".into(), Vec::<()>::new().into());
    of_value(std::mem::take(head))
}

fn of_value<T: DeserializeOwned>(map: serde_json::Map<String, serde_json::Value>) -> Result<T, String> {
    serde_json::from_value(map.into()).map_err(|e| e.to_string())
}

/// Keeps the error for [`read`], and gives the parser one to stop with.
fn stop<E: serde::de::Error>(stopped: &RefCell<Option<Error>>, error: Error) -> E {
    *stopped.borrow_mut() = Some(error);
    E::custom("stopped")
}

/// The list of documents.
struct Documents<'a> {
    take: Take<'a>,
    stopped: &'a RefCell<Option<Error>>,
}

impl<'de> DeserializeSeed<'de> for Documents<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Documents<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of documents")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(document) = seq.next_element::<DocumentEntry<'static>>()? {
            (self.take)(Piece::Document(&document)).map_err(|e| stop(self.stopped, e))?;
        }
        Ok(())
    }
}
