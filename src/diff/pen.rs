//! How a diff looks: bytes for programs, or lines for people, in which nothing that the texts hold can steer the terminal.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::words::{Marked, marked};
use crate::report::summary::visible;

/// For whom a diff is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// For programs: all bytes as they are.
    Plain,
    /// For a terminal: controls stand as escapes, the carriage return at the end of a line is left out.
    Shown {
        /// Whether lines are coloured and changed words marked.
        colours: bool,
    },
}

/// What git says of a last line that does not end.
const UNENDED: &[u8] = b"\\ No newline at end of file";

const HEAD: Style = Style::new().bold();
const PLACE: Style = AnsiColor::Cyan.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// Writes a diff line by line.
pub(super) struct Pen<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) look: Look,
}

impl Pen<'_> {
    /// A line about the file.
    pub(super) fn head(&mut self, line: &[u8]) -> io::Result<()> {
        self.line("", &[line, b"\n"].concat(), HEAD, &[])
    }

    /// The line that says where a hunk stands.
    pub(super) fn place(&mut self, line: &str) -> io::Result<()> {
        self.line("", &[line.as_bytes(), b"\n"].concat(), PLACE, &[])
    }

    /// Lines that stay.
    pub(super) fn same(&mut self, lines: &[&[u8]]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.line(" ", line, Style::new(), &[]))
    }

    /// Lines that go and lines that come in their place.
    pub(super) fn change(&mut self, removed: &[&[u8]], added: &[&[u8]]) -> io::Result<()> {
        let Marked { before, after } =
            if self.look == (Look::Shown { colours: true }) { marked(removed, added) } else { Marked::default() };
        for (sign, lines, style, marks) in [("-", removed, REMOVED, before), ("+", added, ADDED, after)] {
            for (number, line) in lines.iter().enumerate() {
                self.line(sign, line, style, marks.get(number).map_or(&[], Vec::as_slice))?;
            }
        }
        Ok(())
    }

    /// A line with its sign; `marks` are places in its text, read as UTF-8 with what is none replaced.
    fn line(&mut self, sign: &str, line: &[u8], style: Style, marks: &[Range<usize>]) -> io::Result<()> {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        match self.look {
            Look::Plain => {
                self.out.write_all(sign.as_bytes())?;
                self.out.write_all(body)?;
            }
            Look::Shown { colours } => {
                let body = String::from_utf8_lossy(body.strip_suffix(b"\r").unwrap_or(body));
                let (style, strong) = if colours { (style, style.invert()) } else { (Style::new(), Style::new()) };
                let mut at = 0;
                write!(self.out, "{style}{sign}")?;
                for mark in marks {
                    let (start, end) = (mark.start.min(body.len()), mark.end.min(body.len()));
                    write!(self.out, "{}{style:#}", shown(&body[at..start]))?;
                    write!(self.out, "{strong}{}{strong:#}{style}", shown(&body[start..end]))?;
                    at = end;
                }
                write!(self.out, "{}{style:#}", shown(&body[at..]))?;
            }
        }
        self.out.write_all(b"\n")?;
        if body.len() == line.len() {
            self.out.write_all(UNENDED)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Text that is safe on a terminal; tabs stay.
fn shown(text: &str) -> String {
    let parts: Vec<String> = text.split('\t').map(visible).collect();
    parts.join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(look: Look, removed: &[u8], added: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        Pen { out: &mut out, look }.change(&[removed], &[added]).unwrap();
        out
    }

    #[test]
    fn changed_words_stand_out() {
        let out = written(Look::Shown { colours: true }, b"one two three four\r\n", b"one three four\r\n");
        let red = "\u{1b}[31m-one \u{1b}[0m\u{1b}[7m\u{1b}[31mtwo \u{1b}[0m\u{1b}[31mthree four\u{1b}[0m\n";
        assert_eq!(String::from_utf8(out).unwrap(), format!("{red}\u{1b}[32m+one three four\u{1b}[0m\n"));
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        let (old, new) = ("a\u{1b}[2J\tb\u{202e}\n".as_bytes(), b"\x9b\x07");
        for colours in [false, true] {
            let out = String::from_utf8(written(Look::Shown { colours }, old, new)).unwrap();
            let plain = out.replace("\u{1b}[31m", "").replace("\u{1b}[32m", "").replace("\u{1b}[0m", "");
            let wanted = "-a\\u{1b}[2J\tb\\u{202e}\n+\u{fffd}\\u{7}\n\\ No newline at end of file\n";
            assert_eq!(plain, wanted);
            assert_eq!(plain == out, !colours);
        }
        assert_eq!(written(Look::Plain, old, new), [b"-", old, b"+", new, b"\n", UNENDED, b"\n"].concat());
    }
}
