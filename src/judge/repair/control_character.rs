//! `control-character`

use super::readable;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Kind, Span};

/// Characters that no text has: controls, terminal sequences, byte order marks in the middle.
pub(crate) static RULE: Rule = Rule {
    id: "control-character",
    summary: "control characters and terminal sequences (taken out)",
    category: Category::Repair,
    kind: Kind::Damage,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/control-character.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if !case.signs().any(|byte| byte.is_ascii() && is_unwanted(char::from(byte))) && !beyond_ascii(case) {
        return;
    }
    for (_, block) in readable(case).filter(|(_, b)| b.text.contains(is_unwanted)) {
        let mut done = 0;
        for (at, c) in block.text.char_indices().filter(|(_, c)| is_unwanted(*c)) {
            if at < done {
                continue;
            }
            done = at + if c == '\u{1B}' { sequence(&block.text[at..]) } else { c.len_utf8() };
            let span = Span::new(block.span.start as usize + at, block.span.start as usize + done);
            found.patch(Confidence::Certain, span, case.text(), span, instead(c, span, case.text()).to_owned());
        }
    }
}

/// What stands for an unwanted character: a space for one that separates, unless there is one already.
fn instead(c: char, span: Span, text: &str) -> &'static str {
    let separates = matches!(c, '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1F}');
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let apart = before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace);
    if separates && !apart { " " } else { "" }
}

/// Whether the text has an unwanted character beyond ASCII.
fn beyond_ascii(case: &Case<'_>) -> bool {
    let starts = || memchr::memchr2_iter(0xC2, 0xEF, case.text().as_bytes());
    let unwanted = |at| case.text()[at..].starts_with(is_unwanted);
    (case.signs().hold(0xC2) || case.signs().hold(0xEF)) && starts().any(unwanted)
}

fn is_unwanted(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Length of the terminal sequence (ECMA-48, 5.4: ESC [ parameters final) that `text` begins with.
fn sequence(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) != Some(&b'[') {
        return 1;
    }
    let inner = bytes[2..].iter().take_while(|b| matches!(b, 0x20..=0x3F)).count();
    match bytes.get(2 + inner) {
        Some(0x40..=0x7E) => 3 + inner,
        _ => 1,
    }
}
