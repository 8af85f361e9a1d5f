//! `template-line`

use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence};

/// A short line that stands in many documents.
pub(crate) static RULE: Rule = Rule {
    id: "template-line",
    summary: "a short line that several documents have (kept: a sign of a page template)",
    category: Category::Note,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/template-line.md"),
    check,
};

/// Documents from which a short line is worth a remark.
const DOCUMENTS: u32 = 3;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for &(block, documents) in case.facts.common.iter().filter(|(_, documents)| *documents >= DOCUMENTS) {
        let evidence = Evidence::Measure {
            name: "documents with this line".into(),
            value: u64::from(documents),
            limit: u64::from(DOCUMENTS),
        };
        found.note(case.page.blocks[block as usize].span, vec![evidence]);
    }
}
