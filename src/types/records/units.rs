//! Units, and pairs of them.

use bytemuck::{Pod, Zeroable};

use super::records;
use crate::types::{DocRef, Ratio, SHORTEST_NEAR_ACROSS, SHORTEST_NEAR_WITHIN, Span, Unit, UnitRef};

records! {
    /// A unit by all of its words, with all that evidence says of it.
    Whereabouts {
        /// Hash of the folded words, upper half.
        key: u64,
        /// Lower half.
        rest: u64,
        /// The unit.
        unit: UnitRef,
        /// Where it stands.
        at: At,
    }

    /// A unit by one of its shingles, chosen by a fixed rule: units with much in common share one.
    Anchor {
        /// Hash of the shingle.
        hash: u64,
        /// The unit.
        unit: UnitRef,
    }

    /// A unit by one of its shingles, as [`Anchor`], with what tells most that are not alike apart.
    Outline {
        /// Hash of the shingle.
        hash: u64,
        /// The unit.
        unit: UnitRef,
        /// One bit for each of its shingles, chosen by the shingle's hash: the upper half.
        upper: u64,
        /// The lower half.
        lower: u64,
        /// Number of its shingles, with repeats.
        shingles: u64,
    }

    /// Two units that may be alike.
    UnitPair {
        /// The later one.
        later: UnitRef,
        /// The earlier one.
        earlier: UnitRef,
    }

    /// Where a unit stands.
    At {
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
        /// Its first line.
        line: u32,
        /// Number of words.
        words: u32,
        /// Its first block.
        from: u32,
        /// One past its last block.
        to: u32,
    }

    /// A unit that repeats an earlier one.
    Copied {
        /// By this unit it is sorted: the copy, or what it is a copy of.
        by: UnitRef,
        /// The copy.
        unit: UnitRef,
        /// What it is a copy of.
        first: UnitRef,
        /// The document of the copy.
        doc: DocRef,
        /// The document of the first.
        first_doc: DocRef,
        /// Where the copy stands.
        at: At,
        /// Where the first stands.
        first_at: At,
        /// Shingles of the copy that the first has.
        both: u64,
        /// Shingles of the copy.
        all: u64,
        /// [`EXACT`](Copied::EXACT), [`NO_NEWS`](Copied::NO_NEWS), [`ONLY`](Copied::ONLY), [`IN_PLACE`](Copied::IN_PLACE).
        flags: u64,
    }

    /// A unit of one block that stands in several documents: a short one, or one at the same place in several of a host.
    Common {
        /// The unit.
        unit: UnitRef,
        /// Its document.
        doc: DocRef,
        /// Its block.
        block: u32,
        /// Number of documents that hold it.
        documents: u32,
        /// Number of those of the same host that hold it at the same place.
        in_place: u32,
        /// Number of all documents of that host.
        of_host: u32,
        /// 1 for a short one.
        short: u64,
    }

    /// A run of words that stands in two otherwise different blocks.
    Shared {
        /// The document.
        doc: DocRef,
        /// The pair of units that gave it: earlier ones win where two overlap.
        pair: UnitPair,
        /// Where it stands.
        at: Span,
        /// The other document.
        other: DocRef,
        /// Where it stands there.
        there: Span,
        /// First line of its unit there.
        line: u32,
        /// Length in words.
        words: u32,
    }
}

impl Copied {
    /// The words are the same.
    pub const EXACT: u64 = 1;
    /// All numbers of the copy stand in the first, in the same order, and no name stands for another.
    pub const NO_NEWS: u64 = 2;
    /// Nothing else is a copy of the same.
    pub const ONLY: u64 = 4;
    /// Several documents of its host have the copy at the same place.
    pub const IN_PLACE: u64 = 8;

    /// The share of the copy that the first has.
    pub fn alike(&self) -> Ratio {
        Ratio::new(self.both, self.all)
    }

    /// Whether it is more than perhaps a copy: equal, or with no news and long enough for its changes to say nothing.
    pub fn is_sure(&self) -> bool {
        let near = if self.doc == self.first_doc { SHORTEST_NEAR_WITHIN } else { SHORTEST_NEAR_ACROSS };
        self.flags & Self::EXACT != 0 || (self.flags & Self::NO_NEWS != 0 && self.at.words >= near)
    }
}

impl Outline {
    /// Whether so great a share of this unit's shingles may stand in the other. A shingle that is missing there takes at
    /// most one bit with it, so what is refused cannot be alike; of what is alike, nothing is refused.
    pub fn may_stand_in(&self, other: &Self, share: Ratio) -> bool {
        let missing = (self.upper & !other.upper).count_ones() + (self.lower & !other.lower).count_ones();
        u64::from(missing) <= self.shingles - share.least_of(self.shingles).min(self.shingles)
    }
}

impl At {
    /// The bytes.
    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// The blocks; whether another unit holds it is not known here.
    pub fn unit(self) -> Unit {
        Unit { from: self.from, to: self.to, inner: false }
    }

    /// Whether the two, of one document, have blocks in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}
