//! What a text is known by when it is met again.

use std::fmt;
use std::str::FromStr;

/// The fingerprint of a text. That of a short one is a hash of 64 bits, equal for equal words only; that of a longer one
/// is a sketch of [`Print::SLOTS`] slots of four bits (b-bit `MinHash`, Li and König 2010), of which texts that are alike
/// have many in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Print(pub u128);

impl Print {
    /// Slots of a sketch.
    pub const SLOTS: usize = 32;
    /// Slots that two sketches of one text have in common at least. Texts with nothing in common agree in two by chance
    /// and in eighteen never (once in 10^13); those of which two thirds are the same agree in 22.
    pub const NEAR: u32 = 18;

    /// That of a short text.
    pub fn of_hash(hash: u64) -> Self {
        Self(hash.into())
    }

    /// That of a longer text, by its slots.
    pub fn of_slots(slots: impl Iterator<Item = u32>) -> Self {
        Self(slots.take(Self::SLOTS).fold(0, |all, slot| all << 4 | u128::from(slot & 15)))
    }

    /// Whether it is a sketch.
    pub fn is_sketch(self) -> bool {
        self.0 >> 64 != 0
    }

    /// Slots in which two agree.
    pub fn agreeing(self, other: Self) -> u32 {
        let bits = self.0 ^ other.0;
        let pairs = bits | bits >> 2;
        let differ = (pairs | pairs >> 1) & 0x1111_1111_1111_1111_1111_1111_1111_1111;
        32 - differ.count_ones()
    }

    /// Whether both are of one text, as it was and as it is.
    pub fn is_near(self, other: Self) -> bool {
        self == other || self.is_sketch() && other.is_sketch() && self.agreeing(other) >= Self::NEAR
    }

    /// Pairs of neighbouring slots, of which near sketches have at least two in common.
    pub fn pairs(self) -> [u8; Self::SLOTS / 2] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_sketch() { write!(f, "{:032x}", self.0) } else { write!(f, "{:016x}", self.0) }
    }
}

impl FromStr for Print {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let print = u128::from_str_radix(text, 16).map(Self).map_err(drop)?;
        if digits && print.to_string() == text { Ok(print) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        for print in [Print(0), Print(7), Print(u64::MAX.into()), Print(1 << 64), Print(u128::MAX)] {
            assert_eq!(print.to_string().parse(), Ok(print));
        }
        for bad in ["", "7", "+000000000000007", "000000000000000G", "00000000000000007", "ABCDEF0123456789"] {
            assert_eq!(bad.parse::<Print>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn sketches_are_near_and_hashes_are_equal_or_not() {
        let whole = Print(0x1234_5678_9abc_def0_1234_5678_9abc_def0);
        let slot = |n: u32| 0xf_u128 << (4 * n);
        let changed = |slots: u32| Print((0..slots).fold(whole.0, |print, n| print ^ slot(n)));
        assert_eq!((changed(3).agreeing(whole), changed(32).agreeing(whole)), (29, 0));
        assert!(changed(14).is_near(whole) && !changed(15).is_near(whole));
        assert!(!Print(0x1234).is_near(Print(0x1235)));
        let spread = (0..14).fold(whole.0, |print, n| print ^ slot(2 * n));
        let common = Print(spread).pairs().iter().zip(whole.pairs()).filter(|(a, b)| **a == *b).count();
        assert_eq!(common, 2);
    }
}
