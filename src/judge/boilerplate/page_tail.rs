//! `page-tail`

use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Role};

/// What stands below the article among page furniture.
pub(crate) static RULE: Rule = Rule {
    id: "page-tail",
    summary: "lines below the article, after page furniture has begun",
    category: Category::Boilerplate,
    kind: Kind::Other,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/page-tail.md"),
    check,
};

/// Words of a whole sentence.
const SENTENCE: u32 = 3;
/// Blocks of page furniture that make a tail beyond doubt, when they are also twice as many as the sentences there.
const MUCH: usize = 3;

fn is_sentence(block: &BlockView<'_>) -> bool {
    block.traits.ends_sentence && block.traits.words >= SENTENCE
}

/// What page furniture is: by its phrases, and where it is a blurb without strong ones, an ad.
fn furniture_kind(block: &BlockView<'_>) -> Kind {
    block.kind().unwrap_or(Kind::Ad)
}

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(tail) = case.tail() else { return };
    let furniture = case.blocks()[tail..].iter().filter(|b| b.is_furniture() || b.blurb).count();
    let sentences = case.blocks()[tail..].iter().filter(|b| is_sentence(b) && !b.is_furniture() && !b.blurb).count();
    let sure = furniture >= MUCH.max(2 * sentences);
    let mut line = case.blocks()[tail].line;
    let mut kind = furniture_kind(&case.blocks()[tail]);
    let mut within = true;
    for block in &case.blocks()[tail + 1..] {
        if block.is_furniture() || block.blurb {
            (within, line, kind) = (true, block.line, furniture_kind(block));
        } else if matches!(block.role, Role::Heading | Role::Code) {
            // A marked section of its own is no tail.
            within = false;
        } else if within {
            let place = "below the article, after page furniture".into();
            // Sentences may be the end of the article, a correction, a note of the editors.
            let confidence = if is_sentence(block) && !sure { Confidence::Hint } else { Confidence::Likely };
            found.of(block.kind().unwrap_or(kind)).cut_as(
                confidence,
                block.span,
                vec![Evidence::Position { place, line }],
            );
        }
    }
}
