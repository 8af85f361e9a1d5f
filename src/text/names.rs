//! Words that are written as names.

use super::Word;

/// Whether a word of the text begins with a capital letter.
pub fn is_capital(text: &str, word: &Word) -> bool {
    let first = text.as_bytes()[word.start as usize];
    if first.is_ascii() {
        first.is_ascii_uppercase()
    } else {
        text[word.start as usize..].starts_with(char::is_uppercase)
    }
}

/// What may stand right before a word.
fn is_opening(c: char) -> bool {
    matches!(c, '*' | '_' | '"' | '“' | '„' | '«' | '‘' | '\'' | '(')
}

/// Whether a word of the text is written as a name: with a capital letter, and not because a sentence or a line begins.
pub fn is_name(text: &str, word: &Word) -> bool {
    if !is_capital(text, word) {
        return false;
    }
    let before = &text[..word.start as usize];
    let spaced = before.trim_end_matches(|c: char| c.is_whitespace() || is_opening(c));
    let gap = &before[spaced.len()..];
    // A full stop between letters is part of a name.
    let ends = !gap.is_empty() && spaced.ends_with(['.', '!', '?', '…', ':', '：']);
    !(ends || spaced.is_empty() || gap.contains('\n') || spaced.ends_with(['。', '！', '？']))
}
