//! `contact-footer`

use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence};

/// How to reach the publisher, and the address below it.
pub static RULE: Rule = Rule {
    id: "contact-footer",
    summary: "how to reach the publisher: lines with phone, mail or a link to a contact page",
    category: Category::Boilerplate,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/contact-footer.md"),
    check,
};

/// Weight that is enough for a line that ends in a colon and has a link for its next line.
const NEEDED_BEFORE_LINK: u32 = 2;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (i, block) in case.blocks.iter().enumerate() {
        let Some(hits) = block.hit(List::Contact) else { continue };
        let opens =
            block.text.ends_with(':') && case.blocks.get(i + 1).is_some_and(|b| b.traits.linked > 0 && !b.traits.prose);
        let needed = if opens { NEEDED_BEFORE_LINK } else { block.needed() };
        if hits.weight < needed {
            continue;
        }
        found.cut(block.span, vec![hits.evidence(needed)]);
        for link in case.blocks[i + 1..].iter().take_while(|b| b.is_link() && !b.traits.prose) {
            found.cut(link.span, vec![Evidence::Position { place: "the link below".into(), line: block.line }]);
        }
    }
}
