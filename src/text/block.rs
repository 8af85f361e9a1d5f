//! Bytes looked at 64 at a time: a bit for each byte that is wanted, so that short runs cost no search of their own.

/// Bytes of a block: as many as a mask has bits.
pub const BLOCK: usize = 64;

/// The block of `bytes` that begins at `at`, with spaces behind the end.
#[inline]
pub fn block(bytes: &[u8], at: usize) -> [u8; BLOCK] {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        return *block;
    }
    let mut padded = [b' '; BLOCK];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// Bit `i` says whether byte `i` may end a line: `\n`, `\r`, or the last byte of U+0085, U+2028 or U+2029, which some other
/// characters have too.
#[inline]
pub fn line_ends(block: &[u8; BLOCK]) -> u64 {
    lanes::line_ends(block)
}

/// Bit `i` says whether byte `i` is one of these.
#[inline]
pub fn one_of<const N: usize>(block: &[u8; BLOCK], bytes: [u8; N]) -> u64 {
    lanes::one_of(block, bytes)
}

/// Bit `i` says whether byte `i` lies from `first` to `last`.
#[inline]
pub fn between(block: &[u8; BLOCK], first: u8, last: u8) -> u64 {
    lanes::between(block, first, last)
}

/// Bit `i` says whether byte `i` is what ends the plain run of a JSON string: a quotation mark, a backslash, or a control
/// character, which may not stand there.
#[inline]
pub fn string_ends(block: &[u8; BLOCK]) -> u64 {
    lanes::string_ends(block)
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "calls of SSE2, which the language calls unsafe even where all processors have it")]
mod lanes {
    //! SSE2, which every processor of this kind has.

    use super::BLOCK;
    use std::arch::x86_64::{
        __m128i, _mm_and_si128, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128,
        _mm_set1_epi8, _mm_setzero_si128, _mm_sub_epi8,
    };

    #[inline]
    pub(super) fn line_ends(block: &[u8; BLOCK]) -> u64 {
        // SAFETY: SSE2 is part of x86_64.
        unsafe { line_ends_sse2(block) }
    }

    #[inline]
    pub(super) fn string_ends(block: &[u8; BLOCK]) -> u64 {
        // SAFETY: SSE2 is part of x86_64.
        unsafe { string_ends_sse2(block) }
    }

    #[inline]
    pub(super) fn one_of<const N: usize>(block: &[u8; BLOCK], bytes: [u8; N]) -> u64 {
        // SAFETY: SSE2 is part of x86_64.
        unsafe { one_of_sse2(block, bytes) }
    }

    #[inline]
    pub(super) fn between(block: &[u8; BLOCK], first: u8, last: u8) -> u64 {
        // SAFETY: SSE2 is part of x86_64.
        unsafe { between_sse2(block, first, last) }
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn one_of_sse2<const N: usize>(block: &[u8; BLOCK], bytes: [u8; N]) -> u64 {
        masks(block, |lane| {
            bytes.iter().fold(_mm_setzero_si128(), |any, &byte| _mm_or_si128(any, _mm_cmpeq_epi8(lane, all(byte))))
        })
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn between_sse2(block: &[u8; BLOCK], first: u8, last: u8) -> u64 {
        let (first, width) = (all(first), all(last - first));
        masks(block, |lane| {
            let above = _mm_sub_epi8(lane, first);
            _mm_cmpeq_epi8(_mm_min_epu8(above, width), above)
        })
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn line_ends_sse2(block: &[u8; BLOCK]) -> u64 {
        let (newline, back, next, even, separator) = (all(b'\n'), all(b'\r'), all(0x85), all(0xFE), all(0xA8));
        masks(block, |lane| {
            let ascii = _mm_or_si128(_mm_cmpeq_epi8(lane, newline), _mm_cmpeq_epi8(lane, back));
            let other = _mm_or_si128(_mm_cmpeq_epi8(lane, next), _mm_cmpeq_epi8(_mm_and_si128(lane, even), separator));
            _mm_or_si128(ascii, other)
        })
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn string_ends_sse2(block: &[u8; BLOCK]) -> u64 {
        let (quote, slash, last) = (all(b'"'), all(b'\\'), all(0x1F));
        masks(block, |lane| {
            let control = _mm_cmpeq_epi8(_mm_min_epu8(lane, last), lane);
            _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(lane, quote), _mm_cmpeq_epi8(lane, slash)))
        })
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn all(byte: u8) -> __m128i {
        _mm_set1_epi8(byte.cast_signed())
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn masks(block: &[u8; BLOCK], of: impl Fn(__m128i) -> __m128i) -> u64 {
        let (lanes, _) = block.as_chunks::<16>();
        let mask = |lane: &[u8; 16]| {
            // SAFETY: 16 bytes are read, which the array has; they may stand anywhere.
            let lane = unsafe { _mm_loadu_si128(lane.as_ptr().cast()) };
            u64::from(_mm_movemask_epi8(of(lane)).cast_unsigned())
        };
        mask(&lanes[0]) | mask(&lanes[1]) << 16 | mask(&lanes[2]) << 32 | mask(&lanes[3]) << 48
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod lanes {
    //! Byte by byte; the compiler finds wider registers where there are some.

    use super::BLOCK;

    pub(super) fn line_ends(block: &[u8; BLOCK]) -> u64 {
        masks(block, |b| matches!(b, b'\n' | b'\r' | 0x85 | 0xA8 | 0xA9))
    }

    pub(super) fn string_ends(block: &[u8; BLOCK]) -> u64 {
        masks(block, |b| b < b' ' || b == b'"' || b == b'\\')
    }

    pub(super) fn one_of<const N: usize>(block: &[u8; BLOCK], bytes: [u8; N]) -> u64 {
        masks(block, |b| bytes.contains(&b))
    }

    pub(super) fn between(block: &[u8; BLOCK], first: u8, last: u8) -> u64 {
        masks(block, |b| (first..=last).contains(&b))
    }

    fn masks(block: &[u8; BLOCK], of: impl Fn(u8) -> bool) -> u64 {
        block.iter().rev().fold(0, |mask, &b| mask << 1 | u64::from(of(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_for_each_byte() {
        for first in 0..=255u8 {
            let bytes: Vec<u8> = (0..100).map(|i: u8| first.wrapping_add(i.wrapping_mul(37))).collect();
            for at in [0, 1, 40, 99, 100, 200] {
                let block = block(&bytes, at);
                for (i, byte) in block.into_iter().enumerate() {
                    assert_eq!(byte, bytes.get(at + i).copied().unwrap_or(b' '));
                    let line = [b'\n', b'\r', 0x85, 0xA8, 0xA9].contains(&byte);
                    assert_eq!(line_ends(&block) >> i & 1 == 1, line, "{byte}");
                    let ends = byte < b' ' || byte == b'"' || byte == b'\\';
                    assert_eq!(string_ends(&block) >> i & 1 == 1, ends, "{byte}");
                    assert_eq!(one_of(&block, [first, b'x', 0xFF]) >> i & 1 == 1, [first, b'x', 0xFF].contains(&byte));
                    for (from, to) in [(b'0', b'9'), (0x80, 0xFF), (first / 2, first)] {
                        assert_eq!(between(&block, from, to) >> i & 1 == 1, (from..=to).contains(&byte), "{byte}");
                    }
                }
            }
        }
    }
}
