//! JSON lines: a record a line, its text in one field. All else passes through byte for byte: only the text field of a
//! changed record is spliced, so key order, number spelling and spacing stay as they were.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt::{self, Write as _};
use std::ops::Range;

use super::format::{Decoded, Fields, Format, Framing, Undo, Unread};
use super::scan::{Scanned, scan};
use super::values::values;
use crate::text::address::Best;
use crate::types::Form;

/// `.jsonl`.
pub static JSONL: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson", "json"],
    framing: Framing::Lines,
    decode,
    encode,
    splice: splice_edits,
    locate: Some(locate),
    restore,
    values: Some(values),
};

const BOM: &[u8] = b"\xEF\xBB\xBF";

fn decode(raw: &[u8], fields: &Fields) -> Result<Decoded, Unread> {
    let line = raw.strip_prefix(BOM).unwrap_or(raw);
    let json = line.trim_ascii();
    if json.is_empty() {
        return Err(Unread::Blank);
    }
    // What is wrong and where is for the standard library to say.
    let json = simdutf8::basic::from_utf8(json)
        .or_else(|_| std::str::from_utf8(json))
        .map_err(|e| Unread::Damaged(format!("not UTF-8 at byte {} of the line", e.valid_up_to())))?;
    let before = json.as_ptr() as usize - raw.as_ptr() as usize;
    if let Some(Scanned { text, form, at, id, address }) = scan(json, fields) {
        let moved = |at: Range<usize>| before + at.start..before + at.end;
        return Ok(Decoded { text, id, form, at: moved(at), address: address.map(moved), replaced: 0 });
    }
    decode_with_care(json, before, fields)
}

/// Takes any record apart, and says what is wrong with one that is none. It stands `before` bytes into its line.
fn decode_with_care(json: &str, before: usize, fields: &Fields) -> Result<Decoded, Unread> {
    let found = find(json, fields).map_err(|e| Unread::Damaged(format!("not JSON: {e}")))?;
    let Some(literal) = found.text else { return Err(Unread::NoText(found.names)) };
    let text: String =
        serde_json::from_str(literal).map_err(|e| Unread::Damaged(format!("field '{}': {e}", fields.text)))?;
    let form = form(&literal[1..literal.len() - 1]);
    let place = |literal: &str| {
        let start = before + (literal.as_ptr() as usize - json.as_ptr() as usize);
        start..start + literal.len()
    };
    let address = found.address.map(place);
    Ok(Decoded { text, id: found.id, form, at: place(literal), address, replaced: 0 })
}

fn encode(raw: &[u8], record: &Decoded, cleaned: &str) -> Vec<u8> {
    let ascii = matches!(record.form, Form::Escaped { ascii: true });
    splice(raw, record.at.clone(), &escape(cleaned, ascii))
}

fn restore(cleaned: &[u8], form: &Form, fields: &Fields, undo: &Undo<'_>) -> Option<Vec<u8>> {
    let Form::Escaped { ascii } = form else { return None };
    let record = decode(cleaned, fields).ok()?;
    Some(splice(cleaned, record.at, &escape(&undo(&record.text)?, *ascii)))
}

fn splice(raw: &[u8], at: std::ops::Range<usize>, literal: &str) -> Vec<u8> {
    [&raw[..at.start], literal.as_bytes(), &raw[at.end..]].concat()
}

/// Only what is put is escaped: of a literal that is escaped as [`escape`] does it, every piece is.
fn splice_edits(
    raw: &[u8],
    record: &Decoded,
    edits: &mut dyn Iterator<Item = (Range<usize>, &str)>,
) -> Option<Vec<u8>> {
    let Form::Escaped { ascii } = record.form else { return None };
    let mut place = Place { literal: &raw[record.at.start + 1..record.at.end - 1], at: 0, text: 0 };
    let mut out = Vec::with_capacity(raw.len());
    let mut kept = record.at.start + 1;
    out.extend_from_slice(&raw[..kept]);
    for (span, put) in edits {
        out.extend_from_slice(&raw[kept..record.at.start + 1 + place.seek(span.start)?]);
        let put = escape(put, ascii);
        out.extend_from_slice(&put.as_bytes()[1..put.len() - 1]);
        kept = record.at.start + 1 + place.seek(span.end)?;
    }
    out.extend_from_slice(&raw[kept..]);
    Some(out)
}

/// Where bytes of the text stand in the record. A byte that begins no character is taken for the one before it.
fn locate(raw: &[u8], record: &Decoded, at: &[usize]) -> Vec<usize> {
    let inside = record.at.start + 1;
    let mut place = Place { literal: &raw[inside..record.at.end - 1], at: 0, text: 0 };
    let mut found = inside;
    let places = at.iter().map(|&at| {
        found = place.seek(at).map_or(found, |at| inside + at);
        found
    });
    places.collect()
}

/// A place in the inside of a string literal, and the same place in the text that it stands for.
struct Place<'a> {
    literal: &'a [u8],
    at: usize,
    text: usize,
}

impl Place<'_> {
    /// Goes on to a byte of the text; none when no character begins there.
    fn seek(&mut self, text: usize) -> Option<usize> {
        loop {
            let ahead = text.checked_sub(self.text)?;
            let plain = memchr::memchr(b'\\', self.literal.get(self.at..self.at + ahead)?).unwrap_or(ahead);
            self.at += plain;
            self.text += plain;
            if self.text == text {
                return Some(self.at);
            }
            let (length, stands_for) = match self.literal.get(self.at + 1)? {
                b'u' => {
                    let code =
                        |at: usize| u32::from_str_radix(str::from_utf8(self.literal.get(at..at + 4)?).ok()?, 16).ok();
                    match code(self.at + 2)? {
                        // The first half of a pair: together they are a character of four bytes.
                        0xD800..=0xDBFF => (12, 4),
                        code => (6, char::from_u32(code)?.len_utf8()),
                    }
                }
                _ => (2, 1),
            };
            self.at += length;
            self.text += stands_for;
        }
    }
}

/// How the inside of a string literal is escaped; [`Form::Raw`] when [`escape`] would not give the same bytes.
fn form(literal: &str) -> Form {
    let bytes = literal.as_bytes();
    let (mut ascii, mut usual) = (false, true);
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'\\', &bytes[at..]) {
        at += step + 2;
        match bytes[at - 1] {
            b'u' => {
                let code = u32::from_str_radix(literal.get(at..at + 4).unwrap_or_default(), 16).unwrap_or_default();
                let lower = !bytes[at..at + 4].iter().any(u8::is_ascii_uppercase);
                let control = code < 0x20 && !matches!(code, 8 | 9 | 10 | 12 | 13);
                ascii |= code >= 0x80;
                usual &= lower && (control || code >= 0x80);
                at += 4;
            }
            other => usual &= other != b'/',
        }
    }
    if usual && (!ascii || literal.is_ascii()) { Form::Escaped { ascii } } else { Form::Raw }
}

/// A JSON string literal as the common writers make it: either only what must be escaped, or (`ascii`, the default of
/// Python's `json`) everything beyond ASCII too.
fn escape(text: &str, ascii: bool) -> String {
    // A string can always be written.
    let plain = serde_json::to_string(text).unwrap_or_default();
    if !ascii || plain.is_ascii() {
        return plain;
    }
    let mut out = String::with_capacity(plain.len() * 2);
    for c in plain.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// The pieces of a record that matter: the literal of the text field, the id, the names of the first fields.
struct Found<'a> {
    text: Option<&'a str>,
    id: Option<String>,
    address: Option<&'a str>,
    names: String,
}

fn find<'a>(json: &'a str, fields: &Fields) -> Result<Found<'a>, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let found = reader.deserialize_map(Finder { fields })?;
    reader.end()?;
    Ok(found)
}

struct Finder<'f> {
    fields: &'f Fields,
}

impl<'de> Visitor<'de> for Finder<'_> {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object on one line")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<'de>, A::Error> {
        let mut found = Found { text: None, id: None, address: None, names: String::new() };
        let mut literals: Vec<&'de str> = Vec::new();
        let mut address = Best::default();
        let mut seen = 0;
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let literal = map.next_value::<&'de RawValue>()?.get();
            address.take(&name, literal, literals.len()..literals.len() + 1);
            literals.push(literal);
            if name == self.fields.text && found.text.is_none() {
                found.text = Some(literal).filter(|l| l.starts_with('"'));
            } else if name == self.fields.id && found.id.is_none() {
                found.id = serde_json::from_str::<String>(literal)
                    .ok()
                    .or_else(|| Some(literal).filter(|v| !v.starts_with(['{', '[', 'n'])).map(Into::into));
            }
            seen += 1;
            if seen <= 8 {
                let _ = write!(found.names, "{}{name}", if seen == 1 { "" } else { ", " });
            }
        }
        found.address = address.finish().map(|at| literals[at.start]);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Decoded, Unread> {
        decode(line.as_bytes(), &Fields::default())
    }

    #[test]
    fn only_the_text_changes_and_comes_back() {
        for line in [
            "{\"n\": 1.50, \"text\": \"caf\\u00e9 \\ud83d\\ude00\\nAD\", \"id\": \"x\"}\r\n",
            "{\"id\":7,\"text\":\"café 😀\\nAD\" , \"n\":1e3}\n",
        ] {
            let record = read(line).unwrap();
            assert_eq!(record.text, "café 😀\nAD");
            let written = encode(line.as_bytes(), &record, "café 😀");
            let again = restore(&written, &record.form, &Fields::default(), &|text| Some(format!("{text}\nAD")));
            assert_eq!(String::from_utf8(again.unwrap()).unwrap(), line);
        }
    }

    #[test]
    fn spliced_or_encoded_it_is_the_same() {
        for inside in ["", "ab", "caf\\u00e9 \\ud83d\\ude00\\n\\u0001 \\\\x", "é\\n\\\"\\\\😀 \\t\u{7f}–"] {
            let line = format!("{{\"n\": 1.50, \"text\": \"{inside}\", \"id\": \"x\"}}\r\n");
            let record = read(&line).unwrap();
            let places: Vec<usize> = (0..=record.text.len()).filter(|&at| record.text.is_char_boundary(at)).collect();
            for &from in &places {
                for &to in places.iter().filter(|&&to| to >= from) {
                    for put in ["", "\"é\n"] {
                        let cleaned = [&record.text[..from], put, &record.text[to..]].concat();
                        let spliced = splice_edits(line.as_bytes(), &record, &mut [(from..to, put)].into_iter());
                        assert_eq!(
                            spliced.unwrap(),
                            encode(line.as_bytes(), &record, &cleaned),
                            "{cleaned:?} in {line}"
                        );
                    }
                }
            }
        }
        let raw = r#"{"text":"a\/b"}"#;
        assert!(splice_edits(raw.as_bytes(), &read(raw).unwrap(), &mut std::iter::empty()).is_none());
    }

    #[test]
    fn the_form_is_what_gives_the_same_bytes() {
        for inside in [
            "a",
            "é\\n\\\"\\\\",
            "\\u00e9",
            "\\u00E9",
            "\\u00e9é",
            "\\u0001\u{7f}",
            "\\u000a",
            "\\/",
            "\\ud83d\\ude00\\t",
            "\\u0041",
        ] {
            let literal = format!("\"{inside}\"");
            let text: String = serde_json::from_str(&literal).unwrap();
            let same = |ascii| escape(&text, ascii) == literal;
            match form(inside) {
                Form::Escaped { ascii } => assert!(same(ascii), "{inside}"),
                _ => assert!(!same(false) && !same(true), "{inside}"),
            }
        }
    }

    /// Both ways of reading must agree about every line, whole or damaged.
    #[test]
    fn the_quick_way_reads_what_the_careful_way_reads() {
        let whole = [
            r#"{"id":7,"text":"caf\u00e9 \ud83d\ude00 \\ \/ \"x\"\n","n":[1,{"a":-0.5e+3},[],{}]}"#,
            r#"{ "text" : "é \u00E9\t" , "id" : "a\nb", "k": true, "l": null, "m": false, "text": 3 }"#,
            r#"{"text":null,"id":null,"text":"second","id":[1],"x":"\ud800","y":1e5,"z":0}"#,
            r#"{"link":"http:\/\/b.net","url":"https://a.org/x","uri":7,"id":{"a":1},"id":12.5,"text":"\u0001\b\f\r"}"#,
            r#"{"te\u0078t":"escaped name","id":"x"}"#,
            r#"{"text":"a","deep":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"#,
        ];
        let same = |json: &str, fields: &Fields| {
            let quick = scan(json, fields);
            let careful = decode_with_care(json, 0, fields);
            if let Some(Scanned { text, form, at, id, address }) = quick {
                let careful = careful.unwrap_or_else(|why| panic!("{json}: {why:?}"));
                assert_eq!((careful.text, careful.form, careful.at, careful.id), (text, form, at, id), "{json}");
                assert_eq!(careful.address, address, "{json}");
                return true;
            }
            false
        };
        let odd = Fields { text: "id".into(), id: "id".into() };
        let mut read = 0;
        for line in whole {
            same(line, &odd);
            read += usize::from(same(line, &Fields::default()));
            let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
            for &at in &places {
                let after = at + line[at..].chars().next().unwrap().len_utf8();
                same(&[&line[..at], &line[after..]].concat(), &Fields::default());
                for put in
                    ["\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "u", "\t", " ", "é", "t", "\u{1}"]
                {
                    same(&[&line[..at], put, &line[at..]].concat(), &Fields::default());
                    same(&[&line[..at], put, &line[after..]].concat(), &odd);
                }
                same(&line[..at], &Fields::default());
            }
        }
        assert_eq!(read, 4, "records as most are go the quick way");
    }

    #[test]
    fn unusual_escapes_are_known_as_such() {
        assert_eq!(read(r#"{"text":"a\/b"}"#).unwrap().form, Form::Raw);
        assert_eq!(read(r#"{"id":12,"text":"a"}"#).unwrap().id.as_deref(), Some("12"));
    }

    #[test]
    fn what_is_no_document() {
        assert_eq!(read(" \r\n").unwrap_err(), Unread::Blank);
        assert_eq!(read(r#"{"body":"x","id":"1"}"#).unwrap_err(), Unread::NoText("body, id".into()));
        assert_eq!(read(r#"{"text":null}"#).unwrap_err(), Unread::NoText("text".into()));
        assert!(matches!(read(r#"{"text":"x""#).unwrap_err(), Unread::Damaged(_)));
        assert!(matches!(read(r#"{"text":"\ud800"}"#).unwrap_err(), Unread::Damaged(_)));
        assert!(matches!(decode(b"{\"text\":\"\xff\"}", &Fields::default()).unwrap_err(), Unread::Damaged(_)));
    }
}
