//! How good scores are, on lines that readers labelled.

use rayon::prelude::*;

use crate::judge::line::weights::Step;
use crate::types::Ratio;

/// A line with its score: score, whether it is article text, its words.
pub type Scored = (i32, bool, u32);

/// What is right and wrong when lines below a score are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    kept: u64,
    lost: u64,
    left: u64,
    cut: u64,
}

impl Figures {
    /// Counts each line once, or by its words.
    pub fn of(lines: &[Scored], below: i32, by_words: bool) -> Self {
        let mut figures = Self::default();
        for &(score, keep, words) in lines {
            let count = match (keep, score >= below) {
                (true, true) => &mut figures.kept,
                (true, false) => &mut figures.lost,
                (false, true) => &mut figures.left,
                (false, false) => &mut figures.cut,
            };
            *count += if by_words { u64::from(words) } else { 1 };
        }
        figures
    }

    /// Twice what is kept rightly, of that and all errors (F1 of "keep").
    pub fn keep_f1(self) -> Ratio {
        Ratio::new(2 * self.kept, 2 * self.kept + self.lost + self.left)
    }

    /// The share of article text that goes.
    pub fn loss(self) -> Ratio {
        Ratio::new(self.lost, self.kept + self.lost)
    }

    /// The share of furniture that goes.
    pub fn cut(self) -> Ratio {
        Ratio::new(self.cut, self.cut + self.left)
    }
}

/// Losses for which a score is sought, in words of a million.
const LOSSES: &[u32] = &[
    100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000, 12_500, 15_000, 17_500,
    20_000, 23_000, 26_000, 30_000, 36_000, 42_000, 50_000, 60_000, 80_000, 100_000,
];

/// The scores among which it is sought, beyond which there are none.
const SCORES: std::ops::Range<i32> = -(1 << 20)..1 << 20;

/// For each loss the greatest score below which lines may be cut, so that the mean of the sets loses no more and none of
/// them more than five thirds of it. Sets of which nothing should go count for the latter only.
pub(super) fn calibrate(sets: &[Vec<Scored>]) -> Vec<Step> {
    let step = |&loss: &u32| {
        let lost = |below: i32| {
            let figures = sets.iter().map(|set| Figures::of(set, below, true)).filter(|figures| figures.loss().of > 0);
            let (pages, texts): (Vec<Figures>, Vec<Figures>) = figures.partition(|figures| figures.cut().of > 0);
            let each = |figures: &[Figures]| figures.iter().map(|f| f.loss().parts_of(1_000_000)).collect::<Vec<u64>>();
            let (pages, texts) = (each(&pages), each(&texts));
            let mean = pages.iter().sum::<u64>() / (pages.len().max(1) as u64);
            (mean, pages.into_iter().chain(texts).max().unwrap_or_default())
        };
        let holds = |below: i32| {
            let (mean, worst) = lost(below);
            mean <= u64::from(loss) && 3 * worst <= 5 * u64::from(loss)
        };
        let (mut low, mut high) = (SCORES.start, SCORES.end);
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if holds(middle) { low = middle } else { high = middle - 1 }
        }
        let cuts = sets.iter().map(|set| Figures::of(set, low, true).cut()).filter(|cut| cut.of > 0);
        let cuts: Vec<u64> = cuts.map(|cut| cut.parts_of(1000)).collect();
        let mean = cuts.iter().sum::<u64>() / (cuts.len().max(1) as u64);
        Step { loss, below: low, cut: u32::try_from(mean).unwrap_or_default() }
    };
    LOSSES.par_iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_of_a_loss_is_the_greatest_that_holds() {
        // A word of article in a hundred lies at each score from 0 on; furniture lies below 20.
        let set: Vec<Scored> = (0..100).map(|n| (n, true, 1)).chain((-50..20).map(|n| (n, false, 1))).collect();
        let steps = calibrate(&[set.clone(), set]);
        let below = |loss| steps.iter().find(|step| step.loss == loss).map(|step| (step.below, step.cut));
        assert_eq!(below(10_000), Some((1, 51 * 1000 / 70)));
        assert_eq!(below(50_000), Some((5, 55 * 1000 / 70)));
        assert_eq!(below(100), Some((0, 50 * 1000 / 70)));
    }

    #[test]
    fn no_set_loses_much_more_than_the_mean() {
        let easy: Vec<Scored> = vec![(100, true, 1000), (0, false, 10)];
        let hard: Vec<Scored> = (0..100).map(|n| (n, true, 10)).chain([(0, false, 10)]).collect();
        let step = calibrate(&[easy, hard.clone()]).into_iter().find(|step| step.loss == 50_000).unwrap();
        assert_eq!(Figures::of(&hard, step.below, true).loss().basis_points(), 800);
    }
}
