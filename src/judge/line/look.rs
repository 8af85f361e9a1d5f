//! What the characters of a line are, counted 64 at a time: a bit for each character of a class, and what follows what by
//! shifting them.

use crate::text::block::{BLOCK, between, block, one_of};

/// Counts over the characters of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Characters.
    pub(super) all: u32,
    /// Letters, with or without case.
    pub(super) letters: u32,
    pub(super) capitals: u32,
    /// Letters that say as much as several: ideographs, kana, Hangul, scripts without spaces.
    pub(super) ideographs: u32,
    pub(super) digits: u32,
    pub(super) spaces: u32,
    pub(super) commas: u32,
    pub(super) quotes: u32,
    /// Bars, bullets, slashes, arrows.
    pub(super) separators: u32,
    pub(super) copyright: bool,
    /// Runs of letters and digits.
    pub(super) words: u32,
    /// Those that begin with a capital.
    pub(super) capital_words: u32,
    /// Those that begin with a small letter.
    pub(super) small_words: u32,
    /// Those of at most three characters.
    pub(super) short_words: u32,
    /// Letters and digits in all words, and in the longest.
    pub(super) word_letters: u32,
    pub(super) longest: u32,
    /// Ends of sentences.
    pub(super) sentences: u32,
    /// Numbers of four digits, and numbers behind a sign behind a number: years, times, dates.
    pub(super) dated: u32,
}

/// Stands for a letter without case.
const LETTER: u8 = 0x80;
/// Stand for a sign, and for one that may end a sentence, beyond ASCII. Neither is one of those that part numbers.
const SIGN: u8 = b'#';
const STOP: u8 = b'!';

impl Look {
    /// Of the characters of a line.
    pub(super) fn of(text: &str) -> Self {
        let mut look = Self::default();
        if text.is_ascii() {
            look.count(text.as_bytes());
        } else {
            let mut signs = Vec::with_capacity(text.len());
            signs.extend(
                text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or_else(|| look.other(c))),
            );
            look.count(&signs);
        }
        look
    }

    /// Which sign of ASCII a character is like, as far as looks go.
    fn other(&mut self, c: char) -> u8 {
        match c {
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}' => {
                self.ideographs += 1;
                LETTER
            }
            '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => b' ',
            '…' | '।' | '؟' | '۔' => STOP,
            // These end a sentence whatever follows.
            '。' | '！' | '？' => {
                self.sentences += 1;
                SIGN
            }
            '，' | '、' | '،' => b',',
            '“' | '”' | '„' | '«' | '»' | '「' | '」' => b'"',
            '•' | '·' | '›' | '→' | '▪' | '●' => b'|',
            '©' => {
                self.copyright = true;
                SIGN
            }
            _ if c.is_lowercase() => b'a',
            _ if c.is_uppercase() => b'A',
            _ if c.is_alphabetic() => LETTER,
            _ => SIGN,
        }
    }

    /// Counts characters that are ASCII, or [`LETTER`].
    fn count(&mut self, signs: &[u8]) {
        self.all = u32::try_from(signs.len()).unwrap_or(u32::MAX);
        let (mut words, mut numbers, mut parting, mut ended) = (Bits::default(), Bits::default(), Bits::default(), 0);
        let (mut inside, mut start) = (false, 0u32);
        // What a line ends with is known behind it.
        for (number, at) in (0..=signs.len()).step_by(BLOCK).enumerate() {
            let block = block(signs, at);
            let here = signs.len() - at;
            let within = if here < BLOCK { (1 << here) - 1 } else { u64::MAX };
            let (capitals, small) = (between(&block, b'A', b'Z'), between(&block, b'a', b'z'));
            let spaces = one_of(&block, [b' ', b'\t', b'\n', b'\r']);
            let quotes = one_of(&block, [b'"']);
            numbers.next(between(&block, b'0', b'9'));
            words.next(capitals | small | numbers.now | between(&block, LETTER, u8::MAX));
            self.capitals += capitals.count_ones();
            self.digits += numbers.now.count_ones();
            self.word_letters += words.now.count_ones();
            self.spaces += (spaces & within).count_ones();
            self.commas += one_of(&block, [b',']).count_ones();
            self.quotes += quotes.count_ones();
            self.separators += one_of(&block, [b'|', b'/', b'>']).count_ones();
            let starts = words.now & !words.before(1);
            self.capital_words += (starts & capitals).count_ones();
            self.small_words += (starts & small).count_ones();
            let mut edges = words.now ^ words.before(1);
            while edges != 0 {
                let edge = u32::try_from(number * BLOCK).unwrap_or_default() + edges.trailing_zeros();
                edges &= edges - 1;
                if inside {
                    let length = edge - start;
                    self.words += 1;
                    self.longest = self.longest.max(length);
                    self.short_words += u32::from(length <= 3);
                }
                (inside, start) = (!inside, edge);
            }
            // A sign that may end a sentence, and closing marks behind it, before a space or the end. What pads a block is space.
            let stops = one_of(&block, [b'.', b'!', b'?']);
            let mut stopped = stops | (ended & quotes);
            while (stopped << 1) & quotes & !stopped != 0 {
                stopped |= (stopped << 1) & quotes;
            }
            self.sentences += ((stopped << 1 | ended) & spaces).count_ones();
            ended = stopped >> (BLOCK - 1);
            if numbers.now | numbers.last != 0 {
                parting.next(one_of(&block, [b':', b'.', b'/', b'-']));
                let before = |n: u32| numbers.before(n);
                let years = before(1) & before(2) & before(3) & before(4) & !before(5) & !numbers.now;
                let parted = numbers.now & parting.before(1) & before(2);
                self.dated += years.count_ones() + parted.count_ones();
            } else {
                parting.next(0);
            }
        }
        self.letters = self.word_letters - self.digits;
    }
}

/// The bits of a block, and of the one before it.
#[derive(Clone, Copy, Default)]
struct Bits {
    now: u64,
    last: u64,
}

impl Bits {
    fn next(&mut self, bits: u64) {
        (self.last, self.now) = (self.now, bits);
    }

    /// Bit `i` is that of the character `n` before character `i`.
    fn before(self, n: u32) -> u64 {
        self.now << n | self.last >> (u64::BITS - n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts by the definition, a character at a time.
    fn by_definition(text: &str) -> Look {
        let mut look = Look::default();
        let (mut word, mut digits, mut stop, mut parted) = (0, 0, false, false);
        let end_word = |look: &mut Look, word: &mut u32| {
            let length = std::mem::take(word);
            look.words += u32::from(length > 0);
            look.word_letters += length;
            look.longest = look.longest.max(length);
            look.short_words += u32::from((1..=3).contains(&length));
        };
        for c in text.chars() {
            look.all += 1;
            let like = if c.is_ascii() { c } else { char::from(look.other(c)) };
            let (space, quote) = (matches!(like, ' ' | '\t' | '\n' | '\r'), like == '"');
            if like.is_ascii_alphanumeric() || !like.is_ascii() {
                look.capital_words += u32::from(word == 0 && like.is_ascii_uppercase());
                look.small_words += u32::from(word == 0 && like.is_ascii_lowercase());
                word += 1;
                stop = false;
            } else {
                end_word(&mut look, &mut word);
                look.sentences += u32::from(stop && space);
                stop = matches!(like, '.' | '!' | '?') || (stop && quote);
            }
            look.capitals += u32::from(like.is_ascii_uppercase());
            look.letters += u32::from(like.is_ascii_alphabetic() || !like.is_ascii());
            look.digits += u32::from(c.is_ascii_digit());
            look.spaces += u32::from(space);
            look.commas += u32::from(like == ',');
            look.quotes += u32::from(quote);
            look.separators += u32::from(matches!(like, '|' | '/' | '>'));
            if c.is_ascii_digit() {
                look.dated += u32::from(parted);
                (digits, parted) = (digits + 1, false);
            } else {
                look.dated += u32::from(digits == 4);
                parted = digits > 0 && matches!(c, ':' | '.' | '/' | '-');
                digits = 0;
            }
        }
        end_word(&mut look, &mut word);
        look.dated += u32::from(digits == 4);
        look.sentences += u32::from(stop);
        look
    }

    #[test]
    fn blocks_of_characters_count_as_characters_do() {
        let pieces = [
            "a", "B", "7", "2021", " ", "\t", ".", "!", "\"", ",", ":", "-", "/", "|", "#", "é", "É", "北", "ª", "…",
            "。", "”", "©", "•", "\u{a0}", "word ",
        ];
        let mut state = 1u64;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..20_000 {
            let (first, kinds) = (next(pieces.len()), 1 + next(pieces.len()));
            let text: String = (0..next(150)).map(|_| pieces[(first + next(kinds)) % pieces.len()]).collect();
            assert_eq!(Look::of(&text), by_definition(&text), "{text:?}");
        }
    }
}
