//! `repeated-span`

use super::repeated_block;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Ratio, Span, Witness};

/// Text that stands earlier byte for byte, wherever it begins and ends.
pub(crate) static RULE: Rule = Rule {
    id: "repeated-span",
    summary: "a run of text that stands earlier byte for byte (only with --repeated-span)",
    category: Category::Duplicate,
    confidence: Confidence::Certain,
    page: include_str!("../../../tests/rules/repeated-span.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.facts.spans.is_empty() {
        return;
    }
    let kept = repeated_block::kept_seconds(case);
    let mut spans: Vec<Span> = case.facts.spans.iter().map(|repeated| repeated.span).collect();
    sweep(case, &mut spans);
    for (repeated, &span) in case.facts.spans.iter().zip(&spans) {
        // Where the first copy goes because it is a teaser, the second stays.
        if kept.iter().any(|second| second.overlaps(span)) {
            continue;
        }
        let length = repeated.span.len() as u64;
        found.cut_text(span, repeated.first.iter().map(|first| evidence(case, first, length)).collect());
    }
}

fn evidence(case: &Case<'_>, first: &Witness, length: u64) -> Evidence {
    let document = case.corpus.name(first.place.doc).to_owned();
    let alike = Ratio::new(u64::from(first.bytes), length);
    Evidence::Copy { document, span: first.place.span, line: first.place.line, alike }
}

/// Where nothing but punctuation would be left of a block, that goes too.
fn sweep(case: &Case<'_>, spans: &mut [Span]) {
    for block in &case.page.blocks {
        let first = spans.partition_point(|s| s.end <= block.span.start);
        let size = spans[first..].iter().take_while(|s| s.start < block.span.end).count();
        let inside = &mut spans[first..first + size];
        let mut at = block.span.start;
        let mut gaps = Vec::with_capacity(inside.len() + 1);
        for span in inside.iter() {
            gaps.push(Span { start: at, end: span.start.max(at) });
            at = span.end;
        }
        gaps.push(Span { start: at, end: block.span.end.max(at) });
        let words = |gap: &Span| gap.of(case.text()).contains(char::is_alphanumeric);
        if inside.is_empty() || gaps.iter().any(words) {
            continue;
        }
        for (span, gap) in inside.iter_mut().zip(&gaps) {
            span.start = span.start.min(gap.start);
        }
        if let (Some(last), Some(gap)) = (inside.last_mut(), gaps.last()) {
            last.end = last.end.max(gap.end);
        }
    }
}
