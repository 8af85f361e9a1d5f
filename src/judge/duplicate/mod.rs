//! Text that stands elsewhere too.

use super::Case;
use crate::types::{Role, Unit};

pub(super) mod contained_document;
pub(super) mod repeated_block;
pub(super) mod repeated_headline;
pub(super) mod repeated_paragraph;
pub(super) mod repeated_span;
pub(super) mod shared_passage;
pub(super) mod template_line;
pub(super) mod twin_document;

/// One of so many characters of a listing is a sign of code; of text with many links, one of 15.
const SIGNS: usize = 12;

/// Whether the unit is a listing of code, or reads like one: what a copy of it changes is then what it is there for.
fn is_listing(case: &Case<'_>, unit: Unit) -> bool {
    let text = case.span_of(unit).of(case.text());
    let signs = text.bytes().filter(|b| b"=(){}[];<>_\\|$#&*+".contains(b)).count();
    case.page_blocks(unit).iter().any(|block| block.role == Role::Code)
        || SIGNS * signs > text.split_ascii_whitespace().map(str::len).sum()
}
