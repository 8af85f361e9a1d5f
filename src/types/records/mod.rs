//! What is remembered of documents and units between the passes: records of fixed size, to be sorted.

mod documents;
mod spans;
mod units;

pub use documents::{Alike, Band, DocPair, Link, Sample, Whole, Within};
pub use spans::{SpanAnchor, SpanCopy, SpanPlace, SpanStands, SpanWindow};
pub use units::{Anchor, At, Common, Copied, Outline, Shared, UnitPair, Whereabouts};

/// Defines a record: plain data, ordered by its fields as they are listed.
macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
        #[repr(C)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}
use records;
