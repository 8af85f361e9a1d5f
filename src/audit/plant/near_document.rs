//! `near-document`

use super::edited::edited;
use crate::audit::dice::Dice;
use crate::audit::kind::{Kind, Planted, Site};
use crate::text::Word;
use crate::types::Span;

pub(crate) static KIND: Kind = Kind {
    id: "near-document",
    summary: "the document once more, with one word of its paragraphs in 60 to 200 changed",
    plant,
};

fn plant(site: &Site<'_>, dice: &mut Dice) -> Option<Planted> {
    let here = site.here;
    let words: Vec<Word> = here.clean.iter().flat_map(|p| p.words.iter().copied()).collect();
    let one_in = 60 + dice.below(141);
    let text = edited(&here.text, Span::new(0, here.text.len()), &words, one_in, dice)?;
    Some(Planted::Copy { text })
}
