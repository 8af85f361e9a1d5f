//! `removed.jsonl`: each removed or replaced piece, enough to undo it. First a line for each input, then, in reading
//! order, lines for whatever is not in the cleaned text as it was in the input.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use crate::types::{Form, Kind, Span};

/// The value of `schema` in the first line.
pub const SCHEMA: &str = "textclean-removed/1";

/// One line of `removed.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Removed {
    /// The first line.
    Header {
        /// Version of this format.
        schema: String,
        /// Field that holds a record's text.
        text_field: String,
        /// Field that holds a record's id.
        id_field: String,
        /// Paths of the inputs that could not be read, and so cannot be restored.
        #[serde(default)]
        unreadable: Vec<String>,
    },
    /// An input that was read.
    Source(SourceLine),
    /// How the text of a record stood in its bytes.
    Form {
        /// Where.
        #[serde(flatten)]
        at: At,
        /// How.
        #[serde(flatten)]
        form: Form,
    },
    /// A piece of text that went or was replaced.
    Edit {
        /// Where.
        #[serde(flatten)]
        at: At,
        /// Bytes of the text as read.
        span: Span,
        /// Rules behind it.
        rules: Vec<String>,
        /// What it was.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kinds: Vec<Kind>,
        /// What stood there.
        removed: String,
        /// What stands there now.
        put: String,
    },
    /// A whole record as its bytes stood.
    Record {
        /// Where.
        #[serde(flatten)]
        at: At,
        /// Rules behind it, or why it could not be read.
        rules: Vec<String>,
        /// What it was; empty where no rule is behind it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kinds: Vec<Kind>,
        /// Whether a record stands in the cleaned text in its place.
        replaced: bool,
        /// The bytes.
        #[serde(flatten)]
        bytes: Bytes,
    },
}

/// Which record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// Path of the input.
    pub path: String,
    /// Byte offset in the decompressed input.
    pub place: u64,
}

/// What is known of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Its path, relative as in the report; the cleaned text has the same below `cleaned/`, unless `cleaned` says otherwise.
    pub path: String,
    /// Name of its format.
    pub format: String,
    /// `none`, `gz` or `zst`.
    pub compression: String,
    /// Decompressed size in bytes.
    pub bytes: u64,
    /// Sum of the hashes of its records, in hexadecimal: what restore must reach.
    pub checksum: String,
    /// Its cleaned file, where path and compression of that are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleaned: Option<CleanedFile>,
}

/// A cleaned file that is compressed otherwise than its input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CleanedFile {
    /// Its path below `cleaned/`.
    pub path: String,
    /// `none`, `gz` or `zst`.
    pub compression: String,
}

/// Bytes in JSON: as text where they are UTF-8, else in Base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bytes {
    /// UTF-8.
    Text(String),
    /// Anything else.
    Base64(String),
}

impl Bytes {
    /// Wraps bytes.
    pub fn new(bytes: &[u8]) -> Self {
        std::str::from_utf8(bytes)
            .map_or_else(|_| Self::Base64(BASE64_STANDARD.encode(bytes)), |text| Self::Text(text.to_owned()))
    }

    /// Gives the bytes back; none when they are damaged.
    pub fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.into_bytes()),
            Self::Base64(code) => BASE64_STANDARD.decode(code).ok(),
        }
    }
}

impl Removed {
    /// The line, with its line end.
    pub fn line(&self) -> Vec<u8> {
        let mut line = Vec::new();
        self.append_to(&mut line);
        line
    }

    /// Appends the line, with its line end.
    pub fn append_to(&self, out: &mut Vec<u8>) {
        // These types hold nothing that JSON cannot say.
        let _ = serde_json::to_writer(&mut *out, self);
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back() {
        let at = At { path: "a.txt".into(), place: 7 };
        for line in [
            Removed::Form { at: at.clone(), form: Form::Encoded { encoding: "UTF-16LE".into(), bom: true } },
            Removed::Edit {
                at: at.clone(),
                span: Span::new(1, 2),
                rules: vec!["ad-label".into()],
                kinds: vec![Kind::Ad, Kind::AuthorBox],
                removed: "x\u{0}".into(),
                put: String::new(),
            },
            Removed::Record { at, rules: vec![], kinds: vec![], replaced: true, bytes: Bytes::new(b"\xFF\xFE") },
        ] {
            assert_eq!(serde_json::from_slice::<Removed>(&line.line()).unwrap(), line);
        }
    }
}
