//! `related-links`

use std::ops::RangeInclusive;

use crate::judge::lexicon::List;
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Role};

/// Headings of link lists, and the titles below them.
pub(crate) static RULE: Rule = Rule {
    id: "related-links",
    summary: "lists of other stories: their headings and the titles below them",
    category: Category::Boilerplate,
    kind: Kind::Related,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/related-links.md"),
    check,
};

/// Words of a title of another story, amid the article: a shorter line may be a name, a longer one text.
const TITLE: RangeInclusive<u32> = 3..=20;
/// Bytes of the words of the shortest.
const LETTERS: u32 = 18;
/// The same of one that stands by itself.
const ONE_TITLE: RangeInclusive<u32> = 5..=20;
/// Titles that make a list amid the article.
const LIST: RangeInclusive<usize> = 2..=10;
/// Weight of a heading that is none but that of links: one title is enough below it.
const UNMISTAKABLE: u32 = 4;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (i, block, _) in case.hits(List::Related) {
        let Some(hits) = block.judged(List::Related) else { continue };
        found.cut(block.span, vec![hits.evidence(block.needed(hits))]);
        let below = &case.blocks()[i + 1..];
        let sure = hits.strongest >= UNMISTAKABLE;
        for title in &below[..titles(below, case.below().is_some_and(|below| i >= below), sure)] {
            found.cut(
                title.span,
                vec![Evidence::Position { place: "in the list of links below".into(), line: block.line }],
            );
        }
    }
}

/// How many of the blocks below a heading are titles. Below the article any line is that is no sentence; within it what is
/// marked as a link, or stands with others of its kind before the text goes on.
fn titles(blocks: &[BlockView<'_>], in_tail: bool, sure: bool) -> usize {
    let run = |is_title: &dyn Fn(&BlockView<'_>) -> bool| blocks.iter().take_while(|b| is_title(b)).count();
    let is_line = |b: &BlockView<'_>| !b.traits.prose && b.role != Role::Heading && !is_sentence(b);
    if in_tail {
        return run(&is_line);
    }
    let plain = run(&|b| is_line(b) && is_title(b));
    let goes_on = blocks.get(plain).is_some_and(|b| b.traits.prose);
    let one = sure && plain == 1 && ONE_TITLE.contains(&blocks[0].traits.words);
    if (LIST.contains(&plain) || one) && goes_on { plain } else { run(&|b| b.is_link()) }
}

/// A title of few words has long ones.
fn is_title(block: &BlockView<'_>) -> bool {
    let t = &block.traits;
    TITLE.contains(&t.words) && (t.words > *TITLE.start() || (t.letters >= LETTERS && !block.text.contains(':')))
}

/// Titles may ask and exclaim.
fn is_sentence(block: &BlockView<'_>) -> bool {
    block.traits.ends_sentence && !block.text.ends_with(['?', '!'])
}
