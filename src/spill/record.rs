//! What can be sorted.

use crate::types::{
    Alike, Anchor, Band, Common, Copied, DocPair, Link, Outline, Sample, Shared, UnitPair, Whereabouts, Whole, Within,
};

/// A record of fixed size without padding or pointers, whose order begins with its key.
pub trait Record: bytemuck::Pod + Ord + Send + Sync {
    /// What its order begins with.
    fn key(&self) -> u64;
}

macro_rules! keys {
    ($($name:ident by $($field:ident).+;)*) => {$(
        impl Record for $name {
            fn key(&self) -> u64 {
                self.$($field).+
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
    Whole by key;
    Band by key;
    Sample by key;
    Whereabouts by key;
    Anchor by hash;
    Outline by hash;
    Alike by wanted;
}

keys! { refs
    DocPair by later;
    UnitPair by later;
    Within by short;
    Link by from;
    Copied by by;
    Common by unit;
    Shared by doc;
}
