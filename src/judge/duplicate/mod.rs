//! Text that stands elsewhere too.

pub mod repeated_block;
pub mod repeated_headline;
pub mod repeated_paragraph;
pub mod shared_passage;
pub mod template_line;
pub mod twin_document;
