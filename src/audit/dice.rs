//! Draws that look like chance and are none: the same seed and names give the same ones on every machine.

use crate::text::hash::hash64;

/// A sequence of draws: `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The draws of this seed for what these names name, whatever is drawn for others.
    pub fn new(seed: u64, names: &[&str]) -> Self {
        let mut bytes = seed.to_le_bytes().to_vec();
        for name in names {
            bytes.extend_from_slice(&(name.len() as u64).to_le_bytes());
            bytes.extend_from_slice(name.as_bytes());
        }
        Self(hash64(&bytes))
    }

    /// The next draw.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.draw()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// One of the list; none when it is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.below(list.len());
        list.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_draws_are_fixed() {
        assert_ne!(Dice::new(1, &["a", "bc"]).draw(), Dice::new(1, &["ab", "c"]).draw());
        assert_ne!(Dice::new(1, &["a"]).draw(), Dice::new(2, &["a"]).draw());
        assert_eq!(Dice(0).draw(), 0xE220_A839_7B1D_CDAF, "as published");
        let mut dice = Dice::new(1, &["a"]);
        let mut seen = [0; 5];
        (0..1000).for_each(|_| seen[dice.below(5)] += 1);
        assert!(seen.iter().all(|&times| times > 150), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
