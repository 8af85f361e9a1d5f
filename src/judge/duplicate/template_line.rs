//! `template-line`

use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, CommonLine, Confidence, Evidence, Kind, SEVERAL};

/// A short line that stands in many documents.
pub(crate) static RULE: Rule = Rule {
    id: "template-line",
    summary: "a short line that several documents have (kept: a sign of a page template)",
    category: Category::Note,
    kind: Kind::Copy,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/template-line.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for line in case.facts.common.iter().filter(|line| line.documents >= SEVERAL) {
        let CommonLine { block, documents, in_place } = *line;
        let evidence = Evidence::Measure {
            name: "documents with this line".into(),
            value: u64::from(documents),
            limit: u64::from(SEVERAL),
        };
        let sharing = Sharing::of_line(case, block, in_place);
        let kind = sharing.as_ref().map_or(Kind::Copy, |sharing| sharing.kind);
        let evidence = [evidence].into_iter().chain(sharing.map(Sharing::evidence)).collect();
        found.of(kind).note(case.page.blocks[block as usize].span, evidence);
    }
}
