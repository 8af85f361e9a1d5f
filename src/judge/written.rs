//! Whether a document writes a word: asked for every word that a line end tears apart, thousands of times in a scanned book.

use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use crate::text::hash::{AsItIs, hash64};

/// Questions that are answered by looking through the text; for more, a table is made.
const FEW: u32 = 8;

type Table = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// The words of a text, and pairs of words with a hyphen between them: runs of letters and digits, as they are written.
#[derive(Debug, Default)]
pub(super) struct Written {
    asked: Cell<u32>,
    table: OnceCell<Table>,
}

impl Written {
    /// Whether letters, or letters with a hyphen amid them, stand in the text as a word of its own.
    pub(super) fn holds(&self, text: &str, word: &str) -> bool {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() > FEW {
            self.table.get_or_init(|| table(text)).contains(&hash64(word.as_bytes()))
        } else {
            stands(text, word)
        }
    }
}

fn stands(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word).any(|at| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The hashes of all words, and of all pairs.
fn table(text: &str) -> Table {
    let mut table = Table::default();
    let is_gap = |c: char| !c.is_alphanumeric();
    // Where this word begins, and the one before when only a hyphen stands between.
    let (mut at, mut before) = (0, None);
    for piece in text.split_inclusive(is_gap) {
        let word = piece.trim_end_matches(is_gap);
        let end = at + word.len();
        if !word.is_empty() {
            let starts = before.into_iter().chain([at]);
            table.extend(starts.map(|start| hash64(&text.as_bytes()[start..end])));
        }
        before = (piece[word.len()..] == *"-" && !word.is_empty()).then_some(at);
        at += piece.len();
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_knows_what_a_look_through_the_text_finds() {
        let text = "A well-known co-op-erative, re-\nentry; Ärzte-Kammer x--y 3-fold -lone end- é-è\u{301} a_b tail-";
        let table = table(text);
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let mut found = 0;
        for a in words.iter().copied().chain(["op-e", "known-", "well", "Kamm", "nobody"]) {
            for word in words.iter().flat_map(|b| [format!("{a}{b}"), format!("{a}-{b}")]).chain([a.to_owned()]) {
                let stands = stands(text, &word);
                found += u32::from(stands);
                let is_word = !word.ends_with('-');
                assert!(!is_word || table.contains(&hash64(word.as_bytes())) == stands, "{word}");
            }
        }
        assert!(found > 20, "{found}");
        let written = Written::default();
        assert!((0..2 * FEW).all(|_| written.holds(text, "well-known") && !written.holds(text, "known-co")));
    }
}
