//! `contained-document`

use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Span};

/// A document nearly all of which stands in a longer one that stays.
pub(crate) static RULE: Rule = Rule {
    id: "contained-document",
    summary: "a document that stands, nearly whole, in a longer one (with --contained SHARE)",
    category: Category::Duplicate,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/contained-document.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(held) = case.facts.contained else { return };
    let evidence = vec![Evidence::Contained { document: case.corpus.name(held.holder).to_owned(), share: held.share }];
    let whole = Span::new(0, case.text().len());
    // Others go because this one stays.
    if case.facts.followers > 0 {
        found.note(whole, evidence);
    } else {
        found.drop_document(Confidence::Hint, whole, evidence);
    }
}
