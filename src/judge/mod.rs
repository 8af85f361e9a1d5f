//! Page + corpus → findings. Findings never change text.

pub mod case;
pub mod lexicon;
pub mod line;
pub mod places;
pub mod quotation;
pub mod rule;
pub mod sharing;
pub mod sieve;
pub mod signs;
pub mod template;
pub mod traits;
pub mod view;
mod written;
pub mod zone;

mod ad;
mod boilerplate;
mod duplicate;
mod heard;
mod note;
mod register;
mod repair;

pub use case::Case;
pub use rule::{Found, Rule};

use crate::types::Finding;

/// All rules. A new one is a file, its page in tests/rules, and a line here.
pub static RULES: &[&Rule] = &[
    &duplicate::twin_document::RULE,
    &duplicate::contained_document::RULE,
    &duplicate::repeated_block::RULE,
    &duplicate::repeated_headline::RULE,
    &duplicate::repeated_paragraph::RULE,
    &duplicate::repeated_span::RULE,
    &duplicate::shared_passage::RULE,
    &duplicate::template_line::RULE,
    &boilerplate::site_header::RULE,
    &boilerplate::site_template::RULE,
    &boilerplate::navigation::RULE,
    &boilerplate::subscription_appeal::RULE,
    &boilerplate::comment_section::RULE,
    &boilerplate::share_bar::RULE,
    &boilerplate::read_more::RULE,
    &boilerplate::related_links::RULE,
    &boilerplate::contact_footer::RULE,
    &boilerplate::cookie_notice::RULE,
    &boilerplate::legal_notice::RULE,
    &boilerplate::author_box::RULE,
    &boilerplate::box_line::RULE,
    &boilerplate::picture_credit::RULE,
    &boilerplate::page_tail::RULE,
    &boilerplate::page_furniture::RULE,
    &ad::ad_label::RULE,
    &ad::sponsor_blurb::RULE,
    &ad::postal_address::RULE,
    &repair::broken_paragraph::RULE,
    &repair::split_word::RULE,
    &repair::stray_escape::RULE,
    &repair::mojibake::RULE,
    &repair::control_character::RULE,
    &note::by_line::RULE,
    &note::date_line::RULE,
];

/// The rule of that name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// Runs the rules over one case. Findings come sorted by place, then by rule; the order of `rules` does not matter.
pub fn judge(case: &Case<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules {
        (rule.check)(case, &mut Found::new(rule, &mut findings));
    }
    findings.sort_by(|a, b| (a.span.start, a.span.end, a.rule).cmp(&(b.span.start, b.span.end, b.rule)));
    findings
}
