//! `repeated-paragraph`

use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, CopyKind, Evidence};

/// A paragraph that stands in another document that stays.
pub(crate) static RULE: Rule = Rule {
    id: "repeated-paragraph",
    summary: "a paragraph that stands in another document too",
    category: Category::Duplicate,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/repeated-paragraph.md"),
    check,
};

/// Words from which the same words in two documents are no coincidence.
const SHORTEST: u32 = 16;
/// Words from which a copy with changes is a copy.
const SHORTEST_NEAR: u32 = 24;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let here = case.page.document.id;
    for copy in case.facts.copies.iter().filter(|c| c.first.doc != here) {
        let block = &case.blocks[copy.block as usize];
        let (shortest, sure) = match copy.kind {
            CopyKind::Exact => (SHORTEST, Confidence::Certain),
            CopyKind::Near => (SHORTEST_NEAR, Confidence::Likely),
        };
        // Where the numbers differ, they may be the news.
        let copied = block.traits.words >= shortest && copy.same_numbers;
        let confidence = if copied { sure } else { Confidence::Hint };
        let document = case.corpus.name(copy.first.doc).to_owned();
        let evidence = Evidence::Copy { document, span: copy.first.span, line: copy.first.line, alike: copy.alike };
        found.cut_as(confidence, block.span, vec![evidence]);
    }
}
