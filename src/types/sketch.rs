//! What is remembered of a document between the two passes.

use super::{DocId, Span};

/// A hash that may meet an equal one in another block: a shingle chosen by a fixed rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// Hash of the shingle.
    pub hash: u64,
    /// Number of the block within the page.
    pub block: u32,
}

/// What is remembered of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockSketch {
    /// Hash of the folded words; equal for blocks that fold to the same words.
    pub key: u128,
    /// Where it stands in the text.
    pub span: Span,
    /// Its first line.
    pub line: u32,
    /// Number of words.
    pub words: u32,
}

/// What is remembered of a document: about 0.9 kB, no text.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// The document.
    pub id: DocId,
    /// What people call it.
    pub name: Box<str>,
    /// Hash of all folded words.
    pub whole: u128,
    /// Number of words.
    pub words: u32,
    /// `MinHash` slots over word shingles; empty when the document is too short to have any.
    pub slots: Box<[u32]>,
    /// Blocks in page order.
    pub blocks: Box<[BlockSketch]>,
    /// Smallest shingle hashes of each longer block: two blocks with much in common share one.
    pub near: Box<[Anchor]>,
    /// Winnowed shingle hashes: two texts that share a long enough run of words share one.
    pub runs: Box<[Anchor]>,
}
