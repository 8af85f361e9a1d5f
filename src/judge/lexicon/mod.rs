//! Phrase lists: data in `phrases/*.txt`, found by the hashes of their words.
//!
//! A line is `WEIGHT PHRASE`; `^` binds the phrase to the start of the block, `$` to its end, `=` to both; `~` before all
//! that makes it count only in what speaks to the reader, `:` only before a colon that opens a line; `[xx]` names the
//! language of what follows, `//` begins a comment. Phrases and texts are folded alike, numbers become `#`.

mod list;
mod phrase;

use std::ops::Range;
use std::sync::LazyLock;

pub use list::{LONGEST, List, Lists};
pub use phrase::{entries, keys};

use crate::types::Evidence;
use list::LINE;
use phrase::{Counts, Index, Phrase, parse, then};

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

/// What the lists say of a block of so many words, given their keys (without those of links); in list order. Empty for
/// most blocks.
pub fn look_up(words: &[u64], length: u32) -> Vec<Hits> {
    LEXICON.look_up(words, length)
}

/// The same of what speaks to the reader: phrases of page furniture, with those that count only there.
pub fn look_up_told(words: &[u64]) -> Vec<Hits> {
    let mut matches: Vec<Match> = Vec::new();
    LEXICON.find(&LEXICON.told_opening, words, 0..words.len().min(1), &mut matches);
    LEXICON.find(&LEXICON.told, words, 0..words.len(), &mut matches);
    LEXICON.sum_up(matches)
}

/// What the lists say of words before a colon that opens a line, when a phrase is all of them.
pub fn look_up_opener(words: &[u64]) -> Option<Hits> {
    let mut matches: Vec<Match> = Vec::new();
    LEXICON.find(&LEXICON.openers, words, 0..words.len().min(1), &mut matches);
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
    /// Of these, those that speak about blocks beyond [`LINE`].
    beyond_a_line: Index,
    /// Phrases of page furniture, with those for what speaks to the reader: at the start of a block, and elsewhere.
    told_opening: Index,
    told: Index,
    /// Phrases before a colon.
    openers: Index,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lines = List::ALL.iter().flat_map(|&list| list.source().1.lines().filter_map(move |line| parse(list, line)));
    let phrases: Vec<Phrase> = lines.collect();
    let opening = Index::new(&phrases, |p| p.counts == Counts::Always && p.at_start);
    let anywhere = Index::new(&phrases, |p| p.counts == Counts::Always && !p.at_start);
    let beyond_a_line = Index::new(&phrases, |p| p.counts == Counts::Always && !p.at_start && !p.list.is_of_lines());
    let told = |p: &Phrase| p.counts != Counts::AsOpener && p.list.is_furniture();
    let told_opening = Index::new(&phrases, |p| told(p) && p.at_start);
    let told = Index::new(&phrases, |p| told(p) && !p.at_start);
    let openers = Index::new(&phrases, |p| p.counts == Counts::AsOpener);
    Lexicon { phrases, opening, anywhere, beyond_a_line, told_opening, told, openers }
});

/// A phrase found: its list, its words from and to, its number.
type Match = (List, usize, usize, u32);

impl Lexicon {
    fn look_up(&self, words: &[u64], length: u32) -> Vec<Hits> {
        let mut matches: Vec<Match> = Vec::new();
        self.find(&self.opening, words, 0..words.len().min(1), &mut matches);
        let index = if length > LINE { &self.beyond_a_line } else { &self.anywhere };
        self.find(index, words, 0..words.len(), &mut matches);
        if matches.is_empty() { Vec::new() } else { self.sum_up(matches) }
    }

    /// Finds the phrases of an index that begin at the places.
    fn find(&self, index: &Index, words: &[u64], places: Range<usize>, matches: &mut Vec<Match>) {
        let Index { one: ones, two: twos, three: threes } = index;
        for at in places {
            // Where the words end, keys are made of what stands for a number: what they find does not stand there.
            let word = words[at];
            let two = then(word, words.get(at + 1).copied().unwrap_or_default());
            let three = then(two, words.get(at + 2).copied().unwrap_or_default());
            // All sieves are asked before anything is decided: few words pass, and that is foreseen.
            if !(ones.sieve.may_hold(word) | twos.sieve.may_hold(two) | threes.sieve.may_hold(three)) {
                continue;
            }
            let longer = twos.of(two).iter().chain(threes.of(three));
            for &number in ones.of(word).iter().chain(longer) {
                let phrase = &self.phrases[number as usize];
                let end = at + phrase.words.len();
                if words[at..].starts_with(&phrase.words) && (!phrase.at_end || end == words.len()) {
                    matches.push((phrase.list, at, end, number));
                }
            }
        }
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
        super::look_up(&words, 4)
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
