//! `box-line`

use crate::judge::heard::attribution;
use crate::judge::lexicon::STRONG;
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind, Role};

/// Lines of a box of which the label and the button are known.
pub(crate) static RULE: Rule = Rule {
    id: "box-line",
    summary: "lines amid the article that stand between the label and the button of an appeal or an ad",
    category: Category::Boilerplate,
    kind: Kind::Other,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/box-line.md"),
    check,
};

/// Blocks between a label and a button.
const MOST: usize = 5;
/// Words of them all.
const LONGEST: u32 = 90;
/// Words of a label, of a button, of a line between them.
const LABEL: u32 = 12;
/// Words of the heading of an appeal.
const HEADING: u32 = 10;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    // Below the article lines among furniture go as its tail.
    let (Some(first), Some(last)) = (case.zone().first, case.zone().last) else { return };
    let blocks = case.blocks();
    let furniture: Vec<usize> = (first + 1..last).filter(|&i| blocks[i].is_furniture()).collect();
    for pair in furniture.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let between = from + 1..to;
        let words: u32 = blocks[between.clone()].iter().map(|b| b.traits.words).sum();
        let amid =
            blocks[from - 1].traits.prose && blocks.get(to + 1).is_none_or(|b| b.traits.prose || b.is_furniture());
        if amid
            && is_label(&blocks[from])
            && is_line(&blocks[to], LABEL)
            && (1..=MOST).contains(&between.len())
            && words <= LONGEST
            && between.clone().all(|i| is_boxed(case, i, &blocks[from], &blocks[to]))
        {
            for block in &blocks[between] {
                let place = Evidence::Position { place: "between two lines of a box".into(), line: blocks[to].line };
                found.of(blocks[from].kind().unwrap_or(RULE.kind)).cut(block.span, vec![place]);
            }
        }
    }
    for &i in &furniture {
        let above = &blocks[i - 1];
        let free = i > first + 1 && !above.is_furniture() && blocks[i - 2].traits.prose;
        if free && is_box(&blocks[i]) && is_line(above, HEADING) && case.speaks_to_reader(i - 1) {
            let place = Evidence::Position { place: "heading of what stands below".into(), line: blocks[i].line };
            found.of(blocks[i].kind().unwrap_or(RULE.kind)).cut(above.span, vec![place]);
        }
    }
}

/// Whether block `i` belongs to the box: it speaks to the reader of what boxes are about, or is a line between label and
/// button.
fn is_boxed(case: &Case<'_>, i: usize, label: &BlockView<'_>, button: &BlockView<'_>) -> bool {
    let block = &case.blocks()[i];
    if !matches!(block.role, Role::Text | Role::Item) || block.is_speech() {
        return false;
    }
    if block.traits.prose || block.traits.ends_sentence {
        return case.speaks_to_reader(i) && block.told_of() && attribution(block.text).is_none();
    }
    let ends = button.kind() == label.kind() || label.kind() != Some(Kind::Ad);
    ends && is_line(block, LABEL) && label.text != button.text
}

/// Whether the block is the label of a box: no single word that may stand in a table.
fn is_label(block: &BlockView<'_>) -> bool {
    let sure = |b: &BlockView<'_>| b.traits.words > 1 || b.hits.iter().any(|h| h.strongest > STRONG);
    is_box(block) && is_line(block, LABEL) && sure(block)
}

fn is_line(block: &BlockView<'_>, words: u32) -> bool {
    !block.traits.prose && block.traits.words <= words && block.role != Role::Heading
}

/// Whether the block is of a kind of which boxes are.
fn is_box(block: &BlockView<'_>) -> bool {
    matches!(block.kind(), Some(Kind::Subscription | Kind::Comments | Kind::Ad | Kind::Contact | Kind::Navigation))
}
