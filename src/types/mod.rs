//! The nouns of the program: plain data that flows between the rooms, with no behaviour that needs I/O.

pub mod corpus;
pub mod document;
pub mod finding;
pub mod page;
pub mod plan;
pub mod ratio;
pub mod sketch;
pub mod span;

pub use corpus::{CopyKind, Corpus, DocFacts, Passage, Place, Repeat, SHORTEST_ACROSS, Twin};
pub use document::{DocId, Document, Form, Trouble, TroubleKind};
pub use finding::{Category, Change, Confidence, Evidence, Finding, RuleId};
pub use page::{Block, Page, Role, Unit};
pub use plan::{Edit, Fate, Plan, Policy};
pub use ratio::Ratio;
pub use sketch::{Anchor, Sketch, UnitSketch};
pub use span::Span;
