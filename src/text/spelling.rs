//! What a word is known by that is written as one, or as two with a hyphen between.

use super::shingle::mix;
use super::{Folding, words};

/// Bytes that such a word has.
pub const SHORTEST: u32 = 6;
/// Bytes from which it is rather a name of something in a program, or a text without spaces.
pub const LONGEST: u32 = 40;

/// A hash of two words in this order, made of theirs.
pub fn pair(first: u64, second: u64) -> u64 {
    mix(mix(first).rotate_left(1) ^ second)
}

/// The hash of a text that is one word.
pub fn word(text: &str) -> Option<u64> {
    let mut all = Vec::new();
    words(text, Folding::default(), &mut all);
    match all.as_slice() {
        [word] if word.end as usize == text.len() => Some(word.hash),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_has_a_hash_and_two_have_none() {
        assert_eq!(word("Bücherei"), word("BÜCHEREI"));
        assert!(word("one").is_some() && word("one two").is_none() && word("").is_none() && word("北京").is_none());
        assert_ne!(pair(2, 4), pair(4, 2));
    }
}
