//! `comment-section`

use super::cut_by_phrases;
use crate::judge::Rule;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Comment boxes and comment policies.
pub(crate) static RULE: Rule = Rule {
    id: "comment-section",
    summary: "comment boxes, comment policies, log in to comment",
    category: Category::Boilerplate,
    kind: Kind::Comments,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/comment-section.md"),
    check: |case, found| cut_by_phrases(case, List::Comments, found),
};
