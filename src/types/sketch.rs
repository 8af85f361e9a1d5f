//! What is remembered of a document between the two passes.

use super::{DocId, Span, Unit};

/// A hash that may meet an equal one in another unit: a shingle chosen by a fixed rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// Hash of the shingle.
    pub hash: u64,
    /// Number of the unit within the page.
    pub unit: u32,
}

/// What is remembered of a unit: a block, or a paragraph of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitSketch {
    /// Hash of the folded words; equal for units that fold to the same words.
    pub key: u128,
    /// Where it stands in the text.
    pub span: Span,
    /// Its first line.
    pub line: u32,
    /// Number of words.
    pub words: u32,
    /// Which blocks it is made of.
    pub unit: Unit,
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
    /// Units in page order, a paragraph before its lines.
    pub units: Box<[UnitSketch]>,
    /// Smallest shingle hashes of each longer unit: two units with much in common share one.
    pub near: Box<[Anchor]>,
    /// Winnowed shingle hashes: two texts that share a long enough run of words share one.
    pub runs: Box<[Anchor]>,
}
