//! `contact-footer`

use crate::judge::lexicon::{Hits, List};
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// How to reach the publisher, and the address below it.
pub(crate) static RULE: Rule = Rule {
    id: "contact-footer",
    summary: "how to reach the publisher: lines with phone, mail or a link to a contact page",
    category: Category::Boilerplate,
    kind: Kind::Contact,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/contact-footer.md"),
    check,
};

/// Weight that is enough for a line that ends in a colon and has a link for its next line.
const NEEDED_BEFORE_LINK: u32 = 2;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (i, block, _) in case.hits(List::Contact) {
        let Some((hits, needed)) = judged(block, case.blocks().get(i + 1)) else { continue };
        found.cut(block.span, vec![hits.evidence(needed)]);
        for link in case.blocks()[i + 1..].iter().take_while(|b| b.is_link() && !b.traits.prose) {
            found.cut(link.span, vec![Evidence::Position { place: "the link below".into(), line: block.line }]);
        }
    }
}

/// What the list says of the block, and the weight needed: less for a line that opens the link below it.
fn judged<'a>(block: &'a BlockView<'_>, next: Option<&BlockView<'_>>) -> Option<(&'a Hits, u32)> {
    let opens = block.text.ends_with(':') && next.is_some_and(|b| b.traits.linked > 0 && !b.traits.prose);
    let opening = block.hit(List::Contact).filter(|h| opens && h.weight >= NEEDED_BEFORE_LINK);
    opening.map(|h| (h, NEEDED_BEFORE_LINK)).or_else(|| block.judged(List::Contact).map(|h| (h, block.needed(h))))
}
