//! The line judge: how much each line of a page looks like article text, by a small model that `clean train` makes from
//! labelled pages.
//!
//! What is known of a line is a row of small numbers ([`mod@column`]); trees turn it into a score ([`forest`]); lines draw
//! their neighbours after them ([`smooth`]). All of it in integers, so that the same bytes come out everywhere.

pub mod around;
pub mod column;
pub mod forest;
pub mod grove;
mod landmark;
mod look;
mod script;
mod shape;
pub mod sheet;
pub mod smooth;
mod stretch;
mod topic;
pub mod verdict;
pub mod vocabulary;
pub mod weights;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

pub use sheet::Sheet;
pub use weights::Weights;

use super::Case;
use super::lexicon::STRONG;
use super::view::BlockView;
use column::Column;
use forest::UNIT;

/// Pages with fewer blocks are not judged: there is too little around a line.
const FEWEST: usize = 6;

/// Of so many blocks one must hold a phrase of page furniture. No labelled page with furniture had fewer; what has is a long text
/// in which such words stand by chance.
const RAREST: usize = 100;

/// Characters (ideographs count two and a half) from which a line is kept whatever the trees say: no furniture is so long.
const LONG: i16 = 1000;

/// A page is plain text when no line has a lower score after the first trees.
const PLAIN: i32 = 0;

/// What a line is worth that is kept in any case.
const KEPT: i32 = 16 * UNIT;

/// The weights that come with the program.
static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::parse(include_bytes!("weights.json")).unwrap_or_else(|why| unreachable!("the shipped weights: {why}"))
});

/// Weights, and what they may cut.
#[derive(Clone, Debug)]
pub struct Judge {
    /// The weights.
    pub weights: Cow<'static, Weights>,
    /// Lines below this score go; none when none may go.
    pub below: Option<i32>,
    /// Words of a million that all rules together may lose of articles.
    pub loss: u32,
}

/// Words of a million that the other rules may lose of articles: measured on labelled pages, nearly all of them copies of
/// earlier paragraphs. What the user allows beyond is the line judge's.
const OTHER_RULES: u32 = 4_900;

impl Judge {
    /// These weights, so that all rules together lose at most so many words of a million of the articles.
    pub fn new(weights: Cow<'static, Weights>, loss: u32) -> Self {
        let below = Self::limit(&weights, loss);
        Self { weights, below, loss }
    }

    /// Below which score lines go when all rules together may lose so many words of a million; none when none may go. A line
    /// that is rather article text than not stays however much may be lost: beyond that point more is lost than is won.
    pub fn limit(weights: &Weights, loss: u32) -> Option<i32> {
        let judged = not_held_back(loss.saturating_sub(OTHER_RULES));
        weights.below(judged.max(loss / 50)).map(|below| below.min(0))
    }

    /// The weights that come with the program.
    pub fn shipped_weights() -> &'static Weights {
        &SHIPPED
    }

    /// One that has learned nothing, for cases that are only measured.
    pub fn untrained() -> Self {
        Self { weights: Cow::Owned(Weights::default()), below: None, loss: 0 }
    }

    /// The weights that come with the program.
    pub fn shipped(loss: u32) -> Self {
        Self::new(Cow::Borrowed(&SHIPPED), loss)
    }
}

/// What of the judge's share is looked up: sites to come are not those that were measured. Where little may be lost a few pages
/// decide how much is, and one kind of site loses more than twice what another does: then two thirds are held back. Of a share
/// of 1.5 % and more it is less and less, and from 2.5 % on an eighth.
fn not_held_back(share: u32) -> u32 {
    let (share, more) = (u64::from(share), u64::from(share.saturating_sub(15_000).min(10_000)));
    u32::try_from(share * (80_000 + 13 * more) / 240_000).unwrap_or(u32::MAX)
}

/// What is known of the blocks of a page, and the score of each in [`UNIT`]s of log-odds: above 0 it is rather article text.
/// None when the page is too short to be judged, or hardly a phrase of page furniture stands on it: then it is none, or in
/// a language that nobody knows here. None, too, when its script shows neither words nor sentences.
pub fn scores(case: &Case<'_>, weights: &Weights) -> Option<(Sheet, Vec<i32>)> {
    let blocks = case.blocks();
    let furniture = |block: &BlockView<'_>| block.hits.iter().any(|h| h.list.is_furniture() && h.weight >= STRONG);
    // What stands in every cell of a table is counted once.
    let spoken_of: HashSet<u64> =
        (0..blocks.len()).filter(|&i| furniture(&blocks[i])).map(|i| case.key_of(i)).collect();
    let page = blocks.len() >= FEWEST && !spoken_of.is_empty() && spoken_of.len() * RAREST >= blocks.len();
    let judged = page && script::shows_sentences(case.text(), case.signs());
    judged.then(|| {
        let sheet = around::sheet(case, &weights.words);
        let scores = of_sheet(&sheet, weights);
        (sheet, scores)
    })
}

/// Columns that are named when a line goes.
const NAMED: usize = 4;

/// The columns whose values in the line, or near it, moved its score down most, with the value in the line.
pub fn because(sheet: &Sheet, line: usize, weights: &Weights) -> Vec<String> {
    let mut moved = [0; Column::ALL.len()];
    for tree in weights.forest.trees() {
        tree.explain(sheet, line, &mut |column, by| moved[column as usize] += by);
    }
    let mut columns: Vec<(i32, Column)> = moved.into_iter().zip(Column::ALL.iter().copied()).collect();
    columns.sort_by_key(|&(by, column)| (by, column as usize));
    let named = columns.into_iter().take(NAMED).filter(|&(by, _)| by < 0);
    named.map(|(_, column)| format!("{} {}", column.name(), sheet.get(column, line))).collect()
}

/// The score of each line of a sheet.
pub fn of_sheet(sheet: &Sheet, weights: &Weights) -> Vec<i32> {
    let mut scores = vec![weights.base; sheet.lines()];
    // Most documents that are no pages are known as such by the first trees.
    weights.forest.add(sheet, &mut scores, |scores| scores.iter().any(|&score| score < PLAIN));
    smooth::smooth(&mut scores, weights.switch);
    for (score, &width) in scores.iter_mut().zip(sheet.column(Column::Width, 0)) {
        if width >= LONG {
            *score = KEPT.max(*score);
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_may_be_lost_the_less_is_held_back() {
        assert_eq!([0, 5_100, 15_000, 25_000, 95_100].map(not_held_back), [0, 1_700, 5_000, 21_875, 83_212]);
        assert!((0..100_000).all(|share| not_held_back(share) <= not_held_back(share + 1)));
        assert_eq!(not_held_back(u32::MAX), u32::MAX / 8 * 7 + 6);
    }
}
