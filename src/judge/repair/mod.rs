//! Damage that can be mended, as patches. Never a change inside a word that reads well.

pub(super) mod broken_paragraph;
pub(super) mod control_character;
pub(super) mod mojibake;
pub(super) mod split_word;
pub(super) mod stray_escape;

use super::Case;
use crate::types::Role;

/// The blocks of running text (not code), with their number.
fn readable<'a, 'c>(case: &'a Case<'c>) -> impl Iterator<Item = (usize, &'a super::case::BlockView<'c>)> {
    case.blocks().iter().enumerate().filter(|(_, b)| b.role != Role::Code)
}

/// The word that ends at byte `end` of `text`.
fn word_before(text: &str, end: usize) -> &str {
    let start =
        text[..end].char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last().map_or(end, |(at, _)| at);
    &text[start..end]
}

/// The word that begins at byte `start` of `text`.
fn word_after(text: &str, start: usize) -> &str {
    let length: usize = text[start..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    &text[start..start + length]
}

/// How a word that a hyphen and a line end tear apart is put together, going by how the document writes it elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Torn {
    /// As one word.
    Whole,
    /// With its hyphen.
    Hyphenated,
    /// Nothing tells.
    Unknown,
}

fn torn(text: &str, before: &str, after: &str) -> Torn {
    let stands = |word: &str| {
        memchr::memmem::find_iter(text.as_bytes(), word).any(|at| {
            let inside = |c: char| c.is_alphanumeric();
            !text[..at].ends_with(inside) && !text[at + word.len()..].starts_with(inside)
        })
    };
    if stands(&format!("{before}-{after}")) {
        Torn::Hyphenated
    } else if stands(&format!("{before}{after}")) {
        Torn::Whole
    } else {
        Torn::Unknown
    }
}
