//! Phrase lists: data in `phrases/*.txt`, compiled into one automaton.
//!
//! A line is `WEIGHT PHRASE`; `^` binds the phrase to the start of the block, `$` to its end, `=` to both; `[xx]` names
//! the language of what follows, `//` begins a comment. Phrases and texts are folded alike, numbers become `#`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::traits::is_link;
use crate::text::words::folded;
use crate::types::Evidence;

/// The lists. A new one is a file and a line here.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {
        /// A phrase list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum List { $($(#[$doc])* $name),* }

        impl List {
            /// Every list.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Name, as in evidence, and contents.
            fn source(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($file, include_str!(concat!("phrases/", $file, ".txt")))),* }
            }
        }
    };
}

lists! {
    /// Appeals to subscribe, join, donate, register.
    Subscription = "subscription";
    /// Comment boxes and policies.
    Comments = "comments";
    /// Share bars.
    Share = "share";
    /// Openers of links to the whole story.
    ReadMore = "read-more";
    /// Headings of link lists.
    Related = "related";
    /// Contact footers.
    Contact = "contact";
    /// Cookie banners.
    Cookie = "cookie";
    /// Copyright and terms.
    Legal = "legal";
    /// Labels of advertising.
    Ad = "ad";
    /// The language of product and company blurbs.
    Blurb = "blurb";
    /// Menus and controls.
    Navigation = "navigation";
    /// Mastheads and taglines.
    Header = "header";
    /// Author boxes.
    Author = "author";
    /// Postal addresses.
    Address = "address";
    /// Names of months and days, openers of date lines.
    Date = "date";
    /// Openers of by-lines.
    Byline = "byline";
}

/// What a list says of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// The list.
    pub list: List,
    /// Sum of the weights of the distinct phrases found, without those inside longer ones.
    pub weight: u32,
    /// The largest of these weights.
    pub strongest: u32,
    found: Vec<u32>,
}

impl Hits {
    /// Number of distinct phrases found.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The hits as evidence, against the weight needed.
    pub fn evidence(&self, needed: u32) -> Evidence {
        let found = self.found.iter().map(|&p| LEXICON.phrases[p as usize].written.clone()).collect();
        Evidence::Phrases { list: self.list.source().0.to_owned(), found, weight: self.weight, needed }
    }
}

/// Blocks with more words are not judged by phrases.
pub const LONGEST: u32 = 250;

impl List {
    /// Words of the longest block that the list speaks about: menus and labels are short, policies are not.
    pub fn longest(self) -> u32 {
        match self {
            Self::Navigation | Self::Related | Self::Header | Self::Byline | Self::Date => 16,
            Self::Ad | Self::ReadMore | Self::Address => 25,
            Self::Share => 40,
            Self::Contact => 60,
            Self::Author => 80,
            Self::Comments | Self::Blurb => 150,
            Self::Subscription | Self::Cookie | Self::Legal => LONGEST,
        }
    }
}

/// Weight needed for a block of so many words: long paragraphs need several phrases to agree.
pub fn needed(words: u32) -> u32 {
    STRONG + words / 25
}

/// Weight of a phrase that is enough for a short block by itself, and without which running text is not judged.
pub const STRONG: u32 = 3;

/// What the lists say of a text, in list order. Empty for most texts.
pub fn look_up(text: &str) -> Vec<Hits> {
    LEXICON.look_up(text)
}

struct Phrase {
    list: List,
    weight: u32,
    at_start: bool,
    at_end: bool,
    /// As the list has it, for evidence.
    written: String,
}

struct Lexicon {
    phrases: Vec<Phrase>,
    automaton: Option<AhoCorasick>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut patterns = Vec::new();
    for &list in List::ALL {
        for (phrase, pattern) in list.source().1.lines().filter_map(|line| parse(list, line)) {
            phrases.push(phrase);
            patterns.push(pattern);
        }
    }
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns).ok();
    Lexicon { phrases, automaton }
});

/// One line of a list: the phrase, and the pattern with the spaces that bound its words.
fn parse(list: List, line: &str) -> Option<(Phrase, String)> {
    let (weight, written) = line.trim().split_once(' ')?;
    let weight = weight.parse().ok()?;
    let written = written.trim();
    let (at_start, at_end) = (written.starts_with(['^', '=']), written.starts_with(['$', '=']));
    // `#` stands for a number; any number does while folding.
    let pattern = folded(&spell(&written.replace('#', " 0 ")), true);
    if pattern.is_empty() {
        return None;
    }
    Some((
        Phrase { list, weight, at_start, at_end, written: written.trim_start_matches(['^', '$', '=']).to_owned() },
        format!(" {pattern} "),
    ))
}

/// Signs that mean a word and would be lost in folding.
fn spell(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('©') { text.replace('©', " c ").into() } else { text.into() }
}

impl Lexicon {
    fn look_up(&self, text: &str) -> Vec<Hits> {
        let words: String = text.split_inclusive(char::is_whitespace).filter(|token| !is_link(token)).collect();
        let folded = format!(" {} ", folded(&spell(&words), true));
        let mut matches: Vec<(List, usize, usize, u32)> = Vec::new();
        for m in self.automaton.iter().flat_map(|a| a.find_overlapping_iter(&folded)) {
            let phrase = &self.phrases[m.pattern().as_usize()];
            if (!phrase.at_start || m.start() == 0) && (!phrase.at_end || m.end() == folded.len()) {
                matches.push((phrase.list, m.start(), m.end(), m.pattern().as_u32()));
            }
        }
        // Longer ones first at the same place; then what lies inside an earlier one is left out.
        matches.sort_unstable_by_key(|&(list, start, end, phrase)| (list, start, usize::MAX - end, phrase));
        let mut hits: Vec<Hits> = Vec::new();
        let mut reach = 0;
        for (list, _, end, phrase) in matches {
            if hits.last().is_none_or(|h| h.list != list) {
                hits.push(Hits { list, weight: 0, strongest: 0, found: Vec::new() });
                reach = 0;
            }
            if end <= reach {
                continue;
            }
            reach = end;
            if let Some(hit) = hits.last_mut()
                && !hit.found.contains(&phrase)
            {
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
                        parsed.as_ref().is_some_and(|(p, _)| (1..=4).contains(&p.weight)),
                        "{name}.txt:{}: {line}",
                        n + 1
                    );
                }
            }
            assert!(languages >= 6, "{name}.txt has {languages} languages");
        }
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
