//! `sponsor-blurb`

use crate::judge::lexicon::List;
use crate::judge::view::blurb_needed;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// A paragraph in which a company or a product speaks for itself.
pub(crate) static RULE: Rule = Rule {
    id: "sponsor-blurb",
    summary: "a paragraph in which a company or a product praises itself, with its heading",
    category: Category::Ad,
    kind: Kind::Ad,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/sponsor-blurb.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(below) = case.below() else { return };
    for (i, block, hits) in case.hits(List::Blurb).filter(|(i, b, _)| *i >= below && b.blurb) {
        let place = Evidence::Position { place: "below the article".into(), line: case.blocks()[below - 1].line };
        found.cut(block.span, vec![hits.evidence(blurb_needed(block.traits.words)), place]);
        // The name of the product stands on a line of its own above its praise.
        if let Some(heading) = case.blocks()[below..i]
            .last()
            .filter(|h| h.traits.words <= 8 && !h.traits.ends_sentence && !h.is_furniture())
        {
            found.cut(
                heading.span,
                vec![Evidence::Position { place: "heading of the blurb below".into(), line: block.line }],
            );
        }
    }
}
