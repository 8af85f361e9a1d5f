//! Where a text may be cut: at white space, and in scripts that write none, between characters. So no word and no
//! address is cut in two, and punctuation stays with what it belongs to.

use crate::text::fold::{Class, class};

/// What ends a line.
const BREAK: [char; 2] = ['\n', '\r'];

/// Finds borders in one text. Remembers the last stretch without one, so that a text without white space is not read
/// again for each place.
pub(super) struct Borders<'a> {
    text: &'a str,
    /// Places of which all lead forward to the last.
    ahead: (usize, usize),
    /// Places of which all lead back to the first.
    behind: (usize, usize),
}

impl<'a> Borders<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, ahead: (0, 0), behind: (0, 0) }
    }

    /// The largest part of `start..end` that begins and ends where the text may be cut, without white space at its ends;
    /// none when no word is in it.
    pub(super) fn shrink(&mut self, start: usize, end: usize) -> Option<(usize, usize)> {
        let (start, end) = (self.front(start), self.back(end));
        let inside = self.text.get(start..end)?;
        let start = start + inside.len() - inside.trim_start().len();
        let end = start.max(end + inside.trim_end().len() - inside.len());
        let (start, end) = self.whole_marks(start, end);
        self.text[start..end].contains(char::is_alphanumeric).then_some((start, end))
    }

    /// Leaves the mark-up of a line (`#`, `|`) to the words of that line which stay: of the first and the last line of
    /// several, what has no word in it.
    fn whole_marks(&self, start: usize, end: usize) -> (usize, usize) {
        let inside = &self.text[start..end];
        let wordless = |text: &str| !text.contains(char::is_alphanumeric);
        let visible = |line: Option<&str>| line.is_some_and(|line| !line.trim().is_empty());
        let head = inside.find(BREAK).filter(|&at| wordless(&inside[..at]));
        let head = head.filter(|_| visible(self.text[..start].rsplit(BREAK).next()));
        let from = head.map_or(0, |at| inside.len() - inside[at..].trim_start().len());
        let tail = inside.rfind(BREAK).filter(|&at| at > from && wordless(&inside[at..]));
        let tail = tail.filter(|_| visible(self.text[end..].split(BREAK).next()));
        let to = tail.map_or(inside.len(), |at| inside[..at].trim_end().len());
        (start + from, start + to.max(from))
    }

    /// The first border at `at` or behind.
    fn front(&mut self, from: usize) -> usize {
        let mut at = from;
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        while !self.is_border(at, true) {
            if (self.ahead.0..=self.ahead.1).contains(&at) {
                at = self.ahead.1;
                break;
            }
            at += self.text[at..].chars().next().map_or(1, char::len_utf8);
        }
        self.ahead = (from, at);
        at
    }

    /// The last border at `at` or before.
    fn back(&mut self, from: usize) -> usize {
        let mut at = from;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        while !self.is_border(at, false) {
            if (self.behind.0..=self.behind.1).contains(&at) {
                at = self.behind.0;
                break;
            }
            at -= self.text[..at].chars().next_back().map_or(1, char::len_utf8);
        }
        self.behind = (at, from);
        at
    }

    /// Whether what goes may begin (or else end) at `at`, which lies between two characters.
    fn is_border(&self, at: usize, begins: bool) -> bool {
        let (Some(before), Some(after)) = (self.text[..at].chars().next_back(), self.text[at..].chars().next()) else {
            return true;
        };
        if before.is_whitespace() || after.is_whitespace() {
            return true;
        }
        let solo = |c| class(c) == Class::Solo;
        // A full stop goes with the character before it, a mark above a letter with its letter.
        if begins {
            solo(after) || solo(before) && after.is_alphanumeric()
        } else {
            solo(after) || solo(before) && !clings(after)
        }
    }
}

/// Whether a character has no meaning without the one before it.
fn clings(c: char) -> bool {
    class(c) == Class::Ignored || class(c) == Class::Word && !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shrunk(text: &str, piece: &str) -> Option<String> {
        let at = text.as_bytes().windows(piece.len()).position(|w| w == piece.as_bytes()).unwrap();
        let (start, end) = Borders::new(text).shrink(at, at + piece.len())?;
        Some(text[start..end].to_owned())
    }

    #[test]
    fn words_signs_and_addresses_stay_whole() {
        assert_eq!(shrunk("One two three four.", "e two thr").as_deref(), Some("two"));
        assert_eq!(shrunk("One, two three (four", ", two three (").as_deref(), Some("two three"));
        assert_eq!(shrunk("One. Two three. Four", "Two three.").as_deref(), Some("Two three."));
        assert_eq!(shrunk("See x.org/a-b on 2026-04-09.", "org/a-b on 2026-").as_deref(), Some("on"));
        assert_eq!(shrunk("我们。你好吗。他们", "。你好吗。").as_deref(), Some("你好吗。"));
        assert_eq!(shrunk("ก็ดีมาก", "ก").as_deref(), None);
        assert_eq!(shrunk("naïve words", "ve wo"), None);
        assert_eq!(shrunk("so \u{1F469}\u{200D}\u{1F467} be it", "\u{1F467} be it").as_deref(), Some("be it"));
        assert_eq!(shrunk("be it \u{1F469}\u{200D}\u{1F467} so", "be it \u{1F469}").as_deref(), Some("be it"));
        assert_eq!(shrunk("x ---------- y", "--------"), None);
    }

    #[test]
    fn mark_up_stays_with_its_line() {
        assert_eq!(shrunk("One.\n\n## Two three\n\n## Four", "One.\n\n## ").as_deref(), Some("One."));
        assert_eq!(shrunk("| a |\n| b |\n| c |\n", " |\n| b |\n| ").as_deref(), Some("| b |"));
        assert_eq!(shrunk("One.\n\n***\n\nTwo.", "One.\n\n***").as_deref(), Some("One.\n\n***"));
        assert_eq!(shrunk("One |\n|\n Two", " |\n|\n").as_deref(), None);
    }

    #[test]
    fn half_a_character_is_left() {
        let text = "ä große Öl ö";
        let (start, end) = Borders::new(text).shrink(1, text.len() - 1).unwrap();
        assert_eq!(&text[start..end], "große Öl");
    }

    #[test]
    fn what_is_remembered_changes_nothing() {
        let text = "one-two-three/four.five six 北京大学 seven,eight\u{E9}nine-ten, eleven";
        let mut borders = Borders::new(text);
        for start in 0..text.len() {
            for end in start..=text.len() {
                assert_eq!(borders.shrink(start, end), Borders::new(text).shrink(start, end), "{start}..{end}");
            }
        }
    }
}
