//! How far each line is from the last and the next landmark: lines of which the phrase lists know what they are. An
//! article lies between landmarks, comments and teasers behind some of them.

use super::column::Column;
use super::sheet::Sheet;
use crate::judge::Case;
use crate::judge::lexicon::{List, STRONG};
use crate::judge::view::BlockView;
use crate::text::hash::ByHash;
use crate::text::shingle::mix;

/// Distances that are told apart.
const FAR: i16 = 200;

/// The distance to a landmark that there is none of.
const NEVER: i16 = 300;

/// Words of the longest line that is a date line or a by-line.
const DATE: u32 = 12;

/// Words of the longest line that is a caption.
const CAPTION: u32 = 40;

/// Words by which two lines are known to begin alike.
const HEAD: usize = 4;

/// What is looked for: by lists of phrases, of which one must speak strongly.
const LANDMARKS: &[(&[List], Column, Column)] = &[
    (&[List::Comments], Column::SinceComments, Column::TillComments),
    (&[List::Related, List::ReadMore], Column::SinceRelated, Column::TillRelated),
    (&[List::ReadMore], Column::SinceReadMore, Column::TillReadMore),
    (&[List::Share], Column::SinceShare, Column::TillShare),
    (&[List::Legal], Column::SinceLegal, Column::TillLegal),
    (&[List::Subscription], Column::SinceSubscription, Column::TillSubscription),
    (&[List::Author], Column::SinceAuthor, Column::TillAuthor),
    (&[List::Navigation], Column::SinceNavigation, Column::TillNavigation),
    (&[List::Contact, List::Address], Column::SinceContact, Column::TillContact),
    (&[List::Ad], Column::SinceAd, Column::TillAd),
];

/// Fills in the distances. What a line looks like, and what recurs, must have been filled in.
pub(super) fn fill(sheet: &mut Sheet, case: &Case<'_>) {
    let mut marks: Vec<Vec<usize>> = vec![Vec::new(); LANDMARKS.len()];
    let mut comments = 0;
    for (i, block) in case.blocks().iter().enumerate() {
        sheet.row(i).set(Column::CommentsBefore, comments);
        for hits in &block.hits {
            if hits.list == List::Comments {
                comments += hits.weight;
            }
            if hits.weight >= STRONG {
                for ((lists, ..), marks) in LANDMARKS.iter().zip(&mut marks) {
                    if lists.contains(&hits.list) && marks.last() != Some(&i) {
                        marks.push(i);
                    }
                }
            }
        }
    }
    for ((_, since, till), marks) in LANDMARKS.iter().zip(&marks) {
        distances(sheet, marks, *since, *till);
    }
    let blocks = case.blocks();
    let lines = |is: &dyn Fn(usize, &BlockView<'_>) -> bool| -> Vec<usize> {
        blocks.iter().enumerate().filter(|(i, block)| is(*i, block)).map(|(i, _)| i).collect()
    };
    let weighs =
        |block: &BlockView<'_>, list: List, least: u32| block.hit(list).is_some_and(|hits| hits.weight >= least);
    let bylines = lines(&|_, block| block.traits.words <= DATE && weighs(block, List::Byline, 1));
    let captions = lines(&|_, block| block.traits.words <= CAPTION && weighs(block, List::Caption, 2));
    let dates = lines(&|i, block| {
        block.traits.words <= DATE && (sheet.get(Column::Dated, i) > 0 || weighs(block, List::Date, 1))
    });
    let template = lines(&|i, _| sheet.get(Column::Documents, i) > 0);
    let furniture = lines(&|i, _| sheet.get(Column::Furniture, i) > 0);
    let echoes = echoes(sheet, case);
    distances(sheet, &bylines, Column::SinceByline, Column::TillByline);
    distances(sheet, &captions, Column::SinceCaption, Column::TillCaption);
    distances(sheet, &dates, Column::SinceDate, Column::TillDate);
    distances(sheet, &template, Column::SinceTemplate, Column::TillTemplate);
    distances(sheet, &furniture, Column::SinceFurniture, Column::TillFurniture);
    distances(sheet, &echoes, Column::SinceEcho, Column::TillEcho);
}

/// Fills in how many lines of the page begin with the same words; the lines of which there are several.
fn echoes(sheet: &mut Sheet, case: &Case<'_>) -> Vec<usize> {
    let head = |i: usize| -> Option<u64> {
        let words = case.words_of_block(i).get(..HEAD)?;
        Some(words.iter().fold(0, |key, word| mix(key.rotate_left(1) ^ word.hash)))
    };
    let heads: Vec<(usize, u64)> = (0..sheet.lines()).filter_map(|i| Some((i, head(i)?))).collect();
    let mut seen: ByHash<u64, u32> = ByHash::default();
    for (_, head) in &heads {
        *seen.entry(*head).or_default() += 1;
    }
    let mut several = Vec::new();
    for (i, head) in heads {
        let others = seen[&head] - 1;
        if others > 0 {
            sheet.row(i).set(Column::Echo, others.min(20));
            several.push(i);
        }
    }
    several
}

/// Fills in the distances to the last and to the next of these lines, which stand in order.
fn distances(sheet: &mut Sheet, marks: &[usize], since: Column, till: Column) {
    let count = |cells: &mut dyn Iterator<Item = &mut i16>| {
        for (distance, cell) in (1..).zip(cells) {
            *cell = if distance < FAR { distance } else { FAR };
        }
    };
    let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
        sheet.cells_mut(since).fill(NEVER);
        sheet.cells_mut(till).fill(NEVER);
        return;
    };
    let cells = sheet.cells_mut(since);
    cells[..=first].fill(NEVER);
    for (i, &mark) in marks.iter().enumerate() {
        let to = marks.get(i + 1).map_or(cells.len(), |next| next + 1);
        count(&mut cells[mark + 1..to].iter_mut());
    }
    let cells = sheet.cells_mut(till);
    cells[last..].fill(NEVER);
    let mut from = 0;
    for &mark in marks {
        count(&mut cells[from..mark].iter_mut().rev());
        from = mark;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_to_the_last_and_to_the_next() {
        let mut sheet = Sheet::new(6);
        distances(&mut sheet, &[1, 3], Column::SinceAd, Column::TillAd);
        assert_eq!(sheet.column(Column::SinceAd, 0), [NEVER, NEVER, 1, 2, 1, 2]);
        assert_eq!(sheet.column(Column::TillAd, 0), [1, 2, 1, NEVER, NEVER, NEVER]);
        distances(&mut sheet, &[], Column::SinceAd, Column::TillAd);
        assert_eq!(sheet.column(Column::SinceAd, 0), [NEVER; 6]);
    }
}
