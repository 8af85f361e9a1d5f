//! `broken-paragraph`

use super::torn::{Halves, Torn};
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Kind, Role, Span};

/// A sentence that a page or column break cut in two.
pub(crate) static RULE: Rule = Rule {
    id: "broken-paragraph",
    summary: "a sentence that a page or column break cut in two (joined)",
    category: Category::Repair,
    kind: Kind::Damage,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/broken-paragraph.md"),
    check,
};

/// Words that must stand before and after the break.
const BEFORE: u32 = 8;
const AFTER: u32 = 3;
/// Bytes before the break, and fewer where so many stand behind it: no line of verse is that long.
const BYTES: u32 = 60;
const FEWER: u32 = 40;
const BEHIND: u32 = 120;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let blocks = case.blocks();
    let mut from = 0;
    while from < blocks.len() {
        let breaks = blocks[from..].windows(2).take_while(|pair| breaks_off(&pair[0], &pair[1])).count();
        let pieces = &blocks[from..=from + breaks];
        let behind_sentence = from > 0 && blocks[from - 1].traits.ends_sentence;
        if breaks > 0 && (behind_sentence || begins(&pieces[0])) && !is_list(pieces) {
            let whole = (from..=from + breaks).rfind(|&last| ends(case, last)).unwrap_or(from);
            blocks[from..=whole].windows(2).for_each(|pair| mend(case, &pair[0], &pair[1], found));
        }
        from += breaks.max(1);
    }
}

/// Joins two pieces of a sentence.
fn mend(case: &Case<'_>, first: &BlockView<'_>, second: &BlockView<'_>, found: &mut Found<'_>) {
    let (text, from, to) = (case.text(), first.span.end as usize, second.span.start as usize);
    let context = Span::new(from.saturating_sub(1), to + 1);
    let space = (Confidence::Likely, Span::new(from, to), " ", None);
    let hyphen = first.text.strip_suffix(['-', '\u{2010}']).filter(|rest| rest.ends_with(char::is_alphabetic));
    let (confidence, gap, put, because) = hyphen.map_or(space.clone(), |rest| {
        let end = first.span.start as usize + rest.len();
        match Halves::around(text, end, to).put_together(case) {
            Torn::Whole(because) => (Confidence::Likely, Span::new(end, to), "", because),
            Torn::Hyphenated(because) => (Confidence::Likely, Span::new(from, to), "", because),
            Torn::Apart => space,
            Torn::Unknown => (Confidence::Hint, Span::new(end, to), "", None),
        }
    });
    found.patch_because(confidence, widen(text, context), text, gap, put.into(), because);
}

/// Running text that stops in mid-sentence, and goes on with a small letter.
fn breaks_off(first: &BlockView<'_>, second: &BlockView<'_>) -> bool {
    let least = if second.traits.bytes < BEHIND { BYTES } else { FEWER };
    second.traits.starts_lower
        && second.traits.words >= AFTER
        && is_plain(second)
        && first.traits.words >= BEFORE
        && first.traits.bytes >= least
        && !first.traits.ends_sentence
        && !first.traits.ends_open
        && stops(first.text)
        && (is_plain(first) || first.role != Role::Code && holds_sentence(first))
        && goes_on(second.text)
        && !second.is_furniture()
        && !first.is_furniture()
}

/// Whether the text stops where no sentence does. In a script without capitals a title is told from a sentence by nothing but a
/// sentence before.
fn stops(text: &str) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase() || c.is_numeric();
    let closed = text.trim_end_matches([')', '"', '”', '»', '’', '\'', '*', '`']);
    let hyphen = text.ends_with(['-', '\u{2010}']);
    let after_sentence = || closed.ends_with(char::is_alphabetic) && text.contains(['。', '！', '？']);
    hyphen || closed.ends_with(|c: char| c == ',' || cased(c)) || after_sentence()
}

/// Whether a sentence ends with the block, or with the last line of its paragraph: the line in which a wrapped paragraph is torn
/// is shorter than the others, which then seem not to be wrapped.
fn ends(case: &Case<'_>, number: usize) -> bool {
    let (blocks, lines) = (case.blocks(), &case.page.blocks);
    let ends = |b: &BlockView<'_>| b.traits.ends_sentence || b.traits.ends_open || b.text.ends_with(':');
    let more = lines[number + 1..].iter().take_while(|line| !line.opens).count();
    ends(&blocks[number]) || (lines[number].opens && ends(&blocks[number + more]))
}

/// Text that is no item of a list, no quotation and no list of links.
fn is_plain(block: &BlockView<'_>) -> bool {
    block.role == Role::Text && block.traits.linked * 2 <= block.traits.bytes
}

/// Whether a sentence may begin in the block: where nothing is written with capitals, a small letter tells nothing.
fn begins(block: &BlockView<'_>) -> bool {
    !block.traits.starts_lower || holds_sentence(block)
}

/// Whether a sentence ends within the block and another begins. No initials, no abbreviation of two letters.
fn holds_sentence(block: &BlockView<'_>) -> bool {
    let word = |text: &str| text.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let capital = |rest: &str| {
        let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        rest.starts_with(|c: char| !c.is_alphanumeric()) && next.starts_with(char::is_uppercase)
    };
    let mut pieces = block.text.split(['.', '!', '?']);
    let mut before = pieces.next().unwrap_or_default();
    pieces.any(|piece| word(std::mem::replace(&mut before, piece)) && capital(piece))
}

/// Whether the pieces are items of a list, each with a comma at its end.
fn is_list(pieces: &[BlockView<'_>]) -> bool {
    pieces.windows(2).any(|pair| pair.iter().all(|piece| piece.text.ends_with(',')))
}

/// Whether the first word is one of running text: no mark of an item (`b)`, `iv.`), no name of a field or a term that is
/// explained (`size: `, `size - `).
fn goes_on(text: &str) -> bool {
    let mut tokens = text.split_whitespace();
    let (token, next) = (tokens.next().unwrap_or_default(), tokens.next().unwrap_or_default());
    let token = token.split(['—', '–', '…']).next().unwrap_or_default();
    let word = token.trim_end_matches([',', '.', ';', '!', '?', ')', '"', '\'', '”', '’', '“', '»', '«', '›']);
    let marks = |word: &str| word.chars().count() <= 1 || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}');
    word.chars().all(letter)
        && !(word.len() < token.len() && (marks(word) || word.chars().count() <= 3 && token.ends_with(')')))
        && !matches!(next, "-" | "=" | ":" | "|" | "->" | "=>" | ":=")
}

/// The span, widened to character boundaries.
fn widen(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start as usize, (span.end as usize).min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}
