//! `hyphen-break`

use super::page_break::AROUND;
use crate::audit::dice::Dice;
use crate::audit::kind::{Kind, Planted, Site};
use crate::text::Word;
use crate::types::Span;

pub(crate) static KIND: Kind =
    Kind { id: "hyphen-break", summary: "a hyphen and a blank line within a word, as at the end of a page", plant };

/// Letters of a word that is torn, and of its parts.
const LETTERS: usize = 8;
const PART: usize = 3;

fn plant(site: &Site<'_>, dice: &mut Dice) -> Option<Planted> {
    let here = site.here;
    let mut long: Vec<&Word> = Vec::new();
    for paragraph in &here.clean {
        let words = &paragraph.words;
        let inner = words.get(AROUND..words.len().saturating_sub(AROUND)).unwrap_or_default();
        let of = |start: u32, end: u32| &here.text[start as usize..end as usize];
        let plain = |text: &str| text.len() >= LETTERS && text.bytes().all(|b| b.is_ascii_lowercase());
        long.extend(inner.iter().filter(|word| plain(of(word.start, word.end))));
    }
    let word = dice.pick(&long)?;
    let length = (word.end - word.start) as usize;
    let at = word.start as usize + PART + dice.below(length + 1 - 2 * PART);
    Some(Planted::Damage { at: Span::new(at, at), put: format!("-{}", here.newline.repeat(2)) })
}
