//! Phrases, and where they are by what they begin with.

use super::list::List;
use crate::judge::sieve::{SIDE_BY_SIDE, Sieve, sift};
use crate::text::hash::ByHash;
use crate::text::{Folding, Word, words};

/// The lines of a list in which each is an entry: without names of languages and comments.
pub fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['[', '/']))
}

/// The keys of the words of `text`. The copyright sign counts as the word `c`, as people write it in brackets.
pub fn keys(text: &str, out: &mut Vec<u64>) {
    let mut list = Vec::new();
    words(&text.replace('©', " c "), Folding::default(), &mut list);
    out.clear();
    out.extend(list.iter().map(Word::key));
}

/// Where a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// Wherever it stands.
    Always,
    /// In what speaks to the reader.
    Told,
    /// Before a colon that opens a line.
    AsOpener,
}

pub(super) struct Phrase {
    pub(super) list: List,
    pub(super) weight: u32,
    pub(super) at_start: bool,
    pub(super) at_end: bool,
    /// Where it counts.
    pub(super) counts: Counts,
    /// Keys of its words.
    pub(super) words: Vec<u64>,
    /// As the list has it, for evidence.
    pub(super) written: &'static str,
}

/// One line of a list.
pub(super) fn parse(list: List, line: &'static str) -> Option<Phrase> {
    let (weight, written) = line.trim().split_once(' ')?;
    let weight = weight.parse().ok()?;
    let written = written.trim();
    let counts = match written.chars().next() {
        Some('~') => Counts::Told,
        Some(':') => Counts::AsOpener,
        _ => Counts::Always,
    };
    let written = written.trim_start_matches(['~', ':']);
    let (at_start, at_end) = (written.starts_with(['^', '=']), written.starts_with(['$', '=']));
    // `#` stands for a number; any number does while folding.
    let mut words = Vec::new();
    keys(&written.replace('#', " 0 "), &mut words);
    let written = written.trim_start_matches(['^', '$', '=']);
    (!words.is_empty()).then_some(Phrase { list, weight, at_start, at_end, counts, words, written })
}

/// Numbers of phrases by the key of what they begin with, behind a sieve: most words begin none.
struct Starts<const SIEVE: usize> {
    sieve: Sieve<SIEVE>,
    places: ByHash<u64, (u32, u32)>,
    all: Vec<u32>,
}

impl<const SIEVE: usize> Starts<SIEVE> {
    fn new(mut starts: Vec<(u64, u32)>) -> Self {
        starts.sort_unstable();
        let mut places = ByHash::default();
        let mut from = 0;
        for run in starts.chunk_by(|a, b| a.0 == b.0) {
            let to = from + u32::try_from(run.len()).unwrap_or_default();
            places.insert(run[0].0, (from, to));
            from = to;
        }
        let sieve = Sieve::of(starts.iter().map(|&(key, _)| key));
        Self { sieve, places, all: starts.into_iter().map(|(_, phrase)| phrase).collect() }
    }

    fn of(&self, key: u64) -> &[u32] {
        if !self.sieve.may_hold(key) {
            return &[];
        }
        self.places.get(&key).map_or(&[], |&(from, to)| &self.all[from as usize..to as usize])
    }
}

/// Where the phrases are that are a word, two words, or begin with three.
pub(super) struct Index {
    one: Starts<1024>,
    two: Starts<2048>,
    three: Starts<4096>,
}

impl Index {
    /// Of all phrases for which `wanted` holds.
    pub(super) fn new(phrases: &[Phrase], wanted: impl Fn(&Phrase) -> bool) -> Self {
        let (mut one, mut two, mut three) = (Vec::new(), Vec::new(), Vec::new());
        for (number, phrase) in (0u32..).zip(phrases).filter(|(_, phrase)| wanted(phrase)) {
            match phrase.words[..] {
                [word] => one.push((word, number)),
                [word, second] => two.push((then(word, second), number)),
                [word, second, third, ..] => three.push((then(then(word, second), third), number)),
                [] => {}
            }
        }
        Self { one: Starts::new(one), two: Starts::new(two), three: Starts::new(three) }
    }

    /// Calls `visit` with the place and the number of each phrase that may begin in one of the words.
    pub(super) fn each(&self, words: &[u64], mut visit: impl FnMut(usize, u32)) {
        let threes = words.len().saturating_sub(2);
        for from in (0..threes).step_by(SIDE_BY_SIDE) {
            let to = threes.min(from + SIDE_BY_SIDE);
            sift(words[from..to + 2].windows(3), |words| self.may_begin(words[0], words[1], words[2]))
                .for_each(|at| self.at(words, from + at, &mut visit));
        }
        (threes..words.len()).for_each(|at| self.at(words, at, &mut visit));
    }

    /// The same of one place.
    pub(super) fn at(&self, words: &[u64], at: usize, visit: &mut impl FnMut(usize, u32)) {
        // Where the words end, keys are made of what stands for a number: what they find does not stand there.
        let word = |i: usize| words.get(i).copied().unwrap_or_default();
        let (one, next, third) = (word(at), word(at + 1), word(at + 2));
        if !self.may_begin(one, next, third) {
            return;
        }
        let two = then(one, next);
        for phrases in [self.one.of(one), self.two.of(two), self.three.of(then(two, third))] {
            for &phrase in phrases {
                visit(at, phrase);
            }
        }
    }

    /// Whether a phrase may begin with these words. All sieves are asked before anything is decided.
    #[inline]
    fn may_begin(&self, word: u64, next: u64, third: u64) -> bool {
        let two = then(word, next);
        self.one.sieve.may_hold(word) | self.two.sieve.may_hold(two) | self.three.sieve.may_hold(then(two, third))
    }
}

/// The key of words of which the last is `next`.
#[inline]
pub(super) fn then(key: u64, next: u64) -> u64 {
    key.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ next
}
