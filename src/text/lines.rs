//! Lines: `\n`, `\r\n` and a lone `\r` end one, and so do U+0085 (next line) and the Unicode line and paragraph separators.

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
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    // U+0085 is rare, its first byte is not: it is looked for only where it occurs at all.
    let nel = memchr::memmem::find(bytes, NEL).is_some();
    let next = |rest: &[u8]| {
        let first = memchr::memchr3(b'\n', b'\r', 0xE2, rest);
        if nel { first.into_iter().chain(memchr::memmem::find(rest, NEL)).min() } else { first }
    };
    while at < bytes.len() {
        // Ends begin with \n, \r or the lead byte of U+2028 and U+2029; everything else is skipped at memchr's speed.
        let Some(step) = next(&bytes[at..]) else { break };
        at += step;
        let end = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\n' | b'\r' => 1,
            0xC2 => 2,
            _ if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])) => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        out.push(Line { span: Span::new(start, at) });
        at += end;
        start = at;
    }
    if start < bytes.len() {
        out.push(Line { span: Span::new(start, bytes.len()) });
    }
    out
}

/// The part of `span` without the white space at its ends; empty when there is nothing else.
pub fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let front = inside.len() - inside.trim_start().len();
    let body = inside.trim().len();
    Span::new(span.start as usize + front, span.start as usize + front + body)
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
    }
}
