//! To whom a page speaks. News speaks of others; an appeal amid it speaks to the reader, and for those who make the site.

use std::cell::LazyCell;
use std::sync::LazyLock;

use super::heard::attribution;
use super::lexicon::{Hits, LONGEST, Matches, STRONG, entries, keys, needed};
use super::places::QUOTES;
use super::sieve::{SIDE_BY_SIDE, Sieve, sift};
use super::view::BlockView;
use crate::text::Word;
use crate::text::hash::ByHash;

/// Blocks of running text by which it is known to whom a page speaks.
const FEWEST: usize = 3;
/// One of so many of them may speak to the reader too.
const RARE: usize = 12;
/// Weight beyond what is needed with which an appeal is one on a page that speaks to its reader as well.
const LOUD: u32 = 5;
/// Words of the longest such appeal.
const LOUD_WORDS: u32 = 60;
/// One of so many blocks of running text of such a page may be such an appeal; where more are, the page is about appeals.
const SELDOM: usize = 6;
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

/// Words that speak to the reader, by the first: how it must stand, and what must follow it.
struct Words {
    sieve: Sieve<1024>,
    by_first: ByHash<u64, Vec<(Standing, Vec<u64>)>>,
}

static READER: LazyLock<Words> = LazyLock::new(|| {
    let mut by_first: ByHash<u64, Vec<(Standing, Vec<u64>)>> = ByHash::default();
    let mut key = Vec::new();
    for word in entries(include_str!("phrases/reader.txt")) {
        keys(word, &mut key);
        let standing = match word.chars().next() {
            Some('^') => Standing::Opening,
            Some(first) if first.is_uppercase() => Standing::Capital,
            _ => Standing::Anywhere,
        };
        if let [first, rest @ ..] = &key[..] {
            by_first.entry(*first).or_default().push((standing, rest.to_vec()));
        }
    }
    let sieve = Sieve::of(by_first.keys().copied());
    Words { sieve, by_first }
});

/// Marks the blocks that speak to the reader on a page that does not, and notes what the phrase lists say of them as such.
/// Tells whether the page is one that does not.
pub(super) fn mark(blocks: &mut [BlockView<'_>]) -> bool {
    let is_sentence = |b: &BlockView<'_>| b.traits.prose || b.traits.ends_sentence;
    let speak: Vec<usize> = (0..blocks.len()).filter(|&i| is_sentence(&blocks[i]) && speaks(&blocks[i])).collect();
    let running = blocks.iter().filter(|b| b.traits.prose).count();
    if speak.is_empty() {
        return running >= FEWEST;
    }
    let mut suspects: Vec<(usize, Vec<Hits>)> = Vec::new();
    for &i in speak.iter().filter(|&&i| !blocks[i].quoted) {
        let told = told(&blocks[i]);
        let hard = blocks[i].hits.iter().any(|h| h.list.is_furniture() && h.weight >= SPOKEN_OF);
        let soft = || told.iter().any(|h| h.strongest >= SPOKEN_OF && h.weight >= needed(blocks[i].traits.words));
        if (hard || soft()) && attribution(blocks[i].text).is_none() {
            suspects.push((i, told));
        }
    }
    let is_suspect = |i: usize| suspects.binary_search_by_key(&i, |(at, _)| *at).is_ok();
    let all = (0..blocks.len()).filter(|&i| blocks[i].traits.prose && !is_suspect(i)).count();
    let others = speak.iter().filter(|&&i| blocks[i].traits.prose && !is_suspect(i)).count();
    let plain = all >= FEWEST && others * RARE <= all;
    if !plain {
        // On a page that speaks to its reader, only what says much more than it must, and that seldom.
        suspects.retain(|(i, told)| {
            let enough = needed(blocks[*i].traits.words) + LOUD;
            let loud = told.iter().any(|h| h.strongest >= STRONG && h.weight >= enough);
            loud && blocks[*i].traits.words <= LOUD_WORDS
        });
        if suspects.len() * SELDOM > running {
            return false;
        }
    }
    for (i, told) in suspects {
        (blocks[i].to_reader, blocks[i].told) = (true, told);
    }
    plain
}

/// What the lists say of a block that speaks to the reader.
pub(super) fn told(block: &BlockView<'_>) -> Vec<Hits> {
    if !(1..=LONGEST).contains(&block.traits.words) {
        return Vec::new();
    }
    let matches = || Matches::of(&block.words.iter().map(Word::key).collect::<Vec<u64>>());
    block.tellable.as_ref().map_or_else(|| matches().hits(), Matches::hits)
}

/// Whether the block speaks to its reader, and quotes nobody who might.
pub(super) fn speaks_to_reader(block: &BlockView<'_>) -> bool {
    !block.quoted && speaks(block)
}

/// Whether the block speaks to its reader outside of quotation marks.
fn speaks(block: &BlockView<'_>) -> bool {
    let Words { sieve, by_first } = &*READER;
    // Marks before the last word that was looked at, and where it stands.
    let (mut marks, mut counted) = (0, 0);
    let small = LazyCell::new(|| block.text.contains(char::is_lowercase));
    let mut says = |at: usize| {
        let word = &block.words[at];
        let Some(standings) = by_first.get(&word.key()) else { return false };
        let (before, rest) = block.text.split_at((word.start - block.span.start) as usize);
        // Every second mark closes a quotation.
        if block.quoted {
            marks += before[counted..].matches(QUOTES).count();
            counted = before.len();
            if marks % 2 == 1 {
                return false;
            }
        }
        let (before, written) = (before.trim_end(), &rest[..(word.end - word.start) as usize]);
        // "US" amid small letters is no "us".
        if written.len() > 1 && written.chars().all(char::is_uppercase) && *small {
            return false;
        }
        let amid = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let follows = |rest: &[u64]| {
            let next = block.words[at + 1..].iter().map(Word::key).take(rest.len());
            next.eq(rest.iter().copied())
        };
        standings.iter().any(|(standing, rest)| {
            follows(rest)
                && match standing {
                    Standing::Anywhere => true,
                    Standing::Capital => amid && written.starts_with(char::is_uppercase),
                    Standing::Opening => before.is_empty() || before.ends_with(['.', '!', '?', '…']),
                }
        })
    };
    let may_speak = |word: &Word| sieve.may_hold(word.key());
    let mut sides = (0..).step_by(SIDE_BY_SIDE).zip(block.words.chunks(SIDE_BY_SIDE));
    sides.any(|(from, words)| sift(words.iter(), may_speak).any(|at| says(from + at)))
}
