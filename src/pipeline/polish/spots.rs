//! Findings at their places in the input file, for `clean check`.

use super::document::Rewritten;
use super::entry::finding_entry;
use crate::pipeline::listing::{Chosen, Line, Listing};
use crate::read::Decoded;
use crate::report::{Level, Spot};
use crate::text::hash::hash64;
use crate::text::points;
use crate::types::{Point, Region, Span};

impl Rewritten<'_> {
    /// Puts what was chosen of the document on the list. `raw` is its record, `line` the line on which that begins.
    pub(super) fn list(
        &self,
        listing: &Listing,
        chosen: Vec<Chosen>,
        names: &(String, String),
        decoded: &Decoded,
        raw: &[u8],
        line: Line,
    ) {
        let document = &self.page.document;
        if chosen.is_empty() {
            return;
        }
        let spans: Vec<Span> = chosen.iter().map(|chosen| self.findings[chosen.number].span).collect();
        let inside = regions(&document.text, &spans, <[usize]>::to_vec);
        let outside = self.source.format.locate.map(|locate| {
            // A byte order mark is no character of the first line.
            let whole = str::from_utf8(raw).unwrap_or_default();
            let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
            let mark = whole.len() - text.len();
            regions(text, &spans, |at| locate(raw, decoded, at).into_iter().map(|at| at.saturating_sub(mark)).collect())
        });
        for (i, chosen) in chosen.into_iter().enumerate() {
            let n = chosen.number;
            let finding = &self.findings[n];
            let entry = finding_entry(self.page, finding, self.plan.acted[n]);
            let told = [finding.rule.as_bytes(), b"\0", finding.span.of(&document.text).as_bytes()].concat();
            let spot = Spot {
                file: names.0.clone(),
                uri: names.1.clone(),
                document: document.name.clone(),
                region: outside.as_ref().map_or(inside[i], |outside| outside[i]),
                text: outside.is_some().then(|| inside[i]),
                place: document.id.place,
                span: finding.span,
                level: Level::Note,
                rule: finding.rule.to_owned(),
                category: finding.category,
                kind: finding.kind,
                confidence: finding.confidence,
                action: entry.action,
                done: entry.done,
                excerpt: entry.excerpt.into_owned(),
                evidence: finding.evidence.clone(),
                fingerprint: format!("{:016x}", hash64(&told)),
                known: chosen.known,
            };
            listing.add(chosen.key, outside.is_some().then_some(line), spot);
        }
    }
}

/// Where spans of a text stand. `place` says where in `whole` bytes of the text (sorted) are.
fn regions(whole: &str, spans: &[Span], place: impl FnOnce(&[usize]) -> Vec<usize>) -> Vec<Region> {
    let mut at: Vec<usize> = spans.iter().flat_map(|span| [span.start as usize, span.end as usize]).collect();
    at.sort_unstable();
    at.dedup();
    let points = points(whole, &place(&at));
    let point = |byte: u32| at.binary_search(&(byte as usize)).map_or(Point::FIRST, |i| points[i]);
    spans.iter().map(|span| Region { start: point(span.start), end: point(span.end) }).collect()
}
