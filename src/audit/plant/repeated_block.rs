//! `repeated-block`

use crate::audit::dice::Dice;
use crate::audit::kind::{Kind, Planted, Site};

pub(crate) static KIND: Kind = Kind {
    id: "repeated-block",
    summary: "a paragraph of 16 words or more, once more further down in the document, word for word",
    plant,
};

/// Words from which a paragraph is not said twice on purpose.
const WORDS: usize = 16;

fn plant(site: &Site<'_>, dice: &mut Dice) -> Option<Planted> {
    let here = site.here;
    let long: Vec<usize> = (0..here.clean.len()).filter(|&i| here.clean[i].words.len() >= WORDS).collect();
    let from = *dice.pick(&long)?;
    let source = &here.clean[from];
    let below = dice.pick(&here.clean[from..])?;
    Some(Planted::below(here, below.span.end as usize, here.of(source), "").copied_from(Some(source.span)))
}
