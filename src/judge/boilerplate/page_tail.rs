//! `page-tail`

use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Role};

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
    let mut line = case.blocks[tail].line;
    let mut within = true;
    for block in &case.blocks[tail + 1..] {
        if block.is_furniture() || block.blurb {
            (within, line) = (true, block.line);
        } else if matches!(block.role, Role::Heading | Role::Code) {
            // A marked section of its own is no tail.
            within = false;
        } else if within {
            let place = "below the article, after page furniture".into();
            found.cut(block.span, vec![Evidence::Position { place, line }]);
        }
    }
}
