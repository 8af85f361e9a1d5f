//! `author-box`

use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence};

/// Who the author is, below the article.
pub static RULE: Rule = Rule {
    id: "author-box",
    summary: "who the author is, below the article",
    category: Category::Boilerplate,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/author-box.md"),
    check,
};

/// Words of the longest author box.
const LONGEST: u32 = 120;
/// Weight that is needed, whatever the length: the place speaks too.
const NEEDED: u32 = 3;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    // The box is often the last sentence-like block itself.
    let Some(last) = case.zone.last else { return };
    for (i, block) in case.blocks.iter().enumerate().skip(last) {
        let Some(hits) = block.hit(List::Author).filter(|h| h.weight >= NEEDED) else { continue };
        if block.traits.words <= LONGEST && i > 0 {
            let line = case.blocks[i - 1].line;
            found.cut(
                block.span,
                vec![hits.evidence(NEEDED), Evidence::Position { place: "below the last paragraph".into(), line }],
            );
        }
    }
}
