//! Damage that can be mended, as patches. Never a change inside a word that reads well.

pub(super) mod broken_paragraph;
pub(super) mod control_character;
pub(super) mod mojibake;
pub(super) mod split_word;
pub(super) mod stray_escape;
mod torn;

use super::Case;
use crate::types::Role;

/// The blocks of running text (not code), with their number.
fn readable<'a, 'c>(case: &'a Case<'c>) -> impl Iterator<Item = (usize, &'a super::view::BlockView<'c>)> {
    case.blocks().iter().enumerate().filter(|(_, b)| b.role != Role::Code)
}
