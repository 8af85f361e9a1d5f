//! Phrase lists: data in `phrases/*.txt`, found by the hashes of their words.
//!
//! A line is `WEIGHT PHRASE`; `^` binds the phrase to the start of the block, `$` to its end, `=` to both; `[xx]` names
//! the language of what follows, `//` begins a comment. Phrases and texts are folded alike, numbers become `#`.

use std::ops::Range;
use std::sync::LazyLock;

use super::sieve::Sieve;
use crate::text::hash::ByHash;
use crate::text::{Folding, Word, words};
use crate::types::{Evidence, Kind};

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
    /// Captions and picture credits.
    Caption = "caption";
}

/// A set of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u32);

impl Lists {
    /// Takes in one list.
    pub fn add(&mut self, list: List) {
        self.0 |= 1 << list as u32;
    }

    /// Whether the list is in the set.
    pub fn holds(self, list: List) -> bool {
        self.0 >> (list as u32) & 1 == 1
    }
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

/// Blocks with more words are not judged by phrases.
pub const LONGEST: u32 = 250;

impl List {
    /// Words of the longest block that the list speaks about: menus and labels are short, policies are not.
    pub fn longest(self) -> u32 {
        match self {
            Self::Navigation | Self::Related | Self::Header | Self::Byline | Self::Date => 16,
            Self::Ad | Self::ReadMore | Self::Address | Self::Caption => 25,
            Self::Share => 40,
            Self::Contact => 60,
            Self::Author => 80,
            Self::Comments | Self::Blurb => 150,
            Self::Subscription | Self::Cookie | Self::Legal => LONGEST,
        }
    }
}

impl List {
    /// What a block is of which the list says enough.
    pub fn kind(self) -> Kind {
        match self {
            Self::Subscription => Kind::Subscription,
            Self::Comments => Kind::Comments,
            Self::Share => Kind::Share,
            Self::ReadMore | Self::Related => Kind::Related,
            Self::Contact | Self::Address => Kind::Contact,
            Self::Cookie | Self::Legal => Kind::Legal,
            Self::Ad | Self::Blurb => Kind::Ad,
            Self::Navigation => Kind::Navigation,
            Self::Header => Kind::Template,
            Self::Author => Kind::AuthorBox,
            Self::Caption => Kind::Caption,
            Self::Date | Self::Byline => Kind::Metadata,
        }
    }
}

/// Words of the longest block that is a line by itself: a masthead, a name, an address, a date.
const LINE: u32 = 25;

impl List {
    /// Whether the list says nothing of blocks beyond [`LINE`]: its words (months, `the`) are in every text.
    fn is_of_lines(self) -> bool {
        matches!(self, Self::Header | Self::Byline | Self::Date | Self::Address | Self::Caption)
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

/// The keys of the words of `text`. The copyright sign counts as the word `c`, as people write it in brackets.
pub fn keys(text: &str, out: &mut Vec<u64>) {
    let mut list = Vec::new();
    words(&text.replace('©', " c "), Folding::default(), &mut list);
    out.clear();
    out.extend(list.iter().map(Word::key));
}

struct Phrase {
    list: List,
    weight: u32,
    at_start: bool,
    at_end: bool,
    /// Keys of its words.
    words: Vec<u64>,
    /// As the list has it, for evidence.
    written: &'static str,
}

/// Numbers of phrases by the key of what they begin with, behind a sieve: most words begin none.
struct Starts {
    sieve: Sieve,
    places: ByHash<u64, (u32, u32)>,
    all: Vec<u32>,
}

impl Starts {
    fn new(bits: usize, mut starts: Vec<(u64, u32)>) -> Self {
        starts.sort_unstable();
        let mut sieve = Sieve::new(bits);
        let mut places = ByHash::default();
        let mut from = 0;
        for run in starts.chunk_by(|a, b| a.0 == b.0) {
            let to = from + u32::try_from(run.len()).unwrap_or_default();
            sieve.add(run[0].0);
            places.insert(run[0].0, (from, to));
            from = to;
        }
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
struct Index {
    one: Starts,
    two: Starts,
    three: Starts,
}

impl Index {
    /// Of all phrases for which `wanted` holds.
    fn new(phrases: &[Phrase], wanted: impl Fn(&Phrase) -> bool) -> Self {
        let (mut one, mut two, mut three) = (Vec::new(), Vec::new(), Vec::new());
        for (number, phrase) in (0u32..).zip(phrases).filter(|(_, phrase)| wanted(phrase)) {
            match phrase.words[..] {
                [word] => one.push((word, number)),
                [word, second] => two.push((then(word, second), number)),
                [word, second, third, ..] => three.push((then(then(word, second), third), number)),
                [] => {}
            }
        }
        let starts = [(1 << 16, one), (1 << 17, two), (1 << 18, three)];
        let [one, two, three] = starts.map(|(bits, starts)| Starts::new(bits, starts));
        Self { one, two, three }
    }
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
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lines = List::ALL.iter().flat_map(|&list| list.source().1.lines().filter_map(move |line| parse(list, line)));
    let phrases: Vec<Phrase> = lines.collect();
    let opening = Index::new(&phrases, |p| p.at_start);
    let anywhere = Index::new(&phrases, |p| !p.at_start);
    let beyond_a_line = Index::new(&phrases, |p| !p.at_start && !p.list.is_of_lines());
    Lexicon { phrases, opening, anywhere, beyond_a_line }
});

/// The key of words of which the last is `next`.
fn then(key: u64, next: u64) -> u64 {
    key.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ next
}

/// One line of a list.
fn parse(list: List, line: &'static str) -> Option<Phrase> {
    let (weight, written) = line.trim().split_once(' ')?;
    let weight = weight.parse().ok()?;
    let written = written.trim();
    let (at_start, at_end) = (written.starts_with(['^', '=']), written.starts_with(['$', '=']));
    // `#` stands for a number; any number does while folding.
    let mut words = Vec::new();
    keys(&written.replace('#', " 0 "), &mut words);
    let written = written.trim_start_matches(['^', '$', '=']);
    (!words.is_empty()).then_some(Phrase { list, weight, at_start, at_end, words, written })
}

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
