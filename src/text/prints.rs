//! Fingerprints by which a text is known again in a later run, though white space, punctuation and case changed, and if it is
//! long enough, a few words. They stand in files that users keep, so they must never change.

use super::Folding;
use super::hash::{hash64, hash128_of};
use super::minhash::minhash;
use super::words::each_word;
use crate::types::Print;

/// Words from which a text has a sketch: those of a shorter one would say too little.
const SKETCHED: usize = 16;

/// The fingerprint of a text, and its number of words.
pub fn print(text: &str) -> (Print, u32) {
    let mut words = Vec::new();
    each_word(text, Folding::default(), |_, _, folded| words.push(hash64(folded)));
    let number = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let print = match words.len() {
        // Signs only, or what is no word.
        0 => raw(text.trim()),
        1..SKETCHED => {
            for word in &mut words {
                *word = word.to_le();
            }
            Print::of_hash(u64::try_from(hash128_of(&words) >> 64).unwrap_or_default())
        }
        _ => {
            let pair = |pair: &[u64]| (hash64(&[pair[0].to_le_bytes(), pair[1].to_le_bytes()].concat()) >> 32) as u32;
            let pairs: Vec<u32> = words.windows(2).map(pair).collect();
            Print::of_slots(minhash(&pairs).iter().copied())
        }
    };
    (print, number)
}

/// The fingerprint of characters as they are.
pub fn raw(text: &str) -> Print {
    Print::of_hash(hash64(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The council voted on Tuesday to close the old bridge over the river for two years, and shop owners on \
        both banks said that they had not been asked, and that a ferry would be too slow for them.";

    #[test]
    fn they_stay_what_they_are() {
        let prints = [print("Subscribe to our newsletter!").0, print(LONG).0, print(" *** ").0, raw("\u{b}")];
        let prints = prints.map(|print| print.to_string());
        let known = ["a6860ea79ff074d1", "742c406cdd9622615d61eb7fba6cbb7a", "de5a599b1052042b", "4a4139caf4136257"];
        assert_eq!(prints, known, "files of users hold these: they must not change");
    }

    #[test]
    fn what_does_not_matter_does_not_matter() {
        assert_eq!(print("Subscribe to OUR newsletter").0, print("  subscribe to\nour “newsletter”!").0);
        assert_ne!(print("Subscribe to our newsletter").0, print("Subscribe to your newsletter").0);
        assert_eq!(print(LONG).0, print(&LONG.replace(' ', "\n")).0);
        assert_eq!(print(LONG).1, 39);
    }

    #[test]
    fn a_few_words_make_no_other_text_and_many_do() {
        let changed = LONG.replace("Tuesday", "Monday").replace("ferry", "boat");
        assert!(print(&changed).0.is_near(print(LONG).0));
        let words: Vec<&str> = LONG.split(' ').collect();
        let other: Vec<&str> = words.iter().rev().copied().collect();
        assert!(!print(&other.join(" ")).0.is_near(print(LONG).0));
        assert!(!print(&words[..18].join(" ")).0.is_near(print(&words[18..].join(" ")).0));
    }
}
