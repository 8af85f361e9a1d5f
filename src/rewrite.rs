//! Findings → plan → text, and back.

use std::cmp::Reverse;

use crate::text::lines::trimmed;
use crate::types::{Block, Change, Edit, Fate, Finding, Page, Plan, Policy, Span};

/// Decides what happens to a page: which edits, each with the findings behind it.
///
/// Cuts are a union of blocks and of pieces of blocks, so the order of findings cannot matter. A cut beats a patch whose
/// context it touches; between two patches the earlier, then the longer, then the rule's name decides.
pub fn plan(page: &Page, findings: &[Finding], policy: &Policy) -> Plan {
    let wanted = |f: &Finding| policy.acts(f.rule, f.confidence);
    let mut acted = vec![false; findings.len()];
    if findings.iter().any(|f| f.change == Change::Drop && wanted(f)) {
        for (done, finding) in acted.iter_mut().zip(findings) {
            *done = finding.change == Change::Drop && wanted(finding);
        }
        return Plan { fate: Fate::Drop, edits: Vec::new(), acted };
    }
    let mut edits = cuts(page, findings, &wanted, &mut acted);
    let cut = edits.len();
    patches(findings, &wanted, &mut acted, &mut edits, cut);
    edits.sort_by_key(|e| e.span);
    Plan { fate: Fate::Keep, edits, acted }
}

/// The plan's text.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.put);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// What stood at a place before an edit, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Where it stood in the text as read.
    pub span: Span,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub put: String,
}

/// The text as it was before the edits (in text order); none when text and edits do not belong together.
pub fn undo(cleaned: &str, edits: &[Undo]) -> Option<String> {
    let mut out = String::with_capacity(cleaned.len() + edits.iter().map(|e| e.removed.len()).sum::<usize>());
    let mut rest = cleaned;
    for edit in edits {
        let kept = (edit.span.start as usize).checked_sub(out.len())?;
        out.push_str(rest.get(..kept)?);
        rest = rest.get(kept..)?.strip_prefix(edit.put.as_str())?;
        out.push_str(&edit.removed);
    }
    out.push_str(rest);
    Some(out)
}

/// By what patches are sorted: of two that meet, the earlier acts, then the longer, then the rule's name decides.
pub fn patch_order<'a>(span: Span, rule: &'a str, put: &'a str) -> (u32, Reverse<u32>, &'a str, &'a str) {
    (span.start, Reverse(span.end), rule, put)
}

fn cuts(page: &Page, findings: &[Finding], wanted: &dyn Fn(&Finding) -> bool, acted: &mut [bool]) -> Vec<Edit> {
    let text = page.document.text.as_str();
    let mut whole: Vec<(usize, u32)> = Vec::new();
    let mut pieces: Vec<(usize, Span, u32)> = Vec::new();
    let cuts = findings.iter().enumerate().filter(|(_, f)| matches!(f.change, Change::Cut | Change::CutText));
    for (number, finding) in cuts.filter(|(_, f)| wanted(f)) {
        let by = u32::try_from(number).unwrap_or(u32::MAX);
        let first = page.blocks.partition_point(|b| b.span.end <= finding.span.start);
        let blocks = page.blocks.iter().enumerate().skip(first);
        for (i, block) in blocks.take_while(|(_, b)| b.span.start < finding.span.end) {
            acted[number] = true;
            if finding.change == Change::Cut {
                whole.push((i, by));
            } else {
                let (start, end) = (finding.span.start.max(block.span.start), finding.span.end.min(block.span.end));
                pieces.push((i, Span { start, end }, by));
            }
        }
    }
    whole.sort_unstable();
    pieces.sort_unstable();
    let (mut edits, mut along) = (Vec::new(), Vec::new());
    for of_one in pieces.chunk_by(|a, b| a.0 == b.0) {
        let i = of_one[0].0;
        let block = page.blocks[i].span;
        let merged = merged(text, of_one);
        if whole.binary_search_by_key(&i, |w| w.0).is_ok() || merged.iter().any(|e| e.span == block) {
            along.extend(merged.into_iter().flat_map(|e| e.by).map(|by| (i, by)));
        } else {
            edits.extend(merged.into_iter().map(|e| Edit { span: with_gap(text, block, e.span), ..e }));
        }
    }
    whole.extend(along);
    whole.sort_unstable();
    let edit = |run: &[(usize, u32)]| {
        let mut reasons: Vec<u32> = run.iter().map(|&(_, number)| number).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let (from, to) = (run[0].0, run[run.len() - 1].0 + 1);
        Edit { span: gap(text, &page.blocks, from, to), put: String::new(), by: reasons }
    };
    edits.extend(whole.chunk_by(|(a, _), (b, _)| *b <= a + 1).map(edit));
    edits.sort_by_key(|e| e.span);
    edits
}

/// The pieces of one block (in text order), those between which nothing visible stands as one, each from its first to its
/// last visible character.
fn merged(text: &str, pieces: &[(usize, Span, u32)]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    for &(_, span, by) in pieces {
        let span = trimmed(text, span);
        if span.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(last) if span.start <= last.span.end || blank(text, last.span.end, span.start) => {
                last.span.end = last.span.end.max(span.end);
                last.by.push(by);
            }
            _ => out.push(Edit { span, put: String::new(), by: vec![by] }),
        }
    }
    out
}

fn blank(text: &str, start: u32, end: u32) -> bool {
    Span { start, end }.of(text).trim().is_empty()
}

/// A piece of a block with the white space that goes with it: at the ends of the block all of it, within the block of
/// the white space around it the part with fewer line breaks.
fn with_gap(text: &str, block: Span, piece: Span) -> Span {
    let before = Span { start: block.start, end: piece.start }.of(text);
    let after = Span { start: piece.end, end: block.end }.of(text);
    let before = &before[before.trim_end().len()..];
    let after = &after[..after.len() - after.trim_start().len()];
    let breaks = |gap: &str| gap.matches(['\n', '\r']).count();
    let begins = piece.start == block.start;
    let ends = piece.end == block.end;
    let (left, right) = match (before.is_empty(), after.is_empty()) {
        _ if begins => (0, after.len()),
        _ if ends => (before.len(), 0),
        (false, false) if breaks(before) < breaks(after) => (before.len(), 0),
        (false, false) => (0, after.len()),
        _ => (0, 0),
    };
    Span::new(piece.start as usize - left, piece.end as usize + right)
}

/// What goes with blocks `from..to`: of the white space around them the smaller part, so that what stands apart
/// stays apart; at the end of the text what stands before, so that the last line end stays.
fn gap(text: &str, blocks: &[Block], from: usize, to: usize) -> Span {
    let (start, end) = (blocks[from].span.start, blocks[to - 1].span.end);
    let before = from.checked_sub(1).map(|i| Span { start: blocks[i].span.end, end: start });
    let after = blocks.get(to).map(|b| Span { start: end, end: b.span.start });
    let breaks = |gap: Span| gap.of(text).matches(['\n', '\r']).count();
    match (before, after) {
        (Some(before), Some(after)) if breaks(before) < breaks(after) => Span { start: before.start, end },
        (_, Some(after)) => Span { start, end: after.end },
        (Some(before), None) => Span { start: before.start, end },
        (None, None) => Span { start, end },
    }
}

fn patches(
    findings: &[Finding],
    wanted: &dyn Fn(&Finding) -> bool,
    acted: &mut [bool],
    edits: &mut Vec<Edit>,
    cut: usize,
) {
    let mut all: Vec<(Span, &str, &str, Span, usize)> = Vec::new();
    for (number, finding) in findings.iter().enumerate().filter(|(_, f)| wanted(f)) {
        if let Change::Patch { span, put } = &finding.change {
            all.push((*span, finding.rule, put, finding.span, number));
        }
    }
    all.sort_by_key(|&(span, rule, put, ..)| patch_order(span, rule, put));
    let mut reach = 0;
    for (span, _, put, context, number) in all {
        let near = context.cover(span);
        let first = edits[..cut].partition_point(|e| e.span.end <= near.start);
        let touched = edits[first..cut].iter().take_while(|e| e.span.start < near.end).next().is_some();
        if touched || span.start < reach || span.is_empty() {
            continue;
        }
        reach = span.end;
        acted[number] = true;
        edits.push(Edit { span, put: put.to_owned(), by: vec![u32::try_from(number).unwrap_or(u32::MAX)] });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segment;
    use crate::types::{Category, Confidence, DocId, Document, Evidence, Form, Kind};

    fn page(text: &str) -> Page {
        segment(Document { id: DocId { source: 0, place: 0 }, name: "x".into(), text: text.into(), form: Form::Utf8 })
    }

    fn finding(span: Span, change: Change) -> Finding {
        let evidence = vec![Evidence::Position { place: "test".into(), line: 1 }];
        let (category, kind, confidence) = (Category::Ad, Kind::Ad, Confidence::Certain);
        Finding { rule: "test", category, kind, confidence, span, change, evidence }
    }

    fn cut_out(text: &str, what: &[&str]) -> String {
        let page = page(text);
        let findings: Vec<_> = what
            .iter()
            .map(|w| finding(Span::new(text.find(w).unwrap(), text.find(w).unwrap() + w.len()), Change::Cut))
            .collect();
        apply(text, &plan(&page, &findings, &Policy::default()).edits)
    }

    #[test]
    fn the_gap_that_stays_is_the_larger_one() {
        assert_eq!(cut_out("A\n\nAD\n\nB\n", &["AD"]), "A\n\nB\n");
        assert_eq!(cut_out("A\nAD\n\nB", &["AD"]), "A\n\nB");
        assert_eq!(cut_out("A\n\nAD\nB", &["AD"]), "A\n\nB");
        assert_eq!(cut_out("A\n\nAD\n", &["AD"]), "A\n");
        assert_eq!(cut_out("A\n\nAD", &["AD"]), "A");
        assert_eq!(cut_out("AD\n\nA\n", &["AD"]), "A\n");
        assert_eq!(cut_out("AD\n", &["AD"]), "\n");
        assert_eq!(cut_out("A\n\nAD\n\nBD\n\nC", &["AD", "BD"]), "A\n\nC");
    }

    #[test]
    fn a_cut_beats_the_patch_that_it_touches() {
        let text = "One two\n\nthree\n\nfour";
        let join = finding(Span::new(6, 10), Change::Patch { span: Span::new(7, 9), put: " ".into() });
        let page = page(text);
        let joined = plan(&page, std::slice::from_ref(&join), &Policy::default());
        assert_eq!(apply(text, &joined.edits), "One two three\n\nfour");
        let cut = finding(Span::new(9, 14), Change::Cut);
        let both = plan(&page, &[join, cut], &Policy::default());
        assert_eq!(apply(text, &both.edits), "One two\n\nfour");
        assert_eq!(both.acted, [false, true]);
    }

    fn text_cut_out(text: &str, what: &[&str]) -> String {
        let span = |w: &&str| Span::new(text.find(w).unwrap(), text.find(w).unwrap() + w.len());
        let findings: Vec<_> = what.iter().map(|w| finding(span(w), Change::CutText)).collect();
        let plan = plan(&page(text), &findings, &Policy::default());
        assert!(plan.edits.windows(2).all(|e| e[0].span.end <= e[1].span.start));
        assert!(plan.acted.iter().all(|acted| *acted));
        apply(text, &plan.edits)
    }

    #[test]
    fn what_stands_around_a_piece_reads_right() {
        assert_eq!(text_cut_out("One two three four.", &["two three"]), "One four.");
        assert_eq!(text_cut_out("One two three four.", &[" two three "]), "One four.");
        assert_eq!(text_cut_out("One two three.\n\nFour\n", &["One two "]), "three.\n\nFour\n");
        assert_eq!(text_cut_out("One two three.\n\nFour\n", &[" three."]), "One two\n\nFour\n");
        assert_eq!(text_cut_out("One (two three) four.", &["two three"]), "One () four.");
        // From the middle of a block over a whole one into the next.
        assert_eq!(text_cut_out("A one two.\n\nB.\n\nC one two.\n", &["two.\n\nB.\n\nC one"]), "A one\n\ntwo.\n");
        // Two findings that meet take the block.
        assert_eq!(text_cut_out("A.\n\nOne two three.\n\nB.\n", &["One two", "three."]), "A.\n\nB.\n");
        assert_eq!(text_cut_out("One two three four five.", &["two", "four"]), "One three five.");
        assert_eq!(text_cut_out("One two three four.", &["One two three four."]), "");
    }

    #[test]
    fn a_block_that_goes_takes_its_pieces_along() {
        let text = "A.\n\nOne two three.\n\nB.\n";
        let both = [finding(Span::new(4, 18), Change::Cut), finding(Span::new(8, 11), Change::CutText)];
        let plan = plan(&page(text), &both, &Policy::default());
        assert_eq!((apply(text, &plan.edits).as_str(), &plan.edits[0].by), ("A.\n\nB.\n", &vec![0, 1]));
    }

    #[test]
    fn undo_gives_back_the_text() {
        let edits = [
            Undo { span: Span::new(0, 2), removed: "AB".into(), put: String::new() },
            Undo { span: Span::new(4, 5), removed: "E".into(), put: "xyz".into() },
        ];
        assert_eq!(undo("CDxyzF", &edits).as_deref(), Some("ABCDEF"));
        assert_eq!(undo("CDxF", &edits), None);
    }
}
