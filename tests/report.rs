//! `clean report`, and the reports of a run beside `report.json`: they say the same, they are what their schemas say, and
//! what-if answers are those of a fresh run.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::print_stderr)]

mod command;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use command::{clean, complaint, shown};
use serde_json::{Value, json};

fn value(path: PathBuf) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Pages of a few sites, with all that is found in such: menus, appeals, copies within and across, damaged text, repairs in
/// the same words and next to what is cut.
fn pages() -> String {
    let names = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs")).unwrap();
    let mut names: Vec<PathBuf> = names.map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let texts: Vec<String> = names.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let dirt = [
        "Share this article on Facebook",
        "Read more: the other story of the day",
        "Caf&eacute;&egrave;s and R&amp;D&amp;more in one word",
        "Subscribe to our newsletter and never miss a story!",
        "Related articles\n\nThe bridge that nobody wanted\n\nTen things about bread\n\nHome | News | Sport | Contact",
        "This sentence was bro-\nken at the end of a line, and R&amp;D&amp;\nagain at another one, as it seems.",
        "We use cookies to give you the best experience. Accept all cookies",
        "\u{a9} 2024 Example Media. All rights reserved.",
    ];
    let mut out = String::new();
    for n in 0..48usize {
        let lines: Vec<&str> = texts[n % texts.len()].lines().collect();
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate().filter(|(at, _)| (at + n) % (3 + n % 9) != 0) {
            text.push_str(line);
            text.push('\n');
            if (at + n) % 7 == 3 {
                text.push_str(&format!("\n{}\n\n", dirt[(at + 3 * n) % dirt.len()]));
            }
            if (at * n) % 23 == 5 {
                text.push_str(&format!("\n{line}\n"));
            }
        }
        // Every tenth is said twice, in other words by a little.
        text.push_str(&format!("\nNumber {} of all.\n", if n % 10 == 9 { n - 5 } else { n }));
        let url = format!("https://www.site{}.example/{n}", n % 4);
        out.push_str(&format!("{}\n", json!({ "id": format!("page-{n}"), "url": url, "text": text })));
    }
    out
}

/// A folder with these pages, and a run over them in `r`.
fn world(args: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("in")).unwrap();
    fs::write(dir.path().join("in/pages.jsonl"), pages()).unwrap();
    run(dir.path(), "r", args);
    dir
}

fn run(folder: &Path, out: &str, args: &[&str]) {
    let fixed = ["in", "--quiet", "--stable", "--max-cut", "100%", "--out", out];
    shown(folder, &[&fixed[..], args].concat());
}

/// What is wrong with a value by one of our schemas.
fn faults(folder: &Path, schema: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&shown(folder, &["schema", schema])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn tables_are_coloured_for_people_only() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("in.jsonl"), pages()).unwrap();
    shown(dir.path(), &["in.jsonl", "--quiet", "--max-cut", "100%"]);
    let asks: [&[&str]; 4] = [&[], &["--by", "rule"], &["--by", "host", "--top", "1"], &["--cut-from", "hint"]];
    for ask in asks {
        let with = |more: &[&str]| shown(dir.path(), &[&["report"], ask, more].concat());
        let plain = with(&[]);
        let coloured = with(&["--color", "always"]);
        assert!(!plain.contains('\u{1b}') && plain == with(&["--color", "never"]), "{ask:?}");
        // Headings are bold, and what did nothing is faint.
        assert!(coloured.starts_with("\u{1b}[1m"), "{coloured:?}");
        let mut bare = coloured.clone();
        for style in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m", "\u{1b}[32m"] {
            bare = bare.replace(style, "");
        }
        assert_eq!(bare, plain, "{ask:?}");
    }
    let rules = shown(dir.path(), &["report", "--by", "rule", "--color", "always"]);
    let faint: Vec<bool> = rules.lines().skip(1).map(|line| line.starts_with("\u{1b}[2m")).collect();
    assert!(faint.contains(&true) && faint.contains(&false), "{rules}");
    for format in ["json", "jsonl", "markdown"] {
        assert!(!shown(dir.path(), &["report", "--format", format, "--color", "always"]).contains('\u{1b}'));
    }
}

#[test]
fn what_if_answers_are_those_of_a_fresh_run() {
    let dir = world(&[]);
    let dir = dir.path();
    let settings: &[&[&str]] = &[
        &["--max-loss", "1%"],
        &["--max-loss", "1.9%"],
        &["--max-loss", "0.2%"],
        &["--max-loss", "0"],
        &["--cut-from", "hint"],
        &["--cut-from", "certain"],
        &["--allow", "twin-document"],
        &["--allow", "related-links", "--allow", "stray-escape", "--allow", "repeated-block"],
        &["--only", "twin-document"],
        &["--only", "stray-escape", "--only", "read-more", "--only", "broken-paragraph"],
        &[
            "--only",
            "twin-document",
            "--only",
            "page-furniture",
            "--only",
            "template-line",
            "--only",
            "repeated-paragraph",
            "--only",
            "shared-passage",
        ],
        &["--only", "twin-document", "--only", "site-template", "--only", "page-furniture"],
        &["--max-loss", "1.5%", "--cut-from", "hint", "--allow", "broken-paragraph"],
    ];
    let run_itself = &value(dir.join("r/report.json"))["totals"];
    let mut different = 0;
    for args in settings {
        let answer: Value =
            serde_json::from_str(&shown(dir, &[&["report", "r", "--format", "json"], *args].concat())).unwrap();
        assert_eq!(faults(dir, "what-if", &answer), Vec::<String>::new());
        run(dir, "fresh", args);
        let fresh = value(dir.join("fresh/report.json"));
        assert_eq!(answer["what_if"], fresh["totals"], "{args:?}");
        assert_eq!(answer["settings"], fresh["settings"], "{args:?}");
        assert_eq!(&answer["run"], run_itself);
        different += usize::from(&fresh["totals"] != run_itself);
    }
    assert_eq!(different, settings.len(), "settings that change nothing show nothing");
}

/// Asked for what the run had, the plan comes out as it was: by each rule, byte and word.
#[test]
fn the_settings_of_the_run_give_the_run() {
    for args in [&[][..], &["--cut-from", "hint", "--contained", "0.9"], &["--only", "page-tail", "--only", "mojibake"]]
    {
        let dir = world(args);
        let level = if args.contains(&"hint") { "hint" } else { "likely" };
        let answer = shown(dir.path(), &["report", "r", "--cut-from", level, "--max-loss", "0.5%", "--format", "json"]);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["what_if"], answer["run"], "{args:?}");
        assert_eq!(answer["settings"], answer["then"], "{args:?}");
    }
}

#[test]
fn what_is_not_stored_is_said() {
    let dir = world(&[]);
    for (args, why) in [
        (&["--alike", "0.7"][..], "--alike 70.0 %: pairs of documents below 80.0 % were not looked for"),
        (&["--alike", "0.95"], "less alike than that"),
        (&["--alike-block", "0.5"], "near copies below 80.0 % were not looked for"),
        (&["--alike-block", "0.9"], "near copies decide about each other"),
        (&["--contained", "0.9"], "run again with it"),
        (&["--max-loss", "10%"], "--max-loss 10%: so much would take lines"),
        (&["--only", "page-furniture"], "add --only twin-document"),
    ] {
        let output = clean(dir.path(), &[&["report", "r"], args].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && told.starts_with("not answered: ") && told.contains(why), "{told}");
        // Nothing else was asked: what is shown is the run.
        assert!(String::from_utf8(output.stdout).unwrap().ends_with("\nthe settings of the run\n"), "{args:?}");
    }
    // The rest is answered.
    let args = ["report", "r", "--alike", "0.7", "--max-loss", "1%", "--format", "json"];
    let output = clean(dir.path(), &args);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), answer["beyond"].as_array().unwrap().len()), (Some(2), 1));
    run(dir.path(), "fresh", &["--max-loss", "1%"]);
    assert_eq!(answer["what_if"], value(dir.path().join("fresh/report.json"))["totals"]);
    // What was looked for in the light of other decisions.
    run(dir.path(), "s", &["--repeated-span", "60"]);
    assert!(
        complaint(dir.path(), &["report", "s", "--max-loss", "1%"])
            .contains("not answered: --max-loss: the run looked for")
    );
    run(dir.path(), "s", &["--contained", "0.8"]);
    assert!(complaint(dir.path(), &["report", "s", "--cut-from", "hint"]).contains("documents within longer ones"));
    // What went is known, but not what would: cuts within paragraphs are not planned again.
    let json = |answer: &str| -> Value { serde_json::from_str(answer).unwrap() };
    run(dir.path(), "s", &["--repeated-span", "60", "--alike-block", "1", "--cut-from", "hint"]);
    for alike in ["0.8", "0.801"] {
        let answer = json(&shown(dir.path(), &["report", "s", "--alike", alike, "--format", "json"]));
        assert!(answer["run"]["rules"]["repeated-span"]["done"].as_u64().unwrap() > 0);
        assert_eq!(answer["what_if"], answer["run"], "{alike}");
    }
    // A rule that needs a length does not run without one.
    let told = complaint(dir.path(), &["report", "r", "--only", "repeated-span"]);
    assert!(told.contains("repeated-span did not run"), "{told}");
    // With --max-loss 0 nothing is known of the level.
    run(dir.path(), "s", &["--max-loss", "0"]);
    let told = complaint(dir.path(), &["report", "s", "--max-loss", "1%"]);
    assert!(told.contains("not answered: --max-loss 1%: ") && told.contains("add --cut-from LEVEL"), "{told}");
    let args = ["report", "s", "--max-loss", "1%", "--cut-from", "likely", "--format", "json"];
    run(dir.path(), "fresh", &["--max-loss", "1%"]);
    assert_eq!(json(&shown(dir.path(), &args))["what_if"], value(dir.path().join("fresh/report.json"))["totals"]);
    // Documents that went because longer ones hold them took no part where copies were looked for.
    run(dir.path(), "s", &["--contained", "0.5", "--cut-from", "hint"]);
    let told = complaint(dir.path(), &["report", "s", "--only", "repeated-block"]);
    assert!(told.contains("add --only contained-document"), "{told}");
    let args = ["--only", "repeated-block", "--only", "contained-document"];
    let answer = shown(dir.path(), &[&["report", "s", "--format", "json"], &args[..]].concat());
    run(dir.path(), "fresh", &[&["--contained", "0.5", "--cut-from", "hint"], &args[..]].concat());
    assert_eq!(json(&answer)["what_if"], value(dir.path().join("fresh/report.json"))["totals"]);
    run(dir.path(), "s", &["--only", "ad-label"]);
    assert!(complaint(dir.path(), &["report", "s", "--only", "page-tail"]).contains("page-tail did not run"));
}

#[test]
fn every_report_says_the_same() {
    let dir = world(&["--report", "json,jsonl,markdown"]);
    let (dir, report) = (dir.path(), value(dir.path().join("r/report.json")));
    assert_eq!(faults(dir, "report", &report), Vec::<String>::new());
    let lines = fs::read_to_string(dir.join("r/report.jsonl")).unwrap();
    let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&Value::Array(documents), &report["documents"]);
    assert_eq!(shown(dir, &["report", "r", "--format", "jsonl"]), lines);
    let markdown = fs::read_to_string(dir.join("r/report.md")).unwrap();
    assert_eq!(shown(dir, &["report", "r/report.json", "--format", "markdown"]), markdown);
    let mut head: Value = serde_json::from_str(&shown(dir, &["report", "r", "--format", "json"])).unwrap();
    head["documents"] = report["documents"].clone();
    assert_eq!(head, report);
    // The same table as after the run.
    let printed = shown(dir, &["in", "--dry-run", "--max-cut", "100%"]);
    assert_eq!(printed, shown(dir, &["report", "r"]) + "\nnothing was written (--dry-run)\n");
    // Without being asked for them, a run leaves none, and takes away those of another.
    run(dir, "r", &[]);
    assert!(!dir.join("r/report.jsonl").exists() && !dir.join("r/report.md").exists());
}

#[test]
fn reports_are_the_same_for_any_shards_and_threads() {
    let dir = world(&["--report", "jsonl,markdown", "--threads", "1"]);
    run(dir.path(), "s", &["--report", "jsonl,markdown", "--threads", "4", "--shard-bytes", "3000"]);
    for name in ["report.json", "report.jsonl", "report.md"] {
        let read = |out: &str| fs::read_to_string(dir.path().join(out).join(name)).unwrap();
        assert_eq!(read("r"), read("s"), "{name}");
    }
}

#[test]
fn the_summary_is_markdown_that_shows_strangers_as_text() {
    let dir = tempfile::tempdir().unwrap();
    let name = "<img src=x>|`a` ##[error]\u{202e}x";
    let line = "The same long paragraph stands here twice, and so one of the two must go, as everybody would expect.";
    let text = format!("{line}\n\nAnother one.\n\n{line}\n");
    fs::create_dir(dir.path().join("in")).unwrap();
    let records = [json!({ "id": name, "text": text }), json!({ "id": "b", "text": text })];
    fs::write(dir.path().join("in/a.jsonl"), records.map(|record| record.to_string()).join("\n")).unwrap();
    run(dir.path(), "r", &["--report", "markdown"]);
    let markdown = fs::read_to_string(dir.path().join("r/report.md")).unwrap();
    let mut options = pulldown_cmark::Options::empty();
    options.insert(pulldown_cmark::Options::ENABLE_TABLES);
    let (mut cells, mut codes) = (0, Vec::new());
    for event in pulldown_cmark::Parser::new_ext(&markdown, options) {
        match event {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::TableCell) => cells += 1,
            pulldown_cmark::Event::Code(code) => codes.push(code.to_string()),
            pulldown_cmark::Event::Html(html) => assert!(html.starts_with("<!-- written by clean"), "{html}"),
            pulldown_cmark::Event::InlineHtml(html) => panic!("{html}"),
            _ => {}
        }
    }
    assert!(cells > 20, "{markdown}");
    let shown = "<img src=x>|`a` ##\\u{5b}error]\\u{202e}x";
    assert_eq!(codes, [shown, shown], "most words gone, and the one for which another went:\n{markdown}");
}

#[test]
fn listings_add_up() {
    let dir = world(&[]);
    let dir = dir.path();
    let totals = &value(dir.join("r/report.json"))["totals"];
    let listing = |args: &[&str]| -> Value {
        let args = [&["report", "r", "--format", "json", "--by"], args].concat();
        let listing = serde_json::from_str(&shown(dir, &args)).unwrap();
        assert_eq!(faults(dir, "listing", &listing), Vec::<String>::new());
        listing
    };
    let sum = |listing: &Value, name: &str| -> u64 {
        listing["rows"].as_array().unwrap().iter().map(|row| row[name].as_u64().unwrap()).sum()
    };
    let gone = totals["words_before"].as_u64().unwrap() - totals["words_after"].as_u64().unwrap();
    for by in ["host", "document"] {
        let listing = listing(&[by, "--top", "1000"]);
        let all = (sum(&listing, "words"), sum(&listing, "of"), sum(&listing, "documents"));
        assert_eq!(all, (gone, totals["words_before"].as_u64().unwrap(), 48), "{by}");
        let words: Vec<u64> =
            listing["rows"].as_array().unwrap().iter().map(|row| row["words"].as_u64().unwrap()).collect();
        assert!(words.is_sorted_by(|a, b| a >= b) && listing["more"] == 0);
    }
    let hosts = listing(&["host"]);
    let names = hosts["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap());
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    assert_eq!(names, ["site0.example", "site1.example", "site2.example", "site3.example"]);
    for (by, sums) in [("rule", "rules"), ("category", "categories"), ("kind", "kinds")] {
        let listing = listing(&[by]);
        let rows = listing["rows"].as_array().unwrap();
        assert_eq!(rows.len(), totals[sums].as_object().unwrap().len());
        for row in rows {
            let count = &totals[sums][row["name"].as_str().unwrap()];
            assert_eq!(
                (&row["findings"], &row["done"], &row["words"]),
                (&count["findings"], &count["done"], &count["words"])
            );
            assert!((1..=48).contains(&row["documents"].as_u64().unwrap()));
        }
    }
    let few = listing(&["document", "--top", "3"]);
    assert_eq!((few["rows"].as_array().unwrap().len(), &few["more"]), (3, &json!(45)));
    assert!(
        shown(dir, &["report", "r", "--by", "document", "--top", "3"]).ends_with("and 45 more (--top N lists more)\n")
    );
}

#[test]
fn what_is_no_report_is_told_from_one() {
    let dir = world(&["--report", "json,jsonl"]);
    let dir = dir.path();
    let report = fs::read_to_string(dir.join("r/report.json")).unwrap();
    let said = |text: &str| {
        fs::write(dir.join("x.json"), text).unwrap();
        let told = complaint(dir, &["report", "x.json"]);
        assert!(told.starts_with("error: x.json is not a report that can be used here: "), "{told}");
        told
    };
    assert!(said(&report[..report.len() / 2]).contains("it ends in the middle"));
    assert!(said(&report[..report.len() - 3]).contains("it ends in the middle"));
    assert!(said("").contains("it ends in the middle"));
    assert!(
        said(&report.replacen("textclean-report/1", "textclean-report/9", 1))
            .contains("its schema is textclean-report/9")
    );
    assert!(said("Some text.").contains("it is no JSON"));
    assert!(said("[1]").contains("expected a report with the schema textclean-report/1"));
    assert!(said("{\"documents\": []}").contains("it has no schema textclean-report/1 in front"));
    assert!(said(&fs::read_to_string(dir.join("r/report.jsonl")).unwrap()).contains("it has no documents"));
    assert!(said(&(report.clone() + "x")).contains("trailing characters"));
    assert!(complaint(dir, &["report", "r/removed.jsonl"]).contains("its schema is textclean-removed/1"));
    assert!(complaint(dir, &["report", "nowhere"]).starts_with("error: cannot read nowhere: "));
    // Written by an earlier version: the summary is there, the evidence is not.
    let mut old: Value = serde_json::from_str(&report).unwrap();
    old["settings"].as_object_mut().unwrap().remove("max_loss");
    let documents = old.as_object_mut().unwrap().remove("documents").unwrap();
    let head = old.to_string();
    fs::write(dir.join("old.json"), format!("{},\"documents\":{documents}}}", &head[..head.len() - 1])).unwrap();
    assert_eq!(shown(dir, &["report", "old.json"]), shown(dir, &["report", "r"]));
    assert!(complaint(dir, &["report", "old.json", "--max-loss", "1%"]).contains("an earlier version wrote it"));
    // Any layout is read, as long as the documents come last.
    fs::write(dir.join("pretty.json"), serde_json::to_string_pretty(&json!({ "documents": documents })).unwrap())
        .unwrap();
    assert!(complaint(dir, &["report", "pretty.json"]).contains("no schema"));
    // Evidence that does not fit is noticed.
    let broken = report.replacen("\"scores\":[", "\"scores\":[1,", 1);
    fs::write(dir.join("x.json"), &broken).unwrap();
    assert!(
        broken != report && complaint(dir, &["report", "x.json", "--max-loss", "1%"]).contains("do not fit its lines")
    );
}

/// From JSONL, text in other encodings, compressed files, documents that go, records that are none.
#[test]
fn the_page_is_made_again_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::create_dir(dir.join("in")).unwrap();
    fs::write(dir.join("in/pages.jsonl"), pages() + "{\"text\": 5}\n{broken\n").unwrap();
    let line = "Gr\u{fc}\u{df}e aus M\u{fc}nchen, wo die alte Br\u{fc}cke \u{fc}ber den Flu\u{df} f\u{fc}r zwei Jahre gesperrt wird.";
    let latin: Vec<u8> =
        format!("{line}\n\nSubscribe to our newsletter!\n\n{line}\n").chars().map(|c| c as u8).collect();
    fs::write(dir.join("in/latin.txt"), &latin).unwrap();
    fs::write(dir.join("in/twin.txt"), &latin).unwrap();
    fs::write(dir.join("in/broken.txt"), b"A text with \xff broken bytes.\n\nShare this article on Facebook\n")
        .unwrap();
    for args in [&["--stable"][..], &["--compress", "zst", "--cut-from", "hint"]] {
        let run = ["in", "--quiet", "--out", "r", "--max-cut", "100%", "--report", "html"];
        shown(dir, &[&run[..], args].concat());
        let _ = fs::remove_file(dir.join("again.html"));
        assert_eq!(shown(dir, &["report", "r", "--to", "again.html"]), "written to again.html\n");
        assert!(fs::read(dir.join("r/report.html")).unwrap() == fs::read(dir.join("again.html")).unwrap(), "{args:?}");
    }
    // Where not all texts have room, those that are chosen are the same.
    let few = ["--html-size", "20K"];
    shown(dir, &[&["in", "--quiet", "--out", "few", "--max-cut", "100%", "--report", "html"][..], &few].concat());
    shown(dir, &[&["report", "few", "--to", "few.html"][..], &few].concat());
    let page = fs::read_to_string(dir.join("few/report.html")).unwrap();
    assert!(
        page.contains("holds the text and the findings of")
            && page == fs::read_to_string(dir.join("few.html")).unwrap()
    );
    fs::remove_dir_all(dir.join("few")).unwrap();
    fs::remove_file(dir.join("few.html")).unwrap();
    let before = fs::read(dir.join("again.html")).unwrap();
    let told = complaint(dir, &["report", "r", "--to", "again.html"]);
    assert!(told.contains("again.html exists already and is not overwritten"), "{told}");
    assert!(fs::read(dir.join("again.html")).unwrap() == before);
    // What the page needs is not there, or not as it was.
    let cleaned = dir.join("r/cleaned/pages.jsonl.zst");
    let moved = dir.join("moved");
    fs::rename(&cleaned, &moved).unwrap();
    assert!(complaint(dir, &["report", "r", "--to", "x.html"]).contains("the file is missing"));
    fs::rename(&moved, &cleaned).unwrap();
    let broken = dir.join("r/cleaned/broken.txt.zst");
    fs::rename(&broken, &moved).unwrap();
    fs::write(&broken, "").unwrap();
    complaint(dir, &["report", "r", "--to", "x.html"]);
    fs::rename(&moved, &broken).unwrap();
    let report = fs::read_to_string(dir.join("r/report.json")).unwrap();
    fs::write(dir.join("r/report.json"), report.replace("\"place\":0,", "\"place\":1,")).unwrap();
    assert!(complaint(dir, &["report", "r", "--to", "x.html"]).contains("the text of broken.txt is not in cleaned"));
    fs::write(dir.join("report.json"), report).unwrap();
    assert!(complaint(dir, &["report", "report.json", "--to", "x.html"]).contains("removed.jsonl"));
    let left = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut left: Vec<String> = left.collect();
    left.sort();
    assert_eq!(left, ["again.html", "in", "r", "report.json"], "nothing half-made stays");
}

#[test]
fn files_of_others_stay() {
    let dir = world(&[]);
    for name in ["report.md", "report.jsonl"] {
        fs::write(dir.path().join("r").join(name), "mine\n").unwrap();
        let told = complaint(dir.path(), &["in", "--quiet", "--out", "r"]);
        assert!(told.contains(&format!("a {name} that no run wrote")), "{told}");
        assert_eq!(fs::read_to_string(dir.path().join("r").join(name)).unwrap(), "mine\n");
        fs::remove_file(dir.path().join("r").join(name)).unwrap();
    }
}

/// The commands of docs/report.md run, and those that should print something do.
#[test]
fn commands_of_the_page_run() {
    let dir = world(&["--report", "json,jsonl"]);
    fs::rename(dir.path().join("r"), dir.path().join("reports")).unwrap();
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let commands: Vec<&str> = blocks.flat_map(str::lines).filter(|line| !line.starts_with('#')).collect();
    assert!(commands.iter().filter(|line| line.starts_with("jq ")).count() >= 3 && commands.len() >= 9);
    let program = Path::new(env!("CARGO_BIN_EXE_clean")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let jq = Command::new("jq").arg("--version").output().is_ok();
    if !jq {
        eprintln!("jq is not installed: its examples in docs/report.md are not run");
    }
    for line in commands.into_iter().filter(|line| jq || !line.starts_with("jq ")) {
        let output = Command::new("sh").args(["-c", line]).env("PATH", &path).current_dir(&dir).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !output.stdout.is_empty(), "{line}\n{told}");
    }
}

#[test]
fn help_is_short_and_mistakes_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let help = shown(dir.path(), &["report", "--help"]);
    assert!(help.lines().count() <= 48 && help.contains("Examples:"), "{help}");
    for (args, why) in [
        (&["--top", "3"][..], "--by"),
        (&["--by", "rule", "--max-loss", "1%"], "cannot be used with"),
        (&["--only", "page-tial"], "did you mean 'page-tail'?"),
        (&["--by", "author"], "invalid value"),
        (&["--alike", "1.5"], "more than the whole"),
    ] {
        let told = complaint(dir.path(), &[&["report"], args].concat());
        assert!(told.contains(why), "{told}");
    }
}
