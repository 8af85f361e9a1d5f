//! `shared-passage`

use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Ratio};

/// A run of words that stands in another document too, inside a paragraph of its own.
pub(crate) static RULE: Rule = Rule {
    id: "shared-passage",
    summary: "a run of words that another document has too, in a paragraph of its own (kept)",
    category: Category::Note,
    kind: Kind::Copy,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/shared-passage.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for passage in &case.facts.passages {
        let words = u64::from(passage.words);
        let document = case.corpus.name(passage.other.doc).to_owned();
        let evidence = Evidence::Copy {
            document,
            span: passage.other.span,
            line: passage.other.line,
            alike: Ratio::new(words, words),
        };
        let sharing = Sharing::of_passage(case, passage.span, passage.other.doc);
        found.of(sharing.kind).note(passage.span, vec![evidence, sharing.evidence()]);
    }
}
