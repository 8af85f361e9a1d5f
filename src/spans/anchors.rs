//! Anchors by winnowing (Schleimer, Wilkerson and Aiken 2003): of every window of N bytes, the short piece whose first bytes
//! have the least key. Equal windows choose equal pieces at the same offset, so whatever repeats shares an anchor.

use super::narrow;
use crate::text::hash::hash64;
use crate::types::{SpanAnchor, Spot};

/// Length of the pieces for windows of `window` bytes: half, so that a window has 51 pieces to choose from when
/// it has 100 bytes, and one byte in 26 begins an anchor.
pub(super) fn piece(window: usize) -> usize {
    window / 2
}

/// Bytes of a piece that its key is made of: enough that few pieces of a window have the same, and one load.
const HEAD: usize = size_of::<u64>();
/// Windows that are looked at together, unless one has more pieces to choose from.
const AT_ONCE: usize = 4096;

/// Calls `visit` with the anchors of text number `number` for windows of `window` bytes, in text order.
///
/// Pieces are chosen by their first bytes, and only those that are chosen are hashed in full. Where two keys or two pieces
/// fall together it costs time, never a result. Of equal keys in a window the last counts.
pub fn anchors(number: u32, text: &[u8], window: usize, mut visit: impl FnMut(SpanAnchor)) {
    let piece = piece(window);
    if piece == 0 || text.len() < window {
        return;
    }
    let choice = window - piece + 1;
    let windows = text.len() - window + 1;
    let (mut keys, mut chosen) = (Vec::new(), Chosen { text, window, last: None, alike: 0..0 });
    let mut from = 0;
    while from < windows {
        let to = windows.min(from + AT_ONCE.max(choice));
        load(&mut keys, &text[from..to + choice + piece - 2], piece);
        choose(&keys, choice, |at, first, last| {
            let anchor = |far: usize, near: usize| {
                let hash = hash64(&text[from + at..][..piece]);
                SpanAnchor { hash, at: Spot::new(number, from + at), far: narrow(far), near: narrow(near) }
            };
            if let Some(done) = chosen.by(from + at, from + first..=from + last, anchor) {
                visit(done);
            }
        });
        from = to;
    }
    chosen.last.into_iter().for_each(visit);
}

/// The keys of all pieces of a stretch of text.
fn load(keys: &mut Vec<i32>, text: &[u8], piece: usize) {
    keys.clear();
    if let Some(heads) = text.len().checked_sub(piece).filter(|_| piece >= HEAD) {
        keys.extend(text[..heads + HEAD].windows(HEAD).map(|head| key(head.try_into().unwrap_or_default())));
    } else {
        keys.extend(text.windows(piece).map(|whole| {
            let mut head = [0; HEAD];
            head[..piece].copy_from_slice(whole);
            key(head)
        }));
    }
}

/// The upper half of a product (Knuth's multiplicative hashing): all bytes of the head have a say in it.
#[inline]
fn key(head: [u8; HEAD]) -> i32 {
    let product = u64::from_le_bytes(head).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    u32::try_from(product >> 32).unwrap_or_default().cast_signed()
}

/// Calls `visit` for each key that windows of `choice` keys choose: which, and the first and the last window that do.
fn choose(keys: &[i32], choice: usize, mut visit: impl FnMut(usize, usize, usize)) {
    let windows = keys.len() + 1 - choice;
    let mut first = 0;
    while first < windows {
        let among = &keys[first..first + choice];
        let least = among.iter().fold(i32::MAX, |least, key| least.min(*key));
        let mut at = first + among.iter().rposition(|key| *key == least).unwrap_or_default();
        // Windows choose it until one as small comes in, or it is left behind.
        loop {
            let left = windows.min(at + 1);
            let Some(next) = first_as_small(&keys[first + choice..left + choice - 1], keys[at]) else {
                visit(at, first, left - 1);
                first = left;
                break;
            };
            visit(at, first, first + next);
            at = first + choice + next;
            first += next + 1;
        }
    }
}

/// The first key that is not above another. Keys are asked many at a time, which the processor does side by side.
fn first_as_small(keys: &[i32], least: i32) -> Option<usize> {
    const SIDE_BY_SIDE: usize = 16;
    let (blocks, rest) = keys.as_chunks::<SIDE_BY_SIDE>();
    for (number, block) in blocks.iter().enumerate() {
        if block.iter().fold(0, |any, key| any | u32::from(*key <= least)) > 0 {
            let within = block.iter().position(|key| *key <= least)?;
            return Some(number * SIDE_BY_SIDE + within);
        }
    }
    let within = rest.iter().position(|key| *key <= least)?;
    Some(keys.len() - rest.len() + within)
}

/// The anchor that was chosen last: the next stretch of text may begin with more windows of it.
struct Chosen<'a> {
    text: &'a [u8],
    window: usize,
    last: Option<SpanAnchor>,
    /// A stretch of one byte over and over.
    alike: std::ops::Range<usize>,
}

impl Chosen<'_> {
    /// Notes that `windows` chose the piece at `at`; the anchor before, when there was another.
    fn by(
        &mut self,
        at: usize,
        windows: std::ops::RangeInclusive<usize>,
        anchor: impl FnOnce(usize, usize) -> SpanAnchor,
    ) -> Option<SpanAnchor> {
        let (mut first, last) = windows.into_inner();
        if let Some(same) = self.last.as_mut().filter(|same| same.at.at() == at) {
            same.near = narrow(at - last);
            return None;
        }
        // Only the first can be one byte over and over: the next window has a piece more, and chose not that one.
        if self.is_one_byte(at, first) {
            first += 1;
        }
        if first > last { None } else { self.last.replace(anchor(at - first, at - last)) }
    }

    /// Whether the window at `start`, which chose the piece at `at`, is one byte over and over.
    fn is_one_byte(&mut self, at: usize, start: usize) -> bool {
        let byte = self.text[start];
        if self.text[at] != byte || self.text[start + 1] != byte {
            return false;
        }
        if !self.alike.contains(&start) {
            let more = self.text[start..].iter().take_while(|other| **other == byte).count();
            self.alike = start..start + more;
        }
        start + self.window <= self.alike.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shingle::mix;

    /// Letters of which five are in use.
    fn random(length: u64) -> Vec<u8> {
        (0..length).map(|i| b"abcde"[usize::try_from(mix(i) % 5).unwrap()]).collect()
    }

    #[test]
    fn every_window_has_one_anchor_within_it() {
        let text = random(20_000);
        for window in [20, 33, 100, 131, 9000] {
            let mut all: Vec<SpanAnchor> = Vec::new();
            anchors(3, &text, window, |anchor| all.push(anchor));
            let mut next = 0;
            for a in &all {
                assert_eq!(a.at.at() - a.far as usize, next);
                assert!(a.far as usize + piece(window) <= window && a.near <= a.far);
                next = a.at.at() - a.near as usize + 1;
            }
            assert_eq!(next, text.len() - window + 1);
            assert!(all.len() < 4 + 3 * text.len() / (window - piece(window)));
        }
    }

    #[test]
    fn equal_windows_choose_the_same_wherever_they_stand() {
        let text = random(30_000);
        let of = |from: usize, to: usize| {
            let mut all = Vec::new();
            anchors(0, &text[from..to], 100, |a| {
                let spot = a.at.at();
                all.extend((a.near..=a.far).rev().map(|back| (from + spot - back as usize, from + spot, a.hash)));
            });
            all
        };
        let whole = of(0, text.len());
        for (from, to) in [(1, 30_000), (4095, 4296), (4000, 29_999), (12_345, 12_445)] {
            assert_eq!(of(from, to), whole[from..to - 99]);
        }
    }

    #[test]
    fn a_ruler_is_no_window() {
        for (ruler, windows) in [("-".repeat(5000), 0), (format!("a{}b", "-".repeat(5000)), 2)] {
            let mut all: Vec<SpanAnchor> = Vec::new();
            anchors(0, ruler.as_bytes(), 100, |anchor| all.push(anchor));
            assert_eq!(all.iter().map(|a| a.far - a.near + 1).sum::<u32>(), windows);
        }
    }
}
