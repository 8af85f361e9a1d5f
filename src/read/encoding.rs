//! Bytes → text: byte order marks, UTF-8, UTF-16, and legacy encodings as `chardetng` detects them.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::types::Form;

/// Decodes a whole document. Returns the text, how it stood, and how many places were no characters.
///
/// # Errors
/// When the bytes are no text at all; the message says what they look like.
pub fn decode(raw: &[u8]) -> Result<(String, Form, usize), String> {
    if let Some((encoding, length)) = Encoding::for_bom(raw) {
        return Ok(with(encoding, raw, length));
    }
    if let Ok(text) = std::str::from_utf8(raw) {
        return if is_binary(raw) { Err("binary data, not text".into()) } else { Ok((text.to_owned(), Form::Utf8, 0)) };
    }
    if let Some(encoding) = utf16_without_mark(raw) {
        return Ok(with(encoding, raw, 0));
    }
    if is_binary(raw) {
        return Err("binary data, not text".into());
    }
    if is_nearly_utf8(raw) {
        return Ok(with(UTF_8, raw, 0));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(raw, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // The two decode alike, but only GB 18030 has bytes for every character.
    Ok(with(if guess == GBK { GB18030 } else { guess }, raw, 0))
}

/// Decodes with a known encoding behind a byte order mark of `mark` bytes; [`Form::Raw`] when the way back would not
/// give the same bytes.
fn with(encoding: &'static Encoding, raw: &[u8], mark: usize) -> (String, Form, usize) {
    let (text, _) = encoding.decode_without_bom_handling(&raw[mark..]);
    let text = text.into_owned();
    let form = if encode(&text, encoding.name(), mark > 0).is_some_and(|again| again == raw) {
        Form::Encoded { encoding: encoding.name().to_owned(), bom: mark > 0 }
    } else {
        Form::Raw
    };
    let replaced = if form == Form::Raw { text.matches('\u{FFFD}').count() } else { 0 };
    (text, form, replaced)
}

/// Text → bytes in the encoding of that name, behind a byte order mark if asked. None when a character has no bytes
/// there or the encoding is unknown.
pub fn encode(text: &str, encoding: &str, bom: bool) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(encoding.as_bytes())?;
    let units = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).flat_map(to_bytes).collect()
    };
    if encoding == UTF_16LE {
        return Some(units(u16::to_le_bytes));
    }
    if encoding == UTF_16BE {
        return Some(units(u16::to_be_bytes));
    }
    if encoding == UTF_8 {
        return Some([if bom { "\u{FEFF}" } else { "" }, text].concat().into_bytes());
    }
    let (bytes, _, lossy) = encoding.encode(text);
    (!lossy && !bom).then(|| bytes.into_owned())
}

/// UTF-16 without a byte order mark: in text of mostly Latin script every second byte is zero.
fn utf16_without_mark(raw: &[u8]) -> Option<&'static Encoding> {
    let head = &raw[..raw.len().min(4096)];
    if raw.len() < 4 || !raw.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 2 > half && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 2 > half && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// More than one byte in ten of the first 8 KiB is a control character that no text has.
fn is_binary(raw: &[u8]) -> bool {
    let head = &raw[..raw.len().min(8192)];
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    control * 10 > head.len()
}

/// UTF-8 with a few broken places: many more whole sequences beyond ASCII than broken ones.
fn is_nearly_utf8(raw: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in raw.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 2 * broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_back_or_is_kept_raw() {
        let text = "Überraschung: „schöne Größe“, sagte er – für 5 Euro.\r\nUnd noch ein Satz, damit genug da ist.\n";
        for (name, bom) in
            [("UTF-16LE", true), ("UTF-16BE", true), ("UTF-16LE", false), ("UTF-8", true), ("windows-1252", false)]
        {
            let raw = encode(text, name, bom).unwrap();
            let (read, form, replaced) = decode(&raw).unwrap();
            assert_eq!((read.as_str(), replaced), (text, 0), "{name}");
            assert_eq!(form, Form::Encoded { encoding: name.into(), bom });
        }
        assert_eq!(decode(text.as_bytes()).unwrap().1, Form::Utf8);
        assert_eq!(decode(b"").unwrap().0, "");
    }

    #[test]
    fn broken_utf8_is_still_utf8() {
        let mut raw = "schöne Größe, Übermut, Äpfel".as_bytes().to_vec();
        raw.push(0xC3);
        let (text, form, replaced) = decode(&raw).unwrap();
        assert!(text.ends_with('\u{FFFD}') && text.starts_with("schöne"));
        assert_eq!((form, replaced), (Form::Raw, 1));
    }

    #[test]
    fn pictures_are_not_text() {
        assert!(decode(&[0x89, b'P', b'N', b'G', 0, 0, 0, 1, 2, 3, 4, 5, 0xFF]).is_err());
    }
}
