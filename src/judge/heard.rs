//! What a block says of speech: noted once, for all the passages of the block that are asked about.

use std::cell::OnceCell;
use std::sync::LazyLock;

use super::lexicon::{entries, keys};
use crate::text::hash::ByHash;
use crate::text::{Folding, Word, words};
use crate::types::{Block, Span};

/// What a block says of speech, as far as it was asked.
#[derive(Debug, Default)]
pub(super) struct Heard {
    quoted: OnceCell<Vec<Span>>,
    speakers: OnceCell<Option<Speakers>>,
}

impl Heard {
    /// What stands in quotation marks, as `quoted` finds it, once for the block.
    pub(super) fn quoted(&self, find: impl FnOnce() -> Vec<Span>) -> &[Span] {
        self.quoted.get_or_init(find)
    }

    /// The first phrase that names a speaker in a stretch at the beginning or the end of a block.
    pub(super) fn attribution(&self, text: &str, block: &Block, part: Span) -> Option<&'static str> {
        if part.start >= part.end {
            return None;
        }
        let speakers = self.speakers.get_or_init(|| Speakers::of(text, block.span)).as_ref();
        match speakers.filter(|speakers| !speakers.any_over(part.start) && !speakers.any_over(part.end)) {
            Some(speakers) => speakers.first_in(part),
            None => attribution(part.of(text)),
        }
    }
}

/// Where a block names speakers.
#[derive(Debug)]
struct Speakers {
    words: Vec<Word>,
    /// The phrases found, by their first word; of the same first word as the list has them.
    named: Vec<(Span, &'static str)>,
}

impl Speakers {
    /// None where words are not simply those of the text.
    fn of(text: &str, block: Span) -> Option<Self> {
        let inside = block.of(text);
        if inside.contains('©') {
            return None;
        }
        let mut list = Vec::new();
        words(inside, Folding::default(), &mut list);
        for word in &mut list {
            word.start += block.start;
            word.end += block.start;
        }
        let mut named = Vec::new();
        for at in 0..list.len() {
            for (phrase, written) in ATTRIBUTIONS.get(&list[at].key()).into_iter().flatten() {
                let Some(said) = list.get(at..at + phrase.len()) else { continue };
                if said.iter().map(Word::key).eq(phrase.iter().copied()) {
                    let (start, end) = (list[at].start, said[phrase.len() - 1].end);
                    named.push((Span { start, end }, *written));
                }
            }
        }
        Some(Self { words: list, named })
    }

    /// Whether a word stands on both sides of a place: cut there, it would be another.
    fn any_over(&self, at: u32) -> bool {
        let first = self.words.partition_point(|word| word.end <= at);
        self.words.get(first).is_some_and(|word| word.start < at)
    }

    fn first_in(&self, part: Span) -> Option<&'static str> {
        let first = self.named.partition_point(|(at, _)| at.start < part.start);
        self.named[first..].iter().find(|(at, _)| at.end <= part.end).map(|(_, written)| *written)
    }
}

/// A phrase that names a speaker: its keys, and as the list has it.
type Phrase = (Vec<u64>, &'static str);

/// The phrases by their first key.
static ATTRIBUTIONS: LazyLock<ByHash<u64, Vec<Phrase>>> = LazyLock::new(|| {
    let mut all: ByHash<u64, Vec<Phrase>> = ByHash::default();
    for line in entries(include_str!("phrases/attribution.txt")) {
        let mut words = Vec::new();
        keys(line, &mut words);
        if let Some(&first) = words.first() {
            all.entry(first).or_default().push((words, line));
        }
    }
    all
});

/// The first phrase in the text that names a speaker.
pub(super) fn attribution(text: &str) -> Option<&'static str> {
    let mut words = Vec::new();
    if text.is_empty() {
        return None;
    }
    keys(text, &mut words);
    let at = |at: usize| {
        let phrases = ATTRIBUTIONS.get(&words[at])?;
        phrases.iter().find(|(phrase, _)| words[at..].starts_with(phrase)).map(|(_, written)| *written)
    };
    (0..words.len()).find_map(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Role;

    #[test]
    fn a_part_of_a_block_is_heard_as_if_it_were_alone() {
        let text = "It rained, the mayor said. According to the police ‘nobody‘ was hurt\u{200b}; la police a-t-il \
                    déclaré © told. Der Zug, laut Bahn, fiel aus, teilte die Bahn mit. 他表示，很好。 He added more.";
        let block = Block { span: Span::new(0, text.len()), line: 1, last_line: 1, role: Role::Text, opens: true };
        let mut found = 0;
        for text in [text.to_owned(), text.replace('©', "-")] {
            let block = Block { span: Span::new(0, text.len()), ..block };
            let heard = Heard::default();
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                for part in [Span::new(0, at), Span::new(at, text.len())] {
                    let alone = attribution(part.of(&text));
                    assert_eq!(heard.attribution(&text, &block, part), alone, "{part:?}");
                    found += usize::from(alone.is_some());
                }
            }
        }
        assert!(found > 400, "{found}");
    }

    #[test]
    fn speakers_are_named_in_many_languages() {
        for text in
            ["it was late, the mayor said.", "a-t-il déclaré", "nach Angaben der Polizei", "по словам мэра", "他表示"]
        {
            assert!(attribution(text).is_some(), "{text}");
        }
        assert_eq!(attribution("The old bridge was closed on Monday."), None);
        let languages = include_str!("phrases/attribution.txt").lines().filter(|line| line.starts_with('[')).count();
        assert!(languages >= 6);
    }
}
