//! Words that a hyphen tears apart at the end of a line or a page are put together as the whole run writes them.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A document in which a word is torn at a line end, and one in which another is at the end of a page.
const LINE: &str = "The town council voted on Tuesday to keep the old libra-\nry open until the new building on the hill is ready, and\nnobody spoke against it.";
const PAGE: &str = "The old harbour was built two hundred years ago by the same people who built the light-\n\nhouse and the mill, as the guide says.";
/// The same words whole, each often enough.
const WHOLE: [&str; 3] = [
    "A goat was found on the roof of the library on Monday, and the lighthouse was dark.",
    "The library opens at nine, and whoever keeps the lighthouse sleeps until ten.",
    "Nobody asked the lighthouse about the library.",
];
const KNOWN: &str = "He came late to the old reading room, which is a well-\nknown place for people who want to sleep in the daytime\nand to be left alone.";
const HYPHEN: [&str; 3] = [
    "The place is well-known, and so is its owner.",
    "A well-known song was sung at noon, and a wellknown one at night.",
    "She is well-known for her bread.",
];

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn run(dir: &Path, args: &[&str]) -> Value {
    let all = [&["in", "--quiet", "--stable", "--out", "out"], args].concat();
    let done = Command::new(env!("CARGO_BIN_EXE_clean")).args(&all).current_dir(dir).output().unwrap();
    assert!(done.status.success(), "{all:?}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&fs::read(dir.join("out/report.json")).unwrap()).unwrap()
}

/// Confidence and evidence of what a repair rule found in a document.
fn found(report: &Value, path: &str) -> Vec<(String, Value)> {
    let document = report["documents"].as_array().unwrap().iter().find(|d| d["path"] == path).unwrap();
    let repairs = document["findings"].as_array().unwrap().iter().filter(|f| f["category"] == "repair");
    repairs.map(|f| (f["confidence"].as_str().unwrap().to_owned(), f["evidence"].clone())).collect()
}

fn cleaned(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join("out/cleaned").join(name)).unwrap()
}

fn names(prefix: &str, texts: &[&'static str]) -> Vec<(String, &'static str)> {
    (0..).zip(texts).map(|(n, text)| (format!("{prefix}{n}.txt"), *text)).collect()
}

fn corpus(texts: &[(&'static str, &'static str)], others: &[(String, &'static str)]) -> TempDir {
    let others = others.iter().map(|(name, text)| (name.as_str(), *text));
    folder(&texts.iter().copied().chain(others).collect::<Vec<_>>())
}

#[test]
fn a_word_that_other_documents_have_whole_is_joined() {
    let dir = corpus(&[("line.txt", LINE), ("page.txt", PAGE)], &names("other", &WHOLE));
    let report = run(dir.path(), &[]);
    let [(sure, evidence)] = &found(&report, "line.txt")[..] else { panic!() };
    assert_eq!(sure, "likely");
    let times = json!({ "kind": "measure", "name": "times “library” stands in the run, against “libra-ry”", "value": 3, "limit": 0 });
    assert_eq!(evidence[1], times);
    assert_eq!(cleaned(dir.path(), "line.txt"), LINE.replace("-\nry", "ry"));
    assert_eq!(cleaned(dir.path(), "page.txt"), PAGE.replace("-\n\nhouse", "house"));
}

#[test]
fn a_word_that_other_documents_hyphenate_keeps_its_hyphen() {
    let dir = corpus(&[("known.txt", KNOWN)], &names("other", &HYPHEN));
    let report = run(dir.path(), &[]);
    let [(sure, evidence)] = &found(&report, "known.txt")[..] else { panic!() };
    assert_eq!((sure.as_str(), &evidence[1]["value"], &evidence[1]["limit"]), ("likely", &json!(3), &json!(0)));
    assert_eq!(cleaned(dir.path(), "known.txt"), KNOWN.replace("-\nknown", "-known"));
}

#[test]
fn what_stands_too_seldom_or_both_ways_is_a_hint() {
    for others in [&WHOLE[..2], &["The libra-ry closes.", WHOLE[0], WHOLE[1], WHOLE[2]], &[]] {
        let dir = corpus(&[("line.txt", LINE)], &names("other", others));
        let report = run(dir.path(), &[]);
        assert_eq!(found(&report, "line.txt").iter().map(|(sure, _)| sure.as_str()).collect::<Vec<_>>(), ["hint"]);
        assert_eq!(cleaned(dir.path(), "line.txt"), LINE);
    }
}

#[test]
fn addresses_and_names_in_programs_say_nothing_of_a_word() {
    let code =
        "See https://library.example/library and ask library.open(), theLibrary, library_id or library@example.com.";
    let dir = corpus(&[("line.txt", LINE)], &names("other", &[code, code, code]));
    assert_eq!(found(&run(dir.path(), &[]), "line.txt")[0].0, "hint");
}

#[test]
fn a_hyphen_that_stands_for_a_compound_stays() {
    let line = "Der Gemeinderat hat am Dienstag über die Vor-\nund Nachteile der alten Bücherei gesprochen, die am\nHang neu gebaut wird.";
    let page = "Der Gemeinderat hat am Dienstag lange über den Umbau und über die Vor-\n\nund Nachteile der alten Bücherei gesprochen.";
    let chance = "Das Wort vorund gibt es nicht, auch wenn vorund hier steht und vorund auch.";
    let torn = "The ferry is for ten-\nor twelve-foot boats that come in the summer from the\nother side of the lake.";
    let tenor = "The tenor sang, a second tenor slept, and the third tenor was late.";
    let dir = corpus(&[("line.txt", line), ("page.txt", page), ("torn.txt", torn)], &names("x", &[chance, tenor]));
    let report = run(dir.path(), &[]);
    assert!(found(&report, "line.txt").is_empty());
    assert_eq!(cleaned(dir.path(), "page.txt"), page.replace("-\n\nund", "- und"));
    assert_eq!(cleaned(dir.path(), "torn.txt"), torn);
}

#[test]
fn known_documents_tell_how_words_are_written() {
    let dir = corpus(&[("line.txt", LINE)], &[]);
    fs::create_dir(dir.path().join("known")).unwrap();
    (0..)
        .zip(WHOLE)
        .for_each(|(n, text): (u32, _)| fs::write(dir.path().join(format!("known/{n}.txt")), text).unwrap());
    assert_eq!(found(&run(dir.path(), &["--against", "known"]), "line.txt")[0].0, "likely");
}

#[test]
fn a_rule_alone_finds_the_same() {
    let dir = corpus(&[("line.txt", LINE), ("page.txt", PAGE)], &names("other", &WHOLE));
    let all = run(dir.path(), &[]);
    let alone = |path, rule| found(&run(dir.path(), &["--only", rule]), path);
    assert_eq!(alone("line.txt", "split-word"), found(&all, "line.txt"));
    assert_eq!(alone("page.txt", "broken-paragraph"), found(&all, "page.txt"));
}

/// Records in which words are torn, and others in which they stand whole: none of them in the same piece of the input.
fn records(file: &Path) {
    let words = ["library", "lighthouse", "harbour", "carpenter", "orchestra", "timetable", "passenger", "blacksmith"];
    let mut lines = String::new();
    for n in 0..1200 {
        let word = words[n % words.len()];
        let whole = format!("Nobody in number {n} has seen the {word}, and the {word} has not seen number {n} either.");
        let torn = format!(
            "The people of number {n} went down to the old {}-\n{} and came back at noon with a loaf of bread, and\n\
             nobody asked them where they had been.",
            &word[..3],
            &word[3..]
        );
        let text = if n % 5 == 0 { torn } else { whole };
        writeln!(lines, "{}", json!({ "id": n.to_string(), "text": text })).unwrap();
    }
    fs::write(file, lines).unwrap();
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = walk.filter(|e| e.file_type().is_file());
    files.map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(e.path()).unwrap())).collect()
}

fn command(input: &Path, out: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clean"));
    command.arg(input).args(["--quiet", "--stable", "--max-cut", "100%", "--out"]).arg(out).args(args);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn however_the_work_is_divided_and_stopped_the_bytes_are_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("in.jsonl");
    records(&input);
    let whole = dir.path().join("whole");
    assert!(command(&input, &whole, &["--threads", "1"]).status().unwrap().success());
    let expected = files(&whole);
    let report: Value = serde_json::from_slice(&fs::read(whole.join("report.json")).unwrap()).unwrap();
    assert_eq!(report["totals"]["rules"]["split-word"]["done"], 240, "{}", report["totals"]["rules"]);
    let out = dir.path().join("out");
    for args in [
        &["--threads", "2"][..],
        &["--threads", "8"],
        &["--threads", "3", "--shard-bytes", "5000"],
        &["--threads", "1", "--memory", "97M"],
    ] {
        assert!(command(&input, &out, args).status().unwrap().success(), "{args:?}");
        assert!(files(&out) == expected, "{args:?}");
        fs::remove_dir_all(&out).unwrap();
    }
    let args = ["--threads", "1", "--shard-bytes", "5000"];
    for wait in (2..=40).step_by(4) {
        let mut killed = command(&input, &out, &args).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        killed.kill().unwrap();
        killed.wait().unwrap();
        assert!(command(&input, &out, &[&args[..], &["--resume"]].concat()).status().unwrap().success());
        assert!(files(&out) == expected, "killed after {wait} ms");
        fs::remove_dir_all(&out).unwrap();
    }
}
