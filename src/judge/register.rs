//! To whom a page speaks. News speaks of others; an appeal amid it speaks to the reader, and for those who make the site.

use std::sync::LazyLock;

use super::case::BlockView;
use super::lexicon::{entries, keys};
use crate::text::Word;
use crate::text::hash::ByHash;

/// Blocks of running text by which it is known to whom a page speaks.
const FEWEST: usize = 3;
/// One of so many of them may speak to the reader too.
const RARE: usize = 12;
/// Weight of phrases of page furniture from which a block is looked at.
const SPOKEN_OF: u32 = 2;

/// How a word must stand to speak to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// In any way.
    Anywhere,
    /// With a capital, amid a sentence.
    Capital,
    /// At the start of a sentence: a call.
    Opening,
}

/// Words that speak to the reader.
static READER: LazyLock<ByHash<u64, Vec<Standing>>> = LazyLock::new(|| {
    let mut words: ByHash<u64, Vec<Standing>> = ByHash::default();
    let mut key = Vec::new();
    for word in entries(include_str!("phrases/reader.txt")) {
        keys(word, &mut key);
        let standing = match word.chars().next() {
            Some('^') => Standing::Opening,
            Some(first) if first.is_uppercase() => Standing::Capital,
            _ => Standing::Anywhere,
        };
        if let [key] = key[..] {
            words.entry(key).or_default().push(standing);
        }
    }
    words
});

/// Marks the blocks that speak to the reader on a page that does not.
pub(super) fn mark(blocks: &mut [BlockView<'_>]) {
    let spoken_of = |b: &BlockView<'_>| {
        let sentence = b.traits.prose || b.traits.ends_sentence;
        sentence && b.hits.iter().any(|h| h.list.is_furniture() && h.weight >= SPOKEN_OF)
    };
    let suspects: Vec<usize> =
        (0..blocks.len()).filter(|&i| spoken_of(&blocks[i]) && speaks_to_reader(&blocks[i])).collect();
    if suspects.is_empty() {
        return;
    }
    let body = |i: &usize| blocks[*i].traits.prose && suspects.binary_search(i).is_err() && !is_quoted(&blocks[*i]);
    let (mut all, mut speak) = (0, 0);
    for i in (0..blocks.len()).filter(body) {
        all += 1;
        speak += usize::from(speaks_to_reader(&blocks[i]));
    }
    if all >= FEWEST && speak * RARE <= all {
        for i in suspects {
            blocks[i].to_reader = true;
        }
    }
}

/// Whether the block speaks to its reader, and quotes nobody who might.
fn speaks_to_reader(block: &BlockView<'_>) -> bool {
    let says = |word: &Word| {
        let Some(standings) = READER.get(&word.key()) else { return false };
        let (before, rest) = block.text.split_at((word.start - block.span.start) as usize);
        let (before, written) = (before.trim_end(), &rest[..(word.end - word.start) as usize]);
        // "US" amid small letters is no "us".
        if written.len() > 1 && written.chars().all(char::is_uppercase) && block.text.contains(char::is_lowercase) {
            return false;
        }
        let amid = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        standings.iter().any(|standing| match standing {
            Standing::Anywhere => true,
            Standing::Capital => amid && written.starts_with(char::is_uppercase),
            Standing::Opening => before.is_empty() || before.ends_with(['.', '!', '?', '…']),
        })
    };
    !is_quoted(block) && block.words.iter().any(says)
}

fn is_quoted(block: &BlockView<'_>) -> bool {
    block.text.contains(['"', '“', '”', '„', '»', '«', '「', '『', '‘'])
}
