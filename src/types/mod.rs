//! The nouns of the program: plain data that flows between the rooms, with no behaviour that needs I/O.

pub mod corpus;
pub mod document;
pub mod finding;
pub mod index;
pub mod kind;
pub mod length;
pub mod old;
pub mod page;
pub mod plan;
pub mod print;
pub mod ratio;
pub mod records;
pub mod refs;
pub mod region;
pub mod span;
pub mod spelling;
pub mod spot;
pub mod value;

pub use corpus::{
    CommonLine, Contained, CopyKind, Corpus, DocFacts, Passage, Place, Repeat, RepeatedSpan, SEVERAL, SHORTEST_ACROSS,
    SHORTEST_NEAR_ACROSS, SHORTEST_NEAR_WITHIN, Twin, Witness,
};
pub use document::{DocId, Document, Form, Trouble, TroubleKind};
pub use finding::{Category, Change, Confidence, Evidence, Finding, RuleId};
pub use index::{Bits, Index, ShardIndex};
pub use kind::Kind;
pub use length::SpanLength;
pub use old::Old;
pub use page::{Block, Page, Role, Unit};
pub use plan::{Edit, Fate, Plan, Policy};
pub use print::Print;
pub use ratio::Ratio;
pub use records::{
    Alike, Anchor, At, Band, Common, Copied, DocPair, Link, Outline, Sample, Shared, SpanAnchor, SpanCopy, SpanPlace,
    SpanStands, SpanWindow, UnitPair, Whereabouts, Whole, Within,
};
pub use refs::{DocRef, UnitRef};
pub use region::{Point, Region};
pub use span::Span;
pub use spelling::Spellings;
pub use spot::Spot;
pub use value::Value;
