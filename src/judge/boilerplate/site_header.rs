//! `site-header`

use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// The name of the site and its tagline above the headline.
pub(crate) static RULE: Rule = Rule {
    id: "site-header",
    summary: "the name of the site and its tagline above the headline",
    category: Category::Boilerplate,
    kind: Kind::Template,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/site-header.md"),
    check,
};

/// Lines at the top of the page among which mastheads stand.
const TOP: usize = 4;
/// Words of the longest masthead or tagline.
const LONGEST: u32 = 12;
/// Weight of masthead words that is needed.
const NEEDED: u32 = 2;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(headline) = case.zone().headline else { return };
    let mut above_kind = None;
    for block in &case.blocks()[..headline.min(TOP)] {
        let own = block.kind();
        let kind = own.or(above_kind).unwrap_or(Kind::Template);
        above_kind = own.filter(|_| block.is_furniture()).or(above_kind);
        let Some(hits) = block.hit(List::Header).filter(|h| h.weight >= NEEDED) else { continue };
        if block.traits.words <= LONGEST {
            let above = Evidence::Position { place: "above the headline".into(), line: case.blocks()[headline].line };
            found.of(kind).cut(block.span, vec![hits.evidence(NEEDED), above]);
        }
    }
}
