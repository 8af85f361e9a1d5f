//! Whether a line speaks of what the page speaks of: words of its title, words of its prose.

use super::column::Column;
use super::sheet::{Sheet, per_cent};
use crate::judge::Case;
use crate::text::Word;

/// Bytes from which a word tells something of the topic; words of digits never do.
const TELLING: u32 = 4;

/// Words of a line that are looked at.
const MOST: usize = 40;

fn topical(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words[..words.len().min(MOST)].iter().filter(|w| w.end - w.start >= TELLING && !w.is_number()).map(|w| w.hash)
}

/// Fills in how much each line shares with the title and with the prose of the other lines.
pub(super) fn fill(sheet: &mut Sheet, case: &Case<'_>, masses: &[u32]) {
    let prose = |i: &usize| masses[*i] > 0;
    let words = (0..masses.len()).filter(prose).map(|i| case.words_of_block(i).len().min(MOST)).sum::<usize>() + MOST;
    let mut known = Known::new(words);
    let mut titles = 0u32;
    for word in masses.first().into_iter().flat_map(|_| topical(case.words_of_block(0))) {
        known.take_in(word).1.of_title = true;
        titles += 1;
    }
    // Where the words of prose stand among those that are known, one line after the other.
    let mut slots: Vec<u32> = Vec::with_capacity(words);
    for (line, i) in (1..).zip((0..masses.len()).filter(prose)) {
        for word in topical(case.words_of_block(i)) {
            let (slot, entry) = known.take_in(word);
            entry.lines += u32::from(entry.last != line);
            entry.last = line;
            slots.push(u32::try_from(slot).unwrap_or_default());
        }
    }
    let mut slots = slots.into_iter();
    let mut said_again = None;
    for (i, &mass) in masses.iter().enumerate() {
        let (mut all, mut on_topic, mut of_title) = (0, 0, 0);
        let own = u32::from(mass > 0);
        for word in topical(case.words_of_block(i)) {
            let slot = if mass > 0 { slots.next().unwrap_or_default() as usize } else { known.slot(word) };
            let entry = &known.entries[slot];
            all += 1;
            on_topic += u32::from(entry.lines > own);
            of_title += u32::from(entry.of_title);
        }
        if i > 0 && said_again.is_none() && of_title >= 3 && 5 * of_title >= 4 * all && 5 * of_title >= 2 * titles {
            said_again = Some(i);
        }
        let mut row = sheet.row(i);
        row.set(Column::Topic, if all == 0 { 0 } else { per_cent(on_topic, all) });
        row.set(Column::TopicWords, on_topic);
        row.set(Column::TitleWords, per_cent(of_title, all));
        row.set(Column::TitleShare, of_title);
    }
    for (i, cell) in sheet.cells_mut(Column::SinceTitle).iter_mut().enumerate() {
        *cell = said_again.map_or(-99, |at| {
            let distance = i16::try_from(i.abs_diff(at)).unwrap_or(i16::MAX).min(200);
            if i < at { -distance.min(50) } else { distance }
        });
    }
}

/// What is known of a word.
#[derive(Clone, Copy, Default)]
struct Entry {
    word: u64,
    /// In how many lines of prose it stands, and in which of them last.
    lines: u32,
    last: u32,
    of_title: bool,
}

/// The words of the title and of prose: a table by their hashes, in which a word stands in the next free place. Words are looked
/// for once, and then known by their place.
struct Known {
    entries: Vec<Entry>,
    shift: u32,
}

impl Known {
    /// With room for so many words.
    fn new(words: usize) -> Self {
        let size = (2 * words).next_power_of_two();
        Self { entries: vec![Entry::default(); size], shift: u64::BITS - size.ilog2() }
    }

    /// Where a word stands, or would: there nothing is known.
    fn slot(&self, word: u64) -> usize {
        let mut at = usize::try_from(word >> self.shift).unwrap_or_default();
        while self.entries[at].word != word && self.entries[at].is_known() {
            at = (at + 1) % self.entries.len();
        }
        at
    }

    /// Its entry, of which something must be noted, and where that stands.
    fn take_in(&mut self, word: u64) -> (usize, &mut Entry) {
        let at = self.slot(word);
        self.entries[at].word = word;
        (at, &mut self.entries[at])
    }
}

impl Entry {
    fn is_known(&self) -> bool {
        self.lines > 0 || self.of_title
    }
}
