//! Lines: `\n`, `\r\n` and a lone `\r` end one, and so do U+0085 (next line) and the Unicode line and paragraph separators.

use super::block::{BLOCK, block, equal};
use crate::types::Span;

/// One line without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its line end.
    pub span: Span,
}

const NEL: &[u8] = "\u{85}".as_bytes();

/// All lines of `text`, in order. A text that ends in a line end has no empty last line.
pub fn lines(text: &str) -> Vec<Line> {
    each_line(text).collect()
}

/// As [`lines`], one by one.
pub fn each_line(text: &str) -> Lines<'_> {
    let bytes = text.as_bytes();
    let plain = !has_other_ends(bytes);
    // U+0085 is rare, its first byte is not: it is looked for only where it occurs at all.
    let nel = !plain && memchr::memmem::find(bytes, NEL).is_some();
    Lines { bytes, start: 0, plain, nel, block: 0, ends: equal(&block(bytes, 0), b'\n') }
}

/// Whether a line may end in something else than `\n`.
#[expect(clippy::needless_bitwise_bool, reason = "a way out in the middle would keep it from wide registers")]
fn has_other_ends(bytes: &[u8]) -> bool {
    if bytes.is_ascii() {
        return memchr::memchr(b'\r', bytes).is_some();
    }
    // Whole blocks without a way out in the middle: the compiler makes wide registers of it. The two bytes in the middle
    // stand for U+0085, U+2028 and U+2029, and for little else.
    let other = |(&a, &b): (&u8, &u8)| {
        (a == b'\r') | ((a == 0xC2) & (b == 0x85)) | ((a == 0x80) & (b & 0xFE == 0xA8)) | (b == b'\r')
    };
    let any = |block: &[u8], next: &[u8]| block.iter().zip(next).fold(false, |any, pair| any | other(pair));
    let next = bytes.get(1..).unwrap_or_default();
    bytes.first() == Some(&b'\r') || bytes.chunks(128).zip(next.chunks(128)).any(|(block, next)| any(block, next))
}

/// Iterator over the lines of a text.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    bytes: &'a [u8],
    start: usize,
    /// Whether all lines end in `\n`.
    plain: bool,
    nel: bool,
    /// In such a text: where the block begins that is being looked at, and the line ends in it that are still to come.
    block: usize,
    ends: u64,
}

impl Lines<'_> {
    /// Where the line that begins at `start` ends, and the length of its end.
    #[inline]
    fn end(&mut self) -> Option<(usize, usize)> {
        let bytes = self.bytes;
        if self.plain {
            while self.ends == 0 {
                self.block += BLOCK;
                if self.block >= bytes.len() {
                    return None;
                }
                self.ends = equal(&block(bytes, self.block), b'\n');
            }
            let at = self.block + self.ends.trailing_zeros() as usize;
            self.ends &= self.ends - 1;
            return Some((at, 1));
        }
        let next = |rest: &[u8]| {
            let first = memchr::memchr3(b'\n', b'\r', 0xE2, rest);
            if self.nel { first.into_iter().chain(memchr::memmem::find(rest, NEL)).min() } else { first }
        };
        let mut at = self.start;
        // Ends begin with \n, \r or the lead byte of U+2028 and U+2029; everything else is skipped at memchr's speed.
        while let Some(step) = next(&bytes[at..]) {
            at += step;
            match bytes[at] {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => return Some((at, 2)),
                b'\n' | b'\r' => return Some((at, 1)),
                0xC2 => return Some((at, 2)),
                _ if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])) => return Some((at, 3)),
                _ => at += 1,
            }
        }
        None
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        if self.start >= self.bytes.len() {
            return None;
        }
        let (end, length) = self.end().unwrap_or((self.bytes.len(), 0));
        let line = Line { span: Span::new(self.start, end) };
        self.start = end + length;
        Some(line)
    }
}

/// The part of `span` without the white space at its ends; empty when there is nothing else.
#[inline]
pub fn trimmed(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    // Byte by byte as far as there is ASCII; only white space beyond it must be decoded.
    let is_space = |b: u8| matches!(b, b'\t'..=b'\r' | b' ');
    while start < end && is_space(bytes[start]) {
        start += 1;
    }
    while start < end && is_space(bytes[end - 1]) {
        end -= 1;
    }
    if start < end && (bytes[start] >= 0x80 || bytes[end - 1] >= 0x80) {
        let inside = &text[start..end];
        start = end - inside.trim_start().len();
        end = start + inside.trim().len();
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        lines(text).iter().map(|l| l.span.of(text)).collect()
    }

    #[test]
    fn every_kind_of_line_end() {
        assert_eq!(of("a\nb\r\nc\rd\u{2028}e\u{85}f\ng"), ["a", "b", "c", "d", "e", "f", "g"]);
        assert_eq!(of("a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(of(""), [""; 0]);
        assert_eq!(of("quotes “stay” whole…"), ["quotes “stay” whole…"]);
        assert_eq!(of("\r"), [""]);
    }

    #[test]
    fn a_rare_line_end_is_seen_wherever_it_stands() {
        for end in ["\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"] {
            for before in 0..300 {
                let text = format!("{}{end}b\nc“", "a".repeat(before));
                assert_eq!(of(&text), ["a".repeat(before).as_str(), "b", "c“"], "{before}");
            }
        }
    }

    #[test]
    fn trimmed_of_all_white_space() {
        let all = (0..0x3100).filter_map(char::from_u32);
        for c in all {
            for text in [format!("{c}a {c}"), format!(" {c} "), format!("é{c}\t{c}é{c}"), format!("{c}")] {
                let span = trimmed(&text, Span::new(0, text.len()));
                assert_eq!(span.of(&text), text.trim(), "{c:?}");
                assert!(span.is_empty() || span.start as usize == text.len() - text.trim_start().len());
            }
        }
    }
}
