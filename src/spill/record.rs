//! What can be sorted.

use crate::types::{
    Alike, Anchor, Band, Common, Copied, DocPair, Link, Outline, Sample, Shared, SpanAnchor, SpanCopy, SpanPlace,
    SpanStands, SpanWindow, UnitPair, Whereabouts, Whole, Within,
};

/// A record of fixed size without padding or pointers, whose order begins with its key.
pub trait Record: bytemuck::Pod + Ord + Send + Sync {
    /// What its order begins with.
    fn key(&self) -> u64;

    /// The shard that it was made of, for what pass 1 makes.
    fn shard(&self) -> Option<u32> {
        None
    }
}

macro_rules! keys {
    ($($name:ident by $field:ident of $of:ident;)*) => {$(
        impl Record for $name {
            fn key(&self) -> u64 {
                self.$field
            }

            fn shard(&self) -> Option<u32> {
                Some(self.$of.shard())
            }
        }
    )*};
    (hashes $($name:ident;)*) => {$(
        impl Record for $name {
            fn key(&self) -> u64 {
                self.hash
            }
        }
    )*};
    (refs $($name:ident by $field:ident;)*) => {$(
        impl Record for $name {
            fn key(&self) -> u64 {
                self.$field.key()
            }
        }
    )*};
}

keys! {
    Whole by key of doc;
    Band by key of doc;
    Sample by key of doc;
    Whereabouts by key of unit;
    Anchor by hash of unit;
    Outline by hash of unit;
    Alike by wanted of doc;
}

keys! { hashes
    SpanAnchor;
    SpanWindow;
}

keys! { refs
    DocPair by later;
    UnitPair by later;
    Within by short;
    Link by from;
    Copied by by;
    Common by unit;
    Shared by doc;
    SpanCopy by at;
    SpanPlace by from;
    SpanStands by doc;
}
