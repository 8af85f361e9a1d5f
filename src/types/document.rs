//! What is read: documents, how their bytes stood, and what could not be read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a document stands: the order of these is the reading order and the last tie-break everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId {
    /// Number of the source in sorted order.
    pub source: u32,
    /// Byte offset of the record in the decompressed source, so that a file can be cut in shards and ids do not move.
    pub place: u64,
}

/// One document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it stands.
    pub id: DocId,
    /// What people call it: the id field, else the path (and `@offset` in files of many records).
    pub name: String,
    /// The decoded text, line ends as they stood.
    pub text: String,
    /// How the text stood in its record's bytes.
    pub form: Form,
}

/// How a document's text stood in the bytes of its record: all that is needed to put it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Form {
    /// The bytes are the text, in UTF-8.
    Utf8,
    /// The text was decoded from another encoding, or stood behind a byte order mark.
    Encoded {
        /// Name of the encoding as in the WHATWG Encoding Standard.
        encoding: String,
        /// Whether a byte order mark stood in front.
        bom: bool,
    },
    /// The text is a JSON string; `ascii` when characters beyond ASCII stood as `\u` escapes.
    Escaped {
        /// Whether everything beyond ASCII was escaped.
        ascii: bool,
    },
    /// Encoding the text again would not give the same bytes, so the record's bytes are kept as they were.
    Raw,
}

/// Something that could not be read; the rest of the run goes on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Trouble {
    /// Path of the input, relative as in the report.
    pub path: String,
    /// Byte offset in the (decompressed) input; none when the whole input is meant.
    pub place: Option<u64>,
    /// What kind of trouble it is.
    pub kind: TroubleKind,
    /// What happened and what to do about it.
    pub message: String,
}

/// What a piece of trouble means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleKind {
    /// The input could not be read; nothing of it was written.
    Unreadable,
    /// A record could not be understood; it is set aside in removed.jsonl.
    SetAside,
    /// A record was copied unchanged, without being looked at.
    CopiedUnchanged,
    /// Bytes that are no characters were replaced by U+FFFD; restore gives them back.
    Replaced,
    /// An input was left out on purpose (unknown kind of file, link loop).
    Skipped,
}
