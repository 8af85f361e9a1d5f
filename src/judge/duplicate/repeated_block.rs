//! `repeated-block`

use super::is_listing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, CopyKind, Evidence, Kind, Ratio, Repeat, Role, SHORTEST_NEAR_WITHIN, Span};

/// A block, or a run of blocks, that stands in the same document before.
pub(crate) static RULE: Rule = Rule {
    id: "repeated-block",
    summary: "a paragraph or a run of paragraphs that stands in the document twice",
    category: Category::Duplicate,
    kind: Kind::Copy,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/repeated-block.md"),
    check,
};

/// Words from which a repetition is no figure of speech (a refrain, a list entry).
const SHORTEST: u32 = 12;
/// Words that are enough when the copy follows at once. Of fewer nothing is said: names, marks and cells of tables come
/// back wherever they belong.
const SHORTEST_ADJACENT: u32 = 4;
/// Words of the longest caption or pull quote.
const LONGEST_TEASER: u32 = 40;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let copies = copies(case);
    for run in copies.chunk_by(follows) {
        report(case, run, found);
    }
}

/// The second copies that stay, since the first is a teaser and goes.
pub(super) fn kept_seconds(case: &Case<'_>) -> Vec<Span> {
    let copies = copies(case);
    let alone = copies.chunk_by(follows).filter(|run| run.len() == 1).map(|run| run[0]);
    alone.filter(|copy| keeps_second(case, copy)).map(|copy| case.span_of(copy.unit)).collect()
}

/// What repeats a block of the same document.
fn copies<'a>(case: &Case<'a>) -> Vec<&'a Repeat> {
    let here = case.page.document.id;
    case.facts.copies.iter().filter(|c| c.first.doc == here).collect()
}

/// Whether `b` follows `a`, and what it repeats follows what `a` repeats.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "what chunk_by takes")]
fn follows(a: &&Repeat, b: &&Repeat) -> bool {
    b.unit.from == a.unit.to && b.original.from == a.original.to
}

/// One run of copies, in the order of what they repeat: one finding.
fn report(case: &Case<'_>, run: &[&Repeat], found: &mut Found<'_>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let words: u32 = run.iter().map(|c| c.words).sum();
    if words < SHORTEST_ADJACENT.min(case.corpus.shortest_across) {
        return;
    }
    let confidence = confidence(case, run, words, first.unit.from == last.original.to);
    let alike = run.iter().fold(Ratio::new(0, 0), |sum, c| Ratio::new(sum.part + c.alike.part, sum.of + c.alike.of));
    let span = case.span_of(first.unit).cover(case.span_of(last.unit));
    let original = first.first.span.cover(last.first.span);
    // A pull quote or a teaser comes before the sentence that it repeats: then the one in the article stays.
    let (goes, stays, line) = if run.len() == 1 && keeps_second(case, first) {
        (original, span, case.page.blocks[first.unit.from as usize].line)
    } else {
        (span, original, first.first.line)
    };
    cut(case, confidence, goes, stays, line, alike, found);
}

fn cut(
    case: &Case<'_>,
    confidence: Confidence,
    goes: Span,
    stays: Span,
    line: u32,
    alike: Ratio,
    found: &mut Found<'_>,
) {
    let document = case.page.document.name.clone();
    found.cut_as(confidence, goes, vec![Evidence::Copy { document, span: stays, line, alike }]);
}

/// Whether, of two copies in all, the second is the one in the article.
fn keeps_second(case: &Case<'_>, copy: &Repeat) -> bool {
    copy.only && copy.kind == CopyKind::Exact && repeats_a_teaser(case, copy)
}

/// Whether the copy stands amid running text and what it repeats does not.
fn repeats_a_teaser(case: &Case<'_>, copy: &Repeat) -> bool {
    case.is_amid_prose(copy.unit) && !case.is_amid_prose(copy.original)
}

/// Short lines that end in a sign of punctuation: a refrain is repeated on purpose. Not in a colon: it leads to what is new.
fn is_verse(case: &Case<'_>, run: &[&Repeat], words: u32) -> bool {
    let lines = || run.iter().flat_map(|c| case.page_blocks(c.unit)).map(|b| b.span.of(case.text()));
    let count = lines().count();
    let pauses = lines().filter(|text| text.ends_with([',', ';', '.', '!', '?', '–', '—', '”', '"']));
    let shortest = SHORTEST.min(case.corpus.shortest_across);
    words < shortest * u32::try_from(count).unwrap_or(u32::MAX) && 2 * pauses.count() > count
}

fn confidence(case: &Case<'_>, run: &[&Repeat], words: u32, adjacent: bool) -> Confidence {
    // A listing that shows the same command twice means it.
    if run.iter().flat_map(|c| case.page_blocks(c.unit)).any(|b| b.role == Role::Code) {
        return Confidence::Hint;
    }
    if run.iter().any(|c| c.kind == CopyKind::Near) {
        // A number or a name that the first does not have may be the news; a sentence that a caption or a pull quote shortens is
        // no copy of it; nor is a program with another line.
        let teaser = |c: &Repeat| c.words <= LONGEST_TEASER && repeats_a_teaser(case, c);
        let copies = run.iter().all(|c| c.no_news && !teaser(c) && !is_listing(case, c.unit));
        if words >= SHORTEST_NEAR_WITHIN && copies { Confidence::Likely } else { Confidence::Hint }
    } else if is_verse(case, run, words) {
        Confidence::Hint
    } else if words >= SHORTEST.min(case.corpus.shortest_across) || (adjacent && words >= SHORTEST_ADJACENT) {
        Confidence::Certain
    } else {
        Confidence::Hint
    }
}
