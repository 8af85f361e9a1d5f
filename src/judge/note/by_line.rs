//! `by-line`

use crate::judge::lexicon::List;
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// The name of the author on a line of its own.
pub(crate) static RULE: Rule = Rule {
    id: "by-line",
    summary: "the name of the author on a line of its own (kept)",
    category: Category::Note,
    kind: Kind::Metadata,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/by-line.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (_, block, hits) in case.hits(List::Byline).filter(|(_, b, _)| names_only(b, 1) && b.traits.words <= 10) {
        found.note(block.span, vec![hits.evidence(hits.weight)]);
    }
    // A bare name between headline and first paragraph, or right below the last one.
    let above = case.zone().headline.zip(case.zone().first).map_or(0..0, |(headline, first)| headline + 1..first);
    let below = case.below().map_or(0..0, |below| below..(below + 1).min(case.blocks().len()));
    for block in case.blocks()[above].iter().chain(&case.blocks()[below]) {
        if (2..=4).contains(&block.traits.words) && names_only(block, 0) && block.hits.is_empty() {
            found.note(
                block.span,
                vec![Evidence::Position { place: "a bare name next to the article".into(), line: block.line }],
            );
        }
    }
}

/// Whether all words but `others` begin with a capital, and there is no number or sentence.
fn names_only(block: &BlockView<'_>, others: u32) -> bool {
    let t = &block.traits;
    t.numbers == 0 && !t.ends_sentence && t.capitals + others >= t.words && t.capitals >= 2
}
