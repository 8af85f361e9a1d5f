//! Document → page: where the blocks are.
//!
//! A block is what an editor would cut as one: a paragraph, a heading, a list item. Blank lines always end one. Within
//! a run of lines without a blank line, each line is a block of its own (documents with a paragraph a line, lists,
//! link bars), unless the lines are one paragraph wrapped at a fixed width.

use crate::text::lines::{Line, Lines, each_line, trimmed};
use crate::types::{Block, Document, Page, Role};

/// Cuts a document into blocks.
pub fn segment(document: Document) -> Page {
    let blocks = blocks(&document.text);
    Page { document, blocks }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(8 + text.len() / 512);
    // Where in `out` the run of lines begins that no blank line has ended yet.
    let mut group = 0;
    let matter = front_matter(text);
    let mut marks = Fences::default();
    let mut fenced = false;
    let mut opens = true;
    let mut lines = each_line(text);
    let mut line = 0;
    while let Some(Line { span }) = lines.next() {
        line += 1;
        let visible = trimmed(text, span);
        if visible.is_empty() {
            if !fenced {
                close(text, &mut out, group);
                group = out.len();
                opens = true;
            }
            continue;
        }
        let visible_text = visible.of(text);
        let fence = is_fence(visible_text) && marks.take(text, &lines);
        let role = if fence || fenced || line <= matter { Role::Code } else { role(visible_text) };
        fenced ^= fence;
        let indented = visible.start > span.start + 1;
        match out[group..].last_mut() {
            // The lines of a fenced block, and the wrapped lines of a list item, belong together.
            Some(last)
                if (role == Role::Code && last.role == Role::Code)
                    || (role == Role::Text && indented && last.role == Role::Item) =>
            {
                last.span = last.span.cover(visible);
                last.last_line = line;
            }
            _ => out.push(Block { span: visible, line, last_line: line, role, opens: std::mem::take(&mut opens) }),
        }
    }
    close(text, &mut out, group);
    out
}

/// Number of lines of front matter: `---`, lines of `name: value` and what belongs to them, `---` again.
fn front_matter(text: &str) -> u32 {
    const LONGEST: usize = 100;
    if !text.starts_with("---") {
        return 0;
    }
    let is_rule = |line: &str| line.trim_end() == "---";
    let mut lines = each_line(text).map(|line| line.span.of(text));
    if !lines.next().is_some_and(is_rule) {
        return 0;
    }
    let belongs = |line: &str| {
        line.trim().is_empty()
            || line.starts_with([' ', '\t', '-', '#', ']', '}'])
            || line.split_once(':').is_some_and(|(name, _)| !name.contains(' '))
    };
    for (inside, line) in (0..).zip(lines.take(LONGEST)) {
        if is_rule(line) {
            return if inside > 0 { inside + 2 } else { 0 };
        }
        if !belongs(line) {
            return 0;
        }
    }
    0
}

/// Whether a line, without the white space before it, opens or closes fenced code, if it has a counterpart.
fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

/// The fences of a text, counted when the first one is met; a last one that nothing closes is none.
#[derive(Default)]
struct Fences {
    all: Option<usize>,
    taken: usize,
}

impl Fences {
    /// Whether the fence that was met, before the lines `rest`, opens or closes something.
    fn take(&mut self, text: &str, rest: &Lines<'_>) -> bool {
        let in_rest = || rest.clone().filter(|line| is_fence(line.span.of(text).trim_start())).count();
        let all = *self.all.get_or_insert_with(|| 1 + in_rest());
        self.taken += 1;
        self.taken <= all / 2 * 2
    }
}

/// Ends the run of lines that begins at `from`: one wrapped paragraph becomes one block, everything else stays a block a
/// line.
fn close(text: &str, blocks: &mut Vec<Block>, from: usize) {
    if blocks.len() < from + 2 {
        return;
    }
    let (mut read, mut written) = (from, from);
    while let Some(first) = blocks.get(read).copied() {
        let rest = &blocks[read..];
        let flows = matches!(first.role, Role::Text | Role::Quote);
        let run = if flows { rest.iter().take_while(|b| b.role == first.role).count() } else { 1 };
        if is_wrapped(text, &rest[..run]) {
            let last = rest[run - 1];
            blocks[written] = Block { span: first.span.cover(last.span), last_line: last.last_line, ..first };
            written += 1;
        } else {
            blocks.copy_within(read..read + run, written);
            written += run;
        }
        read += run;
    }
    blocks.truncate(written);
}

/// Columns between which a text is wrapped by hand or by a mail program, and how ragged such lines are.
const WRAP: std::ops::RangeInclusive<usize> = 40..=120;
const RAGGED: usize = 24;

/// Whether the lines are one paragraph that was wrapped at a fixed width: all but the last about as long, and most
/// broken where no sentence ends.
fn is_wrapped(text: &str, lines: &[Block]) -> bool {
    let Some((last, inner)) = lines.split_last() else { return false };
    // What costs least is asked first; in most runs of lines it decides. A character has at least one byte.
    let Some(longest) = inner.iter().max_by_key(|b| b.span.len()).filter(|b| b.span.len() >= *WRAP.start()) else {
        return false;
    };
    let flows = lines.windows(2).filter(|pair| {
        let before = pair[0].span.of(text);
        let after = pair[1].span.of(text);
        !before.ends_with(['.', '!', '?', ':', '"', '”', '。', '»'])
            && (inner.len() > 2 || after.starts_with(|c: char| c.is_lowercase()))
    });
    if flows.count() * 2 <= inner.len() {
        return false;
    }
    // The line of most bytes may be too wide alone, or wider than one of few bytes can be.
    let shortest = inner.iter().map(|b| b.span.len()).min().unwrap_or_default();
    let widest = width(text, longest);
    if widest > *WRAP.end() || shortest + RAGGED < widest {
        return false;
    }
    let widths = inner.iter().map(|b| width(text, b));
    let (widest, narrowest) = widths.fold((0, usize::MAX), |(most, least), width| (most.max(width), least.min(width)));
    WRAP.contains(&widest) && narrowest + RAGGED >= widest && width(text, last) <= *WRAP.end()
}

/// Characters of a line; where there are more than count, any number beyond them.
fn width(text: &str, line: &Block) -> usize {
    // A character has at most four bytes.
    if line.span.len() > 4 * *WRAP.end() { usize::MAX } else { line.span.of(text).chars().count() }
}

fn role(line: &str) -> Role {
    // Most lines begin with a letter, and are nothing else then.
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Role::Text;
    }
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        return Role::Heading;
    }
    if !line.bytes().any(|b| b.is_ascii_alphanumeric()) && !line.chars().any(char::is_alphanumeric) {
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
