//! A document with its blocks.

use super::{Document, Span};

/// What a block is, as far as plain text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Marked as a heading (`#`, underline).
    Heading,
    /// Running text, or a line whose role nothing tells.
    Text,
    /// An item of a list.
    Item,
    /// A quotation mark-up line (`>`).
    Quote,
    /// Code or preformatted text: never repaired.
    Code,
    /// A line without a letter or digit (`***`, `---`).
    Rule,
}

/// A paragraph, a heading, a list item: what is found and cut as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// From the first to the last visible character.
    pub span: Span,
    /// Number of the line on which it begins, from 1.
    pub line: u32,
    /// Number of the line on which it ends.
    pub last_line: u32,
    /// What it is.
    pub role: Role,
}

/// A document and its blocks: sorted, disjoint, and together all of its visible text.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub document: Document,
    /// Its blocks in reading order.
    pub blocks: Vec<Block>,
}

impl Page {
    /// The text of block `i`.
    pub fn text(&self, i: usize) -> &str {
        self.blocks[i].span.of(&self.document.text)
    }
}
