//! Documents, and pairs of them.

use bytemuck::{Pod, Zeroable};

use super::records;
use crate::types::DocRef;

records! {
    /// A document by all of its words.
    Whole {
        /// Hash of the folded words, upper half.
        key: u64,
        /// Lower half.
        rest: u64,
        /// Less is more wanted.
        wanted: u64,
        /// The document.
        doc: DocRef,
        /// Number of words.
        words: u64,
    }

    /// A document by one band of its signature, or any other hash that it shares with documents alike.
    Band {
        /// Hash of the band.
        key: u64,
        /// The document.
        doc: DocRef,
    }

    /// A document by one of its shingles, chosen by a fixed rule for all documents. Longer documents come first.
    Sample {
        /// Hash of the shingle.
        key: u64,
        /// Less for more words.
        shorter: u64,
        /// The document.
        doc: DocRef,
        /// Number of samples of the document.
        samples: u64,
    }

    /// Two documents that share a sample.
    Within {
        /// The shorter one.
        short: DocRef,
        /// The longer one.
        long: DocRef,
        /// Number of samples of the shorter one.
        samples: u64,
    }

    /// Two documents that may be alike.
    DocPair {
        /// The later one.
        later: DocRef,
        /// The earlier one.
        earlier: DocRef,
    }

    /// Two documents that are alike, counted.
    Alike {
        /// How wanted the less wanted of the two is; less is more wanted.
        wanted: u64,
        /// The less wanted one.
        doc: DocRef,
        /// How wanted the other is.
        other_wanted: u64,
        /// The more wanted one.
        other: DocRef,
        /// Common shingles.
        both: u64,
        /// Shingles of either.
        either: u64,
    }

    /// A document that goes because another stays, by either of them.
    Link {
        /// By this one it is sorted.
        from: DocRef,
        /// The other.
        to: DocRef,
        /// Common shingles (or words, when the two are equal).
        both: u64,
        /// Shingles (or words) of either.
        either: u64,
        /// 1 when the two have the same words in the same order.
        exact: u64,
    }
}
