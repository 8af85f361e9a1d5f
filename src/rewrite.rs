//! Findings → plan → text, and back.

use crate::types::{Block, Change, Edit, Fate, Finding, Page, Plan, Policy, Span};

/// Decides what happens to a page: which edits, each with the findings behind it.
///
/// Cuts are a union of blocks, so the order of findings cannot matter. A cut beats a patch whose context it touches;
/// between two patches the earlier, then the longer, then the rule's name decides.
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

fn cuts(page: &Page, findings: &[Finding], wanted: &dyn Fn(&Finding) -> bool, acted: &mut [bool]) -> Vec<Edit> {
    let mut by: Vec<(usize, u32)> = Vec::new();
    for (number, finding) in findings.iter().enumerate().filter(|(_, f)| f.change == Change::Cut && wanted(f)) {
        let first = page.blocks.partition_point(|b| b.span.end <= finding.span.start);
        for (i, _) in page.blocks.iter().enumerate().skip(first).take_while(|(_, b)| b.span.start < finding.span.end) {
            by.push((i, u32::try_from(number).unwrap_or(u32::MAX)));
            acted[number] = true;
        }
    }
    by.sort_unstable();
    let edit = |run: &[(usize, u32)]| {
        let mut reasons: Vec<u32> = run.iter().map(|&(_, number)| number).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let (from, to) = (run[0].0, run[run.len() - 1].0 + 1);
        Edit { span: gap(&page.document.text, &page.blocks, from, to), put: String::new(), by: reasons }
    };
    by.chunk_by(|(a, _), (b, _)| *b <= a + 1).map(edit).collect()
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
    all.sort_by(|a, b| (a.0.start, b.0.end, a.1, a.2).cmp(&(b.0.start, a.0.end, b.1, b.2)));
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
    use crate::types::{Category, Confidence, DocId, Document, Evidence, Form};

    fn page(text: &str) -> Page {
        segment(Document { id: DocId { source: 0, place: 0 }, name: "x".into(), text: text.into(), form: Form::Utf8 })
    }

    fn finding(span: Span, change: Change) -> Finding {
        let evidence = vec![Evidence::Position { place: "test".into(), line: 1 }];
        Finding { rule: "test", category: Category::Ad, confidence: Confidence::Certain, span, change, evidence }
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
