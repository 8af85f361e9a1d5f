//! Text that stands elsewhere too.

pub(super) mod contained_document;
pub(super) mod repeated_block;
pub(super) mod repeated_headline;
pub(super) mod repeated_paragraph;
pub(super) mod repeated_span;
pub(super) mod shared_passage;
pub(super) mod template_line;
pub(super) mod twin_document;
