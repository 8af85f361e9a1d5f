//! All that is known of labelled lines, in few steps a number: what the trees are grown from.

use rayon::prelude::*;

use crate::judge::line::Sheet;
use crate::judge::line::column::{AROUND, Column, REACH};

/// Steps of the finest column.
const MOST: usize = 48;

/// A column some lines off, cut into steps.
pub(super) struct Feature {
    pub(super) column: Column,
    pub(super) off: i8,
    /// From which number on a step begins; the first step has no border.
    pub(super) borders: Vec<i16>,
    /// The step of each row.
    pub(super) steps: Vec<u8>,
}

/// A labelled line: number of its sheet, its line there.
pub(super) type Row = (usize, usize);

/// The columns, here and around.
fn places() -> Vec<(Column, i8)> {
    let reach = i8::try_from(REACH).unwrap_or(i8::MAX);
    let offs = (-reach..=reach).filter(|&off| off != 0);
    let around = AROUND.iter().flat_map(|&column| offs.clone().map(move |off| (column, off)));
    Column::ALL.iter().map(|&column| (column, 0)).chain(around).collect()
}

/// Cuts all columns into steps of about as many rows.
pub(super) fn features(sheets: &[Sheet], rows: &[Row]) -> Vec<Feature> {
    let feature = |(column, off): (Column, i8)| {
        let numbers: Vec<i16> = rows.iter().map(|&(sheet, line)| sheets[sheet].column(column, off)[line]).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        let mut borders: Vec<i16> =
            (1..MOST).filter_map(|step| sorted.get(step * sorted.len() / MOST).copied()).collect();
        // What few rows have may tell much all the same: a phrase, a link.
        borders.extend(sorted.iter().rev().take(sorted.len() / MOST).step_by((sorted.len() / MOST / 8).max(1)));
        borders.sort_unstable();
        borders.dedup();
        borders.retain(|&border| Some(&border) != sorted.first());
        let step = |number: &i16| u8::try_from(borders.partition_point(|border| border <= number)).unwrap_or(u8::MAX);
        let steps = numbers.iter().map(step).collect();
        Feature { column, off, borders, steps }
    };
    places().into_par_iter().map(feature).filter(|f| !f.borders.is_empty()).collect()
}
