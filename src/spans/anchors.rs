//! Anchors by winnowing (Schleimer, Wilkerson and Aiken 2003): of every window of N bytes, the short piece with the least
//! hash. Equal windows choose equal pieces at the same offset, so whatever repeats shares an anchor.

use super::narrow;
use crate::types::{SpanAnchor, Spot};

/// Length of the pieces for windows of `window` bytes: half, so that a window has 51 pieces to choose from when
/// it has 100 bytes, and one byte in 26 begins an anchor.
pub(super) fn piece(window: usize) -> usize {
    window / 2
}

/// A word of random bits for each byte (`SplitMix64`, Steele, Lea and Flood 2014).
static BITS: [u64; 256] = {
    let mut bits = [0; 256];
    let mut state = 0u64;
    let mut b = 0;
    while b < 256 {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits[b] = z ^ (z >> 31);
        b += 1;
    }
    bits
};

/// Calls `visit` with the anchors of text number `number` for windows of `window` bytes, in text order.
///
/// The hash rolls by rotation (buzhash, Cohen 1997); where two pieces fall together it costs time, never a result.
/// Of equal hashes in a window the last counts.
pub fn anchors(number: u32, text: &[u8], window: usize, mut visit: impl FnMut(SpanAnchor)) {
    let piece = piece(window);
    if piece == 0 || text.len() < window {
        return;
    }
    let choice = window - piece + 1;
    let mut ring = vec![0; choice.next_power_of_two()];
    let mask = ring.len() - 1;
    let turn = narrow(piece % 64);
    let mut hash = text[..piece - 1].iter().fold(0u64, |hash, &b| hash.rotate_left(1) ^ BITS[b as usize]);
    let mut alike = text[..piece].iter().rposition(|&b| b != text[piece - 1]).map_or(0, |at| at + 1);
    let (mut least, mut least_at) = (u64::MAX, 0);
    // The anchor that windows chose last.
    let mut chosen: Option<SpanAnchor> = None;
    let mut owner = usize::MAX;
    let mut leaving = 0;
    let mut previous = text[piece - 1];
    for (at, pair) in text.windows(piece).enumerate() {
        let (goes, comes) = (pair[0], pair[piece - 1]);
        hash = hash.rotate_left(1) ^ BITS[comes as usize] ^ leaving;
        leaving = BITS[goes as usize].rotate_left(turn);
        if comes != previous {
            (alike, previous) = (at + piece - 1, comes);
        }
        // Rotations of a hash are alike in their order; a multiplication makes the choice even.
        let key = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ring[at & mask] = key;
        if key <= least {
            (least, least_at) = (key, at);
        } else if least_at + choice <= at {
            least = u64::MAX;
            for place in at + 1 - choice..=at {
                let key = ring[place & mask];
                if key <= least {
                    (least, least_at) = (key, place);
                }
            }
        }
        let Some(start) = (at + 1).checked_sub(choice) else { continue };
        if alike <= start {
            // A window of one byte over and over.
            owner = usize::MAX;
        } else if least_at == owner {
            if let Some(anchor) = &mut chosen {
                anchor.near = narrow(least_at - start);
            }
        } else {
            let far = narrow(least_at - start);
            let anchor = SpanAnchor { hash: least, at: Spot::new(number, least_at), far, near: far };
            chosen.replace(anchor).into_iter().for_each(&mut visit);
            owner = least_at;
        }
    }
    chosen.into_iter().for_each(visit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_window_has_one_anchor_within_it() {
        let text: Vec<u8> = (0..2000u32).map(|i| (i * i / 7 % 5) as u8 + b'a').collect();
        for window in [20, 33, 100, 131] {
            let mut all: Vec<SpanAnchor> = Vec::new();
            anchors(3, &text, window, |anchor| all.push(anchor));
            let mut next = 0;
            for a in &all {
                assert_eq!(a.at.at() - a.far as usize, next);
                assert!(a.far as usize + piece(window) <= window && a.near <= a.far);
                next = a.at.at() - a.near as usize + 1;
            }
            assert_eq!(next, text.len() - window + 1);
            assert!(all.len() < 3 * text.len() / (window - piece(window)));
        }
    }

    #[test]
    fn a_ruler_is_no_window() {
        let mut all: Vec<SpanAnchor> = Vec::new();
        anchors(0, &[b'-'; 5000], 100, |anchor| all.push(anchor));
        assert!(all.is_empty());
    }
}
