//! Folding for matching: what counts as the same word.
//!
//! A word is folded to Unicode compatibility form (NFKC) and lower case; joiners, soft hyphens and other invisible
//! characters vanish. Quotes, dashes, punctuation and white space stand between words and so never matter.

use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// What the user lets matching ignore beyond the fixed folding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// Whether all digits count as the same digit.
    pub digits: bool,
}

/// How a character takes part in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Stands between words.
    Gap,
    /// Part of a word.
    Word,
    /// A word of its own: scripts that write no spaces.
    Solo,
    /// Invisible, as if it were not there.
    Ignored,
}

/// The class of each ASCII byte, and of each character of the Basic Multilingual Plane in a table of 64 KiB, so that
/// the hot loop asks no Unicode property twice.
static CLASSES: LazyLock<Box<[Class]>> =
    LazyLock::new(|| (0u32..0x1_0000).map(|code| char::from_u32(code).map_or(Class::Gap, classify)).collect());

fn classify(c: char) -> Class {
    match c {
        '\u{AD}'
        | '\u{34F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => Class::Ignored,
        // Thai, Lao, Myanmar, Khmer, kana, ideographs: no spaces between words, so a character is a word.
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
            if c.is_alphanumeric() =>
        {
            Class::Solo
        }
        _ if c.is_alphanumeric() || c == '_' || is_combining_mark(c) => Class::Word,
        _ => Class::Gap,
    }
}

/// The class of `c`.
pub(crate) fn class(c: char) -> Class {
    CLASSES.get(c as usize).copied().unwrap_or_else(|| classify(c))
}

/// Appends the folded form of a word that is not pure ASCII.
pub(crate) fn fold_word(word: &str, out: &mut Vec<u8>) {
    let mut push = |c: char| {
        let mut bytes = [0; 4];
        if matches!(class(c), Class::Word | Class::Solo) {
            out.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
        }
    };
    if is_nfkc_quick(word.chars()) == IsNormalized::Yes {
        word.chars().flat_map(char::to_lowercase).for_each(&mut push);
    } else {
        word.nfkc().flat_map(char::to_lowercase).for_each(&mut push);
    }
}
