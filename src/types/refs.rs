//! Short names of documents and units: fixed size, in reading order, known before all is read.

use bytemuck::{Pod, Zeroable};

/// A document: the number of its shard, and its number among the shard's documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct DocRef(u64);

/// A unit: the number of its shard, and its number among the shard's units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct UnitRef(u64);

macro_rules! numbers {
    ($name:ident) => {
        impl $name {
            /// Number `number` of shard `shard`.
            pub const fn new(shard: u32, number: u32) -> Self {
                Self((shard as u64) << 32 | number as u64)
            }

            /// The shard.
            pub const fn shard(self) -> u32 {
                (self.0 >> 32) as u32
            }

            /// The number within the shard.
            pub const fn number(self) -> u32 {
                (self.0 & 0xFFFF_FFFF) as u32
            }

            /// Both as one number that sorts alike.
            pub const fn key(self) -> u64 {
                self.0
            }
        }
    };
}

numbers!(DocRef);
numbers!(UnitRef);
