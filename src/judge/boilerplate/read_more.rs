//! `read-more`

use std::ops::RangeInclusive;

use crate::judge::lexicon::{List, keys, look_up_opener};
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Role};

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
/// Words of a line that opens with no more than `Video:` or `Listen:`, and is the title of something else.
const TITLE: RangeInclusive<u32> = 4..=20;

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
    titles(case, found);
}

/// Lines between paragraphs that open with a word for what they lead to, and a colon or bar.
fn titles(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(first) = case.zone().first else { return };
    let mut head = Vec::new();
    for block in &case.blocks()[first..] {
        let t = &block.traits;
        let line = TITLE.contains(&t.words) && !t.prose && (!t.ends_sentence || block.text.ends_with(['?', '!']));
        if !(line && block.amid_prose && block.role == Role::Text) || block.judged(List::ReadMore).is_some() {
            continue;
        }
        let Some(opener) = opener(block) else { continue };
        keys(opener, &mut head);
        if let Some(hits) = look_up_opener(&head) {
            let place = Evidence::Position { place: "between paragraphs".into(), line: block.line };
            found.cut(block.span, vec![hits.evidence(NEEDED_WITH_LINK), place]);
        }
    }
}

/// What stands before the colon or bar with which a line opens, without signs before it.
fn opener<'a>(block: &BlockView<'a>) -> Option<&'a str> {
    let at = block.text.find([':', '|', '»']).filter(|&at| (1..=OPENER).contains(&at))?;
    let opener = block.text[..at].trim_start_matches(|c: char| !c.is_alphanumeric());
    (!opener.is_empty() && block.text[at..].contains(' ')).then_some(opener)
}

fn opens_with_colon(text: &str) -> bool {
    text.find(':').is_some_and(|at| at <= OPENER && text[at + 1..].starts_with(' '))
}
