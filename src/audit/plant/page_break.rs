//! `page-break`

use crate::audit::dice::Dice;
use crate::audit::kind::{Kind, Planted, Site};
use crate::types::Span;

pub(crate) static KIND: Kind =
    Kind { id: "page-break", summary: "a blank line in mid-sentence, as at the end of a page", plant };

/// Words of the paragraph on either side.
pub(super) const AROUND: usize = 10;

fn plant(site: &Site<'_>, dice: &mut Dice) -> Option<Planted> {
    let here = site.here;
    let mut gaps = Vec::new();
    for paragraph in &here.clean {
        let words = &paragraph.words;
        let inner = AROUND..words.len().saturating_sub(AROUND).max(AROUND);
        for pair in inner.filter_map(|i| words.get(i..i + 2)) {
            let gap = Span { start: pair[0].end, end: pair[1].start };
            let lower = here.text[gap.end as usize..].starts_with(char::is_lowercase);
            if gap.of(&here.text) == " " && lower {
                gaps.push(gap);
            }
        }
    }
    let at = *dice.pick(&gaps)?;
    Some(Planted::Damage { at, put: here.newline.repeat(2) })
}
