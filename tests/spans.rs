//! Repeated spans: the anchors find what a suffix array finds, and both what a quadratic finder finds.
#![allow(clippy::pedantic, clippy::unwrap_used)]

mod suffix;

use proptest::prelude::*;
use textclean::pipeline::{Options, run};
use textclean::spans::anchors::{Anchor, anchors};
use textclean::spans::repeated::repeated;
use textclean::spans::stretch::{Bench, shingles, stretches};
use textclean::spans::{Copy, Spot, cover, link, stretch};
use textclean::text::{Folding, words};
use textclean::types::SpanLength;

fn by_anchors(texts: &[String], window: usize) -> Vec<Copy> {
    let mut all: Vec<Anchor> = Vec::new();
    texts.iter().zip(0..).for_each(|(text, number)| anchors(number, text.as_bytes(), window, &mut all));
    link::copies(texts, window, &all)
}

fn by_words(texts: &[String], count: usize) -> Vec<Copy> {
    let mut bench = Bench::default();
    let all: Vec<Vec<u64>> = texts.iter().map(|text| shingles(text, count, &mut bench)).collect();
    let seen = repeated(all);
    let mut list = Vec::new();
    for of_one in seen.chunk_by(|a, b| a.list == b.list) {
        let number = of_one[0].list;
        stretches(number, &texts[number as usize], count, of_one, &mut bench, &mut list);
    }
    stretch::copies(texts, list)
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
fn windows(copies: &[Copy], window: usize) -> Vec<(Spot, Spot)> {
    let of = |c: &Copy| (0..=c.len as usize - window).map(|n| (c.at.on(n), c.from.on(n))).collect::<Vec<_>>();
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
            let holds = |c: &&Copy| c.at <= at && to <= c.end() && c.from.on(at.since(c.at) as usize) == first;
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
            let cuts = cover::cuts(&texts, &copies);
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
        Copy { at: Spot::new(0, 2), from: Spot::new(0, 0), len: 2 },
        Copy { at: Spot::new(1, 0), from: Spot::new(0, 1), len: 2 },
    ];
    assert_eq!(by_anchors(&texts, 2), expected);
    assert_eq!(suffix::copies(&texts, 2), expected);
}

#[test]
fn windows_of_words_are_copies_when_their_bytes_are() {
    let texts = ["One two three four five.", "He said: two three four five!", "two three  four five"].map(String::from);
    let copies = by_words(&texts, 3);
    assert_eq!(copies, [Copy { at: Spot::new(1, 9), from: Spot::new(0, 4), len: 19 }]);
    let texts = ["“Two three four,” she said", "He: two three “Two three four,” they said"].map(String::from);
    let copies = by_words(&texts, 3);
    assert_eq!(copies, [Copy { at: Spot::new(1, 17), from: Spot::new(0, 3), len: 18 }]);
}

/// Too little memory ends the run before anything is compared or shown, and it says how much is needed.
#[test]
fn memory_that_is_too_small_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("a.txt"), dir.path().join("out"));
    std::fs::write(&input, (0..800_000).map(|n| format!("w{n}\n")).collect::<String>()).unwrap();
    let run = |memory: u64, repeated_span| {
        let memory = Some(memory << 20);
        run(&Options { out: out.clone(), threads: 1, memory, repeated_span, ..Options::new(vec![input.clone()]) })
    };
    let error = run(96, Some(SpanLength::Bytes(20))).unwrap_err().to_string();
    let (said, least) = error.split_once("give at least --memory ").unwrap();
    assert!(said.starts_with("--repeated-span 20 needs ") && !out.exists(), "{error}");
    let least: u64 = least.split('M').next().unwrap().parse().unwrap();
    run(least, Some(SpanLength::Bytes(20))).unwrap();
    run(96, None).unwrap();
}
