//! `ad-label`

use crate::judge::Rule;
use crate::judge::boilerplate::cut_by_phrases;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Labels of advertising and sponsored content.
pub(crate) static RULE: Rule = Rule {
    id: "ad-label",
    summary: "labels of advertising and sponsored content",
    category: Category::Ad,
    kind: Kind::Ad,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/ad-label.md"),
    check: |case, found| cut_by_phrases(case, List::Ad, found),
};
