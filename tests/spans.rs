//! Repeated spans: the anchors find what a suffix array finds, and both what a quadratic finder finds.
#![allow(clippy::pedantic, clippy::unwrap_used)]

mod suffix;

use proptest::prelude::*;
use textclean::pipeline::{Options, run};
use textclean::spans::anchors::anchors;
use textclean::spans::slots::Slots;
use textclean::spans::stretch::{Bench, count as count_windows, windows as windows_of_words};
use textclean::spans::{cover, link, stretch};
use textclean::text::{Folding, words};
use textclean::types::{SpanAnchor, SpanCopy, SpanLength, SpanWindow, Spot};

fn by_anchors(texts: &[String], window: usize) -> Vec<SpanCopy> {
    let mut all: Vec<SpanAnchor> = Vec::new();
    texts
        .iter()
        .zip(0..)
        .for_each(|(text, number)| anchors(number, text.as_bytes(), window, |anchor| all.push(anchor)));
    all.sort();
    let mut copies = Vec::new();
    for kind in all.chunk_by(|a, b| a.hash == b.hash) {
        link::link(texts, window, kind, &mut copies).unwrap();
    }
    copies.sort();
    link::joined(copies.into_iter(), window).collect()
}

fn by_words(texts: &[String], count: usize) -> Vec<SpanCopy> {
    let (mut bench, mut all) = (Bench::default(), Vec::<SpanWindow>::new());
    let slots = Slots::new(100, usize::MAX);
    texts.iter().for_each(|text| count_windows(text, count, &mut bench, &slots));
    for (text, number) in texts.iter().zip(0..) {
        windows_of_words(number, text, count, &mut bench, &slots, |window| all.push(window));
    }
    all.sort();
    let mut copies = Vec::new();
    for kind in all.chunk_by(|a, b| a.hash == b.hash) {
        stretch::link(texts, kind, &mut copies).unwrap();
    }
    copies.sort();
    stretch::joined(texts, copies.into_iter()).collect::<Result<_, _>>().unwrap()
}

/// Each window against all earlier ones: pairs of a window and its first occurrence.
fn naive(texts: &[String], window: usize) -> Vec<(Spot, Spot)> {
    let mut all = Vec::new();
    for (text, number) in texts.iter().zip(0..) {
        let windows = text.as_bytes().windows(window).enumerate();
        all.extend(windows.map(|(at, bytes)| (Spot::new(number, at), bytes)));
    }
    let mut out = Vec::new();
    for (i, (at, bytes)) in all.iter().enumerate() {
        let first = all[..i].iter().find(|(_, other)| other == bytes).map(|(first, _)| *first);
        if let Some(first) = first.filter(|f| at.since(*f) >= window as u64 && bytes.iter().any(|b| *b != bytes[0])) {
            out.push((*at, first));
        }
    }
    out
}

/// Copies as single windows.
fn windows(copies: &[SpanCopy], window: usize) -> Vec<(Spot, Spot)> {
    let of = |c: &SpanCopy| (0..=c.len as usize - window).map(|n| (c.at.on(n), c.from.on(n))).collect::<Vec<_>>();
    copies.iter().flat_map(of).collect()
}

/// Small alphabets, so that all repeats itself; characters of one to four bytes.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let one = prop_oneof![
        prop::collection::vec(prop::sample::select(vec!["a", "b"]), 0..120).prop_map(|v| v.concat()),
        prop::collection::vec(prop::sample::select(vec!["a", "é", " ", "北", "\u{1F600}"]), 0..60)
            .prop_map(|v| v.concat()),
        (0..6usize, 0..40usize).prop_map(|(p, n)| "abcdef"[..=p].repeat(n)),
        prop::collection::vec(prop::sample::select(vec!["the cat, ", "sat on ", "a mat. ", "\n\n", "“no”—"]), 0..30)
            .prop_map(|v| v.concat()),
    ];
    prop::collection::vec(one, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn anchors_and_suffix_array_are_exact(texts in texts(), window in 2usize..40) {
        let anchors = by_anchors(&texts, window);
        prop_assert_eq!(windows(&anchors, window), naive(&texts, window));
        prop_assert_eq!(suffix::copies(&texts, window), anchors);
    }

    #[test]
    fn windows_of_words_are_exact(texts in texts(), count in 2usize..8) {
        let mut all: Vec<(Spot, Spot, &str)> = Vec::new();
        let mut expected = Vec::new();
        for (text, number) in texts.iter().zip(0..) {
            let mut list = Vec::new();
            words(text, Folding::default(), &mut list);
            for window in list.windows(count) {
                let (start, end) = (window[0].start as usize, window[count - 1].end as usize);
                let (at, to, bytes) = (Spot::new(number, start), Spot::new(number, end), &text[start..end]);
                let first = all.iter().find(|(.., other)| *other == bytes).filter(|(first, ..)| at.since(*first) >= bytes.len() as u64);
                expected.extend(first.map(|(first, ..)| (at, to, *first)));
                all.push((at, to, bytes));
            }
        }
        let copies = by_words(&texts, count);
        // Each window lies in a copy as far from its first occurrence, and windows and what punctuation follows make all copies.
        for &(at, to, first) in &expected {
            let holds = |c: &&SpanCopy| c.at <= at && to <= c.end() && c.from.on(at.since(c.at) as usize) == first;
            prop_assert!(copies.iter().any(|c| holds(&c)), "{at:?} {to:?} {first:?} {copies:?}");
        }
        for c in &copies {
            let from = expected.iter().any(|e| e.0 == c.at && e.2 == c.from);
            let to = expected.iter().filter(|e| c.at <= e.0 && e.1 <= c.end()).map(|e| e.1).max().unwrap();
            let rest = &texts[c.at.text()][to.at()..c.end().at()];
            prop_assert!(from && !rest.contains(|c: char| c.is_alphanumeric() || c.is_whitespace()), "{c:?} {rest:?}");
        }
    }

    /// What goes stands in what stays, piece by piece; nothing is cut inside a word.
    #[test]
    fn what_goes_stays_elsewhere(texts in texts(), window in 8usize..30, words in 2usize..6) {
        for copies in [by_anchors(&texts, window), by_words(&texts, words)] {
            let mut cuts = Vec::new();
            cover::cuts(&texts[..], copies.into_iter().map(Ok), |cut| cuts.push(cut)).unwrap();
            let gone: Vec<(Spot, Spot)> = cuts.iter().map(|c| (c.at, c.at.on(c.len as usize))).collect();
            prop_assert!(gone.windows(2).all(|g| g[0].1 <= g[1].0));
            for cut in &cuts {
                let text = &texts[cut.at.text()];
                let went = &text[cut.at.at()..][..cut.len as usize];
                let mut stays = String::new();
                for kept in &cut.kept {
                    let (from, to) = (kept.from, kept.from.on(kept.len as usize));
                    prop_assert!(to <= cut.at && gone.iter().all(|g| g.1 <= from || to <= g.0));
                    stays += &texts[from.text()][from.at()..to.at()];
                }
                prop_assert_eq!(went, stays);
                let inner = |at: usize| text[..at].ends_with(|c: char| "abcdefé".contains(c)) && text[at..].starts_with(|c: char| "abcdefé".contains(c));
                prop_assert!(!inner(cut.at.at()) && !inner(cut.at.at() + cut.len as usize));
            }
        }
    }
}

/// A copy that begins a text does not go on in the one that ends the text before.
#[test]
fn copies_end_with_their_text() {
    let texts = ["baba", "ab"].map(String::from);
    let expected = [
        SpanCopy { at: Spot::new(0, 2), from: Spot::new(0, 0), len: 2 },
        SpanCopy { at: Spot::new(1, 0), from: Spot::new(0, 1), len: 2 },
    ];
    assert_eq!(by_anchors(&texts, 2), expected);
    assert_eq!(suffix::copies(&texts, 2), expected);
}

#[test]
fn windows_of_words_are_copies_when_their_bytes_are() {
    let texts = ["One two three four five.", "He said: two three four five!", "two three  four five"].map(String::from);
    let copies = by_words(&texts, 3);
    assert_eq!(copies, [SpanCopy { at: Spot::new(1, 9), from: Spot::new(0, 4), len: 19 }]);
    let texts = ["“Two three four,” she said", "He: two three “Two three four,” they said"].map(String::from);
    let copies = by_words(&texts, 3);
    assert_eq!(copies, [SpanCopy { at: Spot::new(1, 17), from: Spot::new(0, 3), len: 18 }]);
}

/// Texts that do not fit in memory lie in a file, and anchors and copies go there too; the result is the same.
#[test]
fn memory_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("a.jsonl");
    let word = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44;
    // Each text repeats a stretch of the one before; one word in a hundred is another.
    let text = |n: u64| {
        (n * 400..n * 400 + 600).map(|w| format!("w{:x} ", word(w + u64::from(w % 100 == n % 100)))).collect::<String>()
    };
    std::fs::write(
        &input,
        (0..1500).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n", text(n))).collect::<String>(),
    )
    .unwrap();
    for length in [SpanLength::Bytes(60), SpanLength::Words(12)] {
        let report = |name: &str, memory: Option<u64>, threads| {
            let out = dir.path().join(name);
            let memory = memory.map(|megabytes| megabytes << 20);
            let options = Options {
                out: out.clone(),
                threads,
                memory,
                stable: true,
                repeated_span: Some(length),
                ..Options::new(vec![input.clone()])
            };
            run(&options).unwrap();
            ["report.json", "removed.jsonl", "cleaned/a.jsonl"].map(|name| std::fs::read(out.join(name)).unwrap())
        };
        let free = report("free", None, 2);
        assert!(String::from_utf8_lossy(&free[0]).matches("\"repeated-span\"").count() > 1000);
        assert!(report("tight", Some(96), 1) == free, "{length}");
    }
}
