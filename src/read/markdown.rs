//! Markdown: read as it stands; segmentation knows its headings, lists, quotes and fences wherever they occur.

use super::format::{Format, Framing};
use super::text;

/// `.md`.
pub static MARKDOWN: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    framing: Framing::Whole,
    decode: text::decode,
    encode: text::encode,
    splice: text::splice,
    locate: None,
    restore: text::restore,
    values: None,
};
