//! A set that may say yes to a few keys that it does not hold, and answers with one load.

/// A bit for each of many values of a key's bits: `WORDS` times 64, a power of two.
#[derive(Clone)]
pub struct Sieve<const WORDS: usize> {
    bits: Box<[u64; WORDS]>,
}

/// Keys that are looked at side by side: as many as a mask has bits.
pub const SIDE_BY_SIDE: usize = 64;

impl<const WORDS: usize> Sieve<WORDS> {
    /// Bits of a key that are left when those that choose a word are taken.
    const REST: u32 = u64::BITS - WORDS.ilog2();

    /// A sieve of these keys.
    pub fn of(keys: impl IntoIterator<Item = u64>) -> Self {
        assert!(WORDS.is_power_of_two(), "a word for each value of some bits");
        let mut bits = Box::new([0; WORDS]);
        keys.into_iter().for_each(|key| bits[Self::word(key)] |= 1 << Self::bit(key));
        Self { bits }
    }

    /// Whether the key may have been taken in; `false` is certain.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        self.bits[Self::word(key)] >> Self::bit(key) & 1 != 0
    }

    #[inline]
    fn word(key: u64) -> usize {
        usize::try_from(key >> Self::REST).unwrap_or_default()
    }

    /// The lowest bits of a word's hash say whether it is a number: they are left out.
    #[inline]
    fn bit(key: u64) -> u64 {
        key >> 2 & 63
    }
}

/// The numbers of those of up to [`SIDE_BY_SIDE`] items for which `is` holds. All are asked before anything else is done: where
/// few hold, no branch depends on which.
#[inline]
pub fn sift<T>(items: impl DoubleEndedIterator<Item = T>, is: impl Fn(T) -> bool) -> impl Iterator<Item = usize> {
    let mut mask = items.rev().fold(0u64, |mask, item| mask << 1 | u64::from(is(item)));
    std::iter::from_fn(move || {
        let first = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash64;

    #[test]
    fn holds_what_was_added_and_little_else() {
        let key = |n: u32| hash64(&n.to_le_bytes());
        let sieve = Sieve::<1024>::of((0..1000).map(key));
        assert!((0..1000).all(|n| sieve.may_hold(key(n))));
        let wrong = (1000..11_000).filter(|&n| sieve.may_hold(key(n))).count();
        assert!((50..300).contains(&wrong), "{wrong} of 10000");
    }

    #[test]
    fn sifts_in_order() {
        assert_eq!(sift(0..64, |n| n % 21 == 0).collect::<Vec<_>>(), [0, 21, 42, 63]);
        assert_eq!(sift(0..0, |_| true).count(), 0);
    }
}
