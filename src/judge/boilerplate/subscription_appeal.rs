//! `subscription-appeal`

use super::cut_by_phrases;
use crate::judge::Rule;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Appeals to subscribe, join, donate or register.
pub(crate) static RULE: Rule = Rule {
    id: "subscription-appeal",
    summary: "appeals to subscribe, join, donate or register",
    category: Category::Boilerplate,
    kind: Kind::Subscription,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/subscription-appeal.md"),
    check: |case, found| cut_by_phrases(case, List::Subscription, found),
};
