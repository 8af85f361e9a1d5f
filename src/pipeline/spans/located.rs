//! Where the cuts stand, and where their text stays.

use super::narrow;
use super::shelf::Shelf;
use crate::error::Error;
use crate::pipeline::Job;
use crate::pipeline::matching::stream::{Outbox, each_part};
use crate::spans::Texts as _;
use crate::spans::cover::Cut;
use crate::spill::{By, Sorted, Sorter};
use crate::text::lines;
use crate::types::{DocRef, Span, SpanPlace, SpanStands, Spot};

/// Puts the places of a cut down.
pub(super) fn put(cut: &Cut, out: &mut Outbox<'_, SpanPlace>) {
    for (kept, bytes) in cut.places() {
        out.put(SpanPlace { from: kept.from, at: cut.at, cut: cut.len, len: kept.len, bytes: bytes.into() });
    }
}

/// The documents that the cuts stand in and point to, sorted by those that they stand in.
pub(super) fn located(job: &Job<'_>, shelf: &Shelf, places: Sorted<SpanPlace>) -> Result<Sorted<SpanStands>, Error> {
    let all = Sorter::new(&job.budget, By::Shard(job.shard_count()));
    each_part(places, |places| {
        let mut out = Outbox::new(&all);
        let mut places = places.peekable();
        while let Some(number) = places.peek().map(|place| place.from.text()) {
            let text = shelf.whole(number)?;
            let lines = lines::lines(&text);
            while let Some(place) = places.next_if(|place| place.from.text() == number) {
                let line = lines.partition_point(|line| line.span.start as usize <= place.from.at()).max(1);
                let (doc, span) = within(shelf, place.at, place.cut);
                let (first, there) = within(shelf, place.from, place.len);
                let line = shelf.pieces[number].lines + narrow(line);
                let bytes = u32::try_from(place.bytes).unwrap_or(u32::MAX);
                out.put(SpanStands { doc, span, first, there, line, bytes });
            }
        }
        out.close().map(|()| 0)
    })?;
    Ok(all.finish())
}

/// A stretch of a piece, as one of its document.
fn within(shelf: &Shelf, spot: Spot, len: u32) -> (DocRef, Span) {
    let piece = &shelf.pieces[spot.text()];
    let start = piece.span.start as usize + spot.at();
    (piece.doc, Span::new(start, start + len as usize))
}
