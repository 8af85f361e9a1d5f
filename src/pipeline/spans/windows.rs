//! Windows that stand earlier, over all texts: kind by kind.

use rayon::prelude::*;

use super::narrow;
use super::shelf::Shelf;
use crate::error::Error;
use crate::pipeline::Job;
use crate::pipeline::matching::stream::{Outbox, each_group};
use crate::spans::anchors::anchors;
use crate::spans::slots::Slots;
use crate::spans::stretch::Bench;
use crate::spans::{Texts as _, link, stretch};
use crate::spill::{By, Record, Sorted, Sorter};
use crate::types::{SpanAnchor, SpanCopy, SpanWindow};

/// Pieces of a task.
const TASK: usize = 64;
/// Bytes of a word and the space before the next, as a rule.
const A_WORD: usize = 6;

/// The copies among windows of so many bytes, in reading order.
pub(super) fn of_bytes(job: &Job<'_>, shelf: &Shelf, window: usize) -> Result<Sorted<SpanCopy>, Error> {
    let all = Sorter::new(&job.budget, By::Hash);
    let look = |(): &mut (), number: u32, text: &str, out: &mut Outbox<'_, SpanAnchor>| {
        anchors(number, text.as_bytes(), window, |anchor| out.put(anchor));
    };
    each_text(shelf, &all, look)?;
    of_kinds(job, shelf, all.finish(), |kind, out| link::link(shelf, window, kind, out))
}

/// The copies among windows of so many words, in reading order.
pub(super) fn of_words(job: &Job<'_>, shelf: &Shelf, count: usize) -> Result<Sorted<SpanCopy>, Error> {
    let bytes: usize = shelf.pieces.iter().map(|piece| piece.span.len()).sum();
    let slots = Slots::new(bytes / A_WORD, job.budget.limit() / 8);
    job.budget.take(slots.bytes());
    let all = Sorter::new(&job.budget, By::Hash);
    each_text(shelf, &all, |bench: &mut Bench, _, text, _| stretch::count(text, count, bench, &slots))?;
    each_text(shelf, &all, |bench: &mut Bench, number, text, out: &mut Outbox<'_, SpanWindow>| {
        stretch::windows(number, text, count, bench, &slots, |window| out.put(window));
    })?;
    job.budget.give_back(slots.bytes());
    drop(slots);
    of_kinds(job, shelf, all.finish(), |kind, out| stretch::link(shelf, kind, out))
}

/// Calls `look` with each text, in parallel; what it puts out goes to the sorter.
fn each_text<T: Default, R: Record>(
    shelf: &Shelf,
    sorter: &Sorter<R>,
    look: impl Fn(&mut T, u32, &str, &mut Outbox<'_, R>) + Sync,
) -> Result<(), Error> {
    let tasks = shelf.pieces.par_chunks(TASK).enumerate();
    tasks.try_for_each_init(T::default, |bench, (task, pieces)| {
        let mut out = Outbox::new(sorter);
        for number in task * TASK..task * TASK + pieces.len() {
            look(bench, narrow(number), &shelf.whole(number)?, &mut out);
        }
        out.close()
    })
}

/// Calls `link` with the records of each hash, in parallel, and sorts the copies that it finds.
fn of_kinds<R: Record>(
    job: &Job<'_>,
    shelf: &Shelf,
    records: Sorted<R>,
    link: impl Fn(&[R], &mut Vec<SpanCopy>) -> Result<(), Error> + Sync,
) -> Result<Sorted<SpanCopy>, Error> {
    let copies = Sorter::new(&job.budget, By::Shard(narrow(shelf.pieces.len())));
    each_group(records, |records| {
        let (mut out, mut found, mut kind) = (Outbox::new(&copies), Vec::new(), Vec::new());
        let mut records = records.peekable();
        while let Some(first) = records.next() {
            kind.clear();
            kind.push(first);
            while let Some(next) = records.next_if(|next| next.key() == first.key()) {
                kind.push(next);
            }
            link(&kind, &mut found)?;
            found.drain(..).for_each(|copy| out.put(copy));
        }
        out.close().map(|()| 0)
    })?;
    Ok(copies.finish())
}
