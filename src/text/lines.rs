//! Lines: `\n`, `\r\n` and a lone `\r` end one, and so do U+0085 (next line) and the Unicode line and paragraph separators.

use super::block::{BLOCK, block, line_ends};
use crate::types::Span;

/// One line without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its line end.
    pub span: Span,
}

/// All lines of `text`, in order. A text that ends in a line end has no empty last line.
pub fn lines(text: &str) -> Vec<Line> {
    each_line(text).collect()
}

/// As [`lines`], one by one.
pub fn each_line(text: &str) -> Lines<'_> {
    let bytes = text.as_bytes();
    Lines { bytes, start: 0, block: 0, ends: line_ends(&block(bytes, 0)) }
}

/// Iterator over the lines of a text.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    bytes: &'a [u8],
    start: usize,
    /// Where the block begins that is being looked at, and what of it may end a line and was not looked at.
    block: usize,
    ends: u64,
}

impl Lines<'_> {
    /// Where the line that begins at `start` ends, and where the next one begins.
    #[inline]
    fn end(&mut self) -> Option<(usize, usize)> {
        loop {
            while self.ends == 0 {
                self.block += BLOCK;
                if self.block >= self.bytes.len() {
                    return None;
                }
                self.ends = line_ends(&block(self.bytes, self.block));
            }
            let at = self.block + self.ends.trailing_zeros() as usize;
            self.ends &= self.ends - 1;
            let before = || &self.bytes[self.start.min(at)..at];
            let end = match self.bytes[at] {
                // The second half of an end that was taken whole.
                b'\n' if at < self.start => continue,
                b'\n' => (at, at + 1),
                b'\r' => (at, at + 1 + usize::from(self.bytes.get(at + 1) == Some(&b'\n'))),
                0x85 if before().ends_with(&[0xC2]) => (at - 1, at + 1),
                0xA8 | 0xA9 if before().ends_with(&[0xE2, 0x80]) => (at - 2, at + 1),
                _ => continue,
            };
            return Some(end);
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        if self.start >= self.bytes.len() {
            return None;
        }
        let (end, next) = self.end().unwrap_or((self.bytes.len(), self.bytes.len()));
        let line = Line { span: Span::new(self.start, end) };
        self.start = next;
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
        assert_eq!(of("è©\u{a8}à\u{20a8}\r\r\n\n\u{2029}"), ["è©\u{a8}à\u{20a8}", "", "", ""]);
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
