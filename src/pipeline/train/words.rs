//! What words are worth: on how many sites they stand in articles, and on how many around them.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::Labelled;

/// Sites on which a word must stand.
const FEWEST: u32 = 4;

/// Sites without opinion that are added to both sides, in halves.
const CAUTION: u32 = 2;

/// Worth from which a word is remembered, in sixteenths of log-odds.
const LEAST: i8 = 6;

/// On how many sites words stand, in articles and around them.
pub(super) struct Counts {
    of: BTreeMap<u64, (u32, u32)>,
    /// What each site adds.
    sites: BTreeMap<u64, (BTreeSet<u64>, BTreeSet<u64>)>,
    /// Sites with articles, sites with furniture.
    all: (u32, u32),
}

impl Counts {
    /// Over the labelled lines of these pages.
    pub(super) fn of<'a>(pages: impl Iterator<Item = &'a Labelled>) -> Self {
        let mut sites: BTreeMap<u64, (BTreeSet<u64>, BTreeSet<u64>)> = BTreeMap::new();
        for page in pages {
            let (keep, drop) = sites.entry(page.site).or_default();
            for (words, label) in page.telling.iter().zip(&page.keep) {
                match label {
                    Some(true) => keep.extend(words),
                    Some(false) => drop.extend(words),
                    None => {}
                }
            }
        }
        let mut of: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
        for (keep, drop) in sites.values() {
            for &word in keep {
                of.entry(word).or_default().0 += 1;
            }
            for &word in drop {
                of.entry(word).or_default().1 += 1;
            }
        }
        let with = |side: fn(&(BTreeSet<u64>, BTreeSet<u64>)) -> bool| {
            u32::try_from(sites.values().filter(|sets| side(sets)).count()).unwrap_or(u32::MAX)
        };
        let all = (with(|sets| !sets.0.is_empty()), with(|sets| !sets.1.is_empty()));
        Self { of, sites, all }
    }

    /// What a word is worth, as if `site` had not been seen: what is learned from must not know its own label.
    pub(super) fn worth(&self, word: u64, site: u64) -> Option<i8> {
        let (keep, drop) = self.of.get(&word)?;
        let own = self.sites.get(&site);
        let keep = keep - own.map_or(0, |own| u32::from(own.0.contains(&word)));
        let drop = drop - own.map_or(0, |own| u32::from(own.1.contains(&word)));
        log_odds((keep, drop), self.all)
    }

    /// All words that are worth something.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = (u64, i8)> + '_ {
        self.of.iter().filter_map(|(&word, &counts)| Some((word, log_odds(counts, self.all)?)))
    }
}

/// The logarithm of how much more often a word stands on one side, in sixteenths; none when it says little.
#[expect(clippy::float_arithmetic, clippy::cast_possible_truncation, reason = "rounded to integers at once")]
fn log_odds((keep, drop): (u32, u32), (with_keep, with_drop): (u32, u32)) -> Option<i8> {
    if keep + drop < FEWEST {
        return None;
    }
    let share = |count: u32, of: u32| f64::from(2 * count + CAUTION) / f64::from(2 * of + 2 * CAUTION);
    let odds = (share(keep, with_keep) / share(drop, with_drop)).ln();
    let worth = (16.0 * odds).round().clamp(-100.0, 100.0) as i8;
    (worth.abs() >= LEAST).then_some(worth)
}
