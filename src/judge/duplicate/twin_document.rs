//! `twin-document`

use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Span};

/// A document that says the same as one that stays.
pub(crate) static RULE: Rule = Rule {
    id: "twin-document",
    summary: "a document with the words of another, or nearly all of them",
    category: Category::Duplicate,
    kind: Kind::Copy,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/twin-document.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(twin) = case.facts.twin else { return };
    let evidence =
        Evidence::Twin { document: case.corpus.name(twin.keeper).to_owned(), alike: twin.alike, exact: twin.exact };
    let whole = Span::new(0, case.text().len());
    let sharing = Sharing::of_document(case, twin.keeper);
    found.of(sharing.kind).drop_document(Confidence::Certain, whole, vec![evidence, sharing.evidence()]);
}
