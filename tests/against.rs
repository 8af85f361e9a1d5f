//! `--against`: new documents are held against known ones, which stay as they are and of which no figure speaks.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const BRIDGE: &str = "The council voted on Tuesday to close the old bridge over the river for two years, and to build a wider one in its place with lanes for bicycles.";
const FERRY: &str = "Shop owners on both banks said that they had not been asked, and that a ferry would be too slow for the people who cross the river every day.";
const GOAT: &str = "A goat was found on the roof of the school on Monday morning and was brought down by two firemen, who said that it had seemed to enjoy the view.";
const CHOIR: &str = "The choir of the upper valley looks for basses and tenors who can read music, and promises a warm room, good cake and a tour of three cities.";
const MILL: &str = "The mill by the lower weir grinds again since last week, after a wheelwright from the coast had found the plans of the first one in an attic.";

fn put(dir: &TempDir, name: &str, text: &str) {
    let path = dir.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, text)| put(&dir, name, text));
    dir
}

fn clean(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clean")).args(args).current_dir(dir).output().unwrap()
}

fn out(dir: &TempDir, args: &[&str]) -> String {
    let output = clean(dir.path(), args);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn report(dir: &TempDir, name: &str) -> Value {
    serde_json::from_slice(&fs::read(dir.path().join(name).join("report.json")).unwrap()).unwrap()
}

fn checked(dir: &TempDir, args: &[&str]) -> (Option<i32>, Value) {
    let all = [&["check"], args, &["--format", "json", "--quiet"]].concat();
    let output = clean(dir.path(), &all);
    let value = serde_json::from_slice(&output.stdout);
    (output.status.code(), value.unwrap_or_else(|_| panic!("{args:?}: {}", String::from_utf8_lossy(&output.stderr))))
}

/// The findings of a rule, with the texts of their files' names and their first evidence.
fn found(checked: &Value, rule: &str) -> Vec<(String, Value)> {
    let spots = checked["findings"].as_array().unwrap().iter().filter(|spot| spot["rule"] == rule);
    spots.map(|spot| (spot["file"].as_str().unwrap().to_owned(), spot["evidence"][0].clone())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = walk.filter(|e| e.file_type().is_file());
    files.map(|e| e.path().strip_prefix(folder).unwrap().display().to_string()).collect()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

fn record(id: impl Into<Value>, text: &str) -> String {
    json!({ "id": id.into(), "text": text }).to_string() + "\n"
}

#[test]
fn what_is_known_is_found_and_stays_as_it_is() {
    let twin = format!("{GOAT}\n\n{CHOIR}\n");
    let known = format!("An old headline\n\n{MILL}\n\n{BRIDGE}\n");
    let mixed = format!("A new headline\n\n{BRIDGE}\n\n{FERRY}\n");
    let dir = folder(&[("new/a.txt", &mixed), ("new/b.txt", &twin), ("old/k.txt", &known), ("old/sub/t.md", &twin)]);
    let before = files(&dir.path().join("old"));

    let (code, told) = checked(&dir, &["new", "--against", "old"]);
    assert_eq!(code, Some(1));
    let paragraph = found(&told, "repeated-paragraph");
    assert_eq!(paragraph.len(), 1, "{paragraph:?}");
    assert_eq!(paragraph[0].0, "new/a.txt");
    assert_eq!((&paragraph[0].1["document"], &paragraph[0].1["line"]), (&json!("old/k.txt"), &json!(5)));
    let twins = found(&told, "twin-document");
    assert_eq!(twins.len(), 1, "{twins:?}");
    assert_eq!((twins[0].0.as_str(), &twins[0].1["document"]), ("new/b.txt", &json!("old/sub/t.md")));
    let text = out_of(&clean(dir.path(), &["check", "new", "--against", "old/"]));
    assert!(text.contains("stands in old/k.txt at line 5"), "{text}");

    out(&dir, &["new", "--against", "old", "--max-cut", "100%", "--clusters", "--pairs", "--report", "html"]);
    assert_eq!(names(&dir.path().join("reports/cleaned")), ["a.txt"]);
    assert_eq!(
        fs::read_to_string(dir.path().join("reports/cleaned/a.txt")).unwrap(),
        mixed.replace(&format!("{BRIDGE}\n\n"), "")
    );
    assert_eq!(files(&dir.path().join("old")), before);
    let report = report(&dir, "reports");
    let ids: Vec<&Value> = report["documents"].as_array().unwrap().iter().map(|d| &d["id"]).collect();
    assert_eq!(ids, ["a.txt", "b.txt"]);
    assert_eq!((&report["totals"]["documents"], &report["totals"]["inputs"]), (&json!(2), &json!(2)));
    assert_eq!(report["run"]["against"], json!(["old"]));
    assert_eq!(report["against"], json!({ "inputs": 2, "documents": 2 }));
    assert_eq!(told["against"], report["against"]);
    let lines = |name: &str| -> Vec<Value> {
        let text = fs::read_to_string(dir.path().join("reports").join(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let removed = lines("removed.jsonl");
    assert!(removed.iter().filter_map(|line| line["path"].as_str()).all(|path| !path.contains("old")), "{removed:?}");
    let clusters = lines("clusters.jsonl");
    assert_eq!(clusters.len(), 1);
    assert_eq!(
        (&clusters[0]["stays"]["path"], &clusters[0]["goes"][0]["path"]),
        (&json!("old/sub/t.md"), &json!("b.txt"))
    );
    assert_eq!(lines("pairs.jsonl").len(), 1);

    let why = out(&dir, &["explain", "reports", "a.txt:3"]);
    assert!(why.contains("old/k.txt at line 5"), "{why}");
    out(&dir, &["restore", "reports", "--out", "back"]);
    assert_eq!(files(&dir.path().join("back")), files(&dir.path().join("new")));

    let diff = out(&dir, &["diff", "new", "--against", "old"]);
    assert!(diff.contains("--- a/new/a.txt") && diff.contains("--- a/new/b.txt") && !diff.contains("/old/"), "{diff}");
}

fn out_of(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn dirt_of_old_documents_fails_nothing() {
    let dirty =
        format!("{BRIDGE}\n\n{FERRY}\n\n{BRIDGE}\n\n{FERRY}\n\nSubscribe to our newsletter!\n\nShare on Facebook\n");
    let dir = folder(&[
        ("new/a.txt", &format!("{GOAT}\n\n{CHOIR}\n")),
        (
            "new/b.txt",
            &format!("{MILL}\n\n{}\n", GOAT.replace("Monday", "Friday").replace("view", "wide view of it all")),
        ),
        ("old/a.txt", &dirty),
        ("old/b.txt", &dirty),
        ("old/c.txt", &dirty.replace("bicycles", "trams")),
        ("old/bad.jsonl", "no record at all\n"),
        ("old/cut.txt.gz", "\u{1f}"),
        ("old/notes.xyz", "?"),
    ]);
    let alone = checked(&dir, &["new", "--all"]);
    assert_eq!(alone.0, Some(0), "{}", alone.1);
    let (code, told) = checked(&dir, &["new", "--all", "--against", "old"]);
    assert_eq!(code, Some(0));
    for same in ["totals", "limits", "findings", "worst", "more_findings"] {
        assert_eq!(told[same], alone.1[same], "{same}");
    }
    assert_eq!((&told["against"], &alone.1["against"]), (&json!({ "inputs": 3, "documents": 3 }), &Value::Null));
    let said = out(&dir, &["check", "new", "--against", "old"]);
    assert_eq!(said, "within the limits: 2 documents, held against 3 known documents\n");
    // What could not be read there is told, and that nothing was held against it.
    let troubles = told["troubles"].as_array().unwrap();
    for name in ["old/bad.jsonl", "old/cut.txt.gz"] {
        let trouble = troubles.iter().find(|t| t["path"] == name).unwrap();
        let message = trouble["message"].as_str().unwrap();
        assert!(trouble["kind"] == "skipped" && message.contains("no input was held against it"), "{trouble}");
        assert!(!message.contains("written"), "{message}");
    }
    out(&dir, &["new", "--against", "old"]);
    assert_eq!(names(&dir.path().join("reports/cleaned")), ["a.txt", "b.txt"]);
}

#[test]
fn limits_count_new_documents_alone() {
    // 27 of 81 words and one of three documents, however many are old.
    let dir = folder(&[
        ("new/a.txt", &format!("{GOAT}\n\n{BRIDGE}\n")),
        ("new/b.txt", &format!("{CHOIR}\n")),
        ("new/c.txt", &format!("{MILL}\n")),
        ("old/0.txt", &format!("{BRIDGE}\n\n{FERRY}\n")),
        ("old/1.txt", &format!("{MILL}\n")),
    ]);
    for n in 0..30 {
        put(
            &dir,
            &format!("old/more/{n}.txt"),
            &format!("Story {n} of many others tells {n} things, {} times.\n", n * 7),
        );
    }
    let words = |text: &str| text.split_whitespace().count();
    let (gone, all) = (words(BRIDGE) + words(MILL), words(GOAT) + words(BRIDGE) + words(CHOIR) + words(MILL));
    let share = gone * 1000 / all;
    let limit = |thousandths: usize| format!("duplicate={}.{}%", thousandths / 10, thousandths % 10);
    let run = |limit: &str, twins: &str| {
        checked(&dir, &["new", "--against", "old", "--limit", limit, "--limit", twins, "--limit", "unreadable=0"])
    };
    assert_eq!(run(&limit(share + 1), "twins=34%").0, Some(0));
    assert_eq!(run(&limit(share), "twins=34%").0, Some(1));
    assert_eq!(run(&limit(share + 1), "twins=33%").0, Some(1));
    let (_, told) = run("duplicate=100%", "twins=100%");
    assert_eq!((&told["totals"]["documents"], &told["totals"]["twins"]), (&json!(3), &json!(1)));
    assert_eq!(told["totals"]["words_before"], json!(all));
}

#[test]
fn lines_of_a_template_are_known_through_old_pages() {
    let page =
        |n: usize, text: &str| format!("Voices from the upper valley\n\n{text}\n\nAll the news of valley {}\n", n % 2);
    let dir = folder(&[
        ("new/example.org/x.txt", &page(0, GOAT)),
        ("old/example.org/1.txt", &page(0, BRIDGE)),
        ("old/example.org/2.txt", &page(1, FERRY)),
        ("old/example.org/3.txt", &page(0, CHOIR)),
    ]);
    let (_, alone) = checked(&dir, &["new", "--all"]);
    assert_eq!(found(&alone, "template-line"), []);
    let (_, told) = checked(&dir, &["new", "--all", "--against", "old"]);
    let lines = found(&told, "template-line");
    assert_eq!(lines.len(), 1, "{told}");
    assert_eq!((lines[0].0.as_str(), &lines[0].1["value"]), ("new/example.org/x.txt", &json!(2)));
    let spot = told["findings"].as_array().unwrap().iter().find(|spot| spot["rule"] == "template-line").unwrap();
    assert_eq!(spot["kind"], "template", "four pages of the host have it at the top");

    // What most pages of a host begin and end with goes, and that they do is known through the old ones.
    let site =
        |text: &str| format!("Voices from the upper valley\n\nWeather today: sunny\n\n{text}\n\nPrinted by the mill\n");
    let dir = folder(&[("new/a.txt", &site(GOAT))]);
    for (n, text) in [BRIDGE, FERRY, CHOIR, MILL].into_iter().enumerate() {
        put(&dir, &format!("old/{n}.txt"), &site(text));
    }
    assert_eq!(found(&checked(&dir, &["new", "--all"]).1, "site-template"), []);
    let (_, told) = checked(&dir, &["new", "--against", "old"]);
    assert_eq!(found(&told, "site-template").len(), 2, "{told}");

    // Old pages that say the same count once, as new ones do.
    let same = folder(&[("new/a.txt", &page(0, GOAT))]);
    (0..3).for_each(|n| put(&same, &format!("old/{n}.txt"), &page(0, BRIDGE)));
    assert_eq!(found(&checked(&same, &["new", "--all", "--against", "old"]).1, "template-line"), []);
    let edited = |n: usize| format!("{}\n\nEdition {n}.", [BRIDGE, FERRY, CHOIR, MILL].join("\n\n"));
    (0..3).for_each(|n| put(&same, &format!("old/{n}.txt"), &page(0, &edited(n))));
    assert_eq!(found(&checked(&same, &["new", "--all", "--against", "old"]).1, "template-line"), []);
}

#[test]
fn old_documents_stay_whatever_is_wished_and_whatever_they_are_like() {
    let text = |end: &str| format!("{}\n\n{end}\n", [BRIDGE, FERRY, GOAT, CHOIR, MILL].join("\n"));
    let dated = |id: &str, date: &str, text: &str| json!({ "id": id, "date": date, "text": text }).to_string() + "\n";
    let dir = folder(&[
        ("new.jsonl", &dated("x", "2020-01-01", &text("And more of the same, and then some more of it."))),
        ("old.jsonl", &dated("x", "2010-01-01", &text("Short."))),
    ]);
    for keep in ["first", "longest", "shortest", "newest", "oldest", "date:desc", "date:asc", "id:desc"] {
        let (_, told) = checked(&dir, &["new.jsonl", "--against", "old.jsonl", "--keep", keep]);
        let twins = found(&told, "twin-document");
        assert_eq!(twins.len(), 1, "{keep}");
        assert_eq!(twins[0].1["document"], "old.jsonl#x", "{keep}");
    }
    // Dates of old documents are no answer: nobody asks for them.
    let undated = folder(&[("new.jsonl", &record("x", BRIDGE)), ("old.jsonl", &dated("x", "2010-01-01", FERRY))]);
    let refused = clean(undated.path(), &["check", "new.jsonl", "--against", "old.jsonl", "--keep", "newest"]);
    assert!(refused.status.code() == Some(2), "{}", String::from_utf8_lossy(&refused.stderr));

    // The second old one is like the first, and the new one like the second only.
    let words = |from: usize, to: usize| (from..to).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let chain =
        folder(&[("old/1.txt", &words(0, 1000)), ("old/2.txt", &words(80, 1080)), ("new/3.txt", &words(160, 1160))]);
    let (_, told) = checked(&chain, &["new", "--against", "old"]);
    assert_eq!(found(&told, "twin-document")[0].1["document"], "old/2.txt", "{told}");
    let (_, pair) = checked(&chain, &["old"]);
    assert_eq!(found(&pair, "twin-document").len(), 1);
    let (_, apart) = checked(&chain, &["new", "--against", "old/1.txt"]);
    assert_eq!(found(&apart, "twin-document"), []);

    // A paragraph of an old document that is a twin of another old one counts too.
    let odd = format!("{}\n\n{MILL}\n", [BRIDGE, FERRY, GOAT, CHOIR].map(|text| format!("{text} {text}")).join("\n\n"));
    let twins = folder(&[
        ("old/1.txt", &odd.replace(MILL, "")),
        ("old/2.txt", &odd),
        ("new/a.txt", &format!("{MILL}\n\nAnd then there was something else to tell.\n")),
    ]);
    let (_, told) = checked(&twins, &["new", "--against", "old"]);
    assert_eq!(found(&told, "repeated-paragraph")[0].1["document"], "old/2.txt", "{told}");
}

#[test]
fn records_are_named_by_file_and_id() {
    let dir = folder(&[
        ("new.jsonl", &(record(1, &format!("{GOAT}\n\n{BRIDGE}")) + &record(2, CHOIR))),
        ("known/a.jsonl", &(record(1, &format!("A headline\n\n{BRIDGE}")) + "\n" + &record(2, FERRY))),
        ("known/b.jsonl", &(json!({ "text": CHOIR }).to_string() + "\n")),
    ]);
    let (_, told) = checked(&dir, &["new.jsonl", "--against", "known/a.jsonl", "known/b.jsonl"]);
    let paragraph = found(&told, "repeated-paragraph");
    assert_eq!((&paragraph[0].1["document"], &paragraph[0].1["line"]), (&json!("known/a.jsonl#1"), &json!(3)));
    assert_eq!(found(&told, "twin-document")[0].1["document"], "known/b.jsonl@0");
    assert_eq!(told["totals"]["documents"], 2);
    // The same from standard input, and from an archive.
    let mut zipped = Vec::new();
    zstd::stream::copy_encode(fs::read(dir.path().join("known/a.jsonl")).unwrap().as_slice(), &mut zipped, 0).unwrap();
    fs::write(dir.path().join("k.jsonl.zst"), zipped).unwrap();
    let (_, told) = checked(&dir, &["new.jsonl", "--against", "k.jsonl.zst"]);
    assert_eq!(found(&told, "repeated-paragraph")[0].1["document"], "k.jsonl.zst#1");
    let piped = Command::new(env!("CARGO_BIN_EXE_clean"))
        .args(["check", "new.jsonl", "--against", "-", "--format", "json"])
        .current_dir(dir.path())
        .stdin(Stdio::from(fs::File::open(dir.path().join("known/a.jsonl")).unwrap()))
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&piped.stdout).unwrap();
    assert_eq!(found(&told, "repeated-paragraph")[0].1["document"], "stdin.jsonl#1");
}

#[test]
fn a_file_that_is_both_is_new() {
    let dir = folder(&[
        ("all/new/a.txt", &format!("{GOAT}\n")),
        ("all/b.txt", &format!("{GOAT}\n")),
        ("all/c.txt", &format!("{CHOIR}\n")),
    ]);
    let (code, told) = checked(&dir, &["all/new", "--against", "all"]);
    assert_eq!(code, Some(1));
    let twins = found(&told, "twin-document");
    assert_eq!((twins.len(), &twins[0].1["document"]), (1, &json!("all/b.txt")));
    let (code, told) = checked(&dir, &["all/new/a.txt", "--against", "all/new", "all/new/../new/a.txt"]);
    assert_eq!((code, &told["findings"]), (Some(0), &json!([])));
    #[cfg(unix)]
    {
        fs::hard_link(dir.path().join("all/c.txt"), dir.path().join("hard.txt")).unwrap();
        std::os::unix::fs::symlink("all/c.txt", dir.path().join("soft.txt")).unwrap();
        let (code, _) = checked(&dir, &["all/c.txt", "--against", "hard.txt", "--against", "soft.txt"]);
        assert_eq!(code, Some(0));
    }
}

#[test]
fn spans_and_contained_documents_are_held_against_old_ones() {
    let dir = folder(&[
        ("new/a.txt", &format!("Otherwise {} it all began quite differently.\n", &BRIDGE[4..120])),
        ("new/b.txt", &format!("{FERRY} {GOAT}\n")),
        ("old/1.txt", &format!("{MILL}\n\nPeople say: {BRIDGE} {BRIDGE}\n")),
        ("old/2.txt", &[CHOIR, FERRY, GOAT, MILL].join(" ")),
        ("old/3.txt", &format!("{FERRY}\n")),
    ]);
    let args = ["new", "--against", "old", "--all", "--repeated-span", "80", "--contained", "0.8"];
    let (_, told) = checked(&dir, &args);
    let spans = found(&told, "repeated-span");
    assert_eq!((spans[0].0.as_str(), &spans[0].1["document"]), ("new/a.txt", &json!("old/1.txt")), "{told}");
    let held = found(&told, "contained-document");
    assert_eq!((held[0].0.as_str(), &held[0].1["document"]), ("new/b.txt", &json!("old/2.txt")));
    assert!(told["findings"].as_array().unwrap().iter().all(|spot| spot["file"].as_str().unwrap().starts_with("new/")));
}

/// Documents with copies of all kinds, old and new: equal ones, some with words changed, mixed paragraphs, shared lines.
fn many(dir: &TempDir) {
    let word = |n: usize| {
        ["the", "of", "river", "town", "bridge", "mill", "goat", "and"][n % 8].to_owned() + &(n % 97).to_string()
    };
    let paragraph = |n: usize| (0..40).map(|k| word(n * n * 31 + k * (n % 13 + 1))).collect::<Vec<_>>().join(" ");
    let edited = |n: usize| paragraph(n).replacen("river", "stream", n % 4);
    let text = |n: usize| {
        let body = [paragraph(n), edited(n / 2), paragraph(n % 7), edited(n)].join("\n\n");
        format!("Voices of valley {}\n\n{body}\n\nAll rights are left to {}.", n % 2, n % 3)
    };
    put(dir, "old.jsonl", &(0..40).map(|n| record(n, &text(n))).collect::<String>());
    put(dir, "new.jsonl", &(0..60).map(|n| record(n, &text(n * 3))).collect::<String>());
    for n in 0..12 {
        put(dir, &format!("new/{n}.txt"), &text(n * 19));
        put(dir, &format!("old/{n}.txt"), &text(n * 7).replacen("town", "village", 1));
    }
}

#[test]
fn the_same_bytes_for_threads_and_shards() {
    let dir = tempfile::tempdir().unwrap();
    many(&dir);
    let mut before = None;
    for (n, more) in [
        &["--threads", "1"][..],
        &["--threads", "2", "--shard-bytes", "3000"],
        &["--threads", "8", "--shard-bytes", "700"],
        &["--threads", "2", "--memory", "140M"],
    ]
    .into_iter()
    .enumerate()
    {
        let folder = format!("r{n}");
        let args = [
            "new",
            "new.jsonl",
            "--against",
            "old",
            "--against",
            "old.jsonl",
            "--stable",
            "--quiet",
            "--max-cut",
            "100%",
        ];
        let ways = ["--clusters", "--pairs", "--contained", "0.8", "--repeated-span", "60", "--out", &folder];
        out(&dir, &[&args[..], &ways, more].concat());
        let now = files(&dir.path().join(&folder));
        assert!(now.iter().filter(|(name, _)| name.starts_with("cleaned/")).count() > 3);
        let rules = &report(&dir, &folder)["totals"]["rules"];
        for rule in ["twin-document", "repeated-paragraph", "shared-passage", "template-line", "repeated-span"] {
            assert!(rules[rule]["findings"].as_u64() > Some(0), "{rule}: {rules}");
        }
        assert!(before.as_ref().is_none_or(|before| *before == now), "{more:?}");
        before = Some(now);
    }
}

/// Short lines, each a unit: much to remember of little text.
#[test]
fn the_same_bytes_where_memory_is_full_and_where_a_run_was_killed() {
    let dir = tempfile::tempdir().unwrap();
    let line = |n: usize| format!("w{:x} v{n}", n * 7919 % 65_521);
    let text = |n: usize| (n * 200..n * 200 + 200).map(line).collect::<Vec<_>>().join("\n");
    put(&dir, "old.jsonl", &(0..1300).map(|n| record(n, &text(n))).collect::<String>());
    put(&dir, "new.jsonl", &(1250..1400).map(|n| record(n, &text(n))).collect::<String>());
    let run = |folder: &str, old: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clean"));
        command.args(["new.jsonl", "--against", old, "--stable", "--quiet", "--max-cut", "100%", "--threads", "1"]);
        command.args(["--only", "repeated-block", "--only", "twin-document", "--out", folder]).args(more);
        command.current_dir(dir.path()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let got = |folder: &str| files(&dir.path().join(folder));
    assert!(run("whole", "old.jsonl", &[]).status().unwrap().success());
    assert_eq!(report(&dir, "whole")["totals"]["twins"], 50);
    assert!(run("little", "old.jsonl", &["--memory", "96M"]).status().unwrap().success());
    assert!(got("little") == got("whole"));

    // Killed as soon as memory was full for the first time; the next run goes on, but not against other documents.
    let kill = |folder: &str| {
        let mut child = run(folder, "old.jsonl", &["--memory", "96M"]).spawn().unwrap();
        let journal = dir.path().join(folder).join(".clean-unfinished/journal");
        while !fs::read_to_string(&journal).unwrap_or_default().contains("\nread ") {
            assert!(child.try_wait().unwrap().is_none(), "memory was never full");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    };
    kill("killed");
    assert!(run("killed", "old.jsonl", &["--memory", "96M", "--resume"]).status().unwrap().success());
    assert!(got("killed") == got("whole"));
    kill("other");
    put(&dir, "few.jsonl", &(0..1260).map(|n| record(n, &text(n))).collect::<String>());
    assert!(run("other", "few.jsonl", &["--memory", "96M", "--resume"]).status().unwrap().success());
    assert_eq!(report(&dir, "other")["totals"]["twins"], 10);
}

#[test]
fn what_cannot_be_held_against_is_said() {
    let dir =
        folder(&[("new/a.txt", GOAT), ("old/x.xyz", "?"), ("known.jsonl", &record(1, GOAT)), ("reports/x.txt", GOAT)]);
    let said = |args: &[&str]| {
        let output = clean(dir.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&["check", "new", "--against", "nowhere"]).contains("no such file or folder: nowhere"));
    assert!(said(&["check", "new", "--against", "old"]).contains("nothing to read in old"));
    assert!(said(&["check", "--against", "known.jsonl", "new"]).contains("name the inputs before it"));
    let wrong = said(&["check", "new", "--against", "known.jsonl", "--text-field", "body"]);
    assert!(
        wrong.contains("nothing of what --against names could be read") && wrong.contains("known.jsonl"),
        "{wrong}"
    );
    assert!(said(&["new", "--against", "reports"]).contains("inside the report folder"));
    assert!(said(&["check", "-", "--against", "-"]).contains("once only"));
    assert!(said(&["audit", "new", "--against", "known.jsonl"]).contains("--against"));
}
