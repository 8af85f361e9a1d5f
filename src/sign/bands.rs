//! Locality-sensitive hashing: slots are grouped in bands, and documents that agree in a whole band are candidates.

use crate::text::hash::hash64;
use crate::text::minhash::SLOTS;
use crate::text::shingle::mix;
use crate::types::Ratio;

/// `bands` bands of `rows` slots each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Number of bands.
    pub bands: usize,
    /// Slots in a band.
    pub rows: usize,
}

/// Share of the pairs right at the threshold that must become candidates, in thousandths.
const RECALL: f64 = 0.998;

impl Bands {
    /// The widest bands for which a pair at the threshold still meets with probability 0.998:
    /// 1 − (1 − t^rows)^bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_precision_loss,
        reason = "settings only: products of IEEE doubles, the same on every machine"
    )]
    pub fn for_threshold(threshold: Ratio) -> Self {
        let t = threshold.part as f64 / threshold.of.max(1) as f64;
        let power = |base: f64, n: usize| (0..n).fold(1.0, |p, _| p * base);
        let meets = |rows: usize| 1.0 - power(1.0 - power(t, rows), SLOTS / rows);
        let rows = (1..=16).rev().find(|&rows| meets(rows) >= RECALL).unwrap_or(1);
        Self { bands: SLOTS / rows, rows }
    }

    /// The key of each band; none without slots.
    pub fn keys(self, slots: &[u32]) -> impl Iterator<Item = u64> + '_ {
        let rows = slots.chunks_exact(self.rows).take(self.bands);
        (0u64..).zip(rows).map(|(band, rows)| mix(hash64(bytemuck::cast_slice(rows)).wrapping_add(band)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_follow_from_the_threshold() {
        assert_eq!(Bands::for_threshold(Ratio::new(8, 10)), Bands { bands: 21, rows: 6 });
        assert_eq!(Bands::for_threshold(Ratio::new(1, 1)).rows, 16);
        assert_eq!(Bands::for_threshold(Ratio::new(1, 10)).rows, 1);
    }
}
