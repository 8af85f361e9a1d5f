//! `MinHash`: the least value of each of many permutations over a set of shingles (Broder 1997). Two sets agree in a
//! slot with the probability of their resemblance.

use super::shingle::{BASE, mix};

/// Slots of a signature.
pub const SLOTS: usize = 128;
/// Slots that are worked on at a time: they stay in registers while all shingles pass.
const LANES: usize = 32;

/// Multipliers and offsets of the permutations `x → a x + b` modulo 2^32, from a fixed sequence (`SplitMix64` over the
/// slot numbers).
static PERMUTATIONS: ([u32; SLOTS], [u32; SLOTS]) = {
    let (mut multipliers, mut offsets) = ([0; SLOTS], [0; SLOTS]);
    let mut i = 0;
    while i < SLOTS {
        let x = mix((i as u64 + 1).wrapping_mul(BASE));
        multipliers[i] = (x >> 32) as u32 | 1;
        offsets[i] = (x & 0xFFFF_FFFF) as u32;
        i += 1;
    }
    (multipliers, offsets)
};

/// The signature of a set of shingles (their 32-bit hashes, repeats do no harm); empty without shingles.
pub fn minhash(shingles: &[u32]) -> Box<[u32]> {
    if shingles.is_empty() {
        return Box::default();
    }
    let mut slots = [u32::MAX; SLOTS];
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as was just asked.
        #[expect(
            unsafe_code,
            reason = "the same code as `least`, compiled for wider registers: signing takes a third less"
        )]
        unsafe {
            least_avx2(shingles, &mut slots);
        }
        return slots.into();
    }
    least(shingles, &mut slots);
    slots.into()
}

/// [`least`], compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn least_avx2(shingles: &[u32], slots: &mut [u32; SLOTS]) {
    least(shingles, slots);
}

/// Puts the least value of each permutation into its slot. Integers only: the same from any compiler and processor.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it must be compiled anew for each set of instructions")]
fn least(shingles: &[u32], slots: &mut [u32; SLOTS]) {
    let (multipliers, offsets) = &PERMUTATIONS;
    for (slots, (a, b)) in
        slots.chunks_exact_mut(LANES).zip(multipliers.chunks_exact(LANES).zip(offsets.chunks_exact(LANES)))
    {
        let mut lanes = [u32::MAX; LANES];
        for &x in shingles {
            for i in 0..LANES {
                lanes[i] = lanes[i].min(x.wrapping_mul(a[i]).wrapping_add(b[i]));
            }
        }
        slots.copy_from_slice(&lanes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash64;

    fn hashes(numbers: std::ops::Range<u64>) -> Vec<u32> {
        numbers.map(|i| (hash64(&i.to_le_bytes()) >> 32) as u32).collect()
    }

    #[test]
    fn slots_agree_as_often_as_shingles_do() {
        // 900 of 1,100 shingles in common: 81.8 % resemblance.
        let (x, y) = (minhash(&hashes(0..1000)), minhash(&hashes(100..1100)));
        let same = x.iter().zip(&*y).filter(|(p, q)| p == q).count();
        assert!((92..=118).contains(&same), "{same} of 128");
    }

    #[test]
    fn every_set_of_instructions_gives_the_same() {
        for n in [1, 2, 31, 1000] {
            let shingles = hashes(7..7 + n);
            let mut plain = [u32::MAX; SLOTS];
            least(&shingles, &mut plain);
            assert_eq!(*minhash(&shingles), plain);
        }
        assert!(minhash(&[]).is_empty());
    }
}
