//! `contained-document`

use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Span};

/// A document nearly all of which stands in a longer one that stays.
pub(crate) static RULE: Rule = Rule {
    id: "contained-document",
    summary: "a document that stands, nearly whole, in a longer one (with --contained SHARE)",
    category: Category::Duplicate,
    kind: Kind::Copy,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/contained-document.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(held) = case.facts.contained else { return };
    let whole = Span::new(0, case.text().len());
    let sharing = Sharing::of_document(case, held.holder);
    let mut found = found.of(sharing.kind);
    let document = case.corpus.name(held.holder).to_owned();
    let evidence = vec![Evidence::Contained { document, share: held.share }, sharing.evidence()];
    // Others go because this one stays.
    if case.facts.followers > 0 {
        found.note(whole, evidence);
    } else {
        found.drop_document(Confidence::Hint, whole, evidence);
    }
}
