//! Whether a line speaks of what the page speaks of: words of its title, words of its prose.

use super::column::Column;
use super::sheet::{Sheet, per_cent};
use crate::judge::Case;
use crate::text::Word;
use crate::text::hash::ByHash;

/// Bytes from which a word tells something of the topic; words of digits never do.
const TELLING: u32 = 4;

/// Words of a line that are looked at.
const MOST: usize = 40;

fn topical(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words.iter().take(MOST).filter(|w| w.end - w.start >= TELLING && !w.is_number()).map(|w| w.hash)
}

/// Fills in how much each line shares with the title and with the prose of the other lines.
pub(super) fn fill(sheet: &mut Sheet, case: &Case<'_>, masses: &[u32]) {
    // In how many lines of prose a word stands, and in which one last.
    let mut prose: ByHash<u64, (u32, usize)> = ByHash::default();
    for (i, _) in masses.iter().enumerate().filter(|(_, mass)| **mass > 0) {
        for word in topical(case.words_of_block(i)) {
            let (count, last) = prose.entry(word).or_insert((0, usize::MAX));
            if *last != i {
                (*count, *last) = (*count + 1, i);
            }
        }
    }
    let title: Vec<u64> = masses.first().map_or(Vec::new(), |_| topical(case.words_of_block(0)).collect());
    let mut said_again = None;
    for (i, &mass) in masses.iter().enumerate() {
        let (mut all, mut on_topic, mut of_title) = (0, 0, 0);
        for word in topical(case.words_of_block(i)) {
            all += 1;
            let own = u32::from(mass > 0);
            on_topic += u32::from(prose.get(&word).is_some_and(|(count, _)| *count > own));
            of_title += u32::from(title.contains(&word));
        }
        let titles = u32::try_from(title.len()).unwrap_or(u32::MAX);
        if i > 0 && said_again.is_none() && of_title >= 3 && 5 * of_title >= 4 * all && 5 * of_title >= 2 * titles {
            said_again = Some(i);
        }
        let mut row = sheet.row(i);
        row.set(Column::Topic, if all == 0 { 0 } else { per_cent(on_topic, all) });
        row.set(Column::TopicWords, on_topic);
        row.set(Column::TitleWords, per_cent(of_title, all));
        row.set(Column::TitleShare, of_title);
    }
    for i in 0..masses.len() {
        let since = said_again.map_or(-99, |at| {
            let distance = i16::try_from(i.abs_diff(at)).unwrap_or(i16::MAX).min(200);
            if i < at { -distance.min(50) } else { distance }
        });
        sheet.row(i).set_signed(Column::SinceTitle, since);
    }
}
