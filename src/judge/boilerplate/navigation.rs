//! `navigation`

use super::cut_by_phrases;
use crate::judge::Rule;
use crate::judge::lexicon::List;
use crate::types::{Category, Confidence, Kind};

/// Menus and controls of the page.
pub(crate) static RULE: Rule = Rule {
    id: "navigation",
    summary: "menus, buttons, controls, notices of the browser",
    category: Category::Boilerplate,
    kind: Kind::Navigation,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/navigation.md"),
    check: |case, found| cut_by_phrases(case, List::Navigation, found),
};
