//! Documents whose words stand, nearly all of them, in a longer one.
//!
//! `MinHash` compares with the shingles of both, so it misses these where the sizes differ. Here each document gives the
//! shingles whose hash a fixed number divides (`FracMinHash`: Irber and others 2022): of those of a contained document the
//! longer one gives nearly all.

use super::marks::Documents;
use super::meet::{meet, shared};
use crate::types::{DocPair, Ratio, Sample, Within};

/// Pairs of staying documents, a longer one first, for each sample that they share. Returns the number of samples of which
/// not all pairs were made.
pub fn candidates(samples: &mut dyn Iterator<Item = Sample>, gone: &Documents, emit: &mut dyn FnMut(Within)) -> u64 {
    let staying = shared(samples, |s| s.key).filter(|s| !gone.has(s.doc));
    let pair = |long: Sample, short: Sample| Within { short: short.doc, long: long.doc, samples: short.samples };
    meet(staying, |s| s.key, |long, short| emit(pair(long, short)))
}

/// Of these, sorted, the pairs that share so many samples that they are worth counting: half of what the limit lets one
/// expect, so that chance, and samples of which not all pairs were made, seldom hide one.
pub fn likely(pairs: &mut dyn Iterator<Item = Within>, limit: Ratio, emit: &mut dyn FnMut(DocPair)) {
    let mut pairs = pairs.peekable();
    while let Some(pair) = pairs.next() {
        let mut both = 1;
        while pairs.next_if(|next| (next.short, next.long) == (pair.short, pair.long)).is_some() {
            both += 1;
        }
        if 2 * both >= limit.least_of(pair.samples) {
            emit(DocPair { later: pair.short, earlier: pair.long });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{DocRef, Index, ShardIndex};

    fn doc(number: u32) -> DocRef {
        DocRef::new(0, number)
    }

    #[test]
    fn the_short_one_is_paired_with_a_long_one_that_stays() {
        let index = Index { shards: vec![ShardIndex { documents: 4, ..ShardIndex::default() }] };
        let gone = Documents::none_of(&index);
        gone.set(doc(3));
        // Document 0 has four samples, of which 1 (longer) has three and 2 (longer) has one; 3 has all, but goes.
        let sample =
            |key, words: u64, number, samples| Sample { key, shorter: u64::MAX - words, doc: doc(number), samples };
        let mut samples: Vec<Sample> = (0..4).flat_map(|key| [sample(key, 30, 0, 4), sample(key, 99, 3, 4)]).collect();
        samples.extend((0..3).map(|key| sample(key, 60, 1, 8)));
        samples.extend([sample(3, 50, 2, 5), sample(9, 50, 2, 5)]);
        samples.sort_unstable();
        let (mut pairs, mut out) = (Vec::new(), Vec::new());
        assert_eq!(candidates(&mut samples.into_iter(), &gone, &mut |pair| pairs.push(pair)), 0);
        pairs.sort_unstable();
        likely(&mut pairs.into_iter(), Ratio::new(9, 10), &mut |pair| out.push(pair));
        assert_eq!(out, [DocPair { later: doc(0), earlier: doc(1) }]);
    }
}
