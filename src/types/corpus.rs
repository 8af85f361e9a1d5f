//! Read-only facts about all documents, made between the passes.

use std::collections::HashMap;
use std::sync::Arc;

use super::{DocId, Ratio, Span, Spellings, Unit};

/// A piece of another (or the same) document, as evidence points to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub doc: DocId,
    /// The piece of its text.
    pub span: Span,
    /// Its first line.
    pub line: u32,
}

/// A document that says the same as one that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The document that stays.
    pub keeper: DocId,
    /// Common shingles of all shingles of both (resemblance), counted, not estimated.
    pub alike: Ratio,
    /// Whether the two have the same words in the same order.
    pub exact: bool,
}

/// A document nearly all of whose shingles stand in a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contained {
    /// The longer one, which stays.
    pub holder: DocId,
    /// Shingles of the document that the longer one has, of all of its own (containment), counted.
    pub share: Ratio,
}

/// Words from which the same words in two documents are no coincidence, unless the user says otherwise. Shorter units are
/// copies only within their document; in several documents they are a sign of a page template.
pub const SHORTEST_ACROSS: u32 = 16;

/// Words from which a copy with changes is more than a hint, in its own document.
pub const SHORTEST_NEAR_WITHIN: u32 = 16;
/// The same in another document.
pub const SHORTEST_NEAR_ACROSS: u32 = 24;

/// How a unit repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyKind {
    /// The same words.
    Exact,
    /// Nearly all of its shingles stand in the other.
    Near,
}

/// A unit whose words stand earlier, in this document or in another that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Which blocks of the page it is.
    pub unit: Unit,
    /// Number of its words.
    pub words: u32,
    /// Which blocks of *its* page it repeats.
    pub original: Unit,
    /// Where the first copy stands.
    pub first: Place,
    /// How alike: shingles of this unit that the first copy has, of all its shingles.
    pub alike: Ratio,
    /// Exact or near.
    pub kind: CopyKind,
    /// Whether this unit has no number and no name that is news for who knows the first copy.
    pub no_news: bool,
    /// Whether nothing else is a copy of the same.
    pub only: bool,
    /// Whether several documents of one host have it at the same place.
    pub in_place: bool,
}

/// A block that stands in other documents too: a short one, or a longer one at the same place in several of its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommonLine {
    /// Number of the block.
    pub block: u32,
    /// How many documents hold it.
    pub documents: u32,
    /// How many of the same host hold it at the same place, counted from the top or from the end.
    pub in_place: u32,
    /// How many documents that host has.
    pub of_host: u32,
    /// Whether it is too short to be a copy.
    pub short: bool,
}

/// Documents from which what they share is more than chance.
pub const SEVERAL: u32 = 3;

/// A run of words that stands in two otherwise different blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands here.
    pub span: Span,
    /// Where else it stands.
    pub other: Place,
    /// Its length in words.
    pub words: u32,
}

/// Text that stands earlier byte for byte, here or in another document that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedSpan {
    /// Where it stands here; no word is cut in two.
    pub span: Span,
    /// Where it stands in text that no repeated span takes away; several places when it was put together from them.
    pub first: Vec<Witness>,
}

/// Where some bytes of a repeated span stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Where.
    pub place: Place,
    /// How many bytes of the span are found there.
    pub bytes: u32,
}

/// What is known of one document through the others. Empty for most.
#[derive(Clone, Debug, Default)]
pub struct DocFacts {
    /// Set when the document goes because another stays.
    pub twin: Option<Twin>,
    /// Set when a longer document that stays has nearly all of it.
    pub contained: Option<Contained>,
    /// Documents that went because this one stays.
    pub followers: u32,
    /// Units that repeat earlier ones, in page order; none inside another.
    pub copies: Vec<Repeat>,
    /// Passages shared with other documents, in page order.
    pub passages: Vec<Passage>,
    /// Short blocks that stand in other documents too, and longer ones at the same place, in page order.
    pub common: Vec<CommonLine>,
    /// Text that stands earlier byte for byte, in text order and disjoint; empty unless `--repeated-span` asks for it.
    pub spans: Vec<RepeatedSpan>,
}

/// Facts about some documents of the run: as a rule those of one shard.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Facts of the documents that have any.
    pub facts: HashMap<DocId, DocFacts>,
    /// The documents of the stretch in reading order, with their number of words.
    pub words: Vec<(DocId, u32)>,
    /// Names of the documents that evidence points to.
    pub names: HashMap<DocId, Box<str>>,
    /// Where these documents, and those with facts, come from: a hash of the host, or of the folder.
    pub hosts: HashMap<DocId, u64>,
    /// Words from which the same words in two documents are a copy.
    pub shortest_across: u32,
    /// How the run writes its words.
    pub spellings: Arc<Spellings>,
}

impl Default for Corpus {
    fn default() -> Self {
        let (facts, words, names, hosts, spellings) = Default::default();
        Self { facts, words, names, hosts, shortest_across: SHORTEST_ACROSS, spellings }
    }
}

impl Corpus {
    /// The number of words of a document, when that is known.
    pub fn words(&self, id: DocId) -> Option<u64> {
        let at = self.words.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        Some(self.words[at].1).filter(|&words| words < u32::MAX).map(u64::from)
    }

    /// The name of a document that evidence points to.
    pub fn name(&self, id: DocId) -> &str {
        self.names.get(&id).map_or("", |name| name)
    }

    /// Whether the two come from different hosts, as far as is known.
    pub fn apart(&self, a: DocId, b: DocId) -> bool {
        self.hosts.get(&a).zip(self.hosts.get(&b)).is_some_and(|(a, b)| a != b)
    }
}
