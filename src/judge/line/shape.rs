//! What a line looks like by itself, from one look at its first bytes.

use super::column::Column;
use super::sheet::{Row, per_cent};
use crate::judge::view::BlockView;
use crate::types::Role;

/// Bytes of a line that are looked at: longer lines are paragraphs, and what they look like shows early.
const LOOKED_AT: usize = 256;

/// What a character is, as far as the look of a line goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Capital,
    Small,
    /// A letter without case.
    Letter,
    /// A letter that says as much as several: ideographs, kana, Hangul, scripts without spaces.
    Ideograph,
    Digit,
    Space,
    /// May end a sentence, when a space follows.
    Stop,
    /// Ends a sentence whatever follows.
    FullStop,
    Comma,
    Quote,
    /// Bars, bullets, slashes, arrows.
    Separator,
    Copyright,
    Sign,
}

/// Number of classes.
const CLASSES: usize = Class::Sign as usize + 1;

impl Class {
    const fn of_ascii(byte: u8) -> Self {
        match byte {
            b'A'..=b'Z' => Self::Capital,
            b'a'..=b'z' => Self::Small,
            b'0'..=b'9' => Self::Digit,
            b' ' | b'\t' | b'\n' | b'\r' => Self::Space,
            b'.' | b'!' | b'?' => Self::Stop,
            b',' => Self::Comma,
            b'"' => Self::Quote,
            b'|' | b'/' | b'>' => Self::Separator,
            _ => Self::Sign,
        }
    }

    fn of_other(c: char) -> Self {
        match c {
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}' => Self::Ideograph,
            '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => Self::Space,
            '…' | '।' | '؟' | '۔' => Self::Stop,
            '。' | '！' | '？' => Self::FullStop,
            '，' | '、' | '،' => Self::Comma,
            '“' | '”' | '„' | '«' | '»' | '「' | '」' => Self::Quote,
            '•' | '·' | '›' | '→' | '▪' | '●' => Self::Separator,
            '©' => Self::Copyright,
            _ if c.is_lowercase() => Self::Small,
            _ if c.is_uppercase() => Self::Capital,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Sign,
        }
    }

    fn of(c: char) -> Self {
        const ASCII: [Class; 128] = {
            let mut table = [Class::Sign; 128];
            let mut byte = 0;
            while byte < 128u8 {
                table[byte as usize] = Class::of_ascii(byte);
                byte += 1;
            }
            table
        };
        ASCII.get(c as usize).copied().unwrap_or_else(|| Self::of_other(c))
    }
}

/// Counts over the characters of a line.
#[derive(Default)]
struct Counts {
    of: [u32; CLASSES],
    all: u32,
    words: u32,
    capital_words: u32,
    small_words: u32,
    short_words: u32,
    word_letters: u32,
    longest: u32,
    sentences: u32,
    dated: u32,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        let (mut word, mut digits) = (0, 0);
        // After a sign that may end a sentence, until it is seen what follows.
        let mut stop = false;
        // After a sign between digits.
        let mut parted = false;
        for c in text.chars() {
            let class = Class::of(c);
            counts.all += 1;
            counts.of[class as usize] += 1;
            if class as usize <= Class::Digit as usize {
                counts.capital_words += u32::from(word == 0 && class == Class::Capital);
                counts.small_words += u32::from(word == 0 && class == Class::Small);
                word += 1;
                stop = false;
            } else {
                counts.end_word(&mut word);
                counts.sentences += u32::from(class == Class::FullStop || (stop && class == Class::Space));
                // A closing mark leaves a sentence ended.
                stop = class == Class::Stop || (stop && class == Class::Quote);
            }
            if class == Class::Digit {
                counts.dated += u32::from(parted);
                (digits, parted) = (digits + 1, false);
            } else if digits > 0 {
                counts.dated += u32::from(digits == 4);
                parted = matches!(c, ':' | '.' | '/' | '-');
                digits = 0;
            } else {
                parted = false;
            }
        }
        counts.end_word(&mut word);
        counts.dated += u32::from(digits == 4);
        counts.sentences += u32::from(stop);
        counts
    }

    fn end_word(&mut self, length: &mut u32) {
        let length = std::mem::take(length);
        self.words += u32::from(length > 0);
        self.word_letters += length;
        self.longest = self.longest.max(length);
        self.short_words += u32::from((1..=3).contains(&length));
    }

    fn class(&self, class: Class) -> u32 {
        self.of[class as usize]
    }

    fn letters(&self) -> u32 {
        self.of[..=Class::Ideograph as usize].iter().sum()
    }
}

/// Characters of which prose is made, given a line's width and whether it ends like a sentence.
pub(super) fn mass(width: u32, ends_sentence: bool) -> u32 {
    if (ends_sentence && width >= 60) || width >= 200 { width } else { 0 }
}

/// Fills in what a line is by itself. Returns its width.
pub(super) fn fill(block: &BlockView<'_>, row: &mut Row<'_>) -> u32 {
    let text = block.text;
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let counts = Counts::of(&text[..end]);
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    // Longer lines are as their beginning is.
    let all = |n: u32| u32::try_from(u64::from(n) * bytes / (end.max(1) as u64)).unwrap_or(u32::MAX);
    let width = all(counts.all).saturating_add(all(counts.class(Class::Ideograph)).saturating_mul(3) / 2);
    let words = counts.words.max(1);
    let t = &block.traits;
    row.set(Column::Width, width.min(2000));
    row.set(Column::Words, t.words.min(400));
    row.set(Column::Digits, per_cent(counts.class(Class::Digit), counts.all));
    row.set(Column::Capitals, per_cent(counts.class(Class::Capital), counts.letters()));
    row.set(Column::CapitalWords, per_cent(counts.capital_words, words));
    row.set(Column::SmallWords, per_cent(counts.small_words, words));
    row.set(Column::ShortWords, per_cent(counts.short_words, words));
    row.set(Column::WordLength, (10 * counts.word_letters / words).min(500));
    row.set(Column::LongestWord, counts.longest);
    let plain = counts.letters() + counts.class(Class::Digit) + counts.class(Class::Space);
    row.set(Column::Signs, per_cent(counts.all.saturating_sub(plain), counts.all));
    row.set(Column::Sentences, all(counts.sentences).min(200));
    row.set(Column::SentenceShare, per_cent(counts.sentences, words));
    row.set(Column::Commas, all(counts.class(Class::Comma)).min(200));
    row.set(Column::CommaShare, per_cent(counts.class(Class::Comma), words));
    row.set(Column::Quotes, counts.class(Class::Quote));
    row.set(Column::Separators, counts.class(Class::Separator));
    row.set(Column::Copyright, counts.class(Class::Copyright).min(1));
    row.set(Column::Dated, counts.dated);
    row.set(Column::Linked, per_cent(t.linked, t.bytes));
    row.set(Column::EndsSentence, u32::from(t.ends_sentence));
    row.set(Column::EndsOpen, u32::from(t.ends_open));
    row.set(Column::EndsColon, u32::from(text.ends_with([':', '：'])));
    let asking = if text.ends_with(['?', '？', '؟']) { 1 } else { 2 * u32::from(text.ends_with(['!', '！'])) };
    row.set(Column::EndsAsking, asking);
    row.set(Column::Start, start(text));
    let role = match block.role {
        Role::Text => 0,
        Role::Item => 1,
        Role::Heading => 2,
        Role::Code => 3,
        Role::Quote => 4,
        Role::Rule => 5,
    };
    row.set(Column::Item, role);
    width
}

fn start(text: &str) -> u32 {
    match text.chars().next() {
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_ascii_digit() => 2,
        Some('"' | '“' | '„' | '«' | '»' | '‘' | '‚' | '「' | '『' | '—' | '–' | '-') => 3,
        Some(c) if !c.is_alphanumeric() => 4,
        _ => 0,
    }
}
