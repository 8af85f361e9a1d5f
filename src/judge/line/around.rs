//! What stands around a line: where it lies on the page, how much prose is near, what recurs.

use super::column::Column;
use super::landmark;
use super::shape::{self, mass};
use super::sheet::{Sheet, per_cent};
use super::stretch;
use super::topic;
use super::vocabulary::{self, Vocabulary, telling};
use crate::judge::Case;
use crate::judge::lexicon::List;
use crate::judge::view::BlockView;
use crate::text::hash::ByHash;
use crate::types::{CommonLine, Role};

/// All that is known of the lines of a page.
pub fn sheet(case: &Case<'_>, vocabulary: &Vocabulary) -> Sheet {
    let blocks = case.blocks();
    let mut sheet = Sheet::new(blocks.len());
    let widths: Vec<u32> = (0..).zip(blocks).map(|(i, block)| shape::fill(block, &mut sheet.row(i))).collect();
    let masses: Vec<u32> = widths.iter().zip(blocks).map(|(&w, b)| mass(w, b.traits.ends_sentence)).collect();
    for (i, block) in blocks.iter().enumerate() {
        phrases(&mut sheet, i, block);
        let known = telling(case.words_of_block(i)).filter_map(|word| vocabulary.worth(word));
        vocabulary::fill(&mut sheet, i, known);
    }
    places(&mut sheet, &widths, &masses);
    groups(&mut sheet, case, &masses);
    repeats(&mut sheet, case);
    topic::fill(&mut sheet, case, &masses);
    landmark::fill(&mut sheet, case);
    stretch::fill(&mut sheet, &masses);
    whole_page(&mut sheet);
    sheet
}

/// What kind of page it is: the same in all its lines. What words are worth must have been filled in.
pub fn whole_page(sheet: &mut Sheet) {
    let lines = u32::try_from(sheet.lines()).unwrap_or(u32::MAX);
    let count = |column: Column, is: fn(i16) -> u32| -> u32 { sheet.column(column, 0).iter().map(|&n| is(n)).sum() };
    let positive = |n: i16| u32::try_from(n).unwrap_or_default();
    let furniture = count(Column::Phrases, positive);
    let sentences = count(Column::EndsSentence, positive);
    let short = count(Column::Words, |n| u32::from(n <= 4));
    let template = count(Column::Documents, |n| u32::from(n > 0));
    let worth: i64 = sheet.column(Column::WordSum, 0).iter().map(|&n| i64::from(n)).sum();
    let worth = i16::try_from(worth / i64::from(lines.max(1))).unwrap_or_default();
    sheet.fill(Column::PageFurniture, |_| per_cent(furniture, lines));
    sheet.fill(Column::PageSentences, |_| per_cent(sentences, lines));
    sheet.fill(Column::PageShort, |_| per_cent(short, lines));
    sheet.fill(Column::PageTemplate, |_| per_cent(template, lines));
    sheet.cells_mut(Column::PageWords).fill(worth);
    stretch::words(sheet);
}

fn phrases(sheet: &mut Sheet, line: usize, block: &BlockView<'_>) {
    if block.hits.is_empty() {
        return;
    }
    // The weights were learned by what the lists say whomever a page speaks to.
    let furniture = block.listed().next().is_some();
    let mut row = sheet.row(line);
    let (mut most, mut lists) = (0, 0);
    for hits in &block.hits {
        match hits.list {
            List::Header => row.set(Column::Header, hits.weight),
            List::Author => row.set(Column::Author, hits.weight),
            List::Date => row.set(Column::Date, hits.weight),
            List::Byline => row.set(Column::Byline, hits.weight),
            List::Caption => row.set(Column::Caption, hits.weight),
            list if list.is_furniture() => (most, lists) = (most.max(hits.weight), lists + 1),
            _ => {}
        }
    }
    row.set(Column::Phrases, most);
    row.set(Column::PhraseLists, lists);
    row.set(Column::Furniture, u32::from(furniture));
}

/// Sums of the first so many numbers.
fn sums(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut sum = 0u32;
    let sums = numbers.map(|n| {
        sum = sum.saturating_add(n);
        sum
    });
    std::iter::once(0).chain(sums).collect()
}

/// Distances that are told apart; all beyond are far.
const FAR: i16 = 60;

fn places(sheet: &mut Sheet, widths: &[u32], masses: &[u32]) {
    let n = widths.len();
    let lines = u32::try_from(n).unwrap_or(u32::MAX);
    let (width, mass) = (sums(widths.iter().copied()), sums(masses.iter().copied()));
    let weight = sums((0..n).map(|i| u32::try_from(sheet.get(Column::Phrases, i)).unwrap_or_default()));
    let (all_width, all_mass) = (width[n], mass[n]);
    let at = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    sheet.fill(Column::Place, |i| per_cent(at(i), lines));
    sheet.fill(Column::Before, |i| at(i).min(300));
    sheet.fill(Column::After, |i| (lines - 1 - at(i)).min(300));
    sheet.fill(Column::Lines, |_| lines.min(1000));
    sheet.fill(Column::WidthPlace, |i| per_cent(width[i], all_width));
    sheet.fill(Column::MassPlace, |i| per_cent(mass[i], all_mass));
    sheet.fill(Column::MassBefore, |i| mass[i] / 10);
    sheet.fill(Column::MassAfter, |i| (all_mass - mass[i + 1]) / 10);
    sheet.fill(Column::Mass, |_| all_mass / 10);
    sheet.fill(Column::MassShare, |_| per_cent(all_mass, all_width));
    let before = |sums: &[u32], i: usize, k: usize| sums[i] - sums[i.saturating_sub(k)];
    let after = |sums: &[u32], i: usize, k: usize| sums[n.min(i + 1 + k)] - sums[i + 1];
    sheet.fill(Column::Mass3Before, |i| before(&mass, i, 3) / 10);
    sheet.fill(Column::Mass8Before, |i| before(&mass, i, 8) / 10);
    sheet.fill(Column::Mass8After, |i| after(&mass, i, 8) / 10);
    sheet.fill(Column::Mass20Before, |i| before(&mass, i, 20) / 10);
    sheet.fill(Column::Mass20After, |i| after(&mass, i, 20) / 10);
    sheet.fill(Column::Width3Before, |i| before(&width, i, 3) / 10);
    sheet.fill(Column::Width3After, |i| after(&width, i, 3) / 10);
    sheet.fill(Column::Width8Before, |i| before(&width, i, 8) / 10);
    sheet.fill(Column::Width8After, |i| after(&width, i, 8) / 10);
    sheet.fill(Column::Width20Before, |i| before(&width, i, 20) / 10);
    sheet.fill(Column::Width20After, |i| after(&width, i, 20) / 10);
    sheet.fill(Column::Furniture8Before, |i| before(&weight, i, 8));
    sheet.fill(Column::Furniture8After, |i| after(&weight, i, 8));
    let distances = |cells: &mut dyn Iterator<Item = (&mut i16, &u32)>| {
        let mut distance = FAR;
        for (cell, &mass) in cells {
            *cell = distance;
            distance = if mass > 0 { 1 } else { (distance + 1).min(FAR) };
        }
    };
    distances(&mut sheet.cells_mut(Column::SinceProse).iter_mut().zip(masses));
    distances(&mut sheet.cells_mut(Column::TillProse).iter_mut().zip(masses).rev());
}

/// Runs of lines without a blank line between.
fn groups(sheet: &mut Sheet, case: &Case<'_>, masses: &[u32]) {
    let blocks = &case.page.blocks;
    let mut from = 0;
    while from < blocks.len() {
        let to = from + 1 + blocks[from + 1..].iter().take_while(|b| !b.opens).count();
        let mass: u32 = masses[from..to].iter().fold(0, |sum: u32, &m| sum.saturating_add(m));
        let lines = u32::try_from(to - from).unwrap_or(u32::MAX);
        for (before, i) in (0..).zip(from..to) {
            let mut row = sheet.row(i);
            row.set(Column::Opens, u32::from(i == from));
            row.set(Column::Group, lines.min(60));
            row.set(Column::InGroup, before.min(60));
            row.set(Column::GroupMass, mass / 10);
        }
        from = to;
    }
}

/// Lines around in which what recurs in other documents is counted.
const TEMPLATE: usize = 10;

/// Lines that stand again on the page, and in other documents.
fn repeats(sheet: &mut Sheet, case: &Case<'_>) {
    let n = sheet.lines();
    let mut keys: Vec<(u64, usize)> = Vec::with_capacity(n);
    let mut seen: ByHash<u64, u32> = ByHash::default();
    for (i, block) in case.blocks().iter().enumerate() {
        if block.role != Role::Rule && block.traits.words > 0 && block.traits.words <= 40 {
            let key = case.key_of(i);
            *seen.entry(key).or_default() += 1;
            keys.push((key, i));
        }
    }
    for (key, i) in keys {
        sheet.row(i).set(Column::Copies, seen[&key]);
    }
    for &CommonLine { block, documents, .. } in case.facts.common.iter().filter(|line| line.short) {
        sheet.row(block as usize).set(Column::Documents, documents.min(1000));
    }
    let template = sums((0..n).map(|i| u32::from(sheet.get(Column::Documents, i) > 0)));
    sheet.fill(Column::TemplateBefore, |i| template[i] - template[i.saturating_sub(TEMPLATE)]);
    sheet.fill(Column::TemplateAfter, |i| template[n.min(i + 1 + TEMPLATE)] - template[i + 1]);
}
