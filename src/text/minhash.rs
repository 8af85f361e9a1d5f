//! `MinHash`: the least value of each of many permutations over a set of shingles (Broder 1997). Two sets agree in a
//! slot with the probability of their resemblance.

use super::shingle::{BASE, Shingles, between, mix, power};
use super::simd::Path;

/// Slots of a signature.
pub const SLOTS: usize = 128;
/// Multipliers and offsets of the permutations `x → a x + b` modulo 2^32, from a fixed sequence (`SplitMix64` over the
/// slot numbers); the offsets with [`SIGN`] taken off.
static PERMUTATIONS: ([u32; SLOTS], [u32; SLOTS]) = {
    let (mut multipliers, mut offsets) = ([0; SLOTS], [0; SLOTS]);
    let mut i = 0;
    while i < SLOTS {
        let x = mix((i as u64 + 1).wrapping_mul(BASE));
        multipliers[i] = (x >> 32) as u32 | 1;
        offsets[i] = (x & 0xFFFF_FFFF) as u32 ^ SIGN;
        i += 1;
    }
    (multipliers, offsets)
};

/// The signature of a set of shingles (their 32-bit hashes, repeats do no harm); empty without shingles.
pub fn minhash(shingles: &[u32]) -> Box<[u32]> {
    signature(!shingles.is_empty(), |slots| update(Path::chosen(), shingles, slots))
}

/// The signature of the runs of `k` words among words `from..to`, by the upper halves of their hashes; empty without
/// shingles.
pub fn minhash_of(shingles: &Shingles, k: usize, from: usize, to: usize) -> Box<[u32]> {
    let (starts, ends) = shingles.borders(k, from, to);
    signature(!starts.is_empty(), |slots| {
        let mut halves = [0; BLOCK];
        for (starts, ends) in starts.chunks(BLOCK).zip(ends.chunks(BLOCK)) {
            let halves = &mut halves[..starts.len()];
            upper_halves(Path::chosen(), starts, ends, power(k), halves);
            update(Path::chosen(), halves, slots);
        }
    })
}

/// Shingles that are hashed before the slots see them: their hashes stay in the cache nearest to the processor.
const BLOCK: usize = 512;

fn signature(any: bool, fill: impl FnOnce(&mut Slots)) -> Box<[u32]> {
    if !any {
        return Box::default();
    }
    let mut slots = [i32::MAX; SLOTS];
    fill(&mut slots);
    slots.iter().map(|&slot| slot.cast_unsigned() ^ SIGN).collect()
}

/// The least values so far, less 2^31: as signed numbers, which every set of instructions can compare.
type Slots = [i32; SLOTS];
const SIGN: u32 = 1 << 31;

/// Declares a function and the same one compiled for wider registers, and chooses between them by the path.
macro_rules! on_each_path {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) = $plain:expr, $avx2:expr, $avx512:expr;) => {
        $(#[$doc])*
        fn $name(path: Path, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $type),*) {
                    $avx2($($arg),*);
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                fn avx512($($arg: $type),*) {
                    $avx512($($arg),*);
                }
                // SAFETY: a path is chosen only when the processor has it.
                #[expect(unsafe_code, reason = "the same code for wider registers: up to twelve times as fast")]
                match path {
                    Path::Plain => {}
                    Path::Avx2 => return unsafe { avx2($($arg),*) },
                    Path::Avx512 => return unsafe { avx512($($arg),*) },
                }
            }
            let _ = path;
            $plain($($arg),*);
        }
    };
}

on_each_path! {
    /// Puts the least value of each permutation into its slot.
    fn update(shingles: &[u32], slots: &mut Slots) = least::<32>, least::<32>, least::<128>;
}

on_each_path! {
    /// The upper halves of the hashes of shingles that stand between these prefix sums.
    fn upper_halves(starts: &[u64], ends: &[u64], power: u64, out: &mut [u32]) = halves, halves, halves;
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "it must be compiled anew for each set of instructions")]
fn halves(starts: &[u64], ends: &[u64], power: u64, out: &mut [u32]) {
    for ((start, end), out) in starts.iter().zip(ends).zip(out) {
        *out = (between(*start, *end, power) >> 32) as u32;
    }
}

/// Integers only: the same from any compiler and processor. `LANES` slots at a time stay in registers while all shingles
/// pass.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it must be compiled anew for each set of instructions")]
fn least<const LANES: usize>(shingles: &[u32], slots: &mut Slots) {
    let (multipliers, offsets) = &PERMUTATIONS;
    let (parts, _) = slots.as_chunks_mut::<LANES>();
    let permutations = multipliers.as_chunks::<LANES>().0.iter().zip(offsets.as_chunks::<LANES>().0);
    for (slots, (a, b)) in parts.iter_mut().zip(permutations) {
        let mut lanes = *slots;
        for &x in shingles {
            for i in 0..LANES {
                let value = x.wrapping_mul(a[i]).wrapping_add(b[i]).cast_signed();
                lanes[i] = lanes[i].min(value);
            }
        }
        *slots = lanes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash64;
    use crate::text::{Folding, words};

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

    /// The signature by the definition.
    fn by_definition(shingles: &[u32]) -> Vec<u32> {
        let value = |i: usize, x: &u32| x.wrapping_mul(PERMUTATIONS.0[i]).wrapping_add(PERMUTATIONS.1[i] ^ SIGN);
        (0..SLOTS).map(|i| shingles.iter().map(|x| value(i, x)).min().unwrap()).collect()
    }

    #[test]
    fn every_set_of_instructions_gives_the_same() {
        for n in [1, 2, 31, 1000] {
            let shingles = hashes(7..7 + n);
            for path in Path::ALL.into_iter().filter(|path| path.is_here()) {
                let got = signature(true, |slots| update(path, &shingles, slots));
                assert_eq!(*got, by_definition(&shingles), "{}", path.name());
                let (starts, ends): (Vec<u64>, Vec<u64>) = (0..n).map(|i| (mix(i), mix(i + 5))).unzip();
                let mut halves = vec![0; starts.len()];
                upper_halves(path, &starts, &ends, power(5), &mut halves);
                let expected: Vec<u32> =
                    starts.iter().zip(&ends).map(|(s, e)| (between(*s, *e, power(5)) >> 32) as u32).collect();
                assert_eq!(halves, expected, "{}", path.name());
            }
        }
        assert!(minhash(&[]).is_empty());
    }

    #[test]
    fn shingles_of_words_are_hashed_in_blocks() {
        let text: Vec<String> = (0..1500).map(|i| format!("w{}", i * i)).collect();
        let (mut list, mut shingles) = (Vec::new(), Shingles::default());
        words(&text.join(" "), Folding::default(), &mut list);
        shingles.load(&list);
        for (from, to) in [(0, 1500), (3, 520), (10, 15), (10, 14), (7, 7)] {
            let halves: Vec<u32> = shingles.of(5, from, to).map(|hash| (hash >> 32) as u32).collect();
            assert_eq!(minhash_of(&shingles, 5, from, to), minhash(&halves), "{from}..{to}");
        }
    }
}
