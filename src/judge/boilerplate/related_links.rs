//! `related-links`

use crate::judge::case::BlockView;
use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Role};

/// Headings of link lists, and the titles below them.
pub(crate) static RULE: Rule = Rule {
    id: "related-links",
    summary: "lists of other stories: their headings and the titles below them",
    category: Category::Boilerplate,
    kind: Kind::Related,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/related-links.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (i, block, _) in case.hits(List::Related) {
        let Some(hits) = block.judged(List::Related) else { continue };
        found.cut(block.span, vec![hits.evidence(block.needed(hits))]);
        let in_tail = case.below().is_some_and(|below| i >= below);
        for title in case.blocks()[i + 1..].iter().take_while(|b| is_title(b, in_tail)) {
            found.cut(
                title.span,
                vec![Evidence::Position { place: "in the list of links below".into(), line: block.line }],
            );
        }
    }
}

/// Below the article any line that is no sentence; within it only what is marked as a link.
fn is_title(block: &BlockView<'_>, in_tail: bool) -> bool {
    let t = &block.traits;
    if in_tail {
        !t.prose && block.role != Role::Heading && (!t.ends_sentence || block.text.ends_with(['?', '!']))
    } else {
        block.is_link()
    }
}
