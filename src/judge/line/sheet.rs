//! The lines of a page with all that is known of them, column by column.

use super::column::{Column, REACH};

/// What stands in a column beyond the first and the last line.
const NOTHING: i16 = -1;

/// Lines that are looked at side by side.
pub const LANES: usize = 16;

/// A table of small numbers: a column for each [`Column`], a row for each line of a page, with [`REACH`] empty rows at
/// both ends, so that a column can be read some lines off.
#[derive(Clone, Debug)]
pub struct Sheet {
    cells: Vec<i16>,
    lines: usize,
}

impl Sheet {
    /// For so many lines.
    pub fn new(lines: usize) -> Self {
        let stride = lines + 2 * REACH;
        let mut sheet = Self { cells: vec![0; stride * Column::ALL.len() + LANES], lines };
        for column in sheet.cells.chunks_exact_mut(stride).take(Column::ALL.len()) {
            column[..REACH].fill(NOTHING);
            column[REACH + lines..].fill(NOTHING);
        }
        sheet
    }

    /// Number of lines.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// A column as the lines see it that stand `off` lines before (negative: behind) its values.
    pub fn column(&self, column: Column, off: i8) -> &[i16] {
        let from = self.place(column, off);
        &self.cells[from..from + self.lines]
    }

    /// Where a column begins as the lines see it that stand `off` lines before (negative: behind) its values.
    #[inline]
    pub fn place(&self, column: Column, off: i8) -> usize {
        self.start(column).saturating_add_signed(isize::from(off))
    }

    /// [`LANES`] numbers of a column, from this place on; what stands behind those of the last line has no meaning.
    #[inline]
    pub fn lanes(&self, place: usize) -> &[i16; LANES] {
        self.cells[place..].first_chunk().unwrap_or(&[NOTHING; LANES])
    }

    /// A column, to be filled in.
    pub(super) fn cells_mut(&mut self, column: Column) -> &mut [i16] {
        let from = self.start(column);
        &mut self.cells[from..from + self.lines]
    }

    /// Fills in a column, given the numbers of its lines; what is too large is made as large as fits.
    pub(super) fn fill(&mut self, column: Column, number: impl Fn(usize) -> u32) {
        for (line, cell) in self.cells_mut(column).iter_mut().enumerate() {
            *cell = i16::try_from(number(line)).unwrap_or(i16::MAX);
        }
    }

    /// One line's number.
    pub fn get(&self, column: Column, line: usize) -> i16 {
        self.cells[self.start(column) + line]
    }

    /// The row of one line, to be filled in.
    pub(super) fn row(&mut self, line: usize) -> Row<'_> {
        Row { sheet: self, line }
    }

    #[inline]
    fn start(&self, column: Column) -> usize {
        column as usize * (self.lines + 2 * REACH) + REACH
    }
}

/// One line of a sheet.
pub(super) struct Row<'a> {
    sheet: &'a mut Sheet,
    line: usize,
}

impl Row<'_> {
    /// Fills in one number; what is too large is made as large as fits.
    pub(super) fn set(&mut self, column: Column, value: u32) {
        let at = self.sheet.start(column) + self.line;
        self.sheet.cells[at] = i16::try_from(value).unwrap_or(i16::MAX);
    }

    /// Fills in a number that may be negative.
    pub(super) fn set_signed(&mut self, column: Column, value: i16) {
        let at = self.sheet.start(column) + self.line;
        self.sheet.cells[at] = value;
    }
}

/// `part` of 100; 0 of nothing.
pub(super) fn per_cent(part: u32, of: u32) -> u32 {
    match part.checked_mul(100) {
        _ if of == 0 => 0,
        Some(hundredfold) => hundredfold / of,
        None => u32::try_from(u64::from(part) * 100 / u64::from(of)).unwrap_or(u32::MAX),
    }
}
