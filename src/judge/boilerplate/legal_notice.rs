//! `legal-notice`

use super::cut_by_phrases;
use crate::judge::Rule;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Copyright lines, terms of use, disclaimers.
pub(crate) static RULE: Rule = Rule {
    id: "legal-notice",
    summary: "copyright lines, terms, disclaimers",
    category: Category::Boilerplate,
    kind: Kind::Legal,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/legal-notice.md"),
    check: |case, found| cut_by_phrases(case, List::Legal, found),
};
