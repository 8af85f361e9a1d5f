//! `repeated-headline`

use crate::judge::traits::same_numbers;
use crate::judge::zone::{HEADLINE_ALIKE, could_be_headline, may_be_alike};
use crate::judge::{Case, Found, Rule};
use crate::text::similar::short_alike;
use crate::text::words::folded;
use crate::types::{Category, Confidence, Evidence, Kind};

/// The headline once more, in the same or slightly different words.
pub(crate) static RULE: Rule = Rule {
    id: "repeated-headline",
    summary: "the headline once more, in the same or slightly different words",
    category: Category::Duplicate,
    kind: Kind::Copy,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/repeated-headline.md"),
    check,
};

/// Words from which another wording is another wording, and not another statement.
const SHORTEST_NEAR: u32 = 6;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(headline) = case.zone().headline.filter(|&h| case.blocks()[h].traits.words >= 4) else { return };
    let first = &case.blocks()[headline];
    let wanted = folded(first.text, false);
    for block in case.blocks()[headline + 1..].iter().filter(|b| may_be_alike(first, b) && could_be_headline(b)) {
        let text = folded(block.text, false);
        let Some(alike) = short_alike(&wanted, &text, HEADLINE_ALIKE) else { continue };
        let enough = wanted == text || block.traits.words.min(first.traits.words) >= SHORTEST_NEAR;
        if enough && same_numbers(first.text, block.text) {
            let document = case.page.document.name.clone();
            found.cut(block.span, vec![Evidence::Copy { document, span: first.span, line: first.line, alike }]);
        }
    }
}
