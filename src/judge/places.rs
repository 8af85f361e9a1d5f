//! Where signs stand in a text: looked for once, asked block by block.

use super::signs::Signs;
use crate::types::Span;

/// Places in a text, in order.
#[derive(Debug, Default)]
pub struct Places(Vec<usize>);

/// Marks that open and close quotations.
pub const QUOTES: [char; 10] = ['"', '“', '”', '„', '»', '«', '「', '」', '『', '』'];

impl Places {
    /// Where a link may stand: signs of which each link holds one.
    pub fn of_links(text: &str) -> Self {
        let bytes = text.as_bytes();
        let sign = |&at: &usize| match bytes[at] {
            b':' => bytes[at..].starts_with(b"://"),
            b']' => bytes[at..].starts_with(b"]("),
            _ => true,
        };
        let mut all: Vec<usize> = memchr::memchr3_iter(b':', b'@', b']', bytes).filter(sign).collect();
        all.extend(memchr::memmem::find_iter(bytes, b"www."));
        all.sort_unstable();
        Self(all)
    }

    /// Where quotation marks stand: [`QUOTES`], and `‘`. `signs` are those of the text.
    pub fn of_quotes(text: &str, signs: &Signs) -> Self {
        let bytes = text.as_bytes();
        let sign = |&at: &usize| bytes[at] == b'"' || text[at..].starts_with(QUOTES) || text[at..].starts_with('‘');
        let general = || memchr::memchr3_iter(b'"', 0xE2, 0xC2, bytes).filter(sign);
        let mut all: Vec<usize> = if signs.any(|byte| matches!(byte, 0xE2 | 0xC2)) {
            general().collect()
        } else {
            memchr::memchr_iter(b'"', bytes).collect()
        };
        if signs.hold(0xE3) {
            all.extend(memchr::memchr_iter(0xE3, bytes).filter(sign));
            all.sort_unstable();
        }
        Self(all)
    }

    /// Those in the span.
    pub fn within(&self, span: Span) -> &[usize] {
        let from = self.0.partition_point(|&at| at < span.start as usize);
        let number = self.0[from..].iter().take_while(|&&at| at < span.end as usize).count();
        &self.0[from..from + number]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_found() {
        let text = "a ’ b “c” «d» „e‟ ‘f’ 「g」『h』 \"i\" あ © — x";
        for text in [text, &text.replace(|c: char| ('\u{3000}'..'\u{4000}').contains(&c), ""), "\"i\"", ""] {
            let is = |c: char| c == '‘' || QUOTES.contains(&c);
            let wanted: Vec<usize> = text.char_indices().filter(|&(_, c)| is(c)).map(|(at, _)| at).collect();
            assert_eq!(Places::of_quotes(text, &Signs::of(text)).0, wanted, "{text}");
        }
        let (links, text) = ("http://a.b c:d e@f [g](h) [i] www.j", Span::new(7, 25));
        assert_eq!(Places::of_links(links).0, [4, 16, 21, 30]);
        assert_eq!(Places::of_links(links).within(text), [16, 21]);
    }
}
