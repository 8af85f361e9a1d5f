//! `page-tail`

use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence};

/// What stands below the article among page furniture.
pub static RULE: Rule = Rule {
    id: "page-tail",
    summary: "lines below the article, after page furniture has begun",
    category: Category::Boilerplate,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/page-tail.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(tail) = case.tail() else { return };
    let line = case.blocks[tail].line;
    for block in case.blocks[tail + 1..].iter().filter(|b| !b.is_furniture() && !b.blurb) {
        found.cut(
            block.span,
            vec![Evidence::Position { place: "below the article, after page furniture".into(), line }],
        );
    }
}
