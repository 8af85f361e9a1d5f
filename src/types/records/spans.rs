//! Text that stands twice byte for byte.

use bytemuck::{Pod, Zeroable};

use super::records;
use crate::types::{DocRef, Span, Spot};

records! {
    /// A piece of a text that was chosen for windows of bytes around it, and for which.
    SpanAnchor {
        /// Hash of the piece.
        hash: u64,
        /// Where the piece begins.
        at: Spot,
        /// Bytes from the start of the first window that chose it to the piece.
        far: u32,
        /// The same for the last window; all windows between chose it too.
        near: u32,
    }

    /// A window of words.
    SpanWindow {
        /// Hash of its bytes.
        hash: u64,
        /// Where it begins.
        at: Spot,
        /// Its length in bytes.
        len: u64,
    }

    /// A run of windows that are copies, each as far from its first occurrence as the next: `len` bytes at `at` stand at
    /// `from` too. The windows within `from` are first occurrences; the two may overlap, the windows do not.
    SpanCopy {
        /// Where it begins.
        at: Spot,
        /// Where the first occurrence begins.
        from: Spot,
        /// Length in bytes.
        len: u64,
    }

    /// A piece of a repeated span that goes, by where its text stays.
    SpanPlace {
        /// Where the text stays.
        from: Spot,
        /// Where the span begins.
        at: Spot,
        /// Length of the span in bytes.
        cut: u32,
        /// Length of what stays in bytes.
        len: u32,
        /// How many bytes of the span are found there.
        bytes: u64,
    }

    /// The same, by where it goes.
    SpanStands {
        /// The document.
        doc: DocRef,
        /// The span in it, which may have several such pieces.
        span: Span,
        /// The document where its text stays.
        first: DocRef,
        /// Where in that.
        there: Span,
        /// The first line there.
        line: u32,
        /// How many bytes of the span are found there.
        bytes: u32,
    }
}
