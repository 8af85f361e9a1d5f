//! Plain text: a file is a document.

use std::ops::Range;

use super::encoding;
use super::format::{Decoded, Fields, Format, Framing, Undo, Unread};
use crate::types::Form;

/// `.txt`.
pub static TEXT: Format = Format {
    name: "text",
    extensions: &["txt", "text"],
    framing: Framing::Whole,
    decode,
    encode,
    splice,
    locate: None,
    restore,
    values: None,
};

pub(super) fn decode(raw: &[u8], _: &Fields) -> Result<Decoded, Unread> {
    let (text, form, replaced) = encoding::decode(raw).map_err(Unread::Damaged)?;
    Ok(Decoded { text, id: None, form, at: 0..raw.len(), address: None, replaced })
}

/// Text is written in UTF-8 without a byte order mark, whatever it was read from.
pub(super) fn encode(_: &[u8], _: &Decoded, cleaned: &str) -> Vec<u8> {
    cleaned.as_bytes().to_vec()
}

/// The text is all that there is.
pub(super) fn splice(_: &[u8], _: &Decoded, _: &mut dyn Iterator<Item = (Range<usize>, &str)>) -> Option<Vec<u8>> {
    None
}

pub(super) fn restore(cleaned: &[u8], form: &Form, _: &Fields, undo: &Undo<'_>) -> Option<Vec<u8>> {
    let text = undo(std::str::from_utf8(cleaned).ok()?)?;
    match form {
        Form::Utf8 => Some(text.into_bytes()),
        Form::Encoded { encoding, bom } => encoding::encode(&text, encoding, *bom),
        Form::Escaped { .. } | Form::Raw => None,
    }
}
