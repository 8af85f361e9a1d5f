//! `picture-credit`

use std::ops::RangeInclusive;

use crate::judge::lexicon::{Hits, List, keys};
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Role};

/// Whose a picture is that the text no longer has.
pub(crate) static RULE: Rule = Rule {
    id: "picture-credit",
    summary: "a line that says whose a picture is, and nothing else",
    category: Category::Boilerplate,
    kind: Kind::Caption,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/picture-credit.md"),
    check,
};

/// Words of a credit, its opener among them.
const WORDS: RangeInclusive<u32> = 2..=9;
/// Weight of the opener that is needed.
const NEEDED: u32 = 2;
/// Bytes at the start of the line among which the colon stands.
const OPENER: usize = 32;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(first) = case.zone().first else { return };
    for (i, block, hits) in case.hits(List::Caption).filter(|(i, _, h)| *i > first && h.weight >= NEEDED) {
        if is_credit(block, hits) {
            let place = Evidence::Position { place: "amid the article or below".into(), line: case.blocks()[i].line };
            found.cut(block.span, vec![hits.evidence(NEEDED), place]);
        }
    }
}

/// The opener, a colon, and names.
fn is_credit(block: &BlockView<'_>, hits: &Hits) -> bool {
    let t = &block.traits;
    let Some(at) = block.text.find(':').filter(|&at| at <= OPENER) else { return false };
    let mut head = Vec::new();
    keys(&block.text[..at], &mut head);
    block.role == Role::Text
        && block.text.starts_with(char::is_alphabetic)
        && WORDS.contains(&t.words)
        && !t.ends_sentence
        && hits.covered as usize >= head.len()
        && 3 * t.capitals >= 2 * t.words
}
