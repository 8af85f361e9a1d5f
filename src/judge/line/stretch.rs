//! Stretches of a page: what stands in some lines before and behind, what repeats its look, and where the best span of
//! prose lies.

use super::column::Column;
use super::sheet::{Sheet, per_cent};

/// Fills in all but what words are worth. What a line is by itself, phrases, topic and echoes must have been filled in.
pub(super) fn fill(sheet: &mut Sheet, masses: &[u32]) {
    let some = |n: i16| i32::from(n > 0);
    window(sheet, Column::Echo, some, 8, Column::Echo8Before, Column::Echo8After);
    window(sheet, Column::Dated, some, 8, Column::Dated8Before, Column::Dated8After);
    window(sheet, Column::Phrases, i32::from, 20, Column::Furniture20Before, Column::Furniture20After);
    window(sheet, Column::TopicWords, i32::from, 8, Column::Topic8Before, Column::Topic8After);
    window(sheet, Column::EndsSentence, some, 8, Column::Sentences8Before, Column::Sentences8After);
    window(sheet, Column::Words, |n| i32::from(n <= 4), 8, Column::Short8Before, Column::Short8After);
    longest(sheet);
    between_furniture(sheet, masses);
    alike(sheet);
    span(sheet, masses);
}

/// Fills in what the known words of the lines around are worth.
pub(super) fn words(sheet: &mut Sheet) {
    window(sheet, Column::WordSum, i32::from, 3, Column::Words3Before, Column::Words3After);
    window(sheet, Column::WordSum, i32::from, 8, Column::Words8Before, Column::Words8After);
}

fn fits(n: i32) -> i16 {
    i16::try_from(n).unwrap_or(if n < 0 { i16::MIN } else { i16::MAX })
}

/// Sums of a column over so many lines before and behind.
fn window(sheet: &mut Sheet, of: Column, what: impl Fn(i16) -> i32, reach: usize, before: Column, after: Column) {
    let mut sum = 0i32;
    let numbers = sheet.column(of, 0).iter().map(|&n| {
        sum = sum.saturating_add(what(n));
        sum
    });
    let sums: Vec<i32> = std::iter::once(0).chain(numbers).collect();
    let n = sheet.lines();
    for (i, cell) in sheet.cells_mut(before).iter_mut().enumerate() {
        *cell = fits(sums[i] - sums[i.saturating_sub(reach)]);
    }
    for (i, cell) in sheet.cells_mut(after).iter_mut().enumerate() {
        *cell = fits(sums[n.min(i + 1 + reach)] - sums[i + 1]);
    }
}

/// The longest of eight lines before and behind.
fn longest(sheet: &mut Sheet) {
    let widths = sheet.column(Column::Width, 0).to_vec();
    let most = |lines: &[i16]| lines.iter().copied().max().unwrap_or_default();
    for (i, cell) in sheet.cells_mut(Column::Longest8Before).iter_mut().enumerate() {
        *cell = most(&widths[i.saturating_sub(8)..i]);
    }
    for (i, cell) in sheet.cells_mut(Column::Longest8After).iter_mut().enumerate() {
        *cell = most(&widths[i + 1..widths.len().min(i + 9)]);
    }
}

/// The prose between two lines that the phrase lists make furniture of; how much of the furniture lies before a line.
fn between_furniture(sheet: &mut Sheet, masses: &[u32]) {
    let furniture: Vec<bool> = sheet.column(Column::Furniture, 0).iter().map(|&n| n > 0).collect();
    let all: u32 = masses.iter().fold(0, |sum: u32, &mass| sum.saturating_add(mass));
    let mut stretches: Vec<(usize, u32)> = Vec::new();
    for (i, (&furniture, &mass)) in furniture.iter().zip(masses).enumerate() {
        if i == 0 || furniture {
            stretches.push((i, 0));
        }
        if let Some((_, sum)) = stretches.last_mut() {
            *sum = sum.saturating_add(mass);
        }
    }
    let most = stretches.iter().map(|&(_, mass)| mass).max().unwrap_or_default();
    for (number, &(from, mass)) in stretches.iter().enumerate() {
        let to = stretches.get(number + 1).map_or(masses.len(), |next| next.0);
        let number = |n: u32| i16::try_from(n).unwrap_or(i16::MAX);
        sheet.cells_mut(Column::StretchMass)[from..to].fill(number(mass / 10));
        sheet.cells_mut(Column::StretchShare)[from..to].fill(number(per_cent(mass, all)));
        sheet.cells_mut(Column::StretchMost)[from..to].fill(i16::from(mass == most));
    }
    let weights = sheet.column(Column::Phrases, 0).to_vec();
    let all: i32 = weights.iter().map(|&n| i32::from(n)).sum::<i32>().max(1);
    let mut sum = 0;
    for (cell, weight) in sheet.cells_mut(Column::FurniturePlace).iter_mut().zip(weights) {
        *cell = fits(100 * sum / all);
        sum += i32::from(weight);
    }
}

/// Lines near, before and behind, in which it is counted how often a look comes again.
const NEAR: usize = 6;

/// Lines after which a look may come again.
const PERIODS: std::ops::RangeInclusive<usize> = 2..=5;

/// Lists and teasers repeat the look of a line: every line, or every few lines.
fn alike(sheet: &mut Sheet) {
    let n = sheet.lines();
    let column = |column| sheet.column(column, 0).iter();
    let looks = column(Column::Width).zip(column(Column::EndsSentence)).zip(column(Column::Dated));
    let looks: Vec<u32> = looks
        .map(|((&width, &ends), &dated)| {
            let size = (u32::from(width.unsigned_abs()).max(1) / 8 + 1).ilog2().min(6);
            4 * size + 2 * u32::from(ends > 0) + u32::from(dated > 0)
        })
        .collect();
    // Of the lines near each, those that look like the one so many lines on.
    let mut sums = vec![0u16; n + 1];
    let mut counts = vec![0u16; n];
    let mut count = |period: usize, each: &mut dyn FnMut(&[u16])| {
        let alike = looks.iter().zip(looks.iter().skip(period)).map(|(look, later)| u16::from(look == later));
        let mut sum = 0u16;
        for (cell, alike) in sums[1..].iter_mut().zip(alike.chain(std::iter::repeat(0))) {
            // Only differences over a few lines are looked at.
            sum = sum.wrapping_add(alike);
            *cell = sum;
        }
        for (i, count) in counts.iter_mut().enumerate() {
            let (from, to) = near(i, n);
            *count = sums[to].wrapping_sub(sums[from]);
        }
        each(&counts);
    };
    let mut next = Vec::new();
    count(1, &mut |counts| next = counts.to_vec());
    let mut best: Vec<(u16, i16)> = vec![(0, 0); n];
    for period in PERIODS {
        let number = i16::try_from(period).unwrap_or(i16::MAX);
        count(period, &mut |counts| {
            for (best, &count) in best.iter_mut().zip(counts) {
                if count > best.0 {
                    *best = (count, number);
                }
            }
        });
    }
    let share = |i: usize, count: u16| {
        let (from, to) = near(i, n);
        per_cent(count.into(), u32::try_from(to - from).unwrap_or(1))
    };
    sheet.fill(Column::AlikeNext, |i| share(i, next[i]));
    sheet.fill(Column::AlikeLater, |i| share(i, best[i].0));
    sheet.cells_mut(Column::Period).iter_mut().zip(&best).for_each(|(cell, best)| *cell = best.1);
}

/// The lines near line `i` of `n`, from and to.
fn near(i: usize, n: usize) -> (usize, usize) {
    (i.saturating_sub(NEAR), n.min(i + NEAR))
}

/// The run of lines with most prose, less what the other lines among it take away (Kadane's maximum subarray).
fn span(sheet: &mut Sheet, masses: &[u32]) {
    let worth = |(&mass, &width): (&u32, &i16)| match mass {
        0 if width < 25 => -40,
        0 => -60,
        _ => i64::from(mass.min(400)),
    };
    let (mut sum, mut from) = (0i64, 0);
    let (mut best, mut start, mut end) = (0, 0, 0);
    for (i, worth) in masses.iter().zip(sheet.column(Column::Width, 0)).map(worth).enumerate() {
        if sum <= 0 {
            (sum, from) = (0, i);
        }
        sum += worth;
        if sum > best {
            (best, start, end) = (sum, from, i);
        }
    }
    let signed = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    for i in 0..sheet.lines() {
        let (since, behind) = (signed(i) - signed(start), signed(i) - signed(end));
        let inside = since >= 0 && behind <= 0;
        let nearest = since.abs().min(behind.abs());
        let mut row = sheet.row(i);
        row.set_signed(Column::SpanDepth, fits(if inside { nearest + 1 } else { -nearest }));
        row.set_signed(Column::SpanStart, fits(since));
        row.set_signed(Column::SpanEnd, fits(behind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet of lines so wide; those of 60 characters and more end like a sentence.
    fn sheet(widths: &[u32]) -> (Sheet, Vec<u32>) {
        let mut sheet = Sheet::new(widths.len());
        for (i, &width) in widths.iter().enumerate() {
            let mut row = sheet.row(i);
            row.set(Column::Width, width);
            row.set(Column::EndsSentence, u32::from(width >= 60));
        }
        (sheet, widths.iter().map(|&width| if width >= 60 { width } else { 0 }).collect())
    }

    #[test]
    fn the_best_span_bridges_a_subheading_and_leaves_a_stray_sentence_out() {
        let (mut sheet, masses) = sheet(&[70, 10, 10, 10, 200, 20, 300, 10, 10, 10, 10, 65]);
        fill(&mut sheet, &masses);
        assert_eq!(sheet.column(Column::SpanStart, 0)[3..=5], [-1, 0, 1]);
        assert_eq!(sheet.column(Column::SpanEnd, 0)[5..=7], [-1, 0, 1]);
        assert_eq!(sheet.column(Column::SpanDepth, 0)[..8], [-4, -3, -2, -1, 1, 2, 1, -1]);
    }

    #[test]
    fn a_list_of_headlines_with_teasers_repeats_every_second_line() {
        let (mut sheet, masses) = sheet(&[30, 90, 30, 90, 30, 90, 30, 90, 30, 90, 30, 90]);
        fill(&mut sheet, &masses);
        assert_eq!((sheet.get(Column::AlikeNext, 5), sheet.get(Column::Period, 5)), (0, 2));
        assert!(sheet.get(Column::AlikeLater, 5) > 80);
        assert_eq!(sheet.get(Column::Longest8Before, 3), 90);
        assert_eq!((sheet.get(Column::Sentences8Before, 11), sheet.get(Column::Sentences8After, 3)), (4, 4));
    }

    #[test]
    fn prose_is_summed_between_lines_of_furniture() {
        let (mut sheet, masses) = sheet(&[100, 100, 10, 300, 10, 60]);
        for i in [2, 4] {
            sheet.row(i).set(Column::Furniture, 1);
            sheet.row(i).set(Column::Phrases, 3);
        }
        fill(&mut sheet, &masses);
        assert_eq!(sheet.column(Column::StretchMass, 0), [20, 20, 30, 30, 6, 6]);
        assert_eq!(sheet.column(Column::StretchMost, 0), [0, 0, 1, 1, 0, 0]);
        assert_eq!(sheet.column(Column::FurniturePlace, 0), [0, 0, 0, 50, 50, 100]);
    }
}
