//! `clean train`: from labels to weights that `--judge` takes, the same bytes for any number of threads.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn clean(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clean")).args(args).output().unwrap()
}

const NAMES: [&str; 6] = ["Sections", "Weather", "Obituaries", "Crossword", "Newsletters", "Real estate"];

/// A page of a site: a menu, an article of some sentences, teasers.
fn page(n: usize) -> (String, String) {
    let menu = |from: usize| (0..5).map(move |i| NAMES[(n + from + i) % NAMES.len()].to_owned());
    let sentence = |i: usize| {
        format!(
            "On day {i} the council of town {n} said that road {} would stay closed until the spring, if not longer.",
            n * i + 7
        )
    };
    let mut lines: Vec<(String, &str)> = menu(0).map(|name| (name, "drop")).collect();
    lines.extend((1..6).map(|i| (sentence(i), "keep")));
    lines.extend(menu(3).map(|name| (name, "drop")));
    let text = lines.iter().map(|(line, _)| line.as_str()).collect::<Vec<_>>().join("\n\n");
    let labels: Vec<_> =
        lines.iter().enumerate().map(|(i, (_, label))| serde_json::json!({ "ln": 2 * i, "label": label })).collect();
    let record =
        serde_json::json!({ "id": n, "domain": format!("site{}.example", n / 2), "text": text, "lines": labels });
    let record = record.to_string().replace(&format!("\"id\":{n}"), &format!("\"id\":\"{n}\""));
    (record, text)
}

fn labels(file: &Path) {
    fs::write(file, (0..24).map(|n| page(n).0 + "\n").collect::<String>()).unwrap();
}

#[test]
fn weights_do_not_depend_on_threads_and_judge() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    labels(Path::new(&path("labels.jsonl")));
    for threads in ["1", "2", "5"] {
        let to = path(threads);
        let run = clean(&["train", &path("labels.jsonl"), "--trees", "30", "--threads", threads, "--to", &to]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(fs::read(&to).unwrap(), fs::read(path("1")).unwrap(), "{threads} threads");
    }
    // What was there stays.
    let again = clean(&["train", &path("labels.jsonl"), "--trees", "1", "--to", &path("1")]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(fs::read(path("1")).unwrap(), fs::read(path("2")).unwrap());
    // A page of a site that nobody labelled loses its menus and nothing of its article.
    let (_, text) = page(1000);
    fs::write(path("page.txt"), format!("Sign up for our newsletter\n\n{text}\n")).unwrap();
    let run = |judge: &str, loss: &str, out: &str| {
        let run = clean(&[&path("page.txt"), "--judge", judge, "--max-loss", loss, "--out", &path(out), "--quiet"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        fs::read_to_string(dir.path().join(out).join("cleaned/page.txt")).unwrap()
    };
    let cleaned = run(&path("1"), "3%", "out");
    assert_eq!(cleaned.matches("the council of town").count(), 5, "{cleaned}");
    assert!(NAMES.iter().all(|name| !cleaned.contains(name)), "{cleaned}");
    assert!(run(&path("1"), "0", "none").contains(NAMES[0]), "nothing is certain about a menu");
}

#[test]
fn what_is_no_label_and_what_is_no_weights_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let said = |args: &[&str]| {
        let run = clean(args);
        assert_eq!(run.status.code(), Some(2));
        String::from_utf8(run.stderr).unwrap()
    };
    let bad = file("bad.jsonl", "{\"text\":\"a\",\"lines\":[]}\n{\"text\":\"b\"}\n");
    assert!(said(&["train", &bad]).contains("bad.jsonl:2 is no labelled page"));
    let empty = file("empty.jsonl", "{\"text\":\"a\",\"lines\":[]}\n");
    assert!(said(&["train", &empty]).contains("need lines to keep and lines to drop"));
    let text = file("a.txt", "A text.\n");
    let deep =
        "{\"version\":1,\"base\":0,\"switch\":0,\"calibration\":[],\"words\":[],\"trees\":[[[[\"width\",9,1]],[1,2]]]}";
    for weights in ["no json", "{}", deep, &deep.replace("width", "colour")] {
        let weights = file("w.json", weights);
        assert!(said(&[&text, "--judge", &weights]).contains("w.json holds no weights"), "{weights}");
    }
}
