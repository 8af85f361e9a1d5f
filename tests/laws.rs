//! The laws of the design, on random corpora: whatever the text, these hold.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use textclean::judge::RULES;
use textclean::pipeline::{self, Options, restore::restore};
use textclean::read::Compression;
use textclean::report::Report;
use textclean::report::model::{Action, DocumentEntry, Fate};
use textclean::types::{Confidence, Evidence, Ratio, Span, SpanLength};

// ---- corpora -------------------------------------------------------------------------------------------------------

/// Paragraph number `i` of a small world: distinct, prose-like, the same each time.
fn paragraph(i: usize) -> String {
    const WORDS: [&str; 24] = [
        "river", "council", "märz", "garden", "voted", "winter", "école", "market", "bridge", "quiet", "letter",
        "niño", "harbour", "summer", "teacher", "engine", "silver", "number", "window", "valley", "北京", "doctor",
        "station", "music",
    ];
    let mut state = i as u64 * 2_654_435_761 + 12345;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let words: Vec<String> =
        (0..18 + next() % 20).map(|_| format!("{}{}", WORDS[next() % WORDS.len()], next() % 30)).collect();
    format!("The {}.", words.join(" "))
}

/// One piece of a page: paragraphs from a small pool (so that they repeat), near copies, furniture, damage.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..12usize).prop_map(paragraph),
        2 => (0..12usize, any::<Index>()).prop_map(|(i, at)| {
            let text = paragraph(i);
            let words: Vec<&str> = text.split(' ').collect();
            let at = at.index(words.len());
            words.iter().enumerate().map(|(n, w)| if n == at { "changed" } else { *w }).collect::<Vec<_>>().join(" ")
        }),
        3 => select(vec![
            "Subscribe to our newsletter", "Advertisement", "Read more", "Share on Facebook", "© 2021 All rights reserved",
            "Leave a comment", "By Ann Example", "4 November 2021", "Most popular", "# A heading of four words", "- item one", "***",
        ]).prop_map(str::to_owned),
        2 => select(vec![
            "It cost over \\$2 trillion and led to \\& beyond.", "The cafÃ© at the corner isnâ€™t open on Mondays, the owner said.",
            "Red \u{1b}[31malert\u{1b}[0m and a\u{0}zero.", "A sentence that breaks off in the middle of what it has to say, there\n\nis every reason to go on with it.",
            "infor-\nmation and information", "日本語の文章です。とても短い。", "\u{FEFF}marked", " \t spaced out  ",
        ]).prop_map(str::to_owned),
    ]
}

/// One of a family of documents in which each is like the next, and none like the one after that; some have a
/// paragraph of the pool at their end.
fn relative(generation: usize, more: Option<usize>) -> String {
    let text = [100, 101, 102, 103, 104, 105].map(paragraph).join("\n\n");
    let changes = 3 * generation;
    let changed = |(n, word): (usize, &str)| {
        if n % 10 == 5 && n / 10 < changes { format!("other{n}") } else { word.to_owned() }
    };
    let own = text.split(' ').enumerate().map(changed).collect::<Vec<_>>().join(" ");
    own + &more.map_or_else(String::new, |i| format!("\n\n{}", paragraph(i)))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => page(), 1 => (0..4usize, prop::option::of(0..12usize)).prop_map(|(n, more)| relative(n, more))]
}

fn page() -> impl Strategy<Value = String> {
    let gap = select(vec!["\n\n", "\n", "\r\n\r\n", "\n\n\n", "\r"]);
    (prop::collection::vec((piece(), gap), 0..10), any::<bool>()).prop_map(|(pieces, open)| {
        let mut out: String = pieces.iter().map(|(p, g)| format!("{p}{g}")).collect();
        if open {
            out.truncate(out.trim_end().len());
        }
        out
    })
}

/// Files by name: text files in several encodings, and one file of records.
#[derive(Clone)]
struct Corpus(Vec<(String, Vec<u8>)>);

impl std::fmt::Debug for Corpus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, bytes)| (name, String::from_utf8_lossy(bytes)))).finish()
    }
}

fn corpus() -> impl Strategy<Value = Corpus> {
    let file = (text(), 0..4u8).prop_map(|(text, how)| match how {
        0 => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        1 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        _ => text.into_bytes(),
    });
    let record = (text(), 0..4u8).prop_map(|(text, how)| {
        let literal = serde_json::to_string(&text).unwrap();
        match how {
            0 => "{broken".to_owned(),
            1 => format!("{{\"n\": 1.0, \"text\": {}}}", literal.replace('é', "\\u00e9").replace("/", "\\/")),
            _ => format!("{{\"id\":\"r{}\",\"text\":{literal}, \"k\":[1,2]}}", text.len()),
        }
    });
    (prop::collection::vec(file, 1..5), prop::collection::vec(record, 0..6)).prop_map(|(files, records)| {
        let mut out: Vec<(String, Vec<u8>)> =
            files.into_iter().enumerate().map(|(i, bytes)| (format!("sub{}/f{i}.txt", i % 2), bytes)).collect();
        if !records.is_empty() {
            out.push(("r.jsonl".into(), records.join("\n").into_bytes()));
        }
        Corpus(out)
    })
}

/// Whether repeated spans are looked for, and how long they are.
fn spans() -> impl Strategy<Value = Option<SpanLength>> {
    select(vec![
        None,
        Some(SpanLength::Bytes(20)),
        Some(SpanLength::Bytes(64)),
        Some(SpanLength::Words(4)),
        Some(SpanLength::Words(9)),
    ])
}

// ---- running -------------------------------------------------------------------------------------------------------

struct World {
    dir: tempfile::TempDir,
}

impl World {
    fn new(corpus: &Corpus) -> Self {
        let dir = tempfile::tempdir().unwrap();
        corpus.0.iter().for_each(|(name, bytes)| write(&dir.path().join("in").join(name), bytes));
        Self { dir }
    }

    fn input(&self) -> PathBuf {
        self.dir.path().join("in")
    }

    /// Runs into folder `out`, and returns every file of the report by name.
    fn run(&self, out: &str, change: impl FnOnce(&mut Options)) -> BTreeMap<String, Vec<u8>> {
        let mut options =
            Options { out: self.dir.path().join(out), stable: true, threads: 2, ..Options::new(vec![self.input()]) };
        change(&mut options);
        pipeline::run(&options).unwrap();
        files(&options.out)
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    all.map(|e| (e.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned(), fs::read(e.path()).unwrap()))
        .collect()
}

fn report(files: &BTreeMap<String, Vec<u8>>) -> Report {
    serde_json::from_slice(&files["report.json"]).unwrap()
}

/// The texts as read, by path and place, decoded by means of this test's own.
fn originals(corpus: &Corpus) -> BTreeMap<(String, u64), String> {
    let mut out = BTreeMap::new();
    for (name, bytes) in &corpus.0 {
        if name.ends_with(".jsonl") {
            let mut place = 0;
            for line in bytes.split_inclusive(|b| *b == b'\n') {
                if let Ok(value) = serde_json::from_slice::<serde_json::Value>(line) {
                    out.insert((name.clone(), place), value["text"].as_str().unwrap().to_owned());
                }
                place += line.len() as u64;
            }
        } else if let Some(units) = bytes.strip_prefix(b"\xFF\xFE") {
            let units: Vec<u16> = units.chunks(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
            out.insert((name.clone(), 0), String::from_utf16(&units).unwrap());
        } else {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            out.insert((name.clone(), 0), String::from_utf8(text.to_vec()).unwrap());
        }
    }
    out
}

/// The text that the report's edits make of the original, by means of this test's own.
fn edited(text: &str, entry: &DocumentEntry) -> String {
    let mut out = text.to_owned();
    for edit in entry.edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.put);
    }
    out
}

/// The cleaned text of each document that stays.
fn cleaned(files: &BTreeMap<String, Vec<u8>>, report: &Report) -> BTreeMap<(String, u64), String> {
    let mut out = BTreeMap::new();
    let mut lines: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entry in report.documents.iter().filter(|d| d.fate == Fate::Keep) {
        let bytes = &files[&format!("cleaned/{}", entry.path)];
        let text = if entry.path.ends_with(".jsonl") {
            let rest = lines.entry(&entry.path).or_insert_with(|| {
                let texts = bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty());
                texts
                    .map(|l| {
                        serde_json::from_slice::<serde_json::Value>(l).unwrap()["text"].as_str().unwrap().to_owned()
                    })
                    .collect()
            });
            rest.remove(0)
        } else {
            String::from_utf8(bytes.clone()).unwrap()
        };
        out.insert((entry.path.clone(), entry.place), text);
    }
    out
}

fn written() -> impl Strategy<Value = Option<Compression>> {
    select(vec![None, Some(Compression::None), Some(Compression::Gz), Some(Compression::Zst)])
}

fn cut_bytes(entry: &DocumentEntry, all: usize) -> BTreeSet<usize> {
    let everything = Span::new(0, if entry.fate == Fate::Drop { all } else { 0 });
    let cuts = entry.findings.iter().filter(|f| f.done && f.action == Action::Cut).map(|f| f.span);
    cuts.chain([everything]).flat_map(|s| s.range()).collect()
}

/// Whether documents within others are looked for, and from which share on.
fn contained() -> impl Strategy<Value = Option<Ratio>> {
    select(vec![None, Some(Ratio::new(9, 10)), Some(Ratio::new(6, 10))])
}

// ---- laws ----------------------------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Law 1: the same bytes out for any thread count, shard size, order of file creation and order of rules.
    #[test]
    fn order_free(mut corpus in corpus(), spans in spans(), shard in 1u64..300, threads in 1usize..5, turn in any::<Index>(), written in written(), contained in contained()) {
        // Records in an archive of many frames, which are cut wherever they happen to lie.
        if let Some((_, records)) = corpus.0.iter().find(|(name, _)| name == "r.jsonl").cloned() {
            let frames = records.chunks(97).flat_map(|part| zstd::bulk::compress(part, 0).unwrap()).collect();
            corpus.0.push(("p.jsonl.zst".into(), frames));
        }
        let common = |o: &mut Options| {
            o.repeated_span = spans;
            o.compress = written;
            o.frame_bytes = 60;
            o.contained = contained;
        };
        let first = World::new(&corpus).run("out", common);
        let mut shuffled = corpus.clone();
        shuffled.0.reverse();
        let second = World::new(&shuffled).run("out", |o| {
            common(o);
            o.shard_bytes = shard;
            o.threads = threads;
            o.rules.rotate_left(turn.index(RULES.len()));
        });
        prop_assert_eq!(first, second);
    }

    /// Laws 2 and 5: the output is the input with the plan's edits applied and nothing else; untouched stays identical.
    #[test]
    fn edits_only(corpus in corpus(), spans in spans()) {
        let files = World::new(&corpus).run("out", |o| o.repeated_span = spans);
        let report = report(&files);
        let (before, after) = (originals(&corpus), cleaned(&files, &report));
        for entry in report.documents.iter().filter(|d| d.fate == Fate::Keep) {
            let key = (entry.path.clone(), entry.place);
            prop_assert_eq!(&edited(&before[&key], entry), &after[&key]);
        }
        for (name, bytes) in corpus.0.iter().filter(|(name, b)| !name.ends_with(".jsonl") && std::str::from_utf8(b).is_ok_and(|t| !t.starts_with('\u{FEFF}'))) {
            let entry = report.documents.iter().find(|d| d.path == *name).unwrap();
            if entry.fate == Fate::Keep && entry.edits.is_empty() {
                prop_assert_eq!(&files[&format!("cleaned/{name}")], bytes);
            }
        }
    }

    /// Law 3: no cut without a finding, no finding without evidence. Law 4: edits are sorted and disjoint.
    #[test]
    fn every_edit_has_its_reason(corpus in corpus(), spans in spans()) {
        let files = World::new(&corpus).run("out", |o| o.repeated_span = spans);
        for entry in &report(&files).documents {
            prop_assert!(entry.findings.iter().all(|f| !f.evidence.is_empty()));
            prop_assert!(entry.fate == Fate::Keep || entry.findings.iter().any(|f| f.done && f.action == Action::Drop));
            prop_assert!(entry.edits.windows(2).all(|e| e[0].span.end <= e[1].span.start));
            let text = &originals(&corpus)[&(entry.path.clone(), entry.place)];
            for edit in &entry.edits {
                let behind: Vec<_> = edit.findings.iter().map(|&n| &entry.findings[n as usize]).collect();
                prop_assert!(!behind.is_empty() && behind.iter().all(|f| f.done));
                // Every visible character that goes lies in the span of one of the findings.
                for (at, c) in edit.span.of(text).char_indices().filter(|(_, c)| !c.is_whitespace()) {
                    let at = edit.span.start as usize + at;
                    prop_assert!(behind.iter().any(|f| f.span.range().contains(&at)), "{c:?} at {at} went without a reason");
                }
            }
        }
    }

    /// Law 6: a stricter setting never cuts more. (Not so for repeated spans: which copy is the first depends on what else goes.)
    #[test]
    fn monotone(corpus in corpus()) {
        let world = World::new(&corpus);
        let at = |level: Confidence, out: &str| report(&world.run(out, |o| o.policy.cut_from = level));
        let levels = [at(Confidence::Certain, "c"), at(Confidence::Likely, "l"), at(Confidence::Hint, "h")];
        let texts = originals(&corpus);
        for pair in levels.windows(2) {
            for (strict, loose) in pair[0].documents.iter().zip(&pair[1].documents) {
                let all = texts[&(strict.path.clone(), strict.place)].len();
                prop_assert!(cut_bytes(strict, all).is_subset(&cut_bytes(loose, all)), "{}", strict.id);
            }
        }
    }

    /// Law 7: a keeper is never itself a twin; the first copy of a repeated block stands in a document that stays.
    #[test]
    fn the_last_copy_stays(corpus in corpus(), contained in contained()) {
        let rules = ["twin-document", "contained-document", "repeated-block", "repeated-paragraph"];
        let files = World::new(&corpus).run("out", |o| {
            o.rules.retain(|r| rules.contains(&r.id));
            o.contained = contained;
        });
        let report = report(&files);
        let dropped: BTreeSet<&str> = report.documents.iter().filter(|d| d.fate == Fate::Drop).map(|d| d.id.as_str()).collect();
        let staying: BTreeSet<&str> = report.documents.iter().filter(|d| d.fate == Fate::Keep).map(|d| d.id.as_str()).collect();
        for finding in report.documents.iter().flat_map(|d| &d.findings) {
            for evidence in finding.evidence.iter() {
                if let Evidence::Twin { document, .. } | Evidence::Contained { document, .. } | Evidence::Copy { document, .. } = evidence {
                    prop_assert!(staying.contains(document.as_str()), "{document} is a witness and gone ({dropped:?})");
                }
                if let Evidence::Copy { document, span, .. } = evidence && finding.done {
                    let witness = report.documents.iter().find(|d| d.id == *document).unwrap();
                    let cut = cut_bytes(witness, 0);
                    prop_assert!(span.range().any(|at| !cut.contains(&at)), "{span:?} of {document} is a witness and cut");
                }
            }
        }
        // Whatever paragraph of the pool stands in a document that stays is still there, with nearly all its words. (What
        // a near twin has beyond its keeper goes with it.)
        let after: String = cleaned(&files, &report).into_values().collect::<Vec<_>>().join("\n");
        let mut before = originals(&corpus);
        before.retain(|(path, place), _| report.documents.iter().any(|d| d.fate == Fate::Keep && d.path == *path && d.place == *place));
        let before: String = before.into_values().collect::<Vec<_>>().join("\n");
        for paragraph in (0..12).map(paragraph).filter(|p| before.contains(p.as_str())) {
            let words: Vec<&str> = paragraph.split(' ').collect();
            let kept = words.windows(3).filter(|w| after.contains(&w.join(" "))).count();
            prop_assert!(kept * 10 >= (words.len() - 2) * 7, "{paragraph:?} is gone");
        }
    }

    /// Law 7 for spans: whatever goes stands, byte for byte, where the evidence says, and there it stays.
    #[test]
    fn the_first_copy_of_a_span_stays(corpus in corpus(), spans in spans()) {
        let files = World::new(&corpus).run("out", |o| {
            o.repeated_span = spans;
            o.rules.retain(|r| matches!(r.id, "twin-document" | "repeated-span"));
        });
        let report = report(&files);
        let texts = originals(&corpus);
        let text = |entry: &DocumentEntry| texts[&(entry.path.clone(), entry.place)].clone();
        for entry in &report.documents {
            for finding in entry.findings.iter().filter(|f| f.rule == "repeated-span") {
                let went = text(entry)[finding.span.range()].to_owned();
                let (mut found, mut of) = (0, 0);
                for evidence in finding.evidence.iter().filter(|e| !matches!(e, Evidence::Sharing { .. })) {
                    let Evidence::Copy { document, span, alike, .. } = evidence else { panic!("{evidence:?}") };
                    // Records may share an id: one of them is the witness.
                    // White space and marks may go with what is cut beside them.
                    let may_go = |byte: u8| byte.is_ascii_punctuation() || byte.is_ascii_whitespace();
                    let witness = report.documents.iter().find(|d| {
                        d.id == *document && d.fate == Fate::Keep && text(d).get(span.range()).is_some_and(|t| went.contains(t))
                            && span.range().all(|at| !cut_bytes(d, 0).contains(&at) || may_go(text(d).as_bytes()[at]))
                    });
                    prop_assert!(witness.is_some(), "{span:?} of {document} is no witness");
                    (found, of) = (found + alike.part, alike.of);
                }
                prop_assert!(found == of && of <= went.len() as u64);
            }
        }
    }

    /// Law 7, where hints are cut: a document that goes does so for one that stays, though documents hold each other.
    #[test]
    fn whom_others_go_for_stays(corpus in corpus(), contained in contained()) {
        let files = World::new(&corpus).run("out", |o| {
            o.contained = contained;
            o.policy.cut_from = Confidence::Hint;
        });
        let report = report(&files);
        let staying: BTreeSet<&str> = report.documents.iter().filter(|d| d.fate == Fate::Keep).map(|d| d.id.as_str()).collect();
        for (own, evidence) in report.documents.iter().flat_map(|d| d.findings.iter().flat_map(move |f| f.evidence.iter().map(move |e| (&d.id, e)))) {
            if let Evidence::Twin { document, .. } | Evidence::Contained { document, .. } | Evidence::Copy { document, .. } = evidence {
                // What repeats something of its own document goes with it.
                prop_assert!(document == own || staying.contains(document.as_str()), "{document} is a witness and gone");
            }
        }
    }

    /// Law 8: cleaned text and what was removed make the input, byte for byte.
    #[test]
    fn restores(corpus in corpus(), spans in spans(), written in written(), level in select(vec![Confidence::Certain, Confidence::Likely, Confidence::Hint])) {
        let world = World::new(&corpus);
        world.run("out", |o| { o.repeated_span = spans; o.policy.cut_from = level; o.shard_bytes = 50; o.compress = written; o.frame_bytes = 70; });
        let (out, back) = (world.dir.path().join("out"), world.dir.path().join("back"));
        let restored = restore(&out, &back).unwrap();
        // A file without a single record in it was left where it is, and restore says so.
        let mut inputs = files(&world.input());
        inputs.retain(|name, _| !restored.left_out.contains(name));
        prop_assert!(restored.left_out.iter().all(|name| name == "r.jsonl"));
        prop_assert_eq!(files(&back), inputs);
    }

    /// Law 9: run again, the same report; and what was cleaned once finds nothing that was certain again.
    #[test]
    fn runs_again(corpus in corpus(), spans in spans()) {
        let world = World::new(&corpus);
        let run = || world.run("out", |o| o.repeated_span = spans);
        prop_assert_eq!(run(), run());
    }
}
