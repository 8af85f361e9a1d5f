//! How values are read.

use std::path::Path;

use crate::error::Error;
use crate::judge::line::Weights;
use crate::judge::{self, RULES, Rule};
use crate::text::similar::edits;
use crate::types::Ratio;

/// A share in parts of a million.
pub(super) fn millionths(share: Ratio) -> u32 {
    u32::try_from(share.parts_of(1_000_000)).unwrap_or(u32::MAX)
}

/// The weights of the line judge in a file.
pub(in crate::cli) fn weights(path: &Path) -> Result<Weights, Error> {
    let bytes = std::fs::read(path).map_err(Error::io("cannot read", path))?;
    Weights::parse(&bytes).map_err(|why| {
        let path = path.display();
        Error::Usage(format!("{path} holds no weights: {why}\n  clean train LABELS --to FILE makes them"))
    })
}

/// The rule of that name, or the one that was meant.
pub(in crate::cli) fn rule(id: &str) -> Result<&'static Rule, Error> {
    judge::rule(id).ok_or_else(|| {
        let held = RULES.iter().find(|r| id.len() > 2 && r.id.contains(id));
        let near = || RULES.iter().min_by_key(|r| edits(r.id, id)).filter(|r| 2 * edits(r.id, id) <= id.len());
        let meant = held.or_else(near).map_or_else(String::new, |r| format!("; did you mean '{}'?", r.id));
        Error::Usage(format!("there is no rule '{id}'{meant}\n  clean rules lists them all"))
    })
}

/// Reads a share that may be written as a bare number of percents: `60`, `60%`, `0.6`.
pub(super) fn percent(text: &str) -> Result<Ratio, String> {
    text.parse().or_else(|why| format!("{text}%").parse().map_err(|_| why))
}

/// Reads a size: `1000`, `64K`, `100M`, `2G` (powers of 1024).
pub(super) fn size(text: &str) -> Result<u64, String> {
    let bad = || format!("'{text}' is no size: write 1000, 64K, 100M or 2G");
    let plain = text.trim_end_matches(['B', 'b']).trim_end_matches('i');
    let (digits, factor) = match plain.chars().last().map(|c| c.to_ascii_uppercase()) {
        Some('K') => (&plain[..plain.len() - 1], 1 << 10),
        Some('M') => (&plain[..plain.len() - 1], 1 << 20),
        Some('G') => (&plain[..plain.len() - 1], 1 << 30),
        _ => (plain, 1),
    };
    let count: u64 = digits.trim().parse().map_err(|_| bad())?;
    count.checked_mul(factor).ok_or_else(bad)
}

/// Reads the size of a record: spans are counted in 32 bits.
pub(super) fn record_size(text: &str) -> Result<usize, String> {
    let bytes = size(text)?;
    let narrow = usize::try_from(bytes).ok().filter(|&size| size < u32::MAX as usize);
    narrow.ok_or_else(|| format!("'{text}' is too large: a record is held in memory and has less than 4G"))
}
