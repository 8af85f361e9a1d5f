//! `stray-escape`

use super::readable;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Kind, Span};

/// A backslash that a converter left before a sign that needs none.
pub(crate) static RULE: Rule = Rule {
    id: "stray-escape",
    summary: "a backslash that a converter left before a sign (taken out)",
    category: Category::Repair,
    kind: Kind::Damage,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/stray-escape.md"),
    check,
};

/// Signs that need no backslash in running text, in Markdown neither; brackets and commas are left to formulas.
const SIGNS: &[u8] = b"$%&\"'/.;:!?+-=@~";

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if !case.signs().hold(b'\\') {
        return;
    }
    for (_, block) in readable(case) {
        let bytes = block.text.as_bytes();
        let places: Vec<usize> = memchr::memchr_iter(b'\\', bytes).collect();
        // A backslash before a letter is a command, a path or a pattern; then none of them is stray.
        if places.is_empty() || bytes.contains(&b'`') || !places.iter().all(|&at| is_stray(bytes, at)) {
            continue;
        }
        let formula = memchr::memchr_iter(b'$', bytes).count() > places.len();
        let confidence = if formula { Confidence::Hint } else { Confidence::Likely };
        for at in places {
            let start = block.span.start as usize + at;
            found.patch(
                confidence,
                Span::new(start, start + 2),
                case.text(),
                Span::new(start, start + 1),
                String::new(),
            );
        }
    }
}

fn is_stray(bytes: &[u8], at: usize) -> bool {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let line = bytes[..at].rsplit(|&b| b == b'\n').next().unwrap_or_default();
    // At the start of a line these would make a list of it.
    let makes_item = line.iter().all(|b| b.is_ascii_digit() || *b == b' ');
    match bytes.get(at + 1) {
        Some(b'.' | b'-' | b'+') => !makes_item,
        // Between letters an underscore marks nothing in Markdown either.
        Some(b'_') => at > 0 && letter(at - 1) && letter(at + 2),
        Some(sign) => SIGNS.contains(sign),
        None => false,
    }
}
