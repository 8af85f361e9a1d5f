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
    /// Whether a blank line (or the start of the text) stands before it.
    pub opens: bool,
}

/// What is compared with others: a block, or a paragraph of several (lines without a blank line between).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// First block.
    pub from: u32,
    /// One past the last block.
    pub to: u32,
    /// Whether a larger unit holds it.
    pub inner: bool,
}

/// Blocks of the longest paragraph that is compared as a whole; beyond it, lines are paragraphs.
const LONGEST_PARAGRAPH: usize = 100;

/// A document and its blocks: sorted, disjoint, and together all of its visible text.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub document: Document,
    /// Its blocks in reading order.
    pub blocks: Vec<Block>,
}

impl Page {
    /// A document of which nobody asks where its blocks are.
    pub fn uncut(document: Document) -> Self {
        Self { document, blocks: Vec::new() }
    }

    /// All units in reading order, a paragraph before its lines.
    pub fn units(&self) -> Vec<Unit> {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(self.blocks.len());
        let mut from = 0;
        while from < self.blocks.len() {
            let more = self.blocks[from + 1..].iter().take_while(|b| !b.opens).count();
            let to = from + 1 + more;
            let paragraph = (2..=LONGEST_PARAGRAPH).contains(&(to - from)) && to - from < self.blocks.len();
            if paragraph {
                out.push(Unit { from: narrow(from), to: narrow(to), inner: false });
            }
            out.extend((from..to).map(|i| Unit { from: narrow(i), to: narrow(i + 1), inner: paragraph }));
            from = to;
        }
        out
    }

    /// The text of block `i`.
    pub fn text(&self, i: usize) -> &str {
        self.blocks[i].span.of(&self.document.text)
    }
}
