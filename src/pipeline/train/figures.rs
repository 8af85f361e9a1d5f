//! How good scores are, on lines that readers labelled.

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
    100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000, 70_000,
    100_000,
];

/// For each loss the greatest score below which lines may be cut without losing more on any set of pages.
pub(super) fn calibrate(sets: &[Vec<Scored>]) -> Vec<Step> {
    let sorted: Vec<Vec<Scored>> = sets
        .iter()
        .map(|set| {
            let mut set = set.clone();
            set.sort_unstable();
            set
        })
        .collect();
    let most = |set: &Vec<Scored>, loss: u32| {
        let all: u64 = set.iter().filter(|line| line.1).map(|line| u64::from(line.2)).sum();
        let mut lost = 0;
        for &(score, keep, words) in set {
            lost += if keep { u64::from(words) } else { 0 };
            if lost * 1_000_000 > u64::from(loss) * all {
                return score;
            }
        }
        i32::MAX
    };
    let step = |&loss: &u32| {
        let below = sorted.iter().filter(|set| set.iter().any(|line| line.1)).map(|set| most(set, loss)).min()?;
        let cuts: Vec<u64> = sorted
            .iter()
            .map(|set| Figures::of(set, below, true).cut())
            .filter(|cut| cut.of > 0)
            .map(Ratio::basis_points)
            .collect();
        let mean = cuts.iter().sum::<u64>() / (cuts.len().max(1) as u64) / 10;
        Some(Step { loss, below, cut: u32::try_from(mean).unwrap_or_default() })
    };
    LOSSES.iter().filter_map(step).collect()
}
