//! What can be measured of a block by itself.

use std::ops::Range;

use super::places::Places;
use crate::text::words::numbers;
use crate::text::{Folding, Word, words};
use crate::types::{Block, Role, Span};

/// Measures of one block. Counts, no shares: rules compare integers.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Words.
    pub words: u32,
    /// Bytes.
    pub bytes: u32,
    /// Words that begin with a capital letter; counted in short blocks alone.
    pub capitals: u32,
    /// Words that contain a digit; counted in short blocks alone.
    pub numbers: u32,
    /// Bytes of the words by themselves; counted in short blocks alone.
    pub letters: u32,
    /// Whether all is ASCII.
    pub ascii: bool,
    /// Bytes inside links (`http…`, `www…`, `[text](target)`, e-mail addresses).
    pub linked: u32,
    /// Ends like a sentence.
    pub ends_sentence: bool,
    /// Ends in three dots.
    pub ends_open: bool,
    /// Begins with a lower-case letter, and not like a name (`iX`).
    pub starts_lower: bool,
    /// Running text: long enough, and ends like a sentence.
    pub prose: bool,
}

/// Bytes from which a block that ends like a sentence is running text (about fourteen English words, or 27 ideographs).
const PROSE_BYTES: u32 = 80;

/// Words of the longest block that may be a name, a date, an address or a headline.
const SHORT: u32 = 40;

/// Measures a block of `text`, given its words, and puts the keys of those outside links into `keys`, for the phrase lists.
/// `marks` are the places of the text in it without which no link stands there ([`Places::of_links`]).
pub fn measure(block: &Block, text: &str, words: &[Word], marks: &[usize], keys: &mut Vec<u64>) -> Traits {
    let inside = block.span.of(text);
    let mut traits = Traits {
        words: narrow(words.len()),
        bytes: narrow(inside.len()),
        ascii: inside.is_ascii(),
        ..Traits::default()
    };
    let bytes = text.as_bytes();
    let short = if traits.words <= SHORT { words } else { &[] };
    for word in short {
        let first = bytes[word.start as usize];
        traits.capitals += u32::from(
            first.is_ascii_uppercase() || first > 0x7F && text[word.start as usize..].starts_with(char::is_uppercase),
        );
        traits.numbers += u32::from(word.is_number());
        traits.letters += word.end - word.start;
    }
    keys.clear();
    if marks.is_empty() {
        keys.extend(words.iter().map(Word::key));
    } else {
        let links = links(inside, marks.iter().map(|at| at - block.span.start as usize));
        let mut ahead = links.iter().peekable();
        for word in words {
            let start = (word.start - block.span.start) as usize;
            while ahead.peek().is_some_and(|link| link.end <= start) {
                ahead.next();
            }
            if ahead.peek().is_none_or(|link| start < link.start) {
                keys.push(word.key());
            }
        }
        traits.linked = bytes_in(&links);
    }
    (traits.ends_sentence, traits.ends_open) = ending(inside);
    let mut letters = inside.chars();
    traits.starts_lower =
        letters.next().is_some_and(char::is_lowercase) && !letters.next().is_some_and(char::is_uppercase);
    traits.prose = may_be_prose(block, || traits.ends_sentence) && !is_linked(traits.linked, traits.bytes);
    traits
}

/// [`Traits::prose`] of a block of `text`, without its words and other measures.
pub fn is_prose(block: &Block, text: &str) -> bool {
    let inside = block.span.of(text);
    let marks = || Places::of_links(inside).within(Span::new(0, inside.len())).to_vec();
    let linked = || bytes_in(&links(inside, marks().into_iter()));
    may_be_prose(block, || ending(inside).0) && !is_linked(linked(), narrow(inside.len()))
}

/// Whether a block is running text unless links make up too much of it.
fn may_be_prose(block: &Block, ends_sentence: impl FnOnce() -> bool) -> bool {
    let bytes = narrow(block.span.len());
    matches!(block.role, Role::Text | Role::Quote | Role::Item)
        && bytes >= PROSE_BYTES
        && (bytes >= 4 * PROSE_BYTES || ends_sentence())
}

/// Whether so many bytes inside links are too many for running text.
fn is_linked(linked: u32, bytes: u32) -> bool {
    linked * 3 >= bytes
}

fn bytes_in(links: &[Range<usize>]) -> u32 {
    narrow(links.iter().map(ExactSizeIterator::len).sum())
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a text ends like a sentence, and whether it ends in three dots.
fn ending(text: &str) -> (bool, bool) {
    if text.as_bytes().last().is_none_or(u8::is_ascii_alphanumeric) {
        return (false, false);
    }
    let tail = text.trim_end_matches(['"', '\'', '”', '’', '»', '“', '›', ')', ']', '*', '_', '」', '』', '）']);
    let open = tail.ends_with("...") || tail.ends_with('…');
    (!open && tail.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '۔', '…']), open)
}

/// Where the links of `text` stand: words between spaces that are links. Each holds one of the marks, which stand in order at
/// so many bytes.
fn links(text: &str, marks: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut links: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    for mark in marks {
        // Several may stand in one word.
        if mark < done {
            continue;
        }
        let (before, behind) = text.split_at(mark);
        let before = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let behind = behind.split(char::is_whitespace).next().unwrap_or_default();
        let place = mark - before.len()..mark + behind.len();
        done = place.end;
        if is_link(&text[place.clone()]) {
            links.push(place);
        }
    }
    links
}

/// Whether a word between spaces is a web or mail address, or ends in a Markdown link.
fn is_link(token: &str) -> bool {
    let bare = token.trim_start_matches(['(', '[', '<', '"', '*', '_']);
    let mail = || bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    bare.starts_with("http://")
        || bare.starts_with("https://")
        || bare.starts_with("www.")
        || token.contains("](")
        || mail()
}

/// Whether two texts name the same numbers in the same order: what differs then is only words.
pub fn same_numbers(a: &str, b: &str) -> bool {
    let of = |text: &str| {
        let mut list = Vec::new();
        words(text, Folding::default(), &mut list);
        numbers(&list)
    };
    of(a) == of(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Traits {
        let block = Block { span: Span::new(0, text.len()), line: 1, last_line: 1, role: Role::Text, opens: true };
        let mut list = Vec::new();
        words(text, Folding::default(), &mut list);
        let traits = measure(&block, text, &list, Places::of_links(text).within(block.span), &mut Vec::new());
        assert_eq!(is_prose(&block, text), traits.prose, "{text}");
        traits
    }

    #[test]
    fn prose_is_long_and_ends_like_a_sentence() {
        let said = "“The minister said on Tuesday that the committee would meet again before the end of the summer.”";
        assert!(of(said).prose && of(said).ends_sentence);
        assert!(!of("A headline that is rather long but has no full stop at its end, as headlines go").prose);
        assert!(of("Read all about it in tomorrow's...").ends_open);
        assert!(of(&"a list of things, ".repeat(20)).prose);
    }

    #[test]
    fn links_are_measured() {
        let t = of("Full story https://example.org/a-very-long-path/to/it");
        assert!(t.linked * 2 > t.bytes);
        assert_eq!(of("No links at all, and/or so").linked, 0);
        assert!(of("**[example.org/contact](https://example.org/contact)**").linked > 40);
        assert!(
            !of("All of the story, and all of the pictures of it: https://example.org/a-very-long-path/to/it.").prose
        );
    }
}
