//! Phrase lists: data in `phrases/*.txt`, found by the hashes of their words.
//!
//! A line is `WEIGHT PHRASE`; `^` binds the phrase to the start of the block, `$` to its end, `=` to both; `~` before all
//! that makes it count only in what speaks to the reader, `:` only before a colon that opens a line; `[xx]` names the
//! language of what follows, `//` begins a comment. Phrases and texts are folded alike, numbers become `#`.

mod list;
mod phrase;

use std::sync::LazyLock;

pub use list::{LONGEST, List, Lists};
pub use phrase::{entries, keys};

use crate::types::Evidence;
use list::LINE;
use phrase::{Counts, Index, Phrase, parse};

/// What a list says of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// The list.
    pub list: List,
    /// Sum of the weights of the distinct phrases found, without those inside longer ones.
    pub weight: u32,
    /// The largest of these weights.
    pub strongest: u32,
    /// Words of the block that these phrases make up.
    pub covered: u32,
    found: Vec<u32>,
}

impl Hits {
    /// Number of distinct phrases found.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The hits as evidence, against the weight needed.
    pub fn evidence(&self, needed: u32) -> Evidence {
        let found = self.found.iter().map(|&p| LEXICON.phrases[p as usize].written.into()).collect();
        Evidence::Phrases { list: self.list.source().0.into(), found, weight: self.weight, needed }
    }
}

/// Weight needed for a block of so many words: long paragraphs need several phrases to agree.
pub fn needed(words: u32) -> u32 {
    STRONG + words / 25
}

/// Weight of a phrase that is enough for a short block by itself, and without which running text is not judged.
pub const STRONG: u32 = 3;

/// What the lists say of a block of so many words, given their keys (without those of links).
pub fn look_up(words: &[u64], length: u32) -> Said {
    let mut matches = LEXICON.find(words, length > LINE);
    if matches.is_empty() {
        return Said::default();
    }
    let told = Matches(matches.iter().copied().filter(|m| m.0.is_furniture()).collect());
    matches.retain(|&(.., phrase)| LEXICON.phrases[phrase as usize].counts == Counts::Always);
    Said { hits: LEXICON.sum_up(matches), told }
}

/// What the lists say of a block.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What they say in any case, in list order. Empty for most blocks.
    pub hits: Vec<Hits>,
    /// What they say if it speaks to the reader.
    pub told: Matches,
}

/// Phrases of page furniture in what may speak to the reader, with those that count only there.
#[derive(Clone, Debug, Default)]
pub struct Matches(Vec<Match>);

impl Matches {
    /// Those in a block, given the keys of its words.
    pub fn of(words: &[u64]) -> Self {
        let mut matches = LEXICON.find(words, true);
        matches.retain(|m| m.0.is_furniture());
        Self(matches)
    }

    /// What the lists say by them.
    pub fn hits(&self) -> Vec<Hits> {
        LEXICON.sum_up(self.0.clone())
    }
}

/// What the lists say of words before a colon that opens a line, when a phrase is all of them.
pub fn look_up_opener(words: &[u64]) -> Option<Hits> {
    let mut matches: Vec<Match> = Vec::new();
    LEXICON.openers.at(words, 0, &mut |at, phrase| matches.extend(LEXICON.match_at(words, at, phrase)));
    matches.retain(|&(_, _, end, _)| end == words.len());
    LEXICON.sum_up(matches).pop()
}

/// All phrases, and where they are.
struct Lexicon {
    phrases: Vec<Phrase>,
    /// Those that stand at the start of a block or nowhere.
    opening: Index,
    /// The others.
    anywhere: Index,
    /// Of these, those that speak about blocks beyond [`LINE`]. Page furniture is among them.
    beyond_a_line: Index,
    /// Phrases before a colon.
    openers: Index,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lines = List::ALL.iter().flat_map(|&list| list.source().1.lines().filter_map(move |line| parse(list, line)));
    let phrases: Vec<Phrase> = lines.collect();
    let counts = |p: &Phrase| p.counts == Counts::Always || p.counts == Counts::Told && p.list.is_furniture();
    let opening = Index::new(&phrases, |p| counts(p) && p.at_start);
    let anywhere = Index::new(&phrases, |p| counts(p) && !p.at_start);
    let beyond_a_line = Index::new(&phrases, |p| counts(p) && !p.at_start && !p.list.is_of_lines());
    let openers = Index::new(&phrases, |p| p.counts == Counts::AsOpener);
    Lexicon { phrases, opening, anywhere, beyond_a_line, openers }
});

/// A phrase found: its list, its words from and to, its number.
type Match = (List, usize, usize, u32);

impl Lexicon {
    /// Finds the phrases in these words, whether they count in any case or in what speaks to the reader.
    fn find(&self, words: &[u64], beyond_a_line: bool) -> Vec<Match> {
        let mut matches: Vec<Match> = Vec::new();
        let mut visit = |at: usize, phrase: u32| matches.extend(self.match_at(words, at, phrase));
        self.opening.at(words, 0, &mut visit);
        let index = if beyond_a_line { &self.beyond_a_line } else { &self.anywhere };
        index.each(words, visit);
        matches
    }

    /// The phrase, if it stands there.
    fn match_at(&self, words: &[u64], at: usize, number: u32) -> Option<Match> {
        let phrase = &self.phrases[number as usize];
        let end = at + phrase.words.len();
        let stands = words[at..].starts_with(&phrase.words) && (!phrase.at_end || end == words.len());
        stands.then_some((phrase.list, at, end, number))
    }

    /// Adds up the weights by list.
    fn sum_up(&self, mut matches: Vec<Match>) -> Vec<Hits> {
        // Longer ones first at the same place; then what lies inside an earlier one is left out.
        matches.sort_unstable_by_key(|&(list, start, end, phrase)| (list, start, usize::MAX - end, phrase));
        let mut hits: Vec<Hits> = Vec::new();
        let mut reach = 0;
        for (list, start, end, phrase) in matches {
            if hits.last().is_none_or(|h| h.list != list) {
                hits.push(Hits { list, weight: 0, strongest: 0, covered: 0, found: Vec::new() });
                reach = 0;
            }
            if end <= reach {
                continue;
            }
            let fresh = u32::try_from(end - start.max(reach)).unwrap_or_default();
            reach = end;
            if let Some(hit) = hits.last_mut()
                && !hit.found.contains(&phrase)
            {
                hit.covered += fresh;
                hit.found.push(phrase);
                let weight = self.phrases[phrase as usize].weight;
                hit.weight += weight;
                hit.strongest = hit.strongest.max(weight);
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_list_is_understood() {
        for &list in List::ALL {
            let (name, text) = list.source();
            let mut languages = 0;
            for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with("//")) {
                if line.starts_with('[') {
                    languages += 1;
                } else {
                    let parsed = parse(list, line);
                    assert!(
                        parsed.as_ref().is_some_and(|p| (1..=4).contains(&p.weight)),
                        "{name}.txt:{}: {line}",
                        n + 1
                    );
                }
            }
            assert!(languages >= 6, "{name}.txt has {languages} languages");
        }
    }

    fn look_up(text: &str) -> Vec<Hits> {
        let mut words = Vec::new();
        keys(text, &mut words);
        super::look_up(&words, 4).hits
    }

    #[test]
    fn longer_phrases_stand_for_those_inside_them() {
        let hits = look_up("Subscribe to our newsletter");
        let hit = hits.iter().find(|h| h.list == List::Subscription).unwrap();
        assert_eq!(hit.found.len(), 1);
        assert!(hit.weight >= needed(4));
    }

    #[test]
    fn phrases_stop_at_word_boundaries() {
        assert!(look_up("The unsubscribed tonewsletters").is_empty());
    }
}
