//! The one door to the hash function: XXH3 with its fixed default seed, the same on every machine.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::shingle::mix;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

/// A map whose keys are hashes already and are not hashed again.
pub type ByHash<K, V> = HashMap<K, V, BuildHasherDefault<AsItIs>>;

/// Takes a key's (last) eight bytes for its hash.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write_u128(&mut self, hash: u128) {
        self.0 = u64::try_from(hash >> 64).unwrap_or_default();
    }
}

/// A map whose keys are numbers in a row: their bits are spread, which takes less than the map's own hash.
pub type ByNumber<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;
/// A set of such keys.
pub type Numbers<K> = HashSet<K, BuildHasherDefault<Spread>>;

/// Spreads the bits of a key of eight bytes.
#[derive(Default)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = mix(number);
    }
}

/// Hash of a few bytes.
pub fn hash64(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// Hash of a sequence of hashes, wide enough to stand for equality. They are given as little-endian bytes
/// ([`u64::to_le`]), so that it is the same on every machine.
pub fn hash128_of(hashes: &[u64]) -> u128 {
    xxh3_128(bytemuck::cast_slice(hashes))
}

/// Hash of a stream of bytes.
#[derive(Default)]
pub struct StreamHash(Xxh3);

impl StreamHash {
    /// Takes in the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The 128-bit digest.
    pub fn digest(&self) -> u128 {
        self.0.digest128()
    }
}
