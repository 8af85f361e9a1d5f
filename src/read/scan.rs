//! One quick pass over a JSON record as most of them are: an object without control characters or escaped names.
//!
//! Everything is checked that JSON asks for. What is damaged or unusual is left to the careful reader in
//! [`super::jsonl`], so that there is one place that says what is wrong.

use std::ops::Range;

use super::format::Fields;
use crate::text::address::Best;
use crate::text::block::{BLOCK, block, string_ends};
use crate::types::Form;

/// The pieces of a record that matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scanned {
    /// The text field, unescaped.
    pub(super) text: String,
    /// How it stood.
    pub(super) form: Form,
    /// Where in the record its literal stands, with its quotation marks.
    pub(super) at: Range<usize>,
    /// The id field.
    pub(super) id: Option<String>,
    /// Where the literal stands that may be its address.
    pub(super) address: Option<Range<usize>>,
}

/// Takes a record apart; none when it is no record with a text, or one that only the careful reader understands.
pub(super) fn scan(json: &str, fields: &Fields) -> Option<Scanned> {
    let bytes = json.as_bytes();
    let mut scan = Scan { json, bytes, at: 0, block: 0, ends: string_ends(&block(bytes, 0)) };
    let mut text: Option<(String, Form, Range<usize>)> = None;
    let mut id = None;
    let mut address = Best::default();
    scan.expect(b'{')?;
    scan.space();
    if scan.peek()? == b'}' {
        return None;
    }
    loop {
        scan.space();
        let name = scan.name()?;
        scan.space();
        scan.expect(b':')?;
        scan.space();
        let from = scan.at;
        if name == fields.text && text.is_none() && scan.peek()? == b'"' {
            // The text is no longer than the rest of the line.
            let (read, form) = scan.string(json.len() - from)?;
            text = Some((read, form, from..scan.at));
        } else if name == fields.id && id.is_none() && (name != fields.text || text.is_some()) {
            id = match scan.peek()? {
                b'"' => Some(scan.string(0)?.0),
                first => {
                    scan.value(0)?;
                    (!matches!(first, b'{' | b'[' | b'n')).then(|| json[from..scan.at].to_owned())
                }
            };
        } else {
            scan.value(0)?;
        }
        address.take(name, &json[from..scan.at], from..scan.at);
        scan.space();
        match scan.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    scan.space();
    let (text, form, at) = text?;
    (scan.at == json.len()).then_some(Scanned { text, form, at, id, address: address.finish() })
}

/// Depth of values within values beyond which the careful reader takes over.
const DEEPEST: u8 = 32;

struct Scan<'a> {
    json: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the block begins that was looked at last, and what of it may end a run of plain characters.
    block: usize,
    ends: u64,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// Goes past spaces; other white space is rare, and left to the careful reader.
    fn space(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Goes to the next quotation mark or backslash and past it; says which. A control character comes back as itself.
    #[inline]
    fn stop(&mut self) -> Option<u8> {
        if self.at - self.block >= BLOCK {
            self.look(self.at / BLOCK * BLOCK);
        }
        let mut ends = self.ends & (u64::MAX << (self.at - self.block));
        while ends == 0 {
            if self.block + BLOCK >= self.bytes.len() {
                return None;
            }
            self.look(self.block + BLOCK);
            ends = self.ends;
        }
        self.at = self.block + ends.trailing_zeros() as usize;
        self.next()
    }

    fn look(&mut self, at: usize) {
        self.block = at;
        self.ends = string_ends(&block(self.bytes, at));
    }

    /// A name; none when it is written with escapes.
    fn name(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let from = self.at;
        (self.stop()? == b'"').then(|| &self.json[from..self.at - 1])
    }

    /// Goes past a string of which nothing is wanted. As in the careful reader, halves of pairs pass.
    fn skip_string(&mut self) -> Option<()> {
        self.expect(b'"')?;
        loop {
            match self.stop()? {
                b'"' => return Some(()),
                b'\\' => {}
                _ => return None,
            }
            match self.next()? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                b'u' => drop(self.code()?),
                _ => return None,
            }
        }
    }

    /// A string, unescaped, and how it stood: [`Form::Raw`] when no usual writer would have escaped it so. There is room
    /// for so many bytes from the start.
    fn string(&mut self, room: usize) -> Option<(String, Form)> {
        self.expect(b'"')?;
        let first = self.at;
        let mut out = String::with_capacity(room);
        let (mut ascii, mut usual) = (false, true);
        loop {
            let from = self.at;
            let stop = self.stop()?;
            out.push_str(&self.json[from..self.at - 1]);
            match stop {
                b'"' => break,
                b'\\' => {}
                _ => return None,
            }
            out.push(match self.next()? {
                b'n' => '\n',
                b'"' => '"',
                b'\\' => '\\',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'/' => {
                    usual = false;
                    '/'
                }
                b'u' => {
                    let from = self.at;
                    let c = self.character()?;
                    let lower = !self.bytes[from..self.at].iter().any(u8::is_ascii_uppercase);
                    let control = c < ' ' && !matches!(c, '\u{8}' | '\t' | '\n' | '\u{c}' | '\r');
                    ascii |= c >= '\u{80}';
                    usual &= lower && (control || c >= '\u{80}');
                    c
                }
                _ => return None,
            });
        }
        let same = usual && (!ascii || self.json[first..self.at].is_ascii());
        Some((out, if same { Form::Escaped { ascii } } else { Form::Raw }))
    }

    /// The character of a `\u` escape, or of two that are a pair.
    fn character(&mut self) -> Option<char> {
        let code = u32::from(self.code()?);
        if !(0xD800..0xDC00).contains(&code) {
            return char::from_u32(code);
        }
        self.expect(b'\\')?;
        self.expect(b'u')?;
        let low = u32::from(self.code()?);
        let pair = (0xDC00..0xE000).contains(&low).then(|| 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
        pair.and_then(char::from_u32)
    }

    /// Four hexadecimal digits.
    fn code(&mut self) -> Option<u16> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        let code = digits.iter().try_fold(0u16, |code, &digit| {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                b'A'..=b'F' => digit - b'A' + 10,
                _ => return None,
            };
            Some(code << 4 | u16::from(value))
        })?;
        self.at += 4;
        Some(code)
    }

    /// Goes past any value.
    fn value(&mut self, depth: u8) -> Option<()> {
        match self.peek()? {
            b'"' => self.skip_string(),
            b'{' if depth < DEEPEST => self.list(b'}', |scan| {
                scan.skip_string()?;
                scan.space();
                scan.expect(b':')?;
                scan.space();
                scan.value(depth + 1)
            }),
            b'[' if depth < DEEPEST => self.list(b']', |scan| scan.value(depth + 1)),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    /// Goes past an opening bracket, items between commas, and the closing bracket.
    fn list(&mut self, close: u8, item: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.space();
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            self.space();
            item(self)?;
            self.space();
            match self.next()? {
                b',' => {}
                end => return (end == close).then_some(()),
            }
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let found = self.bytes[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        found.then_some(())
    }

    fn number(&mut self) -> Option<()> {
        self.at += usize::from(self.peek()? == b'-');
        match self.next()? {
            b'0' => {}
            b'1'..=b'9' => drop(self.digits()),
            _ => return None,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek()?, b'+' | b'-'));
            self.digits()?;
        }
        Some(())
    }

    /// Goes past digits; none when there is not one.
    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }
}
