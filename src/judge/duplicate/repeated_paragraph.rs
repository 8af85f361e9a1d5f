//! `repeated-paragraph`

use super::is_listing;
use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, CopyKind, Evidence, Kind, SHORTEST_NEAR_ACROSS};

/// A paragraph that stands in another document that stays.
pub(crate) static RULE: Rule = Rule {
    id: "repeated-paragraph",
    summary: "a paragraph that stands in another document too",
    category: Category::Duplicate,
    kind: Kind::Copy,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/repeated-paragraph.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let here = case.page.document.id;
    for copy in case.facts.copies.iter().filter(|c| c.first.doc != here) {
        let (shortest, sure) = match copy.kind {
            CopyKind::Exact => (case.corpus.shortest_across, Confidence::Certain),
            CopyKind::Near => (SHORTEST_NEAR_ACROSS, Confidence::Likely),
        };
        // A number or a name that the first copy does not have may be the news; so may any change of a program.
        let news = !copy.no_news || copy.kind == CopyKind::Near && is_listing(case, copy.unit);
        let confidence = if copy.words >= shortest && !news { sure } else { Confidence::Hint };
        let document = case.corpus.name(copy.first.doc).to_owned();
        let evidence = Evidence::Copy { document, span: copy.first.span, line: copy.first.line, alike: copy.alike };
        for (span, sharing) in Sharing::of_copy(case, copy) {
            let kind = sharing.kind;
            let mut found = found.of(kind);
            let evidence = vec![evidence.clone(), sharing.evidence()];
            // What somebody said belongs to every article that quotes it.
            match kind {
                Kind::Quotation => found.hint(span, evidence),
                _ => found.cut_as(confidence, span, evidence),
            }
        }
    }
}
