//! `clean train`: from labelled pages to the weights of the line judge.
//!
//! Measured by cross-validation over sites: the score of each line is that of trees that never saw its site.

mod bins;
mod boost;
mod figures;
mod labels;
mod words;

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::error::Error;
use crate::judge::line::grove::Forest;
use crate::judge::line::vocabulary::{self, Vocabulary};
use crate::judge::line::{Sheet, Weights, around, of_sheet};
use bins::Row;
pub use boost::Growth;
use boost::{Boost, MEAN_WEIGHT};
pub use figures::{Figures, Scored};
use labels::Labelled;
use words::Counts;

/// Parts into which sites are divided.
const FOLDS: u64 = 5;

/// Pages of one site that count in full; of more, all count less, so that no site drowns the others.
const PAGES: i64 = 30;

/// What training is asked to do.
#[derive(Clone, Debug)]
pub struct Task {
    /// Files of labelled pages.
    pub labels: Vec<PathBuf>,
    /// How trees are grown.
    pub growth: Growth,
    /// What a switch between article and furniture costs.
    pub switch: i32,
    /// Worker threads; 0 for one a core.
    pub threads: usize,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The weights.
    pub weights: Weights,
    /// For each file, its lines with the scores of trees that did not see their sites.
    pub sets: Vec<Vec<Scored>>,
}

/// Trains on labelled pages, and measures by sites.
///
/// # Errors
///
/// When labels cannot be read, or there are too few.
pub fn train(task: &Task) -> Result<Trained, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(task.threads).build();
    let pool = pool.map_err(|e| Error::Usage(format!("cannot start threads: {e}")))?;
    pool.install(|| {
        let pages = labels::read(&task.labels)?;
        trained(task, &pages)
    })
}

fn trained(task: &Task, pages: &[Labelled]) -> Result<Trained, Error> {
    let labels = || pages.iter().flat_map(|page| &page.keep);
    if !labels().any(|&keep| keep == Some(true)) || !labels().any(|&keep| keep == Some(false)) {
        return Err(Error::Usage("the labels need lines to keep and lines to drop".into()));
    }
    let mut sets: Vec<Vec<Scored>> = vec![Vec::new(); task.labels.len()];
    for fold in 0..FOLDS {
        let (weights, sheets) = learn(task, pages, |page| page.site % FOLDS != fold);
        for (page, sheet) in pages.iter().zip(&sheets).filter(|(page, _)| page.site % FOLDS == fold) {
            let lines = of_sheet(sheet, &weights).into_iter().zip(&page.keep).zip(&page.words);
            sets[page.file].extend(lines.filter_map(|((score, keep), &words)| Some((score, (*keep)?, words))));
        }
    }
    let (mut weights, _) = learn(task, pages, |_| true);
    weights.calibration = figures::calibrate(&sets);
    Ok(Trained { weights, sets })
}

/// Weights from some of the pages; and the sheets of all pages, with what words are worth there. A page that is learned
/// from is shown what the words are worth on other sites.
fn learn(task: &Task, pages: &[Labelled], learned: impl Fn(&Labelled) -> bool + Sync) -> (Weights, Vec<Sheet>) {
    let counts = Counts::of(pages.iter().filter(|page| learned(page)));
    let sheet = |page: &Labelled| {
        let mut sheet = page.sheet.clone();
        for (line, words) in page.telling.iter().enumerate() {
            vocabulary::fill(&mut sheet, line, words.iter().filter_map(|&word| counts.worth(word, page.site)));
        }
        around::whole_page(&mut sheet);
        sheet
    };
    let sheets: Vec<Sheet> = pages.par_iter().map(sheet).collect();
    let lines = |page: usize| (0..pages[page].keep.len()).map(move |line| (page, line));
    let rows: Vec<Row> = (0..pages.len())
        .filter(|&page| learned(&pages[page]))
        .flat_map(lines)
        .filter(|&(page, line)| pages[page].keep[line].is_some())
        .collect();
    let keep: Vec<bool> = rows.iter().map(|&(page, line)| pages[page].keep[line] == Some(true)).collect();
    let mut of_site: BTreeMap<u64, i64> = BTreeMap::new();
    for page in pages {
        *of_site.entry(page.site).or_default() += 1;
    }
    let page_weight =
        |page: &Labelled| i32::try_from(MEAN_WEIGHT * PAGES / of_site[&page.site].max(PAGES)).unwrap_or(1).max(1);
    let weight: Vec<i32> = rows.iter().map(|&(page, _)| page_weight(&pages[page])).collect();
    let features = bins::features(&sheets, &rows);
    let site: Vec<u64> = rows.iter().map(|&(page, _)| pages[page].site).collect();
    let trees = Boost { features: &features, keep: &keep, weight: &weight, site: &site }.grow(task.growth, 0);
    let (forest, words) = (Forest::new(trees), Vocabulary::new(counts.vocabulary()));
    (Weights { base: 0, words, forest, switch: task.switch, calibration: Vec::new(), fingerprint: 0 }, sheets)
}
