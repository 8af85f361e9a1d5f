//! Where the article lies on the page: its headline, its first and its last paragraph.

use std::cell::OnceCell;

use super::view::BlockView;
use crate::text::similar::short_alike;
use crate::text::words::folded;
use crate::types::{Ratio, Role};

/// The parts of a page, as block numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// The headline, when one can be told.
    pub headline: Option<usize>,
    /// First block of running text that is no page furniture.
    pub first: Option<usize>,
    /// Last such block.
    pub last: Option<usize>,
}

/// How alike two wordings of a headline are.
pub const HEADLINE_ALIKE: Ratio = Ratio::new(4, 5);
/// Blocks above the first paragraph among which the headline is looked for.
const LOOK_BACK: usize = 12;

/// Finds the parts of the page.
pub fn find(blocks: &[BlockView<'_>]) -> Zone {
    let is_body = |b: &BlockView<'_>| b.traits.prose && !b.is_furniture() && !b.blurb;
    let first = blocks.iter().position(is_body);
    let last = blocks.iter().rposition(is_body);
    Zone { headline: headline(blocks, first), first, last }
}

/// The headline above block `first`: marked as a heading, else said twice in the same or nearly the same words, else
/// the line nearest to the first paragraph that could be one. Verse and lists have no first paragraph: there only a
/// marked heading counts.
fn headline(blocks: &[BlockView<'_>], first: Option<usize>) -> Option<usize> {
    if let Some(marked) =
        blocks[..first.unwrap_or(blocks.len())].iter().position(|b| b.role == Role::Heading && b.traits.words >= 2)
    {
        return Some(marked);
    }
    let first = first?;
    let could_be: Vec<usize> =
        (first.saturating_sub(LOOK_BACK)..first).filter(|&i| could_be_headline(&blocks[i])).collect();
    let from = *could_be.first()?;
    let to = (first + 2 * LOOK_BACK).min(blocks.len());
    // A line may be compared with many: it is folded once.
    let texts: Vec<OnceCell<String>> = vec![OnceCell::new(); to - from];
    let text = |i: usize| texts[i - from].get_or_init(|| folded(blocks[i].text, false));
    for &i in &could_be {
        let near = |other: usize| may_be_alike(&blocks[i], &blocks[other]) && could_be_headline(&blocks[other]);
        let again = (i + 1..to.min(i + 1 + 2 * LOOK_BACK)).filter(|&other| near(other));
        if again.into_iter().any(|other| short_alike(text(i), text(other), HEADLINE_ALIKE).is_some()) {
            return Some(i);
        }
    }
    could_be.last().copied()
}

/// Whether two lines may be two wordings of a headline, by their lengths, where these are known without folding.
pub fn may_be_alike(a: &BlockView<'_>, b: &BlockView<'_>) -> bool {
    let length = |b: &BlockView<'_>| u64::from(b.traits.letters + b.traits.words.saturating_sub(1));
    let known = |b: &BlockView<'_>| b.traits.ascii && b.traits.letters > 0;
    let (n, m) = (length(a), length(b));
    !known(a) || !known(b) || Ratio::new(n.min(m), n.max(m)).reaches(HEADLINE_ALIKE)
}

/// Between four and thirty words on a line, no link, not the end of a sentence (but a question will do).
pub fn could_be_headline(block: &BlockView<'_>) -> bool {
    let t = &block.traits;
    matches!(block.role, Role::Text | Role::Heading)
        && (4..=30).contains(&t.words)
        && t.linked == 0
        && !block.text.ends_with('.')
        && !t.prose
        && !block.is_furniture()
}
