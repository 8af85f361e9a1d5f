//! Words and where they stand.

use super::fold::{Class, Folding, class, fold_word};
use super::hash::hash64;

/// One word of a text: where it stands, and the hash of its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Hash of the folded form. Its lowest bit tells whether the word holds a digit, so that the numbers of two texts
    /// can be compared when their letters are gone; the next one, whether it holds nothing else.
    pub hash: u64,
}

/// The [`Word::key`] of every word of digits only.
pub const NUMBER: u64 = 0;

impl Word {
    /// Whether the word holds a digit.
    pub fn is_number(&self) -> bool {
        self.hash & DIGIT != 0
    }

    /// What lists of phrases know the word by: its hash, and [`NUMBER`] for every word of digits only. The list must be
    /// read with the same [`Folding`].
    pub fn key(&self) -> u64 {
        if self.hash & ONLY_DIGITS == 0 { self.hash } else { NUMBER }
    }
}

/// Bit of a hash: the word holds a digit.
const DIGIT: u64 = 1;
/// Bit of a hash: the word holds digits only.
const ONLY_DIGITS: u64 = 2;

fn hash_of(folded: &[u8]) -> u64 {
    let digits = folded.iter().filter(|b| b.is_ascii_digit()).count();
    let flags = if digits == 0 { 0 } else { DIGIT | if digits == folded.len() { ONLY_DIGITS } else { 0 } };
    (hash64(folded) & !(DIGIT | ONLY_DIGITS)) | flags
}

const LETTER: u8 = 1;

/// For each byte: 0 for ASCII between words, [`LETTER`] for ASCII in words, 2 for the rest of Unicode.
static KIND: [u8; 256] = {
    let mut kind = [2; 256];
    let mut b = 0u8;
    while b < 128 {
        kind[b as usize] = if b.is_ascii_alphanumeric() || b == b'_' { LETTER } else { 0 };
        b += 1;
    }
    kind
};

/// Bytes of an ASCII word that is folded on the stack; longer ones are no words of any language.
const SHORT: usize = 48;

/// Calls `visit(start, end, folded)` for each word of `text`, in order.
pub fn each_word(text: &str, folding: Folding, mut visit: impl FnMut(usize, usize, &[u8])) {
    let bytes = text.as_bytes();
    let mut short = [0; SHORT];
    let mut long: Vec<u8> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if KIND[bytes[at] as usize] == 0 {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && KIND[bytes[at] as usize] == LETTER {
            if let Some(place) = short.get_mut(at - start) {
                *place = bytes[at].to_ascii_lowercase();
            }
            at += 1;
        }
        if at < bytes.len() && KIND[bytes[at] as usize] == 2 {
            at = beyond_ascii(text, start, &mut long, &mut |s, e, word| emit(s, e, word, folding, &mut visit));
        } else if at - start <= SHORT {
            emit(start, at, &mut short[..at - start], folding, &mut visit);
        } else {
            long.clear();
            long.extend(bytes[start..at].iter().map(u8::to_ascii_lowercase));
            emit(start, at, &mut long, folding, &mut visit);
        }
    }
}

/// Reads from `start` to the end of a word that is not pure ASCII, or past one character that is a word of its own or
/// belongs to none. Returns where to go on.
fn beyond_ascii(
    text: &str,
    start: usize,
    folded: &mut Vec<u8>,
    visit: &mut impl FnMut(usize, usize, &mut Vec<u8>),
) -> usize {
    let mut end = start;
    let mut next = text.len();
    let mut solo = None;
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        match class(c) {
            Class::Word => end = at + c.len_utf8(),
            Class::Ignored => {}
            Class::Solo => {
                solo = Some((at, at + c.len_utf8()));
                next = at + c.len_utf8();
                break;
            }
            Class::Gap => {
                next = at + c.len_utf8();
                break;
            }
        }
    }
    for (from, to) in [Some((start, end)).filter(|(from, to)| to > from), solo].into_iter().flatten() {
        folded.clear();
        fold_word(&text[from..to], folded);
        visit(from, to, folded);
    }
    next
}

fn emit(start: usize, end: usize, folded: &mut [u8], folding: Folding, visit: &mut impl FnMut(usize, usize, &[u8])) {
    if folding.digits {
        folded.iter_mut().filter(|b| b.is_ascii_digit()).for_each(|b| *b = b'0');
    }
    if !folded.is_empty() {
        visit(start, end, folded);
    }
}

/// Appends all words of `text` to `out`.
pub fn words(text: &str, folding: Folding, out: &mut Vec<Word>) {
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    each_word(text, folding, |start, end, folded| {
        out.push(Word { start: narrow(start), end: narrow(end), hash: hash_of(folded) });
    });
}

/// The hashes of those of the words that hold a digit, in order.
pub fn numbers(words: &[Word]) -> Vec<u64> {
    words.iter().filter(|word| word.is_number()).map(|word| word.hash).collect()
}

/// Number of words in `text`.
pub fn count(text: &str) -> u64 {
    let mut n = 0;
    each_word(text, Folding::default(), |_, _, _| n += 1);
    n
}

/// The folded words of `text`, joined by single spaces; a word of digits only becomes `#` when `number_sign` is set.
pub fn folded(text: &str, number_sign: bool) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    each_word(text, Folding::default(), |_, _, word| {
        if !out.is_empty() {
            out.push(b' ');
        }
        if number_sign && word.iter().all(u8::is_ascii_digit) {
            out.push(b'#');
        } else {
            out.extend_from_slice(word);
        }
    });
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_form_quotes_and_invisible_characters() {
        let same = [
            "Organization’s “ABILITY” — to",
            "organization's \"ability\" - to",
            "Orga\u{AD}nization's ａｂｉｌｉｔｙ…to",
        ];
        for text in same {
            assert_eq!(folded(text, false), "organization s ability to", "{text}");
        }
        assert_eq!(folded("Straße ÄRGER É e\u{301}", false), "straße ärger é é");
        assert_eq!(folded("12 Comments, 3rd", true), "# comments 3rd");
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        assert_eq!(folded("北京abc東京", false), "北 京 abc 東 京");
        assert_eq!(count("ประเทศ"), 6);
    }

    #[test]
    fn spans_point_at_the_words() {
        let text = "«Ça va?» 50% naïve.";
        let mut out = Vec::new();
        words(text, Folding::default(), &mut out);
        let got: Vec<_> = out.iter().map(|w| &text[w.start as usize..w.end as usize]).collect();
        assert_eq!(got, ["Ça", "va", "50", "naïve"]);
    }

    #[test]
    fn digits_are_folded_only_when_asked() {
        let hash = |text: &str, digits| {
            let mut out = Vec::new();
            words(text, Folding { digits }, &mut out);
            out[0].hash
        };
        assert_ne!(hash("2021", false), hash("2022", false));
        assert_eq!(hash("2021", true), hash("2022", true));
        assert_eq!(hash("2nd", false) & 1, 1);
        assert_eq!(hash("second", false) & 1, 0);
    }

    #[test]
    fn all_numbers_share_a_key_and_no_word_has_it() {
        let mut out = Vec::new();
        words("2021 ７ 3rd third THIRD", Folding::default(), &mut out);
        let keys: Vec<u64> = out.iter().map(Word::key).collect();
        assert_eq!(keys[..2], [NUMBER, NUMBER]);
        assert_eq!(keys[3], keys[4]);
        assert!(keys[2] != keys[3] && !keys[2..].contains(&NUMBER));
        assert_ne!(out[0].hash, out[1].hash);
    }
}
