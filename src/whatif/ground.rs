//! A page as a plan needs it, made of what the report knows: blocks where findings ask to cut, something between them, and
//! the white space around. Nothing of the text is needed but its line breaks.

use crate::report::model::Ground;
use crate::types::{Block, DocId, Document, Form, Page, Role, Span};

/// Makes the page of a document of so many bytes. Memory of the page before is used again.
pub(super) fn page(before: Page, bytes: u64, ground: &[Ground]) -> Result<Page, String> {
    let mut text = before.document.text.into_bytes();
    let mut blocks = before.blocks;
    text.clear();
    blocks.clear();
    if !ground.is_empty() {
        text.resize(usize::try_from(bytes).unwrap_or_default(), b'x');
    }
    let mut reach = 0;
    for &Ground(start, end, _, gap_before, gap_behind) in ground {
        let unfit = || format!("the block at byte {start} does not fit its neighbours");
        if start < reach || end <= start || u64::from(end) > bytes {
            return Err(unfit());
        }
        if let Some(gap) = gap_before {
            let from = start.checked_sub(gap.0).ok_or_else(unfit)?;
            fill(&mut text, from, gap).ok_or_else(unfit)?;
            // What stands before, when it is none of these blocks.
            if from > reach {
                blocks.push(block(reach, from));
            }
        }
        blocks.push(block(start, end));
        reach = end;
        if let Some(gap) = gap_behind {
            fill(&mut text, end, gap).ok_or_else(unfit)?;
            reach = end + gap.0;
        }
    }
    if ground.last().is_some_and(|last| last.4.is_some()) {
        blocks.push(block(reach, u32::try_from(bytes).unwrap_or(u32::MAX)));
    }
    let text = String::from_utf8(text).map_err(|e| e.to_string())?;
    let id = DocId { source: 0, place: 0 };
    Ok(Page { document: Document { id, name: String::new(), text, form: Form::Utf8 }, blocks })
}

fn block(start: u32, end: u32) -> Block {
    Block { span: Span { start, end }, line: 1, last_line: 1, role: Role::Text, opens: true }
}

/// Writes white space of so many bytes with so many line breaks.
fn fill(text: &mut [u8], from: u32, (bytes, breaks): (u32, u32)) -> Option<()> {
    let gap = text.get_mut(from as usize..(from + bytes) as usize)?;
    gap.fill(b' ');
    gap.get_mut(..breaks as usize)?.fill(b'\n');
    Some(())
}
