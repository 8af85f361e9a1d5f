//! Going through a record, and reading the strings in it.

use crate::text::block::{BLOCK, block, string_ends};
use crate::types::Form;

/// A place in a record, and what is read from there on.
pub(super) struct Scan<'a> {
    json: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Where the block begins that was looked at last, and what of it may end a run of plain characters.
    block: usize,
    ends: u64,
}

impl<'a> Scan<'a> {
    /// At the beginning of a record.
    pub(super) fn new(json: &'a str) -> Self {
        let bytes = json.as_bytes();
        Self { json, bytes, at: 0, block: 0, ends: string_ends(&block(bytes, 0)) }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// Goes past spaces; other white space is rare, and left to the careful reader.
    pub(super) fn space(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Goes to the next quotation mark or backslash and past it; says which. A control character comes back as itself.
    #[inline]
    pub(super) fn stop(&mut self) -> Option<u8> {
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
    pub(super) fn name(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let from = self.at;
        (self.stop()? == b'"').then(|| &self.json[from..self.at - 1])
    }

    /// A string, unescaped, and how it stood: [`Form::Raw`] when no usual writer would have escaped it so. There is room
    /// for so many bytes from the start.
    pub(super) fn string(&mut self, room: usize) -> Option<(String, Form)> {
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
    pub(super) fn code(&mut self) -> Option<u16> {
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
}
