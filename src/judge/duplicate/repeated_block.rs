//! `repeated-block`

use crate::judge::traits::same_numbers;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, CopyKind, Evidence, Ratio, Repeat};

/// A block, or a run of blocks, that stands in the same document before.
pub static RULE: Rule = Rule {
    id: "repeated-block",
    summary: "a paragraph or a run of paragraphs that stands earlier in the document",
    category: Category::Duplicate,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/repeated-block.md"),
    check,
};

/// Words from which a repetition is no figure of speech (a refrain, a list entry).
const SHORTEST: u32 = 12;
/// Words from which a copy with changes is a copy.
const SHORTEST_NEAR: u32 = 16;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let here = case.page.document.id;
    let copies: Vec<&Repeat> = case.facts.copies.iter().filter(|c| c.first.doc == here).collect();
    let next = |a: &&Repeat, b: &&Repeat| b.block == a.block + 1 && b.first_block == a.first_block + 1;
    for run in copies.chunk_by(next) {
        report(case, run, found);
    }
}

/// One run of copies, in the order of the blocks they repeat: one finding.
fn report(case: &Case<'_>, run: &[&Repeat], found: &mut Found<'_>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let words: u32 = run.iter().map(|c| case.blocks[c.block as usize].traits.words).sum();
    let near = run.iter().any(|c| c.kind == CopyKind::Near);
    let adjacent = first.block == last.first_block + 1;
    let confidence = if near {
        let numbers_agree = run
            .iter()
            .all(|c| same_numbers(case.blocks[c.block as usize].text, case.blocks[c.first_block as usize].text));
        if words >= SHORTEST_NEAR && numbers_agree { Confidence::Likely } else { Confidence::Hint }
    } else if words >= SHORTEST || (adjacent && words >= 4) {
        Confidence::Certain
    } else {
        Confidence::Hint
    };
    let alike = run.iter().fold(Ratio::new(0, 0), |sum, c| Ratio::new(sum.part + c.alike.part, sum.of + c.alike.of));
    let span = case.blocks[first.block as usize].span.cover(case.blocks[last.block as usize].span);
    let document = case.page.document.name.clone();
    let evidence =
        Evidence::Copy { document, span: first.first.span.cover(last.first.span), line: first.first.line, alike };
    found.cut_as(confidence, span, vec![evidence]);
}
