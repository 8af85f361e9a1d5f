//! A text as another hand would have it: a few words left out, or put as other words of the same text.

use crate::audit::dice::Dice;
use crate::text::Word;
use crate::types::Span;

/// The text of `span` with one of so many `words` (sorted, within the span) changed, one at least; none where no word can
/// be. Words with digits stay: another number would be news.
pub(super) fn edited(text: &str, span: Span, words: &[Word], one_in: usize, dice: &mut Dice) -> Option<String> {
    let of = |word: &Word| &text[word.start as usize..word.end as usize];
    let plain: Vec<&Word> = words.iter().filter(|word| of(word).chars().all(char::is_lowercase)).collect();
    let mut chosen: Vec<usize> = (0..(words.len() / one_in).max(1)).map(|_| dice.below(plain.len())).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let mut out = String::new();
    let mut at = span.start as usize;
    for word in chosen.into_iter().filter_map(|number| plain.get(number)) {
        out.push_str(&text[at..word.start as usize]);
        at = word.end as usize;
        let other = dice.pick(&plain).map(|other| of(other)).filter(|other| *other != of(word));
        match other.filter(|_| dice.below(3) > 0) {
            Some(other) => out.push_str(other),
            // The space behind goes too.
            None => at += usize::from(text[at..].starts_with(' ')),
        }
    }
    out.push_str(&text[at..span.end as usize]);
    (out != text[span.range()]).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Folding, words};

    #[test]
    fn so_many_words_change_and_numbers_stay() {
        let text = "the first of 40 ferries left Kiel at noon, and the last of them came back in the dark";
        let mut list = Vec::new();
        words(text, Folding::default(), &mut list);
        for seed in 0..200 {
            let span = Span::new(10, text.len());
            let copy = edited(text, span, &list[2..], 9, &mut Dice::new(seed, &[])).unwrap();
            assert!(copy.contains("40") && copy.contains("Kiel"), "{copy}");
            let stays = copy.split(' ').filter(|word| text[10..].split(' ').any(|other| other == *word)).count();
            assert!(copy != text[10..] && (15..=17).contains(&stays), "{stays}: {copy}");
        }
        assert_eq!(edited("NO 1", Span::new(0, 4), &[], 9, &mut Dice::new(1, &[])), None);
    }
}
