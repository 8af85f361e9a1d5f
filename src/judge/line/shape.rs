//! What a line looks like by itself, from one look at its first bytes.

use super::column::Column;
use super::sheet::{Row, per_cent};
use crate::judge::case::BlockView;
use crate::types::Role;

/// Bytes of a line that are looked at: longer lines are paragraphs, and what they look like shows early.
const LOOKED_AT: usize = 512;

/// Counts over the characters of a line.
#[derive(Default)]
struct Counts {
    all: u32,
    letters: u32,
    capitals: u32,
    digits: u32,
    spaces: u32,
    ideographs: u32,
    words: u32,
    capital_words: u32,
    small_words: u32,
    short_words: u32,
    word_letters: u32,
    longest: u32,
    sentences: u32,
    commas: u32,
    quotes: u32,
    brackets: u32,
    separators: u32,
    copyright: u32,
    dated: u32,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        let mut word = 0;
        let mut digits = 0;
        // A sign that may end a sentence or part digits, until it is seen what follows.
        let mut stop = false;
        let mut parted = false;
        for c in text.chars() {
            counts.all += 1;
            if c.is_ascii_digit() {
                counts.dated += u32::from(parted && digits > 0);
                (digits, parted) = (if parted { 1 } else { digits + 1 }, false);
                counts.digits += 1;
                word += 1;
                stop = false;
                continue;
            }
            let letter = if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() };
            parted = digits > 0 && matches!(c, ':' | '.' | '/' | '-') && !parted;
            counts.dated += u32::from(digits == 4 && !parted && !letter);
            if !parted {
                digits = 0;
            }
            if letter {
                counts.letter(c, word == 0);
                word += 1;
                stop = false;
                continue;
            }
            if word > 0 {
                counts.end_word(word);
                word = 0;
            }
            if c.is_ascii_whitespace() || c == '\u{a0}' {
                counts.spaces += 1;
                counts.sentences += u32::from(stop);
                stop = false;
                continue;
            }
            counts.sign(c, &mut stop);
        }
        if word > 0 {
            counts.end_word(word);
        }
        counts.dated += u32::from(digits == 4);
        counts.sentences += u32::from(stop);
        counts
    }

    fn letter(&mut self, c: char, first: bool) {
        self.letters += 1;
        let (upper, lower) = if c.is_ascii() {
            (c.is_ascii_uppercase(), c.is_ascii_lowercase())
        } else {
            (c.is_uppercase(), c.is_lowercase())
        };
        self.capitals += u32::from(upper);
        if first {
            self.capital_words += u32::from(upper);
            self.small_words += u32::from(lower);
        }
        // Thai to Khmer; CJK with kana; Hangul.
        self.ideographs += u32::from(
            matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'),
        );
    }

    fn end_word(&mut self, length: u32) {
        self.words += 1;
        self.word_letters += length;
        self.longest = self.longest.max(length);
        self.short_words += u32::from(length <= 3);
    }

    fn sign(&mut self, c: char, stop: &mut bool) {
        match c {
            '.' | '!' | '?' | '…' | '।' | '؟' | '۔' => *stop = true,
            '。' | '！' | '？' => self.sentences += 1,
            ',' | '，' | '、' | '،' => self.commas += 1,
            // A closing mark leaves a sentence ended.
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => self.quotes += 1,
            '(' | '[' | '（' | '【' => self.brackets += 1,
            '|' | '•' | '·' | '/' | '›' | '→' | '>' | '▪' | '●' => {
                self.separators += 1;
                *stop = false;
            }
            '©' => self.copyright += 1,
            _ => {}
        }
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
    let width = all(counts.all).saturating_add(all(counts.ideographs).saturating_mul(3) / 2);
    let words = counts.words.max(1);
    let t = &block.traits;
    row.set(Column::Width, width.min(2000));
    row.set(Column::Words, t.words.min(400));
    row.set(Column::Ideographs, per_cent(counts.ideographs, counts.all));
    row.set(Column::Digits, per_cent(counts.digits, counts.all));
    row.set(Column::Capitals, per_cent(counts.capitals, counts.letters));
    row.set(Column::CapitalWords, per_cent(counts.capital_words, words));
    row.set(Column::SmallWords, per_cent(counts.small_words, words));
    row.set(Column::ShortWords, per_cent(counts.short_words, words));
    row.set(Column::WordLength, (10 * counts.word_letters / words).min(500));
    row.set(Column::LongestWord, counts.longest);
    let plain = counts.letters + counts.digits + counts.spaces;
    row.set(Column::Signs, per_cent(counts.all.saturating_sub(plain), counts.all));
    row.set(Column::Sentences, all(counts.sentences).min(200));
    row.set(Column::SentenceShare, per_cent(counts.sentences, words));
    row.set(Column::Commas, all(counts.commas).min(200));
    row.set(Column::CommaShare, per_cent(counts.commas, words));
    row.set(Column::Quotes, counts.quotes);
    row.set(Column::Brackets, counts.brackets);
    row.set(Column::Separators, counts.separators);
    row.set(Column::Copyright, counts.copyright.min(1));
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
