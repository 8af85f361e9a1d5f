//! What a line looks like by itself, from one look at its first bytes.

use super::column::Column;
use super::look::Look;
use super::sheet::{Row, per_cent};
use crate::judge::view::BlockView;
use crate::types::Role;

/// Bytes of a line that are looked at: longer lines are paragraphs, and what they look like shows early.
const LOOKED_AT: usize = 256;

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
    let look = Look::of(&text[..end]);
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    // Longer lines are as their beginning is.
    let all = |n: u32| match end {
        _ if end == text.len() => n,
        _ => u32::try_from(u64::from(n) * bytes / end as u64).unwrap_or(u32::MAX),
    };
    let width = all(look.all).saturating_add(all(look.ideographs).saturating_mul(3) / 2);
    let words = look.words.max(1);
    let t = &block.traits;
    row.set(Column::Width, width.min(2000));
    row.set(Column::Words, t.words.min(400));
    row.set(Column::Digits, per_cent(look.digits, look.all));
    row.set(Column::Capitals, per_cent(look.capitals, look.letters));
    row.set(Column::CapitalWords, per_cent(look.capital_words, words));
    row.set(Column::SmallWords, per_cent(look.small_words, words));
    row.set(Column::ShortWords, per_cent(look.short_words, words));
    row.set(Column::WordLength, (10 * look.word_letters / words).min(500));
    row.set(Column::LongestWord, look.longest);
    let plain = look.letters + look.digits + look.spaces;
    row.set(Column::Signs, per_cent(look.all.saturating_sub(plain), look.all));
    row.set(Column::Sentences, all(look.sentences).min(200));
    row.set(Column::SentenceShare, per_cent(look.sentences, words));
    row.set(Column::Commas, all(look.commas).min(200));
    row.set(Column::CommaShare, per_cent(look.commas, words));
    row.set(Column::Quotes, look.quotes);
    row.set(Column::Separators, look.separators);
    row.set(Column::Copyright, u32::from(look.copyright));
    row.set(Column::Dated, look.dated);
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
