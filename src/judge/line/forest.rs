//! Trees that ask the same question of every line at each level (oblivious decision trees, as in Kohavi 1994 and
//! Prokhorenkova et al. 2018, "unbiased boosting with categorical features"): without branches, for all lines of a page side by side, in integers.

use super::column::{Column, REACH};
use super::sheet::Sheet;

/// Levels of the deepest tree: answers are kept in a byte.
pub const DEEPEST: usize = 8;

/// Units of a score that are one natural unit of log-odds.
pub const UNIT: i32 = 1024;

/// Is the number in this column, so many lines off, at least `least`?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The column.
    pub column: Column,
    /// How many lines further on; negative: before.
    pub off: i8,
    /// From which number on the answer is yes.
    pub least: i16,
}

/// Questions, and what each sequence of answers is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// At most [`DEEPEST`]; the answer to the first is the lowest bit.
    pub questions: Vec<Question>,
    /// In [`UNIT`]s of log-odds, positive for article text: `2^questions` of them.
    pub leaves: Vec<i16>,
}

impl Tree {
    /// Whether it can be asked without going beyond anything.
    pub fn is_sound(&self) -> bool {
        let deep = self.questions.len();
        let near = |q: &Question| usize::from(q.off.unsigned_abs()) <= REACH;
        deep <= DEEPEST && self.leaves.len() == 1 << deep && self.questions.iter().all(near)
    }

    /// Calls `visit` with the column of each question, and how much its answer moved the score of the line.
    pub fn explain(&self, sheet: &Sheet, line: usize, visit: &mut impl FnMut(Column, i32)) {
        let yes = |q: &Question| sheet.column(q.column, q.off)[line] >= q.least;
        let bits =
            self.questions.iter().enumerate().filter(|(_, q)| yes(q)).fold(0, |bits, (level, _)| bits | 1 << level);
        for (level, question) in self.questions.iter().enumerate() {
            let otherwise: usize = bits ^ 1 << level;
            visit(question.column, i32::from(self.leaves[bits]) - i32::from(self.leaves[otherwise]));
        }
    }

    /// Adds what the tree says to the score of each line. `answers` is room for a byte a line.
    pub fn add(&self, sheet: &Sheet, answers: &mut Vec<u8>, scores: &mut [i32]) {
        answers.clear();
        answers.resize(scores.len(), 0);
        for (level, question) in self.questions.iter().enumerate() {
            let bit = 1u8 << level;
            for (answer, &number) in answers.iter_mut().zip(sheet.column(question.column, question.off)) {
                *answer |= if number >= question.least { bit } else { 0 };
            }
        }
        for (score, &answer) in scores.iter_mut().zip(answers.iter()) {
            *score += i32::from(self.leaves[usize::from(answer)]);
        }
    }
}
