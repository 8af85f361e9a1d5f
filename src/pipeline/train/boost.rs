//! Gradient boosting of oblivious trees for the log-loss (Friedman 2001; second-order steps as in Chen & Guestrin 2016).
//!
//! Gradients are integers, so that sums do not depend on the order of rows or on the number of threads. A question is
//! weighed by one thread, in the order of leaves.

use rayon::prelude::*;

use super::bins::Feature;
use crate::judge::line::forest::{Question, Tree, UNIT};
use crate::text::shingle::mix;

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Number of trees.
    pub trees: usize,
    /// Questions in a tree.
    pub depth: usize,
    /// Share of the best step that a tree takes, in hundredths.
    pub rate: i32,
    /// Weight of rows without opinion that are added to each leaf.
    pub caution: i32,
    /// Of how many columns one is looked at by a tree.
    pub sampled: u64,
    /// Of how many sites in a hundred a tree is grown: trees that never saw the same sites do not err alike.
    pub sites: u64,
}

impl Default for Growth {
    fn default() -> Self {
        Self { trees: 400, depth: 4, rate: 12, caution: 20, sampled: 2, sites: 60 }
    }
}

/// Probabilities are counted in these.
const ONE: i32 = 1 << 16;
/// Scores are cut off where the probability no longer changes.
const FURTHEST: i32 = 10 * UNIT;

/// The probability of a score, in [`ONE`]s, from a table.
struct Sigmoid(Vec<i32>);

impl Sigmoid {
    #[expect(clippy::float_arithmetic, clippy::cast_possible_truncation, reason = "rounded to integers at once")]
    fn new() -> Self {
        let p = |score: i32| (f64::from(ONE) / (1.0 + (-f64::from(score) / f64::from(UNIT)).exp())).round() as i32;
        Self((-FURTHEST..=FURTHEST).map(p).collect())
    }

    fn of(&self, score: i32) -> i32 {
        self.0[usize::try_from(score.clamp(-FURTHEST, FURTHEST) + FURTHEST).unwrap_or_default()]
    }
}

/// Gradient and curvature of the loss, summed.
#[derive(Clone, Copy, Default)]
struct Slope {
    down: i64,
    bend: i64,
}

impl Slope {
    fn add(&mut self, other: Self) {
        self.down += other.down;
        self.bend += other.bend;
    }

    fn without(self, other: Self) -> Self {
        Self { down: self.down - other.down, bend: self.bend - other.bend }
    }

    /// What the best step for these rows takes from the loss.
    #[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "of exact sums, always in one order")]
    fn gain(self, caution: i64) -> f64 {
        self.down as f64 * self.down as f64 / (self.bend + caution) as f64
    }
}

/// Rows with labels and weights, and the trees so far.
pub(super) struct Boost<'a> {
    pub(super) features: &'a [Feature],
    /// Whether each row is article text.
    pub(super) keep: &'a [bool],
    /// Weight of each row.
    pub(super) weight: &'a [i32],
    /// Site of each row.
    pub(super) site: &'a [u64],
}

impl Boost<'_> {
    /// Grows the trees; `base` is the score before any.
    pub(super) fn grow(&self, growth: Growth, base: i32) -> Vec<Tree> {
        let sigmoid = Sigmoid::new();
        let mut scores = vec![base; self.keep.len()];
        let mut trees = Vec::with_capacity(growth.trees);
        for number in 0..growth.trees {
            let seen = |&row: &usize| mix((number as u64) << 32 ^ mix(self.site[row])) % 100 < growth.sites;
            let rows: Vec<usize> = (0..scores.len()).filter(seen).collect();
            let slopes: Vec<Slope> = rows.iter().map(|&row| self.slope(&sigmoid, row, scores[row])).collect();
            let (tree, leaves) = self.tree(growth, number as u64, &rows, &slopes);
            for (score, leaf) in scores.iter_mut().zip(leaves) {
                *score += i32::from(tree.leaves[usize::from(leaf)]);
            }
            trees.push(tree);
        }
        trees
    }

    fn slope(&self, sigmoid: &Sigmoid, row: usize, score: i32) -> Slope {
        let p = sigmoid.of(score);
        let target = if self.keep[row] { ONE } else { 0 };
        let weight = i64::from(self.weight[row]);
        Slope {
            down: weight * i64::from(target - p),
            bend: weight * (i64::from(p) * i64::from(ONE - p) / i64::from(ONE)),
        }
    }

    /// The next tree, grown on some rows with their slopes; and the leaf of each row.
    fn tree(&self, growth: Growth, number: u64, rows: &[usize], slopes: &[Slope]) -> (Tree, Vec<u8>) {
        let caution = i64::from(growth.caution) * i64::from(ONE) * MEAN_WEIGHT / 4;
        let mut leaves = vec![0u8; self.keep.len()];
        let mut questions = Vec::with_capacity(growth.depth);
        let looked_at =
            |i: &usize| mix(number.wrapping_mul(0x1_0001) ^ (*i as u64) << 20).is_multiple_of(growth.sampled);
        let mut columns: Vec<Sums> = (0..self.features.len())
            .filter(looked_at)
            .map(|feature| Sums { feature, of: vec![Slope::default(); self.features[feature].borders.len() + 1] })
            .collect();
        let mut part = Part { rows: rows.to_vec(), slopes: slopes.to_vec(), leaves: vec![0; rows.len()], yes: false };
        for level in 0..growth.depth {
            let best = columns
                .par_iter_mut()
                .filter_map(|sums| {
                    let feature = &self.features[sums.feature];
                    if level == 0 {
                        sums.begin(feature, &part);
                    } else {
                        sums.divide(feature, &part);
                    }
                    sums.best_border(feature, caution)
                })
                // The greatest gain; of equal ones the first column.
                .reduce_with(|a, b| if (b.0, a.1) > (a.0, b.1) { b } else { a });
            let Some((_, feature, border)) = best else { break };
            let Feature { column, off, borders, steps } = &self.features[feature];
            questions.push(Question { column: *column, off: *off, least: borders[border] });
            let least = u8::try_from(border + 1).unwrap_or(u8::MAX);
            part = Part::of(rows, slopes, &leaves, |row| steps[row] >= least);
            for (leaf, &step) in leaves.iter_mut().zip(steps) {
                *leaf |= u8::from(step >= least) << level;
            }
        }
        let mut sums = vec![Slope::default(); 1 << questions.len()];
        for (&row, &slope) in rows.iter().zip(slopes) {
            sums[usize::from(leaves[row])].add(slope);
        }
        let worth = |sum: Slope| {
            let step = i128::from(sum.down) * i128::from(UNIT) * i128::from(growth.rate)
                / 100
                / i128::from(sum.bend + caution);
            i16::try_from(step.clamp(-4096, 4096)).unwrap_or_default()
        };
        (Tree { questions, leaves: sums.into_iter().map(worth).collect() }, leaves)
    }
}

/// The rows on one side of the last question, whichever are fewer: what is on the other side is the rest.
struct Part {
    rows: Vec<usize>,
    slopes: Vec<Slope>,
    /// Their leaves before that question.
    leaves: Vec<u8>,
    /// Whether they are those that say yes.
    yes: bool,
}

impl Part {
    fn of(rows: &[usize], slopes: &[Slope], leaves: &[u8], says: impl Fn(usize) -> bool) -> Self {
        let yes = 2 * rows.iter().filter(|&&row| says(row)).count() <= rows.len();
        let side = || rows.iter().zip(slopes).filter(|(row, _)| says(**row) == yes);
        Self {
            rows: side().map(|(&row, _)| row).collect(),
            slopes: side().map(|(_, &slope)| slope).collect(),
            leaves: side().map(|(&row, _)| leaves[row]).collect(),
            yes,
        }
    }
}

/// The slopes of one column, summed for each leaf and step, as a tree grows.
struct Sums {
    feature: usize,
    of: Vec<Slope>,
}

impl Sums {
    /// Takes in rows.
    fn begin(&mut self, Feature { borders, steps, .. }: &Feature, part: &Part) {
        let width = borders.len() + 1;
        for ((&row, &slope), &leaf) in part.rows.iter().zip(&part.slopes).zip(&part.leaves) {
            self.of[usize::from(leaf) * width + usize::from(steps[row])].add(slope);
        }
    }

    /// Divides each leaf in two, of which one has the rows of this part.
    fn divide(&mut self, feature: &Feature, part: &Part) {
        let mut side = Self { feature: self.feature, of: vec![Slope::default(); self.of.len()] };
        side.begin(feature, part);
        for (whole, side) in self.of.iter_mut().zip(&mut side.of) {
            *whole = whole.without(*side);
            if !part.yes {
                std::mem::swap(whole, side);
            }
        }
        self.of.append(&mut side.of);
    }

    /// The border that gains most when every leaf is divided by it: gain, feature, border.
    #[expect(clippy::float_arithmetic, reason = "of exact sums, always in one order")]
    fn best_border(&self, Feature { borders, .. }: &Feature, caution: i64) -> Option<(f64, usize, usize)> {
        let mut gains = vec![0.0f64; borders.len()];
        for leaf in self.of.chunks_exact(borders.len() + 1) {
            let mut all = Slope::default();
            for &slope in leaf {
                all.add(slope);
            }
            if all.bend == 0 {
                continue;
            }
            let whole = all.gain(caution);
            let mut below = Slope::default();
            for (gain, &step) in gains.iter_mut().zip(leaf) {
                below.add(step);
                *gain += below.gain(caution) + all.without(below).gain(caution) - whole;
            }
        }
        let best = gains.iter().copied().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        (best.1 > 0.0).then_some((best.1, self.feature, best.0))
    }
}

/// Weights are counted in these: a row of a page like any other.
pub(super) const MEAN_WEIGHT: i64 = 64;
