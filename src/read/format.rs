//! What a format is.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::types::{Form, Value};

/// A way in which documents stand in files. A plug-in is a `pub static` of this type.
pub struct Format {
    /// Name, as users type it.
    pub name: &'static str,
    /// File name endings, in lower case, without the dot and without a compression's ending.
    pub extensions: &'static [&'static str],
    /// Where one record ends and the next begins.
    pub framing: Framing,
    /// Record bytes → document text.
    pub decode: fn(&[u8], &Fields) -> Result<Decoded, Unread>,
    /// Record bytes, what `decode` told of them, and the cleaned text → record bytes as they are written.
    pub encode: fn(&[u8], &Decoded, &str) -> Vec<u8>,
    /// Record bytes, what `decode` told of them, and what of the text is replaced by what, in text order → what `encode`
    /// would give for the text after that, with all else copied. None where bytes cannot be copied so.
    pub splice: Splice,
    /// Record bytes, what `decode` told of them, and bytes of the text (sorted) → the bytes of the record at which these
    /// stand. None for formats whose text is the whole file.
    pub locate: Option<Locate>,
    /// Written record bytes → record bytes as they were read, given how the text stood and how to undo the edits.
    /// None when the record is not one that `encode` could have written.
    pub restore: Restore,
    /// Record bytes and names of fields → their values. None for formats without fields.
    pub values: Option<Values>,
}

/// See [`Format::splice`].
pub type Splice = fn(&[u8], &Decoded, &mut dyn Iterator<Item = (Range<usize>, &str)>) -> Option<Vec<u8>>;

/// See [`Format::locate`].
pub type Locate = fn(&[u8], &Decoded, &[usize]) -> Vec<usize>;

/// See [`Format::restore`].
pub type Restore = fn(&[u8], &Form, &Fields, &Undo<'_>) -> Option<Vec<u8>>;

/// See [`Format::values`].
pub type Values = fn(&[u8], &[&str]) -> Vec<Option<Value>>;

/// Gives back the text as read from the cleaned text; none when the two do not fit.
pub type Undo<'a> = dyn Fn(&str) -> Option<String> + 'a;

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Where records end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// The whole file is one record.
    Whole,
    /// A record a line.
    Lines,
}

/// Names of the fields that hold a record's text and id, for formats that have fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The text.
    pub text: String,
    /// The id.
    pub id: String,
}

impl Default for Fields {
    fn default() -> Self {
        Self { text: "text".into(), id: "id".into() }
    }
}

/// A record that was understood.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The record's own id, when it has one.
    pub id: Option<String>,
    /// How the text stands in the record.
    pub form: Form,
    /// Where in the record's bytes the text stands (with its quotation marks, in formats that have them).
    pub at: std::ops::Range<usize>,
    /// Where in the record's bytes the literal of a field stands that may hold the document's address.
    pub address: Option<std::ops::Range<usize>>,
    /// Number of places where bytes were no characters and U+FFFD stands now.
    pub replaced: usize,
}

/// Why a record is no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unread {
    /// An empty line: passes through, nothing to say.
    Blank,
    /// Well-formed, but without a text: passes through unchanged. With the names of the fields that it has.
    NoText(String),
    /// Damaged: set aside, so that what is written is well-formed. With the reason.
    Damaged(String),
}
