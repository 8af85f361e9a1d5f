//! `site-template`

use crate::judge::template::PAGES;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// What most pages of a site begin and end with.
pub(crate) static RULE: Rule = Rule {
    id: "site-template",
    summary: "lines with which most pages of the site begin or end",
    category: Category::Boilerplate,
    kind: Kind::Template,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/site-template.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for run in case.template() {
        let blocks = &case.page.blocks[run.blocks.clone()];
        let place = if run.head { "with them the page begins" } else { "with them it ends" };
        let because = format!("in {} of the {} documents of its host, and {place}", run.pages, run.of_host);
        let evidence = vec![
            Evidence::Measure {
                name: "documents of the host with each of these lines at the same place, at least".into(),
                value: run.pages.into(),
                limit: PAGES.into(),
            },
            Evidence::Sharing { sharing: Kind::Template, because: because.into() },
        ];
        found.cut(blocks[0].span.cover(blocks[blocks.len() - 1].span), evidence);
    }
}
