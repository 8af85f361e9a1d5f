//! The same as `src/spans` by a suffix array (libsais): what it is held against. About 10 bytes a byte of text.

use textclean::types::{SpanCopy, Spot};

/// Copies among windows of `window` bytes, found by a suffix array over all texts (below 2 GiB).
#[allow(unreachable_pub)]
pub fn copies<T: AsRef<[u8]>>(texts: &[T], window: usize) -> Vec<SpanCopy> {
    // A byte that stands in no UTF-8: a window with it in it is none.
    let mut all = Vec::new();
    for text in texts {
        all.extend_from_slice(text.as_ref());
        all.push(0xFF);
    }
    let firsts = firsts(&all, window);
    let mut out: Vec<SpanCopy> = Vec::new();
    let (mut start, mut bounds) = (0, Vec::new());
    for text in texts {
        bounds.push(start);
        start += text.as_ref().len() + 1;
    }
    let spot = |at: usize| {
        let number = bounds.partition_point(|b| *b <= at) - 1;
        Spot::new(number as u32, at - bounds[number])
    };
    for (number, text) in texts.iter().enumerate() {
        let text = text.as_ref();
        let mut last = None;
        for at in 0..(text.len() + 1).saturating_sub(window) {
            let here = bounds[number] + at;
            let there = firsts[here] as usize;
            let uniform = text[at..at + window].iter().all(|b| *b == text[at]);
            if firsts[here] < 0 || there >= here || here - there < window || uniform {
                last = None;
                continue;
            }
            let (here, there) = (spot(here), spot(there));
            match out.last_mut() {
                Some(copy)
                    if last.is_some_and(|last: usize| last + 1 == at)
                        && there == copy.from.on(copy.len as usize + 1 - window) =>
                {
                    copy.len += 1;
                }
                _ => out.push(SpanCopy { at: here, from: there, len: window as u64 }),
            }
            last = Some(at);
        }
    }
    out
}

/// For each position the first with the same window, or -1 where the window stands once.
fn firsts(all: &[u8], window: usize) -> Vec<i32> {
    let array = libsais::SuffixArrayConstruction::for_text(all).in_owned_buffer32().single_threaded().run().unwrap();
    let (suffixes, mut common, _) = array.plcp_construction().single_threaded().run().unwrap().into_parts();
    let long = |common: &[i32], at: i32| common[at as usize] >= window as i32;
    let mut from = 0;
    while from < suffixes.len() {
        let mut to = from + 1;
        while to < suffixes.len() && long(&common, suffixes[to]) {
            to += 1;
        }
        let first = if to - from > 1 { suffixes[from..to].iter().copied().min().unwrap() } else { -1 };
        suffixes[from..to].iter().for_each(|&at| common[at as usize] = first);
        from = to;
    }
    common
}
