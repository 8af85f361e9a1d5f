//! For programs: all that is known, as `clean schema check` describes it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::format::Format;
use crate::report::Checked;
use crate::report::summary::harmful;

/// `--format json`.
pub static JSON: Format = Format { name: "json", listed: 10_000, write };

fn write(checked: &Checked, _: bool, out: &mut dyn Write) -> io::Result<()> {
    put(checked, out)
}

/// Writes a value and a line end. What would do something to a terminal or a build log stands as an escape, so the bytes
/// are harmless and the strings are the same.
pub(super) fn put(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Tame))?;
    out.write_all(b"\n")
}

struct Tame;

impl Formatter for Tame {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut kept = 0;
        let mut before = ' ';
        for (at, c) in fragment.char_indices() {
            if harmful(c) || c == '#' && before == '#' {
                out.write_all(&fragment.as_bytes()[kept..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
                kept = at + c.len_utf8();
            }
            before = c;
        }
        out.write_all(&fragment.as_bytes()[kept..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_bytes_and_the_same_strings() {
        let text = "a\u{1b}[0m\u{9b}\u{202e}##[x]\u{2028}\u{E0041}\u{7f}é😀\"\\\n";
        let mut out = Vec::new();
        put(&text, &mut out).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert!(!json.trim_end().contains(harmful) && !json.contains("##"), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
