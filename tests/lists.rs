//! `clusters.jsonl` and `pairs.jsonl`: which documents are alike, and what the report says of them.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use textclean::pipeline::{Options, run};
use textclean::report::Report;
use textclean::report::clusters::{Cluster, Pair};
use textclean::resolve::Keep;

const SAID: &str = "The council voted on Tuesday to close the old bridge over the river for two years, and the work will \
                    begin in the spring. Shop owners on both banks said that they had not been asked, and that a ferry \
                    would be too slow for their customers in winter.";

/// A document, an equal one, a near one that is longer, and one of its own.
fn world(folder: &Path) {
    fs::create_dir(folder).unwrap();
    for (name, text) in [
        ("a.txt", SAID.to_owned()),
        ("b.txt", SAID.to_uppercase()),
        ("c.txt", format!("{SAID} The vote was close.")),
        (
            "d.txt",
            "Readers had collected nine hundred signatures against the closing of the house by the river.".into(),
        ),
    ] {
        fs::write(folder.join(name), text + "\n").unwrap();
    }
}

/// The bytes of both lists and the report.
fn lists(inputs: &Path, out: &Path, threads: usize, keep: Keep) -> [Vec<u8>; 3] {
    let options = Options {
        out: out.to_owned(),
        stable: true,
        clusters: true,
        pairs: true,
        threads,
        keep,
        shard_bytes: 64,
        ..Options::new(vec![inputs.to_owned()])
    };
    run(&options).unwrap();
    ["clusters.jsonl", "pairs.jsonl", "report.json"].map(|name| fs::read(out.join(name)).unwrap())
}

fn lines<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Vec<T> {
    bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()).map(|l| serde_json::from_slice(l).unwrap()).collect()
}

#[test]
fn clusters_and_pairs_say_who_is_alike() {
    let dir = tempfile::tempdir().unwrap();
    let inputs = dir.path().join("in");
    world(&inputs);
    for (keep, stays, goes) in
        [(Keep::First, "a.txt", ["b.txt", "c.txt"]), (Keep::Longest, "c.txt", ["a.txt", "b.txt"])]
    {
        let [clusters, pairs, report] = lists(&inputs, &dir.path().join("one"), 1, keep.clone());
        let again = lists(&inputs, &dir.path().join("two"), 2, keep.clone());
        assert_eq!([&clusters, &pairs, &report], again.each_ref(), "{keep}: the threads do not matter");

        let clusters: Vec<Cluster> = lines(&clusters);
        let [cluster] = clusters.as_slice() else { panic!("{clusters:?}") };
        assert_eq!((cluster.stays.id.as_str(), cluster.size), (stays, 3), "{keep}");
        assert_eq!(cluster.goes.iter().map(|m| m.document.id.as_str()).collect::<Vec<_>>(), goes, "{keep}");
        for member in &cluster.goes {
            let near = keep == Keep::Longest || member.document.id == "c.txt";
            assert_eq!(member.exact, !near, "{}", member.document.id);
            assert_eq!(member.alike.part < member.alike.of, near, "{}", member.document.id);
        }

        let pairs: Vec<Pair> = lines(&pairs);
        let mut named: Vec<[&str; 2]> = pairs.iter().map(|pair| [pair.a.id.as_str(), pair.b.id.as_str()]).collect();
        named.iter_mut().for_each(|pair| pair.sort_unstable());
        named.sort_unstable();
        assert_eq!(named, [["a.txt", "b.txt"], ["a.txt", "c.txt"], ["b.txt", "c.txt"]], "{keep}");
        assert_eq!(pairs.iter().filter(|pair| pair.exact).count(), 1);
        // 49 words have 45 shingles; four words more have four more.
        let words = SAID.split_whitespace().count() as u64;
        for pair in pairs.iter().filter(|pair| !pair.exact) {
            assert_eq!((pair.alike.part, pair.alike.of), (words - 4, words), "{keep}");
        }

        let report: Report = serde_json::from_slice(&report).unwrap();
        assert_eq!(report.settings.keep, keep.to_string());
        for document in &report.documents {
            assert_eq!(document.twins, if document.id == stays { 2 } else { 0 }, "{}", document.id);
        }
    }
}

#[test]
fn lists_are_written_when_asked_for_only() {
    let dir = tempfile::tempdir().unwrap();
    let inputs = dir.path().join("in");
    world(&inputs);
    let out = dir.path().join("out");
    lists(&inputs, &out, 1, Keep::First);
    run(&Options { out: out.clone(), ..Options::new(vec![inputs]) }).unwrap();
    assert!(!out.join("clusters.jsonl").exists() && !out.join("pairs.jsonl").exists());
}
