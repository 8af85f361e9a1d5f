//! `repeated-span`

use super::repeated_block;
use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::text::lines::lines;
use crate::types::{Category, Confidence, DocId, Evidence, Kind, Place, Ratio, RepeatedSpan, Span, Witness};

/// Text that stands earlier byte for byte, wherever it begins and ends.
pub(crate) static RULE: Rule = Rule {
    id: "repeated-span",
    summary: "a run of text that stands earlier byte for byte (only with --repeated-span)",
    category: Category::Duplicate,
    kind: Kind::Copy,
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
        let here = case.page.document.id;
        match repeated.first.iter().map(|first| first.place.doc).find(|doc| *doc != here) {
            Some(other) => across(case, repeated, span, other, found),
            None => found.cut_text(span, evidence(case, repeated)),
        }
    }
}

/// Text that another document has: what somebody said belongs to every article that quotes it. Where the first copy is
/// put together from several places, the whole stays when a quotation is in it.
fn across(case: &Case<'_>, repeated: &RepeatedSpan, span: Span, other: DocId, found: &mut Found<'_>) {
    let mut pieces = Sharing::of_span(case, span, other);
    let only = match repeated.first.as_slice() {
        [only] if only.place.span.len() == repeated.span.len() => Some(only),
        _ => None,
    };
    let quotation = pieces.iter().position(|(_, sharing)| sharing.kind == Kind::Quotation);
    if let (None, Some(at)) = (only, quotation) {
        pieces = vec![(span, pieces.swap_remove(at).1)];
    }
    let whole = pieces.len() == 1;
    for (piece, sharing) in pieces {
        let kind = sharing.kind;
        let mut evidence = match only.filter(|_| !whole) {
            Some(first) => vec![evidence_of(case, repeated, first, piece)],
            None => evidence(case, repeated),
        };
        evidence.push(sharing.evidence());
        match kind {
            Kind::Quotation => found.of(kind).hint(piece, evidence),
            _ => found.of(kind).cut_text(piece, evidence),
        }
    }
}

fn evidence(case: &Case<'_>, repeated: &RepeatedSpan) -> Vec<Evidence> {
    let length = repeated.span.len() as u64;
    let of = |first: &Witness| copy(case, first.place, Ratio::new(u64::from(first.bytes), length));
    repeated.first.iter().map(of).collect()
}

/// The evidence for a piece of a span that stands in one place.
fn evidence_of(case: &Case<'_>, repeated: &RepeatedSpan, first: &Witness, piece: Span) -> Evidence {
    let Span { start, end } = repeated.span;
    let (from, to) = (piece.start.clamp(start, end), piece.end.clamp(start, end));
    let breaks = lines(Span { start, end: from }.of(case.text())).len().saturating_sub(1);
    let place = Place {
        span: Span { start: first.place.span.start + (from - start), end: first.place.span.start + (to - start) },
        line: first.place.line + u32::try_from(breaks).unwrap_or(u32::MAX),
        ..first.place
    };
    let length = u64::from(to - from);
    copy(case, place, Ratio::new(length, length))
}

fn copy(case: &Case<'_>, place: Place, alike: Ratio) -> Evidence {
    let document = case.corpus.name(place.doc).to_owned();
    Evidence::Copy { document, span: place.span, line: place.line, alike }
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
