//! `mojibake`

use encoding_rs::WINDOWS_1252;

use super::readable;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Kind, Span};

/// UTF-8 that was read as Windows-1252.
pub(crate) static RULE: Rule = Rule {
    id: "mojibake",
    summary: "UTF-8 that was read as Windows-1252 (read again as it should be)",
    category: Category::Repair,
    kind: Kind::Damage,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/mojibake.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if !case.signs().hold(LEAD) || !may_hold(case.text().as_bytes()) {
        return;
    }
    let mut all: Vec<(Span, String, bool)> = Vec::new();
    for (_, block) in readable(case).filter(|(_, b)| may_hold(b.text.as_bytes())) {
        collect(block.text, block.span.start as usize, &mut all);
    }
    // Two such letters side by side may be chance once (an upper-case name in capitals with accents); three are not,
    // and neither is the second time.
    let several = all.len() > 1;
    for (span, put, long) in all {
        let in_word = case.text()[..span.start as usize].ends_with(char::is_lowercase);
        let confidence = if long || several || in_word { Confidence::Likely } else { Confidence::Hint };
        found.patch(confidence, span, case.text(), span, put);
    }
}

/// The first byte of each character that [`is_lead`].
const LEAD: u8 = 0xC3;

/// Whether a character that may be a lead stands before another beyond ASCII: none of the others is part of a sequence.
fn may_hold(bytes: &[u8]) -> bool {
    memchr::memchr_iter(LEAD, bytes).any(|at| bytes.get(at + 2).is_some_and(|b| !b.is_ascii()))
}

/// What the first byte of a UTF-8 sequence looks like in Windows-1252.
fn is_lead(c: char) -> bool {
    matches!(
        c,
        'Ã' | 'Â'
            | 'Ä'
            | 'Å'
            | 'â'
            | 'ð'
            | 'Ð'
            | 'Ñ'
            | 'Î'
            | 'Ï'
            | 'Ë'
            | 'Ê'
            | 'É'
            | 'ã'
            | 'ä'
            | 'å'
            | 'æ'
            | 'ç'
            | 'è'
            | 'é'
            | 'ï'
    )
}

/// Finds each sequence that is one character of UTF-8 when its characters are taken as bytes of Windows-1252.
fn collect(text: &str, base: usize, all: &mut Vec<(Span, String, bool)>) {
    let mut skip_to = 0;
    for (at, lead) in text.char_indices().filter(|(_, c)| is_lead(*c)) {
        if at < skip_to {
            continue;
        }
        let length = match byte(lead) {
            Some(0xC2..=0xDF) => 2,
            Some(0xE0..=0xEF) => 3,
            Some(0xF0..=0xF4) => 4,
            _ => continue,
        };
        let taken: Vec<char> = text[at..].chars().take(length).collect();
        let bytes: Option<Vec<u8>> = taken.iter().map(|&c| byte(c)).collect();
        let Some(good) = bytes.and_then(|b| String::from_utf8(b).ok()).filter(|s| s.chars().all(|c| !c.is_control()))
        else {
            continue;
        };
        let end = at + taken.iter().map(|c| c.len_utf8()).sum::<usize>();
        all.push((Span::new(base + at, base + end), good, length > 2));
        skip_to = end;
    }
}

/// The byte that a character is in Windows-1252.
fn byte(c: char) -> Option<u8> {
    let mut utf8 = [0; 4];
    let (bytes, _, lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut utf8));
    (!lossy && bytes.len() == 1).then(|| bytes[0])
}
