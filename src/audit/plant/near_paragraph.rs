//! `near-paragraph`

use super::edited::edited;
use crate::audit::dice::Dice;
use crate::audit::kind::{Kind, Planted, Site};

pub(crate) static KIND: Kind = Kind {
    id: "near-paragraph",
    summary: "a paragraph of 30 words or more of the document or an earlier one, with one word in 25 to 40 changed",
    plant,
};

/// Words from which a paragraph with one word changed is still nearly the same.
const WORDS: usize = 30;

fn plant(site: &Site<'_>, dice: &mut Dice) -> Option<Planted> {
    let here = site.here;
    let (source, place) = match dice.pick(site.before).filter(|_| dice.below(2) == 0) {
        Some(other) => (other, "of another document"),
        None => (here, "of the same document"),
    };
    let long: Vec<usize> = (0..source.clean.len()).filter(|&i| source.clean[i].words.len() >= WORDS).collect();
    let from = *dice.pick(&long)?;
    let paragraph = &source.clean[from];
    let one_in = 25 + dice.below(16);
    let copy = edited(&source.text, paragraph.span, &paragraph.words, one_in, dice)?;
    let own = std::ptr::eq(source, here);
    let below = dice.pick(&here.clean[if own { from } else { 0 }..])?;
    let planted = Planted::below(here, below.span.end as usize, &copy, place);
    Some(planted.copied_from(own.then_some(paragraph.span)))
}
