//! Which documents are only held against: known before, never judged, never rewritten.

use super::{DocRef, UnitRef};

/// The documents that others are only held against. They are read first, so they are those of the first shards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Old {
    /// So many shards.
    pub shards: u32,
}

impl Old {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self.shards > 0
    }

    /// Whether the document is one of them.
    pub fn doc(self, doc: DocRef) -> bool {
        doc.shard() < self.shards
    }

    /// Whether the unit stands in one of them.
    pub fn unit(self, unit: UnitRef) -> bool {
        unit.shard() < self.shards
    }
}
