//! `broken-paragraph`

use super::readable;
use super::torn::{Halves, Torn};
use crate::judge::case::BlockView;
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

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (i, first) in readable(case) {
        let Some(second) = case.blocks().get(i + 1).filter(|b| breaks_off(first, b)) else { continue };
        let (text, from, to) = (case.text(), first.span.end as usize, second.span.start as usize);
        let context = Span::new(from.saturating_sub(1), to + 1);
        let hyphen = first.text.strip_suffix(['-', '\u{2010}']).filter(|rest| rest.ends_with(char::is_alphabetic));
        let Some(rest) = hyphen else {
            found.patch(Confidence::Likely, widen(text, context), text, Span::new(from, to), " ".into());
            continue;
        };
        let end = first.span.start as usize + rest.len();
        let (confidence, gap, put, because) = match Halves::around(text, end, to).put_together(&case.corpus.spellings) {
            Torn::Whole(because) => (Confidence::Likely, Span::new(end, to), "", because),
            Torn::Hyphenated(because) => (Confidence::Likely, Span::new(from, to), "", because),
            Torn::Apart => (Confidence::Likely, Span::new(from, to), " ", None),
            Torn::Unknown => (Confidence::Hint, Span::new(end, to), "", None),
        };
        found.patch_because(confidence, widen(text, context), text, gap, put.into(), because);
    }
}

/// Running text that stops in mid-sentence, and goes on with a small letter.
fn breaks_off(first: &BlockView<'_>, second: &BlockView<'_>) -> bool {
    let open = |c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '\u{2010}');
    let plain = |b: &BlockView<'_>| b.role == Role::Text && b.traits.linked * 2 <= b.traits.bytes;
    plain(first)
        && plain(second)
        && first.traits.words >= BEFORE
        && second.traits.words >= AFTER
        && first.traits.bytes >= 60
        && first.text.ends_with(open)
        && second.traits.starts_lower
        && !first.traits.ends_open
        && !second.is_furniture()
        && !first.is_furniture()
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
