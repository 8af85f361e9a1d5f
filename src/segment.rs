//! Document → page: where the blocks are.
//!
//! A block is what an editor would cut as one: a paragraph, a heading, a list item. Blank lines always end one. Within
//! a run of lines without a blank line, each line is a block of its own (documents with a paragraph a line, lists,
//! link bars), unless the lines are one paragraph wrapped at a fixed width.

use crate::text::lines::{Line, lines, trimmed};
use crate::types::{Block, Document, Page, Role};

/// Cuts a document into blocks.
pub fn segment(document: Document) -> Page {
    let blocks = blocks(&document.text);
    Page { document, blocks }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut group: Vec<Block> = Vec::new();
    let lines = lines(text);
    let matter = front_matter(text, &lines);
    let mut marks = fences(text, &lines).into_iter().peekable();
    let mut fenced = false;
    let mut opens = true;
    for (number, Line { span }) in lines.into_iter().enumerate() {
        let visible = trimmed(text, span);
        if visible.is_empty() {
            if !fenced {
                close(text, &mut group, &mut out);
                opens = true;
            }
            continue;
        }
        let line = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let fence = marks.next_if_eq(&number).is_some();
        let role = if fence || fenced || number < matter { Role::Code } else { role(visible.of(text)) };
        fenced ^= fence;
        let indented = visible.start > span.start + 1;
        match group.last_mut() {
            // The lines of a fenced block, and the wrapped lines of a list item, belong together.
            Some(last)
                if (role == Role::Code && last.role == Role::Code)
                    || (role == Role::Text && indented && last.role == Role::Item) =>
            {
                last.span = last.span.cover(visible);
                last.last_line = line;
            }
            _ => group.push(Block { span: visible, line, last_line: line, role, opens: std::mem::take(&mut opens) }),
        }
    }
    close(text, &mut group, &mut out);
    out
}

/// Number of lines of front matter: `---`, lines of `name: value` and what belongs to them, `---` again.
fn front_matter(text: &str, lines: &[Line]) -> usize {
    const LONGEST: usize = 100;
    let is_rule = |line: &Line| line.span.of(text).trim_end() == "---";
    if !lines.first().is_some_and(is_rule) {
        return 0;
    }
    let Some(inside) = lines[1..].iter().take(LONGEST).position(is_rule) else { return 0 };
    let belongs = |line: &Line| {
        let line = line.span.of(text);
        line.trim().is_empty()
            || line.starts_with([' ', '\t', '-', '#', ']', '}'])
            || line.split_once(':').is_some_and(|(name, _)| !name.contains(' '))
    };
    if inside > 0 && lines[1..=inside].iter().all(belongs) { inside + 2 } else { 0 }
}

/// Numbers of the lines that open or close fenced code; a last one that nothing closes is left out.
fn fences(text: &str, lines: &[Line]) -> Vec<usize> {
    let is_fence = |line: &Line| {
        let line = line.span.of(text).trim_start();
        line.starts_with("```") || line.starts_with("~~~")
    };
    let mut all: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| is_fence(line)).map(|(n, _)| n).collect();
    if all.len() % 2 == 1 {
        all.pop();
    }
    all
}

/// Ends a run of lines: one wrapped paragraph becomes one block, everything else stays a block a line.
fn close(text: &str, group: &mut Vec<Block>, out: &mut Vec<Block>) {
    let mut rest = group.as_slice();
    while let Some(first) = rest.first() {
        let run = rest
            .iter()
            .take_while(|b| b.role == first.role && matches!(b.role, Role::Text | Role::Quote))
            .count()
            .max(1);
        let (head, tail) = rest.split_at(run);
        if is_wrapped(text, head) {
            out.push(Block {
                span: head.iter().fold(first.span, |s, b| s.cover(b.span)),
                last_line: head[head.len() - 1].last_line,
                ..*first
            });
        } else {
            out.extend_from_slice(head);
        }
        rest = tail;
    }
    group.clear();
}

/// Columns between which a text is wrapped by hand or by a mail program, and how ragged such lines are.
const WRAP: std::ops::RangeInclusive<usize> = 40..=120;
const RAGGED: usize = 24;

/// Whether the lines are one paragraph that was wrapped at a fixed width: all but the last about as long, and most
/// broken where no sentence ends.
fn is_wrapped(text: &str, lines: &[Block]) -> bool {
    let Some((_, inner)) = lines.split_last() else { return false };
    if inner.is_empty() || lines.last().is_some_and(|l| l.span.of(text).chars().count() > *WRAP.end()) {
        return false;
    }
    let widths: Vec<usize> = inner.iter().map(|b| b.span.of(text).chars().count()).collect();
    let (Some(&widest), Some(&narrowest)) = (widths.iter().max(), widths.iter().min()) else { return false };
    if !WRAP.contains(&widest) || narrowest + RAGGED < widest {
        return false;
    }
    let flows = lines.windows(2).filter(|pair| {
        let before = pair[0].span.of(text);
        let after = pair[1].span.of(text);
        !before.ends_with(['.', '!', '?', ':', '"', '”', '。', '»'])
            && (inner.len() > 2 || after.starts_with(|c: char| c.is_lowercase()))
    });
    flows.count() * 2 > inner.len()
}

fn role(line: &str) -> Role {
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        return Role::Heading;
    }
    if !line.chars().any(char::is_alphanumeric) {
        return Role::Rule;
    }
    if line.starts_with('>') {
        return Role::Quote;
    }
    if is_item(line) { Role::Item } else { Role::Text }
}

/// `- x`, `* x`, `• x`, `1. x`, `2) x`.
fn is_item(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix(['-', '*', '+', '•', '‣', '◦', '·', '–']) {
        return rest.starts_with(char::is_whitespace);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && line[digits..].strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        blocks(text).iter().map(|b| b.span.of(text)).collect()
    }

    #[test]
    fn paragraphs_by_blank_lines_and_by_lines() {
        assert_eq!(of("\n A \n\nB\nC\n"), ["A", "B", "C"]);
        let long = "A paragraph that goes on and on without an end, on one line, as scrapers leave them, well beyond any wrapping width.";
        assert_eq!(of(&format!("{long}\n{long}")).len(), 2);
    }

    #[test]
    fn a_paragraph_wrapped_at_a_fixed_width_is_one_block() {
        let text = "The committee met on Tuesday to discuss the\nbudget for the coming year and agreed that\nnothing would be decided before the summer\nbreak.\n\nNext.";
        assert_eq!(of(text).len(), 2);
        let verse = "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one traveler, long I stood";
        assert_eq!(of(verse).len(), 3);
    }

    #[test]
    fn roles() {
        let text = "# Title\n\n- one\n- two\n  and more\n3. three\n\n> said\n\n***\n\n```\nlet x;\n\nlet y;\n```\n";
        let roles: Vec<Role> = blocks(text).iter().map(|b| b.role).collect();
        assert_eq!(roles, [Role::Heading, Role::Item, Role::Item, Role::Item, Role::Quote, Role::Rule, Role::Code]);
        assert_eq!(blocks(text)[2].last_line, 5);
    }

    #[test]
    fn front_matter_is_not_text() {
        let roles = |text: &str| blocks(text).iter().map(|b| b.role).collect::<Vec<_>>();
        assert_eq!(roles("---\ntitle: A walk\ntags: [a]\nlist:\n  - x\n---\nText."), [Role::Code, Role::Text]);
        assert_eq!(roles("---\nA line of prose.\n---\n"), [Role::Rule, Role::Text, Role::Rule]);
    }

    #[test]
    fn a_fence_that_nothing_closes_is_a_line() {
        let roles: Vec<Role> = blocks("~~~\nlet x;\n~~~\n\n~~~\n\nText.").iter().map(|b| b.role).collect();
        assert_eq!(roles, [Role::Code, Role::Rule, Role::Text]);
    }
}
