//! `read-more`

use crate::judge::lexicon::List;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Kind};

/// A line that sends the reader to another page.
pub(crate) static RULE: Rule = Rule {
    id: "read-more",
    summary: "a line that sends the reader to another page for the whole story",
    category: Category::Boilerplate,
    kind: Kind::Related,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/read-more.md"),
    check,
};

/// Weight that is enough when most of the line is a link, or when it opens with the phrase and a colon.
const NEEDED_WITH_LINK: u32 = 2;
/// Bytes at the start of a line among which that colon stands.
const OPENER: usize = 32;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (_, block, hits) in case.hits(List::ReadMore).filter(|(_, b, _)| b.traits.words <= List::ReadMore.longest()) {
        let points = block.is_link() || (opens_with_colon(block.text) && !block.traits.ends_sentence);
        let pointed = Some(hits).filter(|h| points && !block.traits.prose && h.weight >= NEEDED_WITH_LINK);
        let judged = pointed
            .map(|h| (h, NEEDED_WITH_LINK))
            .or_else(|| block.judged(List::ReadMore).map(|h| (h, block.needed(h))));
        if let Some((hits, needed)) = judged {
            found.cut(block.span, vec![hits.evidence(needed)]);
        }
    }
}

fn opens_with_colon(text: &str) -> bool {
    text.find(':').is_some_and(|at| at <= OPENER && text[at + 1..].starts_with(' '))
}
