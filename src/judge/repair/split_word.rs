//! `split-word`

use super::readable;
use super::torn::{Halves, Torn};
use crate::judge::{Case, Found, Rule};
use crate::text::lines::{lines, trimmed};
use crate::types::{Category, Confidence, Kind, Span};

/// A word that a hyphen splits at the end of a line.
pub(crate) static RULE: Rule = Rule {
    id: "split-word",
    summary: "a word that a hyphen splits at the end of a line (joined)",
    category: Category::Repair,
    kind: Kind::Damage,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/split-word.md"),
    check,
};

/// Signs that split a word.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{AD}'];

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if !HYPHENS.iter().any(|&hyphen| case.signs().may_hold(hyphen)) {
        return;
    }
    for (_, block) in readable(case).filter(|(_, b)| b.line < b.last_line && b.text.contains(['\n', '\r'])) {
        let (text, base) = (case.text(), block.span.start as usize);
        let inside = lines(block.text);
        for pair in inside.windows(2) {
            let (first, second) = (trimmed(block.text, pair[0].span), trimmed(block.text, pair[1].span));
            let (end, start) = (base + first.end as usize, base + second.start as usize);
            let Some(hyphen) = text[..end].chars().next_back().filter(|c| HYPHENS.contains(c)) else {
                continue;
            };
            let halves = Halves::around(text, end - hyphen.len_utf8(), start);
            if halves.before.chars().count() < 2 || !halves.after.starts_with(char::is_lowercase) {
                continue;
            }
            let whole = Span::new(halves.end, start);
            let (confidence, gap, because) = match halves.put_together(case) {
                _ if hyphen == '\u{AD}' => (Confidence::Certain, whole, None),
                Torn::Whole(because) => (Confidence::Likely, whole, because),
                Torn::Hyphenated(because) => (Confidence::Likely, Span::new(end, start), because),
                Torn::Apart => continue,
                Torn::Unknown => (Confidence::Hint, whole, None),
            };
            found.patch_because(confidence, halves.span(), text, gap, String::new(), because);
        }
    }
}
