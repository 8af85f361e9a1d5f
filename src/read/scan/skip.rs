//! Going past what is not wanted, checked all the same.

use super::cursor::Scan;

/// Depth of values within values beyond which the careful reader takes over.
const DEEPEST: u8 = 32;

impl Scan<'_> {
    /// Goes past any value.
    pub(super) fn value(&mut self, depth: u8) -> Option<()> {
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
}
