//! How a word that a hyphen and a line end tear apart is put together: as the document writes it elsewhere, else as the run does.

use crate::judge::Case;
use crate::text::spelling::{pair, word};
use crate::types::{Evidence, Span, Spellings};

/// What stands on either side of the break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halves<'a> {
    text: &'a str,
    /// The letters before the hyphen.
    pub(super) before: &'a str,
    /// One past the last of them.
    pub(super) end: usize,
    /// The letters behind the break.
    pub(super) after: &'a str,
    start: usize,
}

/// How they are put together, and what speaks for it beside the document itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Torn {
    /// As one word.
    Whole(Option<Evidence>),
    /// With its hyphen.
    Hyphenated(Option<Evidence>),
    /// Not at all: the hyphen stands for the rest of a compound, as in `Vor- und Nachteile`.
    Apart,
    /// Nothing tells.
    Unknown,
}

/// How often a form must stand in the run: two documents may share a slip. By how much it must outnumber the other.
const OFTEN: u32 = 3;
const TIMES: u32 = 8;
/// Letters of either half.
const HALF: usize = 2;

/// Words before which a hyphen stands for the rest of a compound. No word is torn before them.
const JOINING: [&str; 8] = ["and", "und", "oder", "sowie", "bzw", "och", "og", "oraz"];
/// Words that may be such a word or an ending: `ten- or` is no tenor.
const ENDINGS: [&str; 9] = ["or", "of", "en", "als", "bis", "to", "as", "et", "ed"];

impl<'a> Halves<'a> {
    /// The words that end at byte `end` and begin at byte `start`.
    pub(super) fn around(text: &'a str, end: usize, start: usize) -> Self {
        let letters = text[..end].char_indices().rev().take_while(|(_, c)| c.is_alphabetic());
        let before = &text[letters.last().map_or(end, |(at, _)| at)..end];
        let length: usize = text[start..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        Self { text, before, end, after: &text[start..start + length], start }
    }

    /// Both of them, and what lies between.
    pub(super) fn span(&self) -> Span {
        Span::new(self.end - self.before.len(), self.start + self.after.len())
    }

    /// Decides what is to become of them.
    pub(super) fn put_together(&self, case: &Case<'_>) -> Torn {
        let Self { before, after, .. } = *self;
        if case.writes(&format!("{before}-{after}")) {
            Torn::Hyphenated(None)
        } else if case.writes(&format!("{before}{after}")) {
            Torn::Whole(None)
        } else if JOINING.contains(&after) {
            Torn::Apart
        } else if ENDINGS.contains(&after) || !self.is_word() {
            Torn::Unknown
        } else {
            self.of_run(&case.corpus.spellings).unwrap_or(Torn::Unknown)
        }
    }

    /// Decides by how often either form stands in the run.
    fn of_run(&self, run: &Spellings) -> Option<Torn> {
        let Self { before, after, .. } = *self;
        let (one, two) = (format!("{before}{after}"), format!("{before}-{after}"));
        let whole = Spellings::of_word(word(&one)?).map_or(0, |key| run.times(key));
        let hyphenated = run.times(Spellings::of_pair(pair(word(before)?, word(after)?)));
        let because = |this: &str, value: u32, other: &str, limit: u32| {
            let name = format!("times “{this}” stands in the run, against “{other}”").into();
            Some(Evidence::Measure { name, value: value.into(), limit: limit.into() })
        };
        let more = |this: u32, other: u32| this >= OFTEN && this / TIMES >= other;
        if more(whole, hyphenated) {
            Some(Torn::Whole(because(&one, whole, &two, hyphenated)))
        } else if more(hyphenated, whole) {
            Some(Torn::Hyphenated(because(&two, hyphenated, &one, whole)))
        } else {
            None
        }
    }

    /// Whether both halves can be those of one word, and no more: of no address, no chain of words, no list of endings.
    fn is_word(&self) -> bool {
        let Self { text, before, after, .. } = *self;
        let Span { start, end } = self.span();
        let (left, right) = (&text[..start as usize], &text[end as usize..]);
        let open = |c: char| c.is_whitespace() || "\"'“”„‘’«»‹›([¿¡—–".contains(c);
        let close = |c: char| c.is_whitespace() || "\"'“”„‘’«»‹›)],;:!?…—–".contains(c);
        let dot = right.strip_prefix('.').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let letters = |half: &str| half.chars().count() >= HALF;
        left.chars().next_back().is_none_or(open)
            && (dot || right.chars().next().is_none_or(close))
            && letters(before)
            && letters(after)
            && before.chars().skip(1).chain(after.chars()).all(char::is_lowercase)
    }
}
