//! `read-more`

use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence};

/// A line that sends the reader to another page.
pub static RULE: Rule = Rule {
    id: "read-more",
    summary: "a line that sends the reader to another page for the whole story",
    category: Category::Boilerplate,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/read-more.md"),
    check,
};

/// Words of the longest such line, its link not counted as one word but as its parts.
const LONGEST: u32 = 40;
/// Weight that is enough when most of the line is a link.
const NEEDED_WITH_LINK: u32 = 2;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for block in case.blocks.iter().filter(|b| b.traits.words <= LONGEST) {
        let needed = if block.is_link() { NEEDED_WITH_LINK } else { block.needed() };
        if let Some(hits) = block.hit(List::ReadMore).filter(|h| h.weight >= needed) {
            found.cut(block.span, vec![hits.evidence(needed)]);
        }
    }
}
