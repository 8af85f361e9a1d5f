//! `clean audit`: what is planted is counted, what is counted was planted, and chance has no part in it.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use textclean::audit::model::{Audit, Row};
use textclean::audit::table::table;
use textclean::audit::{Ask, KINDS, audit};
use textclean::judge;
use textclean::pipeline::Options;
use textclean::text::words::folded;
use textclean::types::Ratio;

/// Documents of five paragraphs that have little in common, one a twin, one too short.
fn world(folder: &Path) {
    let nouns = "bridge council river ferry owner garden railway teacher harbour village painter machine market winter \
                 station doctor theatre mountain lantern captain orchard printer kitchen tunnel library bakery meadow \
                 furnace surgeon minister";
    let verbs = "closed opened painted measured carried defended borrowed repaired described answered collected moved";
    let nouns: Vec<&str> = nouns.split_whitespace().collect();
    let verbs: Vec<&str> = verbs.split_whitespace().collect();
    let mut state = 7u64;
    let mut draw = |list: &[&'static str]| -> String {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list[(state >> 33) as usize % list.len()].into()
    };
    let nouns: Vec<&'static str> = nouns.into_iter().map(|w| &*w.to_owned().leak()).collect();
    let verbs: Vec<&'static str> = verbs.into_iter().map(|w| &*w.to_owned().leak()).collect();
    fs::create_dir_all(folder).unwrap();
    let mut last = String::new();
    for number in 0..102 {
        let mut clause = |first: &str| {
            format!("{first} {} {} the {} of the {}", draw(&nouns), draw(&verbs), draw(&nouns), draw(&nouns))
        };
        let paragraph = |_| {
            let clauses = [clause("The"), clause("and a"), clause("while the"), clause("before one")];
            format!("{}, with the {} that was in it.", clauses.join(" "), clause("old"))
        };
        let text = match number {
            40 => last.clone(),
            50 => "Nothing here.".into(),
            _ => (0..5).map(paragraph).collect::<Vec<_>>().join("\n\n"),
        };
        fs::write(folder.join(format!("{number:03}.txt")), &text).unwrap();
        last = text;
    }
}

fn options(folder: &Path) -> Options {
    Options::new(vec![folder.to_owned()])
}

fn run(options: &Options, seed: u64) -> Audit {
    audit(options, Ask { documents: 1000, seed }).unwrap().0
}

/// Each kind has a row with pieces in it: a kind that is listed and not counted, or counted and not shown, fails here.
#[test]
fn every_kind_is_planted_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    world(&folder);
    let audit = run(&options(&folder), 1);
    let d = &audit.documents;
    assert_eq!((d.records, d.drawn, d.planted, d.short, d.dropped, d.rounds), (102, 102, 100, 1, 1, 1));
    let rows: Vec<&str> = audit.kinds.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(rows, KINDS.iter().map(|kind| kind.id).collect::<Vec<_>>());
    let shown = table(&audit);
    for row in &audit.kinds {
        let Row { kind, recall, words, clean, places, .. } = row;
        // The first document has none before it of which it could hold a copy.
        let wanted = d.rounds * (d.planted - u64::from(kind == "repeated-paragraph"));
        assert_eq!(recall.of, wanted, "{kind}");
        assert!(recall.part <= recall.of && words.part <= words.of && clean.part <= clean.of, "{kind}");
        assert_eq!(words.of == 0, kind.ends_with("-break"), "{kind}");
        assert!(clean.of > 0 && shown.contains(kind.as_str()), "{kind}");
        assert!(places.is_empty() || places.values().map(|share| share.of).sum::<u64>() == recall.of, "{kind}");
        assert_eq!(recall.of > recall.part, !row.missed.is_empty(), "{kind}");
        assert_eq!(recall.part > 0, !row.rules.is_empty(), "{kind}");
        if ["repeated-block", "repeated-paragraph", "near-document", "page-break"].contains(&kind.as_str()) {
            assert!(recall.reaches(Ratio::new(9, 10)), "{kind}: {recall}");
        }
    }
}

/// With a rule that has nothing to do with what is planted, nothing is found and nothing touched.
#[test]
fn what_is_not_cut_is_not_counted_as_found() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    world(&folder);
    let rules = vec![judge::rule("mojibake").unwrap()];
    let audit = run(&Options { rules, only_some: true, ..options(&folder) }, 1);
    assert_eq!(audit.plain.part, 0);
    for row in &audit.kinds {
        assert_eq!((row.recall.part, row.words.part, row.clean.part), (0, 0, 0), "{}", row.kind);
        assert!(row.recall.of > 0 && row.rules.is_empty(), "{}", row.kind);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    world(&folder);
    let options = options(&folder);
    let json = |options: &Options, seed| {
        serde_json::to_string(&audit(options, Ask { documents: 101, seed }).unwrap().0).unwrap()
    };
    let one = json(&Options { threads: 1, ..options.clone() }, 1);
    assert_eq!(one, json(&Options { threads: 3, shard_bytes: 20_000, ..options.clone() }, 1));
    assert_ne!(one, json(&options, 2));
}

/// The wordings measure something only if they are not those that the phrase lists were made of.
#[test]
fn no_wording_is_one_of_the_phrase_lists() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(src.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| fs::read_to_string(path).unwrap()).collect()
    };
    let phrases: BTreeSet<String> = read("judge/phrases")
        .iter()
        .flat_map(|list| list.lines())
        .filter_map(|line| Some(line.split_once(' ')?).filter(|(weight, _)| weight.parse::<u32>().is_ok()))
        .map(|(_, phrase)| folded(phrase.split("//").next().unwrap(), true))
        .collect();
    assert!(phrases.len() > 5000, "{}", phrases.len());
    let (mut lines, mut same) = (0, Vec::new());
    for language in read("audit/wordings") {
        let lists: BTreeMap<String, Vec<String>> = toml::from_str(&language).unwrap();
        for line in
            lists.iter().filter(|(name, _)| *name != "common").flat_map(|(_, list)| list).flat_map(|l| l.lines())
        {
            lines += 1;
            if line.is_empty() {
                continue;
            }
            if !line.contains('{') && phrases.contains(&folded(line, true)) {
                same.push(format!("{line}: a whole phrase"));
            }
            // What stands between names that stand for something else.
            for piece in line.split(['{', '}']).step_by(2).map(|piece| folded(piece, true)) {
                let words: Vec<&str> = piece.split(' ').collect();
                let long = (5..=words.len()).flat_map(|n| words.windows(n)).map(|run| run.join(" "));
                same.extend(long.filter(|run| phrases.contains(run)).map(|run| format!("{line}: {run}")));
            }
        }
    }
    assert!(lines > 400, "{lines}");
    assert!(same.is_empty(), "{}", same.join("\n"));
}
