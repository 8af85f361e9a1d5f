//! One quick pass over a JSON record as most of them are: an object without control characters or escaped names.
//!
//! Everything is checked that JSON asks for. What is damaged or unusual is left to the careful reader in
//! [`super::jsonl`], so that there is one place that says what is wrong.

mod cursor;
mod skip;

use std::ops::Range;

use cursor::Scan;

use super::format::Fields;
use crate::text::address::Best;
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
    let mut scan = Scan::new(json);
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
