//! `author-box`

use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// Who the author is, below the article.
pub(crate) static RULE: Rule = Rule {
    id: "author-box",
    summary: "who the author is, below the article",
    category: Category::Boilerplate,
    kind: Kind::AuthorBox,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/author-box.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    // The box is often the last sentence-like block itself.
    let Some(last) = case.zone().last else { return };
    for (i, block, _) in case.hits(List::Author).filter(|(i, ..)| *i >= last) {
        let Some(hits) = block.judged(List::Author) else { continue };
        // A last paragraph may be about a writer: it takes more to call it a box.
        let sure = i > last || hits.weight >= block.needed(hits) + 2;
        if i > 0 && sure {
            let line = case.blocks()[i - 1].line;
            found.cut(
                block.span,
                vec![
                    hits.evidence(block.needed(hits)),
                    Evidence::Position { place: "below the last paragraph".into(), line },
                ],
            );
        }
    }
}
