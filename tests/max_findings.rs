//! `clean --max-findings`: reports list so many findings, those that matter most, and say what they leave out; all else is as it
//! would be without.
#![allow(clippy::pedantic, clippy::unwrap_used)]

mod command;

use std::fs;
use std::path::Path;

use command::{clean, complaint, shown};
use serde_json::{Value, json};

/// Pages with appeals, copies, twins, repairs, and hints that are left alone.
fn corpus() -> String {
    let places = ["harbour", "market", "library", "old mill", "town hall", "station"];
    let mut out = String::new();
    for n in 0..60usize {
        let place = places[n % places.len()];
        let mut text = format!(
            "The {place} is being mended, said the council on day {n}, and it will take until spring number {n} to do so.\n\n\
             People who live near the {place} had asked for that {n} times, and some of them came to see how it began.\n\n"
        );
        text +=
            ["Subscribe to our newsletter and never miss a story!\n\n", "", "Caf\u{c3}\u{a9} number one\n\n"][n % 3];
        text += ["Share this article on Facebook\n\n", "R&amp;D is done here as well.\n\n"][n % 2];
        text += "We use cookies to give you the best experience on our website. Accept all cookies\n";
        let number = if n % 10 == 9 { n - 1 } else { n };
        let text = if number == n { text } else { format!("The same words {number}.\n") };
        out += &json!({"id": format!("d{n:02}"), "url": format!("https://e{}.example.org/{n}", n % 4), "text": text})
            .to_string();
        out.push('\n');
    }
    out
}

fn report(folder: &Path, out: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join(out).join("report.json")).unwrap()).unwrap()
}

fn documents(report: &Value) -> &Vec<Value> {
    report["documents"].as_array().unwrap()
}

fn rank(finding: &Value) -> u8 {
    match (finding["done"].as_bool().unwrap(), finding["category"].as_str().unwrap()) {
        (false, _) => 2,
        (true, "repair" | "note") => 1,
        (true, _) => 0,
    }
}

#[test]
fn reports_list_what_matters_most_and_say_what_they_leave_out() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path();
    fs::write(here.join("in.jsonl"), corpus()).unwrap();
    let run = |out: &str, more: &[&str]| {
        let args = [&["in.jsonl", "--stable", "--max-cut", "100%", "--report", "jsonl,markdown", "--out", out], more];
        let output = clean(here, &args.concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(run("all", &[]), "");
    let all = report(here, "all");
    let findings = |report: &Value| -> Vec<(String, Value)> {
        let of = |d: &Value| {
            let id = d["id"].as_str().unwrap().to_owned();
            d["findings"].as_array().unwrap().iter().map(|f| (id.clone(), f.clone())).collect::<Vec<_>>()
        };
        documents(report).iter().flat_map(of).collect()
    };
    let every = findings(&all);
    let number = |wanted: u8| every.iter().filter(|(_, f)| rank(f) == wanted).count();
    let [cuts, repairs, rest] = [0, 1, 2].map(number);
    assert!(cuts > 40 && repairs > 10 && rest > 0, "{cuts} {repairs} {rest}");
    let schema: Value = serde_json::from_str(&shown(here, &["schema"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for most in [0, 7, cuts + 5, cuts + repairs + 1] {
        let out = format!("most-{most}");
        let said = run(&out, &["--max-findings", &most.to_string()]);
        assert!(said.contains(&format!("note: The report lists {most} of {} findings", every.len())), "{said}");
        let some = report(here, &out);
        assert!(validator.is_valid(&some));
        assert_eq!((&some["totals"], &some["more_findings"]), (&all["totals"], &json!(every.len() - most)));
        // Those that matter most, in reading order.
        let mut wanted: Vec<(u8, usize)> = every.iter().enumerate().map(|(n, (_, f))| (rank(f), n)).collect();
        wanted.sort_unstable();
        wanted.truncate(most);
        wanted.sort_unstable_by_key(|(_, n)| *n);
        let wanted: Vec<_> = wanted.into_iter().map(|(_, n)| every[n].clone()).collect();
        assert_eq!(findings(&some), wanted);
        for (one, other) in documents(&some).iter().zip(documents(&all)) {
            let count = |d: &Value, list: &str| d[list].as_array().unwrap().len() as u64;
            for list in ["findings", "edits"] {
                assert_eq!(count(one, list) + one["more"][list].as_u64().unwrap_or(0), count(other, list));
            }
            let done =
                |d: &Value| d["findings"].as_array().unwrap().iter().filter(|f| f["done"] == true).count() as u64;
            assert_eq!(done(one) + one["more"]["done"].as_u64().unwrap_or(0), done(other));
            for name in ["id", "path", "place", "host", "bytes", "words", "lines", "fate", "twins"] {
                assert_eq!(one[name], other[name]);
            }
            for edit in one["edits"].as_array().unwrap() {
                let by = edit["findings"].as_array().unwrap();
                assert!(!by.is_empty() && by.iter().all(|n| n.as_u64().unwrap() < count(one, "findings")));
            }
        }
        for name in ["cleaned/in.jsonl", "removed.jsonl"] {
            let of = |out: &str| fs::read(here.join(out).join(name)).unwrap();
            assert!(of(&out) == of("all"), "{name}");
        }
        let lines = fs::read_to_string(here.join(&out).join("report.jsonl")).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&lines, documents(&some));
        let summary = fs::read_to_string(here.join(&out).join("report.md")).unwrap();
        assert!(summary.contains(&format!("lists {most} of")));
        assert_eq!(shown(here, &["report", &out, "--format", "markdown"]), summary);
        shown(here, &["restore", &out, "--out", &format!("back-{most}")]);
        assert_eq!(fs::read_to_string(here.join(format!("back-{most}/in.jsonl"))).unwrap(), corpus());
        // The same bytes, whoever does the work.
        let small = format!("small-{most}");
        run(&small, &["--max-findings", &most.to_string(), "--shard-bytes", "2000", "--threads", "3"]);
        assert_eq!(report(here, &small), some);
    }
    // Where there is room for all, nothing is said, and the report is what it is without.
    assert_eq!(run("room", &["--max-findings", "100000"]), "");
    assert!(fs::read(here.join("room/report.json")).unwrap() == fs::read(here.join("all/report.json")).unwrap());
}

#[test]
fn what_is_asked_of_such_a_report_is_answered_or_refused() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path();
    fs::write(here.join("in.jsonl"), corpus()).unwrap();
    for (out, more) in [("all", &[][..]), ("some", &["--max-findings", "9"])] {
        shown(here, &[&["in.jsonl", "--quiet", "--max-cut", "100%", "--out", out], more].concat());
    }
    let listing = |out: &str, by: &str| shown(here, &["report", out, "--by", by, "--format", "json", "--top", "500"]);
    for by in ["document", "host"] {
        assert_eq!(listing("some", by), listing("all", by), "{by}");
    }
    let rules = clean(here, &["report", "some", "--by", "rule"]);
    let said = String::from_utf8(rules.stderr).unwrap();
    assert!(said.contains("lists 9 of") && said.contains("all other numbers are whole"), "{said}");
    let said = complaint(here, &["report", "some", "--cut-from", "certain", "--alike", "0.9"]);
    assert!(said.contains("not answered: --cut-from --alike: the report does not list all findings"), "{said}");
    let answer = clean(here, &["report", "some", "--max-loss", "0", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!((answer["beyond"].as_array().unwrap().len(), &answer["run"]), (1, &answer["what_if"]));
    assert!(complaint(here, &["report", "some", "--to", "page.html"]).contains("run again with --report html"));
    assert!(!here.join("page.html").exists());
    let last = shown(here, &["explain", "some", "d58"]);
    assert!(last.contains("not listed (--max-findings)"), "{last}");
    assert!(shown(here, &["explain", "some", "d58:1"]).starts_with("d58:1: not known"));
}

#[test]
fn each_command_has_its_own_number_in_clean_toml() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path();
    fs::write(here.join("in.jsonl"), corpus()).unwrap();
    let limits = "[limits]\nduplicate = '100%'\nboilerplate = '100%'\ntwins = '100%'\n";
    let config =
        format!("{limits}[run]\nmax-findings = 6\nmax-cut = '100%'\n[check]\nmax-findings = 3\nformat = 'json'\n");
    fs::write(here.join("clean.toml"), config).unwrap();
    let listed = || -> usize {
        let checked: Value = serde_json::from_str(&shown(here, &["check", "in.jsonl"])).unwrap();
        checked["findings"].as_array().unwrap().len()
    };
    shown(here, &["in.jsonl", "--quiet"]);
    let sum = |report: &Value| documents(report).iter().map(|d| d["findings"].as_array().unwrap().len()).sum::<usize>();
    assert_eq!((sum(&report(here, "reports")), listed()), (6, 3));
    // That of a run says nothing to check, which has another one for each format.
    fs::write(here.join("clean.toml"), format!("{limits}[run]\nmax-findings = 1\n[check]\nformat = 'json'\n")).unwrap();
    assert!(listed() > 6);
}
