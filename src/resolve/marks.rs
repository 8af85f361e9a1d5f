//! One bit for each document or unit, set by any thread.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::types::{DocRef, Index, Old, UnitRef};

/// Bits by number of the shard and number within it.
#[derive(Debug, Default)]
pub struct Marks {
    shards: Vec<Box<[AtomicU64]>>,
}

impl Marks {
    /// No mark, for so many things in each shard.
    fn new(sizes: impl Iterator<Item = u32>) -> Self {
        let shard = |size: u32| (0..size.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Self { shards: sizes.map(shard).collect() }
    }

    fn set(&self, shard: u32, number: u32) {
        if let Some(word) = self.shards.get(shard as usize).and_then(|s| s.get(number as usize / 64)) {
            word.fetch_or(1 << (number % 64), Ordering::Relaxed);
        }
    }

    fn get(&self, shard: u32, number: u32) -> bool {
        let word = self.shards.get(shard as usize).and_then(|s| s.get(number as usize / 64));
        word.is_some_and(|word| word.load(Ordering::Relaxed) >> (number % 64) & 1 == 1)
    }
}

/// Marked documents.
#[derive(Debug, Default)]
pub struct Documents(Marks);

impl Documents {
    /// None of those in the index.
    pub fn none_of(index: &Index) -> Self {
        Self(Marks::new(index.shards.iter().map(|shard| shard.documents)))
    }

    /// Marks a document.
    pub fn set(&self, doc: DocRef) {
        self.0.set(doc.shard(), doc.number());
    }

    /// Whether it is marked.
    pub fn has(&self, doc: DocRef) -> bool {
        self.0.get(doc.shard(), doc.number())
    }
}

/// How documents stand among those that are like them.
#[derive(Debug)]
pub struct Standing {
    /// Those that are only held against: they stay, whatever they are like.
    pub old: Old,
    gone: Documents,
    again: Documents,
}

impl Standing {
    /// All stay, and count.
    pub fn of(index: &Index, old: Old) -> Self {
        let again = if old.any() { Documents::none_of(index) } else { Documents::default() };
        Self { old, gone: Documents::none_of(index), again }
    }

    /// The document takes no part.
    pub fn leave_out(&self, doc: DocRef) {
        self.gone.set(doc);
    }

    /// The document says what another says: it goes; an old one counts no more beside the other.
    pub fn follow(&self, doc: DocRef) {
        if self.old.doc(doc) { self.again.set(doc) } else { self.gone.set(doc) }
    }

    /// Whether the document does not stay.
    pub fn is_gone(&self, doc: DocRef) -> bool {
        self.gone.has(doc)
    }

    /// Whether the document counts where documents are counted: one of several that say the same does.
    pub fn counts(&self, doc: DocRef) -> bool {
        !self.gone.has(doc) && !self.again.has(doc)
    }
}

/// Marked units. A paragraph is marked with all of its lines, and counts as marked when all of them are.
#[derive(Debug, Default)]
pub struct Units(Marks);

impl Units {
    /// None of those in the index.
    pub fn none_of(index: &Index) -> Self {
        Self(Marks::new(index.shards.iter().map(|shard| shard.starts.len())))
    }

    /// Marks a unit and all units inside it.
    pub fn set(&self, index: &Index, unit: UnitRef) {
        index.inside(unit).for_each(|unit| self.0.set(unit.shard(), unit.number()));
    }

    /// Marks a unit alone.
    pub fn set_one(&self, unit: UnitRef) {
        self.0.set(unit.shard(), unit.number());
    }

    /// Whether the unit is marked, or all units inside it are.
    pub fn has(&self, index: &Index, unit: UnitRef) -> bool {
        let own = |unit: UnitRef| self.0.get(unit.shard(), unit.number());
        // Most units are not marked, and have no lines.
        own(unit) || {
            let mut lines = index.lines(unit);
            lines.next().is_some_and(own) && lines.all(own)
        }
    }

    /// Whether the unit itself is marked.
    pub fn has_itself(&self, unit: UnitRef) -> bool {
        self.0.get(unit.shard(), unit.number())
    }
}
