//! What a near copy may have to tell that the first does not: a number, or another name in the place of one.

use crate::text::names::{is_capital, is_name};
use crate::text::shingle::of_words;
use crate::text::{Folding, Word, words};

/// Words from which a copy is one whatever names it changes: its other words say the same, and there are many.
const LONG: usize = 64;

/// What a unit may have to tell.
#[derive(Debug)]
pub struct Told {
    /// The words that hold a digit, in order; thousands are set apart in none of them.
    numbers: Vec<u64>,
    /// The words with a capital letter.
    capitals: Vec<u64>,
    /// All words of a short unit that names something, in order.
    words: Vec<u64>,
    /// A bit for each of these that is a name.
    names: u64,
}

impl Told {
    /// That of a unit with these words, whose places are those in `text`.
    pub fn of(words: &[Word], text: &str, folding: Folding) -> Self {
        let short = if words.len() < LONG { words } else { &[] };
        let names = short.iter().rev().fold(0, |names, word| names << 1 | u64::from(is_name(text, word)));
        let kept = if names == 0 { &[] } else { short };
        let capitals = words.iter().filter(|word| is_capital(text, word)).map(|word| word.hash).collect();
        let numbers = numbers(words, text, folding);
        Self { numbers, capitals, words: kept.iter().map(|word| word.hash).collect(), names }
    }

    /// Whether a copy has no news for who knows the first, of which the shingles of so many words are given too, sorted: its
    /// numbers all stand there, in the same order, and none of its names stands for something else.
    pub fn has_no_news_for(&self, first: &Self, shingles: &[u64], length: usize) -> bool {
        let mut others = first.numbers.iter();
        self.numbers.iter().all(|number| others.any(|other| other == number))
            && !self.names_another(first, shingles, length)
    }

    /// Whether a name that the first does not have is amid words of which the first has others; or at an edge.
    fn names_another(&self, first: &Self, shingles: &[u64], length: usize) -> bool {
        let holds = |words: &[u64]| shingles.binary_search(&of_words(words)).is_ok();
        if self.names == 0 {
            return false;
        }
        // A bit for each word that stands in the first with its neighbours.
        let whole = (1u64 << length) - 1;
        let shared = self.words.windows(length).enumerate().filter(|(_, words)| holds(words));
        let known = shared.fold(0, |known, (at, _)| known | whole << at);
        let new = self.names & !known;
        let names = (0..self.words.len()).filter(|at| new >> at & 1 == 1);
        names.filter(|at| !first.capitals.contains(&self.words[*at])).any(|at| {
            let is_known = |at: &usize| known >> at & 1 == 1;
            let left = (0..at).rev().find(is_known);
            let right = (at + 1..self.words.len()).find(is_known);
            // At an edge of the copy nothing tells what the first has there.
            let (Some(left), Some(right)) = (left, right) else { return true };
            let (before, behind) = (&self.words[..=left], &self.words[right..]);
            // Where the first has the words on both sides next to each other, the name was added, or left out there.
            let joined = |count: usize| {
                let from = before.len().checked_sub(count)?;
                Some([&before[from..], behind.get(..length - count)?].concat())
            };
            !(1..length).filter_map(joined).any(|words| holds(&words))
        })
    }
}

/// The hashes of the words with digits, in order. A number with signs between its thousands counts as if it had none:
/// `300,000` is `300000`.
fn numbers(list: &[Word], text: &str, folding: Folding) -> Vec<u64> {
    let written = |word: &Word| &text[word.start as usize..word.end as usize];
    let digits = |word: &Word| written(word).bytes().all(|b| b.is_ascii_digit());
    let goes_on = |a: &Word, b: &Word| {
        let between = text.get(a.end as usize..b.start as usize);
        matches!(between, Some("," | "." | "'" | "’")) && written(b).len() == 3 && digits(a) && digits(b)
    };
    let whole = |number: &[Word]| {
        let mut joined = Vec::new();
        if number.len() > 1 && written(&number[0]).len() <= 3 {
            words(&number.iter().map(written).collect::<String>(), folding, &mut joined);
        }
        if joined.is_empty() { number.to_vec() } else { joined }
    };
    let all: Vec<Word> = list.iter().filter(|word| word.is_number()).copied().collect();
    all.chunk_by(goes_on).flat_map(whole).map(|word| word.hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shingle::set;

    /// A unit, and its shingles of three words.
    fn told(text: &str) -> (Told, Vec<u64>) {
        let mut list = Vec::new();
        words(text, Folding::default(), &mut list);
        let hashes: Vec<u64> = list.iter().map(|word| word.hash).collect();
        (Told::of(&list, text, Folding::default()), set(hashes.windows(3).map(of_words).collect()))
    }

    fn no_news(copy: &str, first: &str) -> bool {
        let (first, shingles) = told(first);
        told(copy).0.has_no_news_for(&first, &shingles, 3)
    }

    #[test]
    fn names_and_numbers_may_be_the_news() {
        let first = "The server runs Ubuntu 18.04. We show how the package is set up by hand, and who wrote it.";
        for (text, expected) in [
            ("The server runs Ubuntu 18.04. We show how the package is set up by hand.", true),
            // Another number, another order of numbers.
            ("The server runs Ubuntu 20.04. We show how the package is set up by hand.", false),
            ("The server runs Ubuntu 04.18. We show how the package is set up by hand.", false),
            // Another name; one that is added; one of which only the first letter is another one.
            ("The server runs Debian 18.04. We show how the package is set up by hand.", false),
            ("The server runs Ubuntu 18.04. We show how the Acme package is set up by hand.", true),
            ("The server runs ubuntu 18.04. We Show how the package is set up by hand.", true),
            // A name amid other words, which the first has too. Other words that are no names, or begin a sentence.
            ("A box with Ubuntu on it, 18.04. We show how the package is set up by hand.", true),
            ("The server runs Ubuntu 18.04. They show how the package is set up by hand.", true),
            ("The server runs Ubuntu 18.04. We show how the program is set up by hand.", true),
        ] {
            assert_eq!(no_news(text, first), expected, "{text}");
        }
        let credit = "作者：[Don Watkins](a) 选题：[lkxed](b) 译者：[geekpi](c)";
        assert!(!no_news(credit, "作者：[sk](a) 选题：[lkxed](b) 译者：[geekpi](c)"));
    }

    #[test]
    fn a_number_with_its_thousands_set_apart_is_the_same() {
        let told = |number: &str| format!("In all {number} people of the region came, and more were to follow.");
        assert!(no_news(&told("1300000"), &told("1,300,000")) && no_news(&told("1.300.000"), &told("1300000")));
        for other in ["130,000", "13,00,000", "1300,000", "1.3", "1,300,001"] {
            assert!(!no_news(&told(other), &told("1300000")), "{other}");
        }
    }

    #[test]
    fn a_long_copy_may_name_another() {
        let long = "and it says much more about the same matter, ".repeat(8);
        let [ann, eve] = ["Ann", "Eve"].map(|name| move |more: &str| format!("There we met {name} twice. {more}"));
        assert!(no_news(&ann(&long), &eve(&long)));
        assert!(!no_news(&ann("It was late."), &eve("It was late.")));
    }
}
