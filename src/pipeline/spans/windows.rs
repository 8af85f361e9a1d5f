//! Windows that stand earlier, over all texts that are held.

use rayon::prelude::*;

use super::held::Held;
use super::narrow;
use crate::spans::anchors::{Anchor, anchors};
use crate::spans::repeated::{Seen, repeated};
use crate::spans::stretch::{Bench, Stretch, shingles, stretches};
use crate::spans::{Copy, link, stretch};
use crate::types::SpanLength;

/// Documents of a task.
const TASK: usize = 64;

/// The copies among them, in reading order.
pub(super) fn copies(texts: &[Held], length: SpanLength) -> Vec<Copy> {
    match length {
        SpanLength::Bytes(bytes) => {
            let window = bytes as usize;
            let of = |number, held: &Held, out: &mut Vec<Anchor>| anchors(number, held.text.as_bytes(), window, out);
            link::copies(texts, window, &each(texts, of))
        }
        SpanLength::Words(words) => {
            let count = words as usize;
            let all = texts.par_iter().map_init(Bench::default, |bench, held| shingles(&held.text, count, bench));
            let all: Vec<Vec<u64>> = all.collect();
            let seen = repeated(all);
            let of_one: Vec<&[Seen]> = seen.chunk_by(|a, b| a.list == b.list).collect();
            let of = |_, wanted: &&[Seen], out: &mut Vec<Stretch>| {
                let number = wanted[0].list;
                stretches(number, &texts[number as usize].text, count, wanted, &mut Bench::default(), out);
            };
            let found = each(&of_one, of);
            drop(of_one);
            drop(seen);
            stretch::copies(texts, found)
        }
    }
}

/// What `of` appends for each of the list, in parallel, joined in order.
fn each<T: Sync, V: Send>(list: &[T], of: impl Fn(u32, &T, &mut Vec<V>) + Sync) -> Vec<V> {
    let numbered = |task: usize, n: usize| narrow(task * TASK + n);
    let lists: Vec<Vec<V>> = list
        .par_chunks(TASK)
        .enumerate()
        .map(|(task, chunk)| {
            let mut out = Vec::new();
            for (n, one) in chunk.iter().enumerate() {
                of(numbered(task, n), one, &mut out);
            }
            out.shrink_to_fit();
            out
        })
        .collect();
    let mut out = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for list in lists {
        out.extend(list);
    }
    out
}
