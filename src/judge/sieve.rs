//! A set that may say yes to a few keys that it does not hold, and answers with one load.

/// A bit for each of many values of a key's middle bits.
#[derive(Clone)]
pub struct Sieve {
    bits: Box<[u64]>,
}

impl Sieve {
    /// An empty sieve of so many bits, a power of two.
    pub fn new(bits: usize) -> Self {
        Self { bits: vec![0; bits / 64].into() }
    }

    /// Takes in a key.
    pub fn add(&mut self, key: u64) {
        let (at, bit) = self.place(key);
        self.bits[at] |= bit;
    }

    /// Whether the key may have been taken in; `false` is certain.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        let (at, bit) = self.place(key);
        self.bits[at] & bit != 0
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        // The lowest bits of a word's hash say whether it is a number: they are left out.
        (((key >> 8) as usize) & (self.bits.len() - 1), 1 << (key >> 2 & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash64;

    #[test]
    fn holds_what_was_added_and_little_else() {
        let key = |n: u32| hash64(&n.to_le_bytes());
        let mut sieve = Sieve::new(1 << 16);
        (0..1000).for_each(|n| sieve.add(key(n)));
        assert!((0..1000).all(|n| sieve.may_hold(key(n))));
        let wrong = (1000..11_000).filter(|&n| sieve.may_hold(key(n))).count();
        assert!((50..300).contains(&wrong), "{wrong} of 10000");
    }
}
