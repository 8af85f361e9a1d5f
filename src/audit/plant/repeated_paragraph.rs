//! `repeated-paragraph`

use crate::audit::dice::Dice;
use crate::audit::kind::{Kind, Planted, Site};

pub(crate) static KIND: Kind = Kind {
    id: "repeated-paragraph",
    summary: "a paragraph of 20 words or more of an earlier document, word for word",
    plant,
};

/// Words from which a paragraph says something that no two authors say by chance.
const WORDS: usize = 20;

fn plant(site: &Site<'_>, dice: &mut Dice) -> Option<Planted> {
    let source = dice.pick(site.before)?;
    let long: Vec<_> = source.clean.iter().filter(|p| p.words.len() >= WORDS).collect();
    let copied = source.of(dice.pick(&long)?);
    let below = dice.pick(&site.here.clean)?;
    Some(Planted::below(site.here, below.span.end as usize, copied, ""))
}
