//! What `report.html` holds of one document, packed: looked into when the document is opened.

use std::io::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde::Serialize;

use crate::report::model::{Action, DocumentEntry, FindingEntry};
use crate::report::why::in_words;
use crate::types::{Confidence, Evidence, Kind};

/// The element of a document whose text and findings the page does not hold.
pub const NO_DETAIL: &[u8] = b"<script type=\"application/zlib\"></script>\n";

/// Bytes of a document's text that the page holds at most.
const LONGEST_TEXT: usize = 1 << 20;

/// What the page shows of one document. Lists without names for their members: most documents are short, and there may be
/// a hundred thousand of them.
#[derive(Serialize)]
struct Detail<'a> {
    /// The text as read, as far as the page holds it.
    text: &'a str,
    /// Bytes of the text beyond that.
    more: usize,
    encoding: Option<&'a str>,
    findings: Vec<Told<'a>>,
    /// Span, what stands there now, and findings.
    edits: Vec<([u32; 2], &'a str, &'a [u32])>,
}

/// A finding: rule, kind, confidence, span, lines, action, whether it was done, other documents, evidence in words.
type Told<'a> = (&'a str, Kind, Confidence, [u32; 2], [u32; 2], Action, u8, Vec<Other<'a>>, Vec<String>);

/// A document that evidence names, and for the copy of a passage where the first one stands there.
type Other<'a> = (&'a str, Option<u32>);

fn told<'a>(finding: &'a FindingEntry<'_>) -> Told<'a> {
    let FindingEntry { rule, kind, confidence, span, lines, evidence, action, done, .. } = finding;
    let other = |evidence: &'a Evidence| match evidence {
        Evidence::Twin { document, .. } | Evidence::Contained { document, .. } => Some((document.as_str(), None)),
        Evidence::Copy { document, span, .. } => Some((document.as_str(), Some(span.start))),
        _ => None,
    };
    let others = evidence.iter().filter_map(other).collect();
    let (span, lines) = ([span.start, span.end], [lines.first, lines.last]);
    let why = evidence.iter().map(in_words).collect();
    (rule.as_ref(), *kind, *confidence, span, lines, *action, u8::from(*done), others, why)
}

/// Appends a document's element with its text, its findings and its edits.
pub fn detail(entry: &DocumentEntry<'_>, text: &str, out: &mut Vec<u8>) {
    let held = &text[..(0..=text.len().min(LONGEST_TEXT)).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0)];
    let edits = entry.edits.iter().map(|e| ([e.span.start, e.span.end], e.put.as_ref(), e.findings.as_ref()));
    let detail = Detail {
        text: held,
        more: text.len() - held.len(),
        encoding: entry.encoding.as_deref(),
        findings: entry.findings.iter().map(told).collect(),
        edits: edits.collect(),
    };
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::new(4));
    // A list of bytes takes what it is given.
    let _ = packed.write_all(&serde_json::to_vec(&detail).unwrap_or_default());
    let packed = packed.finish().unwrap_or_default();
    out.extend_from_slice(b"<script type=\"application/zlib\">");
    out.extend_from_slice(BASE64_STANDARD.encode(packed).as_bytes());
    out.extend_from_slice(b"</script>\n");
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;
    use serde_json::{Value, json};

    use super::*;
    use crate::report::model::{Change, Fate};

    #[test]
    fn long_texts_are_cut_between_characters() {
        let nothing = Change { before: 0, after: 0 };
        let entry = DocumentEntry {
            id: String::new(),
            path: String::new(),
            place: 0,
            host: None,
            encoding: None,
            bytes: nothing,
            words: nothing,
            lines: 1,
            fate: Fate::Keep,
            twins: 0,
            findings: Vec::new(),
            edits: Vec::new(),
            more: None,
            ground: Vec::new(),
        };
        for (text, held) in [(String::new(), 0), (format!("x{}", "é".repeat(LONGEST_TEXT / 2)), LONGEST_TEXT - 1)] {
            let mut out = Vec::new();
            detail(&entry, &text, &mut out);
            let element = std::str::from_utf8(&out).unwrap();
            let (_, packed) = element.strip_suffix("</script>\n").unwrap().split_once('>').unwrap();
            let mut json = String::new();
            ZlibDecoder::new(&BASE64_STANDARD.decode(packed).unwrap()[..]).read_to_string(&mut json).unwrap();
            let detail: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(detail["text"], text[..held]);
            assert_eq!(detail["more"], json!(text.len() - held));
        }
    }
}
