//! How often alike documents become candidates: measured beside the theory, as `docs/dedup-curves.svg`.
//!
//! `cargo bench --bench curves -- DIR`: DIR holds `docs.jsonl` (a record a line, with `id` and `text`) and `pairs.tsv` (a
//! head, then two ids and what may follow). What two documents have in common is counted here anew, with the program's own
//! words and shingles. Without a folder, or where these files are not there, nothing is drawn.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "shares for a picture: nothing is decided by them"
)]

mod svg;

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use textclean::sign::{Bands, Recipe};
use textclean::text::minhash::minhash_of;
use textclean::text::shingle::{Shingles, common, set};
use textclean::text::words;
use textclean::types::Ratio;

/// Bins of a Jaccard index from 0 to 1.
const BINS: usize = 40;
/// The thresholds, in tenths.
const THRESHOLDS: [u64; 5] = [5, 6, 7, 8, 9];

/// The pairs of one stretch of Jaccard indices, for one threshold.
#[derive(Clone, Copy, Default)]
struct Bin {
    pairs: usize,
    /// Pairs that agree in a band.
    met: usize,
    /// Sum of their Jaccard indices.
    jaccard: f64,
    /// Sum of the probabilities to agree in a band, and of p (1 − p).
    expected: f64,
    variance: f64,
}

/// A threshold with its bands and bins.
struct Curve {
    threshold: u64,
    bands: Bands,
    bins: [Bin; BINS],
    /// Pairs that reach the threshold, and how many of them agree in no band.
    alike: usize,
    missed: usize,
}

/// A document: its distinct shingles, sorted, and its signature.
type Signed = (Vec<u64>, Box<[u32]>);

fn main() -> io::Result<()> {
    // Cargo passes --bench (or --test) of its own.
    let folder = std::env::args_os().skip(1).find(|a| !a.to_string_lossy().starts_with("--")).map(PathBuf::from);
    let Some(folder) = folder else { return Ok(()) };
    let (Ok(pairs), Ok(docs)) =
        (fs::read_to_string(folder.join("pairs.tsv")), fs::read_to_string(folder.join("docs.jsonl")))
    else {
        return writeln!(io::stderr(), "nothing is drawn: {} has no pairs.tsv and docs.jsonl", folder.display());
    };
    let pairs: Vec<(&str, &str)> = pairs.lines().skip(1).filter_map(pair).collect();
    let signed = signed(&docs, &pairs.iter().flat_map(|(a, b)| [*a, *b]).collect());
    let found: Vec<_> = pairs.iter().filter_map(|(a, b)| Some((signed.get(*a)?, signed.get(*b)?))).collect();
    let curves: Vec<Curve> = THRESHOLDS.iter().map(|&threshold| curve(threshold, &found)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dedup-curves.svg");
    fs::write(&path, svg::draw(&curves))?;
    let mut out = io::stdout();
    writeln!(out, "{} pairs of {} documents, {}", found.len(), signed.len(), path.display())?;
    writeln!(out, "threshold | bands x rows | pairs that reach it | without a band | largest difference")?;
    curves.iter().try_for_each(|curve| writeln!(out, "{}", curve.summary()))
}

/// The first two fields of a line.
fn pair(line: &str) -> Option<(&str, &str)> {
    let mut fields = line.split('\t');
    Some((fields.next()?, fields.next()?))
}

/// Signs the wanted documents as the program does.
fn signed(docs: &str, wanted: &HashSet<&str>) -> HashMap<String, Signed> {
    let recipe = Recipe::default();
    let (mut list, mut shingles) = (Vec::new(), Shingles::default());
    let mut one = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        let id = record["id"].as_str().filter(|id| wanted.contains(id))?;
        list.clear();
        words(record["text"].as_str()?, recipe.folding, &mut list);
        shingles.load(&list);
        let all = set(shingles.of(recipe.shingle, 0, list.len()).collect());
        Some((id.to_owned(), (all, minhash_of(&shingles, recipe.shingle, 0, list.len()))))
    };
    docs.lines().filter_map(&mut one).collect()
}

fn curve(threshold: u64, pairs: &[(&Signed, &Signed)]) -> Curve {
    let limit = Ratio::new(threshold, 10);
    let bands = Bands::for_threshold(limit);
    let mut curve = Curve { threshold, bands, bins: [Bin::default(); BINS], alike: 0, missed: 0 };
    for ((a, slots), (b, others)) in pairs {
        let both = common(a, b, 0).unwrap_or(0);
        let either = ((a.len() + b.len()) as u64 - both).max(1);
        let (jaccard, met) =
            (both as f64 / either as f64, bands.keys(slots).zip(bands.keys(others)).any(|(a, b)| a == b));
        let p = curve.meets(jaccard);
        let at = usize::try_from(both * BINS as u64 / either).unwrap_or(BINS).min(BINS - 1);
        let bin = &mut curve.bins[at];
        bin.pairs += 1;
        bin.met += usize::from(met);
        bin.jaccard += jaccard;
        bin.expected += p;
        bin.variance += p * (1.0 - p);
        if Ratio::new(both, either).reaches(limit) {
            curve.alike += 1;
            curve.missed += usize::from(!met);
        }
    }
    curve
}

impl Curve {
    /// The probability to agree in a band: 1 − (1 − J^rows)^bands.
    fn meets(&self, jaccard: f64) -> f64 {
        let power = |base: f64, n: usize| (0..n).fold(1.0, |p, _| p * base);
        1.0 - power(1.0 - power(jaccard, self.bands.rows), self.bands.bands)
    }

    /// A row of the table; the largest difference among bins of at least 50 pairs, and the standard error there.
    fn summary(&self) -> String {
        let apart = |bin: &Bin| (bin.met as f64 - bin.expected).abs() / bin.pairs as f64;
        let full = self.bins.iter().enumerate().filter(|(_, bin)| bin.pairs >= 50);
        let largest = full.max_by(|(_, a), (_, b)| apart(a).total_cmp(&apart(b)));
        let largest = largest.map_or(String::new(), |(at, bin)| {
            let (from, error) = (at as f64 / BINS as f64, bin.variance.sqrt() / bin.pairs as f64);
            format!("{:.4} in {from:.3} ({} pairs, standard error {error:.4})", apart(bin), bin.pairs)
        });
        let Bands { bands, rows } = self.bands;
        format!("0.{} | {bands} x {rows} | {} | {} | {largest}", self.threshold, self.alike, self.missed)
    }
}
