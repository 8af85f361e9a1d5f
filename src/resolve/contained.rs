//! Documents whose words stand, nearly all of them, in a longer one.
//!
//! `MinHash` compares with the shingles of both, so it misses these where the sizes differ. Here each document gives the
//! shingles whose hash a fixed number divides (`FracMinHash`: Irber and others 2022): of those of a contained document the
//! longer one gives nearly all.

use std::cell::RefCell;

use super::marks::Standing;
use super::meet::{meet_and_tell, shared};
use crate::types::{DocPair, DocRef, Ratio, Sample, Within};

/// Pairs of staying documents, a longer one first, for each sample that they share; the shorter one is no old one. Where so
/// many share it that not all pairs are made, each of them is also paired with itself. Returns the number of such samples.
pub fn candidates(samples: &mut dyn Iterator<Item = Sample>, standing: &Standing, emit: &mut dyn FnMut(Within)) -> u64 {
    let old = standing.old;
    let staying = shared(samples, |s| s.key).filter(|s| !standing.is_gone(s.doc));
    let emit = RefCell::new(emit);
    let put = |long: Sample, short: Sample| {
        (emit.borrow_mut())(Within { short: short.doc, long: long.doc, samples: short.samples });
    };
    let alone = |member: Sample| {
        if !old.doc(member.doc) {
            put(member, member);
        }
    };
    meet_and_tell(staying, |s| s.key, |s| !old.doc(s.doc), put, alone)
}

/// Of these, sorted, the pairs that share so many samples that they are worth counting: half of what the limit lets one
/// expect, so that chance seldom hides one. Of the samples that too many share, fewer do: an eighth of all is asked for.
pub fn likely(pairs: &mut dyn Iterator<Item = Within>, limit: Ratio, emit: &mut dyn FnMut(DocPair)) {
    let mut pairs = pairs.peekable();
    let mut shared: Vec<(DocRef, u64)> = Vec::new();
    while let Some(first) = pairs.next() {
        let short = first.short;
        shared.clear();
        shared.push((first.long, 1));
        while let Some(pair) = pairs.next_if(|next| next.short == short) {
            match shared.last_mut().filter(|(long, _)| *long == pair.long) {
                Some((_, both)) => *both += 1,
                None => shared.push((pair.long, 1)),
            }
        }
        let crowded = shared.iter().find(|(long, _)| *long == short).map_or(0, |(_, all)| *all);
        let (all, own) = (limit.least_of(first.samples), limit.least_of(first.samples.saturating_sub(crowded)));
        for &(long, _) in shared.iter().filter(|(long, both)| *long != short && 2 * both >= own && 8 * both >= all) {
            emit(DocPair { later: short, earlier: long });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Index, Old, ShardIndex};

    fn doc(number: u32) -> DocRef {
        DocRef::new(0, number)
    }

    #[test]
    fn the_short_one_is_paired_with_a_long_one_that_stays() {
        let index = Index { shards: vec![ShardIndex { documents: 4, ..ShardIndex::default() }] };
        let standing = Standing::of(&index, Old::default());
        standing.leave_out(doc(3));
        // Document 0 has four samples, of which 1 (longer) has three and 2 (longer) has one; 3 has all, but goes.
        let sample =
            |key, words: u64, number, samples| Sample { key, shorter: u64::MAX - words, doc: doc(number), samples };
        let mut samples: Vec<Sample> = (0..4).flat_map(|key| [sample(key, 30, 0, 4), sample(key, 99, 3, 4)]).collect();
        samples.extend((0..3).map(|key| sample(key, 60, 1, 8)));
        samples.extend([sample(3, 50, 2, 5), sample(9, 50, 2, 5)]);
        samples.sort_unstable();
        let (mut pairs, mut out) = (Vec::new(), Vec::new());
        assert_eq!(candidates(&mut samples.into_iter(), &standing, &mut |pair| pairs.push(pair)), 0);
        pairs.sort_unstable();
        likely(&mut pairs.into_iter(), Ratio::new(9, 10), &mut |pair| out.push(pair));
        assert_eq!(out, [DocPair { later: doc(0), earlier: doc(1) }]);
    }
    #[test]
    fn samples_of_a_template_hide_nothing() {
        let documents = 100;
        let index = Index { shards: vec![ShardIndex { documents, ..ShardIndex::default() }] };
        let standing = Standing::of(&index, Old::default());
        // All documents have samples 0 to 5; the last has two more, which a longer one has too. By the template they do not
        // meet.
        let sample = |key, number: u32| Sample {
            key,
            shorter: u64::MAX - u64::from(documents - number),
            doc: doc(number),
            samples: if number == documents - 1 { 8 } else { 60 },
        };
        let template = (0..documents).flat_map(|number| (0..6).map(move |key| sample(key, number)));
        let own = (6..8).flat_map(|key| [sample(key, 50), sample(key, documents - 1)]);
        let mut samples: Vec<Sample> = template.chain(own).collect();
        samples.sort_unstable();
        let (mut pairs, mut out) = (Vec::new(), Vec::new());
        assert_eq!(candidates(&mut samples.into_iter(), &standing, &mut |pair| pairs.push(pair)), 6);
        pairs.sort_unstable();
        likely(&mut pairs.into_iter(), Ratio::new(9, 10), &mut |pair| out.push(pair));
        assert!(out.contains(&DocPair { later: doc(documents - 1), earlier: doc(50) }));
        assert!(out.iter().all(|pair| pair.later == doc(documents - 1)), "{out:?}");
    }
}
