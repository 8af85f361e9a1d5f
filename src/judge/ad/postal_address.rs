//! `postal-address`

use crate::judge::lexicon::List;
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// A postal address on a line of its own.
pub(crate) static RULE: Rule = Rule {
    id: "postal-address",
    summary: "a postal address on a line of its own, above or below the article",
    category: Category::Ad,
    kind: Kind::Contact,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/postal-address.md"),
    check,
};

/// Words of the longest address.
const LONGEST: u32 = 25;
/// Weight of the words of addresses that is needed.
const NEEDED: u32 = 3;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let outside =
        |i: usize| case.zone().first.is_none_or(|first| i < first) || case.below().is_some_and(|below| i >= below);
    let heavy = case.hits(List::Address).filter(|(_, _, hits)| hits.weight >= NEEDED);
    for (i, block, hits) in heavy.filter(|(i, b, _)| outside(*i) && looks_like_address(b)) {
        let neighbour = case.blocks()[i.saturating_sub(1)].line;
        found.cut(
            block.span,
            vec![hits.evidence(NEEDED), Evidence::Position { place: "outside the article".into(), line: neighbour }],
        );
    }
}

/// Short, no sentence, with a number, and otherwise mostly names.
fn looks_like_address(block: &BlockView<'_>) -> bool {
    let t = &block.traits;
    (3..=LONGEST).contains(&t.words) && !t.ends_sentence && t.numbers > 0 && (t.capitals + t.numbers) * 2 >= t.words
}
