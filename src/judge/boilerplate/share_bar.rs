//! `share-bar`

use super::cut_by_phrases;
use crate::judge::Rule;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Share bars and follow-us lines.
pub(crate) static RULE: Rule = Rule {
    id: "share-bar",
    summary: "share bars and follow-us lines",
    category: Category::Boilerplate,
    kind: Kind::Share,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/share-bar.md"),
    check: |case, found| cut_by_phrases(case, List::Share, found),
};
