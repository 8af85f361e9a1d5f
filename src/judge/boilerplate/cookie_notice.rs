//! `cookie-notice`

use super::cut_by_phrases;
use crate::judge::Rule;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Cookie and consent banners.
pub(crate) static RULE: Rule = Rule {
    id: "cookie-notice",
    summary: "cookie and consent banners",
    category: Category::Boilerplate,
    kind: Kind::Legal,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/cookie-notice.md"),
    check: |case, found| cut_by_phrases(case, List::Cookie, found),
};
