//! How text that several documents have came to stand in them: as a quotation, by syndication, from a template, or
//! as a copy of any other kind.

use std::borrow::Cow;

use super::{Case, quotation};
use crate::types::{DocFacts, DocId, Evidence, Kind, Repeat, SEVERAL, Span};

/// Words that an article and others must share for syndication: fewer are an item of news, or a notice.
const LONG: u32 = 100;
/// Words of the longest paragraph that is part of a template.
const SHORT: u32 = 60;

/// What shared text is taken for, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// [`Kind::Quotation`], [`Kind::Syndication`], [`Kind::Template`] or [`Kind::Copy`].
    pub kind: Kind,
    because: Cow<'static, str>,
}

impl Sharing {
    /// Judges text that also stands in another document.
    pub fn of_passage(case: &Case<'_>, span: Span, other: DocId) -> Self {
        quotation::why(case, span).map_or_else(|| apart_from_quotations(case, other), Self::quotation)
    }

    /// Judges text that also stands in another document, and divides it: its quotations stay.
    pub fn of_span(case: &Case<'_>, span: Span, other: DocId) -> Vec<(Span, Self)> {
        Self::divided(case, span, &apart_from_quotations(case, other))
    }

    /// As [`Self::of_span`], for a paragraph that also stands in another document.
    pub fn of_copy(case: &Case<'_>, copied: &Repeat) -> Vec<(Span, Self)> {
        let mut rest = apart_from_quotations(case, copied.first.doc);
        let short = case.words_of(copied.unit) <= SHORT;
        if rest.kind == Kind::Copy
            && copied.in_place
            && short
            && let Some(beside) = neighbour(case, copied.unit.from, copied.unit.to)
        {
            let because = format!("at the same place in {SEVERAL} documents of its host or more, as {beside}");
            rest = Self { kind: Kind::Template, because: because.into() };
        }
        Self::divided(case, case.span_of(copied.unit), &rest)
    }

    fn divided(case: &Case<'_>, span: Span, rest: &Self) -> Vec<(Span, Self)> {
        let judged = |why: Option<String>| why.map_or_else(|| rest.clone(), Self::quotation);
        quotation::divide(case, span).into_iter().map(|(piece, why)| (piece, judged(why))).collect()
    }

    fn quotation(because: String) -> Self {
        Self { kind: Kind::Quotation, because: because.into() }
    }

    /// Judges a short line that stands in several documents; so many of its host have it at the same place. None for what
    /// is neither a quotation nor of a template: then there is nothing to tell but the number.
    pub fn of_line(case: &Case<'_>, block: u32, in_place: u32) -> Option<Self> {
        let quotation = quotation::why(case, case.page.blocks[block as usize].span).map(Self::quotation);
        let template = || {
            let beside = neighbour(case, block, block + 1).filter(|_| in_place >= SEVERAL)?;
            let because = format!("at the same place in {in_place} documents of its host, as {beside}");
            Some(Self { kind: Kind::Template, because: because.into() })
        };
        quotation.or_else(template)
    }

    /// Judges a document that says what another says.
    pub fn of_document(case: &Case<'_>, other: DocId) -> Self {
        let words = case.number_of_words();
        let (kind, because) = match case.corpus.apart(case.page.document.id, other) {
            true if words >= LONG => {
                (Kind::Syndication, format!("{words} words, and the two are of different hosts").into())
            }
            true => (Kind::Copy, format!("{words} words only ({LONG} needed for syndication)").into()),
            false => (Kind::Copy, "the two are of the same host".into()),
        };
        Self { kind, because }
    }

    /// As evidence.
    pub fn evidence(self) -> Evidence {
        Evidence::Sharing { sharing: self.kind, because: self.because }
    }
}

/// Syndication or a copy.
fn apart_from_quotations(case: &Case<'_>, other: DocId) -> Sharing {
    let because = if case.corpus.apart(case.page.document.id, other) {
        "no quotation, and other hosts have less than half of the article"
    } else {
        "no quotation, and of the same host"
    };
    syndicated(case, other).unwrap_or(Sharing { kind: Kind::Copy, because: because.into() })
}

/// Most of the article stands in documents of other hosts, and so does this.
fn syndicated(case: &Case<'_>, other: DocId) -> Option<Sharing> {
    let (abroad, all) = (case.shared_abroad(), case.number_of_words());
    let holds = case.corpus.apart(case.page.document.id, other) && abroad >= LONG && 2 * abroad >= all;
    let because = || format!("{abroad} of the {all} words of the article stand in documents of other hosts");
    holds.then(|| Sharing { kind: Kind::Syndication, because: because().into() })
}

/// What stands right above or below the blocks and recurs too, in words; the page's edge always does.
fn neighbour(case: &Case<'_>, from: u32, to: u32) -> Option<String> {
    let DocFacts { common, copies, .. } = case.facts;
    let recurs = |block: u32| {
        let line = common.get(common.partition_point(|line| line.block < block));
        let copy = copies.get(copies.partition_point(|c| c.unit.to <= block));
        line.is_some_and(|line| line.block == block && line.documents >= SEVERAL)
            || copy.is_some_and(|c| c.unit.from <= block && c.first.doc != case.page.document.id)
    };
    let blocks = u32::try_from(case.page.blocks.len()).unwrap_or(u32::MAX);
    let line = |block: u32| case.page.blocks[block as usize].line;
    match (from.checked_sub(1), Some(to).filter(|to| *to < blocks)) {
        (Some(above), _) if recurs(above) => Some(format!("line {} above", line(above))),
        (_, Some(below)) if recurs(below) => Some(format!("line {} below", line(below))),
        (None, _) => Some("the page's beginning".into()),
        (_, None) => Some("the page's end".into()),
        _ => None,
    }
}
