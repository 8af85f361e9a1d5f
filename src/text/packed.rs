//! Words of up to sixteen bytes, in a register: folding and hashing without a loop over bytes.

#![expect(clippy::inline_always, reason = "a few instructions each, in the hottest loop")]

use super::hash::hash64;

/// Bit of a word's hash: the word holds a digit.
pub(super) const DIGIT: u64 = 1;
/// Bit of a word's hash: the word holds digits only.
pub(super) const ONLY_DIGITS: u64 = 2;

/// The longest word that fits.
pub(super) const WIDTH: usize = 16;

/// A word as UTF-8, the first byte lowest, zero behind the last. Letters beyond ASCII are folded already, those of ASCII
/// may be of either case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed {
    low: u64,
    high: u64,
}

/// `MASKS[n]` covers the `n` lowest bytes.
static MASKS: [u128; WIDTH + 1] = {
    let mut masks = [0; WIDTH + 1];
    let mut n = 1;
    while n <= WIDTH {
        masks[n] = u128::MAX >> (8 * (WIDTH - n));
        n += 1;
    }
    masks
};

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Bit 6 of each byte that is an ASCII digit: of all bytes in words, only digits have bit 5 and neither 6 nor 7.
const fn digits(x: u64) -> u64 {
    (x << 1) & !x & !(x >> 1) & each(0x40)
}

/// Sets the bit in which the two cases of a letter differ in each ASCII byte. Digits have it; `_` becomes DEL and the
/// bytes behind the word become spaces, and neither is part of a word.
const fn fold_case(x: u64) -> u64 {
    x | ((!x & each(0x80)) >> 2)
}

/// Sixteen bytes from `at` on; zeros behind the end.
#[inline(always)]
pub(super) fn load(bytes: &[u8], at: usize) -> u128 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => load_end(bytes.get(at..).unwrap_or_default()),
    }
}

#[cold]
fn load_end(rest: &[u8]) -> u128 {
    let mut chunk = [0; WIDTH];
    chunk[..rest.len()].copy_from_slice(rest);
    u128::from_le_bytes(chunk)
}

impl Packed {
    /// The first `len` bytes of what was loaded.
    #[inline(always)]
    pub(super) fn new(loaded: u128, len: usize) -> Self {
        Self::from(loaded & MASKS[len])
    }

    /// Its bytes as a number.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a double word")]
    pub(super) const fn from(x: u128) -> Self {
        Self { low: x as u64, high: (x >> 64) as u64 }
    }

    #[inline]
    fn wide(self) -> u128 {
        u128::from(self.low) | u128::from(self.high) << 64
    }

    /// Folded bytes, when they fit.
    pub(super) fn of(folded: &[u8]) -> Option<Self> {
        (folded.len() <= WIDTH).then(|| Self::from(load_end(folded)))
    }

    /// Whether all bytes are ASCII.
    #[inline(always)]
    pub(super) fn is_ascii(self) -> bool {
        (self.low | self.high) & each(0x80) == 0
    }

    /// With all digits made zeros.
    #[inline]
    pub(super) fn one_digit(self) -> Self {
        let zeros = |x: u64| x & !((digits(x) >> 2) - (digits(x) >> 6));
        Self { low: zeros(self.low), high: zeros(self.high) }
    }

    /// The hash: a folded multiplication of the two halves, as in wyhash (Wang Yi 2019). The constants hold bytes that
    /// UTF-8 never has, so no factor can be zero.
    #[inline(always)]
    pub(super) fn hash(self) -> u64 {
        let Self { low, high } = self;
        let digit = (digits(low) | digits(high)) != 0;
        mix(fold_case(low), fold_case(high), digit, self)
    }

    /// [`Packed::hash`] of a word of which all bytes are ASCII.
    #[inline(always)]
    pub(super) fn ascii_hash(self) -> u64 {
        let Self { low, high } = self;
        let digit = ((low << 1) & !low | (high << 1) & !high) & each(0x40) != 0;
        mix(low | each(0x20), high | each(0x20), digit, self)
    }

    /// Whether all of it are digits.
    #[inline]
    pub(super) fn is_digits(self) -> bool {
        (self.low | self.high) & each(0xC0) == 0
    }

    /// The folded bytes, and their number.
    #[inline]
    pub(super) fn folded(self) -> ([u8; WIDTH], usize) {
        let x = self.wide();
        let mut bytes = x.to_le_bytes();
        bytes.make_ascii_lowercase();
        (bytes, WIDTH - x.leading_zeros() as usize / 8)
    }
}

#[inline(always)]
fn mix(low: u64, high: u64, digit: bool, word: Packed) -> u64 {
    let product = u128::from(low ^ 0xFF3C_6EF3_72FE_94F9) * u128::from(high ^ 0xFF78_DDE6_E5FD_29F1);
    let Packed { low, high } = Packed::from(product);
    (low ^ high) & !(DIGIT | ONLY_DIGITS) | u64::from(digit) | u64::from(word.is_digits()) << 1
}

/// The hash of a folded word of any length.
pub(super) fn hash_of(folded: &[u8]) -> u64 {
    Packed::of(folded).map_or_else(|| long_hash(folded), Packed::hash)
}

fn long_hash(folded: &[u8]) -> u64 {
    let digits = folded.iter().filter(|b| b.is_ascii_digit()).count();
    let flags = if digits == 0 { 0 } else { DIGIT } | if digits == folded.len() { ONLY_DIGITS } else { 0 };
    hash64(folded) & !(DIGIT | ONLY_DIGITS) | flags
}
