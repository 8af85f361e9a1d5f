//! The ratchet of `clean check`, through the program: what is new fails, what is known does not, whatever moves.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use textclean::report::formats::FORMATS;
use textclean::report::ratchet::Compared;
use textclean::report::{Checked, Level};

const BRIDGE: &str = "The council voted on Tuesday to close the old bridge over the river for two years, and nobody in the \
    town was asked about it before the meeting.";
const FERRY: &str = "Shop owners on both banks said that they had not been asked, and that a ferry would be too slow for \
    them in winter when the ice is thick.";
const BARN: &str = "A farmer from the next village offered his barn as a shelter for those who would have to wait, but the \
    mayor thanked him and said no.";
const SPRING: &str = "In the end the work will begin in spring, when the snow is gone and the water is low enough for the \
    divers to look at the pillars.";
const DOG: &str = "A dog that ran across the market on Sunday morning was caught by three children, who had followed it from \
    the school to the church.";
const APPEAL: &str = "Subscribe to our newsletter and never miss a story!";
const LABEL: &str = "Advertisement";
const SHARE: &str = "Share this article on Facebook, Twitter and WhatsApp";
const RIGHTS: &str = "Copyright 2024 The Daily Example. All rights reserved.";

/// A folder with documents in `in/` and a baseline beside it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, paragraphs: &[&str]) {
        self.write(name, &(paragraphs.join("\n\n") + "\n"));
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn mv(&self, from: &str, to: &str) {
        let (from, to) = (self.path().join("in").join(from), self.path().join("in").join(to));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from, to).unwrap();
    }

    fn rm(&self, name: &str) {
        fs::remove_file(self.path().join("in").join(name)).unwrap();
    }

    fn run(&self, args: &[&str]) -> Output {
        clean(self.path(), &[&["in", "--baseline", "clean.baseline"], args].concat())
    }

    /// The result of a check with its exit code.
    fn check(&self, args: &[&str]) -> (Checked, i32) {
        let output = self.run(&[&["--format", "json"], args].concat());
        let code = output.status.code().unwrap();
        assert!(code < 2, "{}", String::from_utf8_lossy(&output.stderr));
        (serde_json::from_slice(&output.stdout).unwrap(), code)
    }

    /// New, gone, known; the exit code must agree.
    fn numbers(&self, args: &[&str]) -> [u64; 3] {
        let (checked, code) = self.check(args);
        let Compared { new, gone, known, accepted, .. } = checked.baseline.unwrap();
        assert_eq!(code == 1, new > 0 && !accepted);
        assert_eq!(checked.over, code == 1);
        [new, gone, known]
    }

    /// Makes or rewrites the baseline, and takes in everything.
    fn accept(&self) {
        assert_eq!(self.run(&["--update-baseline", "--accept"]).status.code(), Some(0));
    }

    fn baseline(&self) -> String {
        fs::read_to_string(self.path().join("clean.baseline")).unwrap()
    }
}

fn clean(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clean")).arg("check").args(args).current_dir(dir).output().unwrap()
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_is_there_at_first_is_known_and_what_comes_is_new() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL]);
    desk.put("b.txt", &[BARN, FERRY]);
    assert!(complaint(&desk.run(&[])).contains("there is no baseline clean.baseline\n  --update-baseline makes it"));
    assert_eq!(desk.numbers(&["--update-baseline"]), [0, 0, 2]);
    assert_eq!(desk.numbers(&[]), [0, 0, 2]);
    desk.put("b.txt", &[BARN, FERRY, LABEL]);
    let (checked, code) = desk.check(&[]);
    assert_eq!(code, 1);
    let [spot] = checked.findings.as_slice() else { panic!("{:?}", checked.findings) };
    let place = (spot.file.as_str(), spot.region.start.line, spot.level, spot.known);
    assert_eq!(place, ("in/b.txt", 5, Level::Error, Some(false)));
    // As many as were there, but not the same.
    desk.put("a.txt", &[BRIDGE, FERRY]);
    assert_eq!(desk.numbers(&[]), [1, 1, 1]);
    desk.put("b.txt", &[BARN, FERRY]);
    assert_eq!(desk.numbers(&[]), [0, 1, 1]);
    let said = String::from_utf8(desk.run(&[]).stdout).unwrap();
    assert!(
        said.contains("gone: in/a.txt: 1\n") && said.contains("--update-baseline takes out what is gone"),
        "{said}"
    );
    assert_eq!(desk.numbers(&["--update-baseline"]), [0, 1, 1]);
    assert_eq!(desk.numbers(&[]), [0, 0, 1]);
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL]);
    assert_eq!(desk.numbers(&[]), [1, 0, 1], "it was gone once");
}

#[test]
fn more_passes_only_with_the_flag_for_it() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, APPEAL]);
    desk.put("b.txt", &[BARN, SHARE]);
    desk.accept();
    let first = desk.baseline();
    desk.put("a.txt", &[BRIDGE, APPEAL, LABEL]);
    desk.rm("b.txt");
    // What is gone goes, what is new does not come, and the check fails.
    assert_eq!(desk.numbers(&["--update-baseline"]), [1, 1, 1]);
    assert!(desk.baseline() != first && desk.baseline().len() < first.len());
    assert_eq!(desk.numbers(&["--update-baseline"]), [1, 0, 1]);
    assert!(String::from_utf8_lossy(&desk.run(&["--accept"]).stderr).contains("--update-baseline"));
    let (checked, code) = desk.check(&["--update-baseline", "--accept"]);
    assert_eq!((code, checked.findings.len(), checked.findings[0].level), (0, 1, Level::Warning));
    assert_eq!(desk.numbers(&[]), [0, 0, 2]);
    // A limit is one for what is new: what is known may be above all of them, and what is new below.
    desk.put("a.txt", &[BRIDGE, APPEAL, LABEL, RIGHTS]);
    assert_eq!(desk.numbers(&["--limit", "boilerplate=90%"]), [1, 0, 2]);
    desk.put("a.txt", &[BRIDGE, APPEAL, LABEL]);
    assert_eq!(desk.numbers(&["--limit", "boilerplate=0%", "--limit", "ad=0%"]), [0, 0, 2]);
}

#[test]
fn edits_around_known_dirt_and_of_how_it_is_written_are_none() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL, SHARE, RIGHTS]);
    desk.put("b.txt", &[BARN, FERRY, SPRING]);
    desk.accept();
    let known = desk.numbers(&[])[2];
    desk.put("a.txt", &[DOG, BRIDGE, FERRY, &APPEAL.to_uppercase(), "\n", SHARE, &RIGHTS.replace(' ', "  ")]);
    desk.put("b.txt", &[SPRING, BARN, &FERRY.replace("a ferry", "\na ferry").replace("ice", "snow")]);
    assert_eq!(desk.numbers(&[]), [0, 0, known]);
    // Lines of one finding that go leave the others known.
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL, RIGHTS]);
    assert_eq!(desk.numbers(&[]), [0, 1, known - 1]);
    // Once more is more.
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL, RIGHTS, APPEAL]);
    assert_eq!(desk.numbers(&[])[0], 1);
}

#[test]
fn files_keep_their_entries_when_they_move() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL, "bad\u{b} sign"]);
    desk.put("b.txt", &[BARN, SPRING, APPEAL, LABEL]);
    desk.put("short.txt", &[LABEL, SHARE]);
    desk.accept();
    let known = desk.numbers(&[])[2];
    let moved = |moves: &[(&str, &str)]| {
        for (from, to) in moves {
            desk.mv(from, to);
        }
        assert_eq!(desk.numbers(&[]), [0, 0, known], "{moves:?}");
    };
    moved(&[("a.txt", "z/new name.txt"), ("short.txt", "0.txt")]);
    moved(&[("z/new name.txt", "x"), ("b.txt", "a.txt"), ("x", "b.txt")]);
    let (checked, _) = desk.check(&[]);
    let moves = checked.baseline.unwrap().moved;
    assert!(moves.iter().any(|m| m.from == "in/short.txt" && m.to == "in/0.txt"), "{moves:?}");
    // Moved and edited; the old name stands for something else now, with dirt of its own.
    desk.put("c.txt", &[BRIDGE, FERRY, DOG, APPEAL, "bad\u{b} sign"]);
    desk.put("b.txt", &["Nothing of the kind ever stood here before.", LABEL]);
    assert_eq!(desk.numbers(&[])[0], 1);
    // A copy of a file is no move.
    desk.put("b.txt", &[BRIDGE, FERRY, DOG, APPEAL, "bad\u{b} sign"]);
    let (checked, code) = desk.check(&[]);
    assert_eq!((code, checked.findings.len()), (1, 1), "one twin, and nothing of what is in it");
    desk.rm("b.txt");
    assert_eq!(desk.numbers(&["--update-baseline"]), [0, 0, known]);
    assert!(desk.baseline().contains("in/c.txt\t") && !desk.baseline().contains("short.txt"));
    // The same dirt in another file is not the same dirt.
    desk.rm("0.txt");
    desk.put("other.txt", &["The ferry sank on its first day, and that was the end of it.", LABEL]);
    assert_eq!(desk.numbers(&[])[0], 1);
}

#[test]
fn which_copy_stays_is_no_news() {
    let desk = Desk::new();
    desk.put("m.txt", &[BRIDGE, FERRY, "One."]);
    desk.put("n.txt", &[BARN, FERRY, "Two."]);
    desk.put("o.txt", &[SPRING, &FERRY.replace("winter", "autumn"), "Three."]);
    desk.put("t1.txt", &[DOG, DOG, BARN, APPEAL]);
    desk.put("t2.txt", &[DOG, DOG, BARN, APPEAL]);
    desk.accept();
    let known = desk.numbers(&[])[2];
    // The first copies become the last ones, exact and near.
    desk.mv("m.txt", "z.txt");
    desk.mv("t1.txt", "zz.txt");
    assert_eq!(desk.numbers(&[]), [0, 0, known]);
    // A copy that goes takes an entry with it, wherever that stands.
    desk.rm("n.txt");
    desk.put("n.txt", &[BARN, "Two."]);
    assert_eq!(desk.numbers(&[]), [0, 1, known - 1]);
    assert_eq!(desk.numbers(&["--update-baseline"]), [0, 1, known - 1]);
    // One that comes in front is one more, though the findings stand in files that are what they were.
    desk.put("0.txt", &["Words of its own stand here.", FERRY]);
    let (checked, code) = desk.check(&[]);
    assert_eq!((code, checked.baseline.unwrap().new), (1, 1));
    assert!(checked.findings.iter().all(|spot| spot.file != "in/0.txt"));
    // As many as before, in other files.
    desk.put("z.txt", &[BRIDGE, "One."]);
    assert_eq!(desk.numbers(&[]), [0, 0, known - 1]);
    // A text that stands twice in one document is nothing that could jump.
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, FERRY, BRIDGE]);
    desk.accept();
    desk.put("a.txt", &[BRIDGE, FERRY]);
    desk.put("b.txt", &[DOG, SPRING, DOG]);
    assert_eq!(desk.numbers(&[]), [1, 1, 0]);
}

#[test]
fn dirt_of_a_document_that_goes_is_dirt() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, FERRY, BARN, SPRING]);
    desk.put("b.txt", &[BRIDGE, FERRY, BARN, SPRING]);
    desk.accept();
    desk.put("b.txt", &[BRIDGE, FERRY, BARN, SPRING, LABEL]);
    let (checked, code) = desk.check(&[]);
    assert_eq!((code, checked.findings.len()), (1, 1));
    let spot = &checked.findings[0];
    assert!(!spot.done && spot.level == Level::Error && spot.message().contains("if its document stayed"), "{spot:?}");
    desk.accept();
    desk.rm("a.txt");
    assert_eq!(desk.numbers(&[]), [0, 1, 1]);
}

fn record(id: Option<&str>, paragraphs: &[&str]) -> String {
    let text = paragraphs.join("\n\n");
    match id {
        Some(id) => serde_json::json!({ "id": id, "text": text }).to_string() + "\n",
        None => serde_json::json!({ "text": text }).to_string() + "\n",
    }
}

#[test]
fn records_are_known_by_id_and_without_one_by_text() {
    for ids in [true, false] {
        let desk = Desk::new();
        let record = |id, paragraphs: &[&str]| record(Some(id).filter(|_| ids), paragraphs);
        let one = record("1\t\u{202e}", &[BRIDGE, FERRY, APPEAL]);
        let two = record("2", &[BARN, SPRING, APPEAL, LABEL]);
        let dog = record("3", &[DOG, BARN.to_lowercase().as_str()]);
        desk.write("r.jsonl", &[one.as_str(), &two, &dog].concat());
        desk.accept();
        let known = desk.numbers(&[])[2];
        desk.write("r.jsonl", &[two.as_str(), &dog, &one].concat());
        assert_eq!(desk.numbers(&[]), [0, 0, known], "another order");
        desk.write("r.jsonl", &[two.as_str(), &dog].concat());
        desk.write("s/other.jsonl", &one);
        assert_eq!(desk.numbers(&[]), [0, 0, known], "another file");
        desk.write("r.jsonl", &(two.replace("winter", "summer") + &one + &record("3", &[DOG, BARN, LABEL])));
        desk.rm("s/other.jsonl");
        let (checked, _) = desk.check(&[]);
        assert_eq!(checked.baseline.unwrap().new, 1);
        assert_eq!(checked.findings[0].region.start.line, 3);
        // The same id twice, and the same record twice.
        desk.write("r.jsonl", &[one.as_str(), &one, &record("1\t\u{202e}", &[DOG, APPEAL])].concat());
        desk.accept();
        let known = desk.numbers(&[])[2];
        assert_eq!(desk.numbers(&[]), [0, 0, known]);
        desk.write("r.jsonl", &[one.as_str(), &one, &one, &record("1\t\u{202e}", &[DOG, APPEAL])].concat());
        assert_eq!(desk.numbers(&[])[0], 1);
    }
}

#[test]
fn files_that_were_not_looked_at_keep_what_is_known() {
    let desk = Desk::new();
    desk.put("a/x.txt", &[BRIDGE, APPEAL]);
    desk.put("b/y.txt", &[BARN, LABEL, SHARE]);
    desk.accept();
    let before = desk.baseline();
    for args in [["in/b", "--baseline", "clean.baseline"], ["in/b/y.txt", "--baseline", "./in/../clean.baseline"]] {
        let output = clean(desk.path(), &[&args[..], &["--update-baseline", "--format", "json"]].concat());
        let checked: Checked = serde_json::from_slice(&output.stdout).unwrap();
        let baseline = checked.baseline.unwrap();
        assert_eq!((baseline.new, baseline.gone, baseline.known, baseline.elsewhere), (0, 0, 2, 1));
        assert!(!baseline.written && desk.baseline() == before);
    }
    // Nor does it matter from where the program is called.
    let output = clean(&desk.path().join("in/b"), &["..", "--baseline", "../../clean.baseline"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("0 new, 0 gone, 3 known\n"), "{said}");
}

#[test]
fn inputs_that_cannot_be_read_are_dirt_too() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, APPEAL]);
    desk.write("broken.txt.gz", "no archive");
    desk.accept();
    assert_eq!(desk.numbers(&[]), [0, 0, 2]);
    desk.write("broken2.txt.gz", "no archive");
    assert_eq!(desk.numbers(&[]), [1, 0, 2]);
    desk.rm("broken.txt.gz");
    assert_eq!(desk.numbers(&[])[0], 0, "it has another name now");
    // What cannot be read now may be as dirty as it was.
    desk.write("a.txt.gz", "no archive");
    desk.rm("broken2.txt.gz");
    let before = desk.baseline();
    fs::write(desk.path().join("clean.baseline"), before.replace("in/a.txt\t", "in/a.txt.gz\t")).unwrap();
    desk.rm("a.txt");
    desk.put("c.txt", &[DOG]);
    let (checked, _) = desk.check(&[]);
    assert_eq!(checked.baseline.unwrap().elsewhere, 1);
}

#[test]
fn the_same_bytes_for_any_threads_and_shards() {
    let desk = Desk::new();
    let records: Vec<String> = (0..40)
        .map(|n| {
            record(
                (n % 3 > 0).then_some(format!("{}", n % 30)).as_deref(),
                &[BRIDGE, [FERRY, BARN, SPRING][n % 3], APPEAL, DOG, [LABEL, SHARE][n % 2]],
            )
        })
        .collect();
    desk.write("r.jsonl", &records.concat());
    for n in 0..12 {
        desk.put(
            &format!("{n}.txt"),
            &[&format!("Story {n}."), [DOG, BARN][n % 2], SPRING, [APPEAL, RIGHTS, LABEL][n % 3]],
        );
    }
    desk.accept();
    let one = desk.baseline();
    let other = ["--threads", "3", "--shard-bytes", "200"];
    let written = ["in", "--baseline", "other", "--update-baseline", "--threads", "1", "--shard-bytes", "500"];
    assert_eq!(clean(desk.path(), &written).status.code(), Some(0));
    assert_eq!(fs::read_to_string(desk.path().join("other")).unwrap(), one);
    desk.mv("3.txt", "a/3.txt");
    desk.write("r.jsonl", &records[7..].concat());
    for n in 0..6 {
        desk.put(
            &format!("{n}.txt"),
            &[&format!("Story {n}."), [DOG, BARN][n % 2], SHARE, [APPEAL, RIGHTS, LABEL][n % 3]],
        );
    }
    for format in FORMATS {
        let args = ["--format", format.name, "--max-findings", "3"];
        let [one, three] =
            [desk.run(&[&args[..], &["--threads", "1"]].concat()), desk.run(&[&args[..], &other].concat())];
        assert!(one.status.code() == Some(1) && one.stdout == three.stdout, "{}", format.name);
    }
}

#[test]
fn every_format_lists_what_is_new_and_nothing_else_unless_asked() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL]);
    desk.put("gone.txt", &[DOG, RIGHTS]);
    desk.accept();
    desk.rm("gone.txt");
    desk.put("a.txt", &[BRIDGE, FERRY, APPEAL, SHARE]);
    for format in FORMATS {
        let all = String::from_utf8(desk.run(&["--format", format.name, "--all"]).stdout).unwrap();
        let output = desk.run(&["--format", format.name]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(text.contains("Share this article") && !text.contains("Subscribe to our"), "{}: {text}", format.name);
        assert!(all.contains("Share this article") && all.contains("Subscribe to our"), "{}: {all}", format.name);
        let numbers = if format.name == "json" { "\"new\":1,\"gone\":1,\"known\":1" } else { "1 new, 1 gone, 1 known" };
        assert!(text.contains(numbers) && text.contains("in/gone.txt"), "{}: {text}", format.name);
    }
    let schema = Command::new(env!("CARGO_BIN_EXE_clean")).args(["schema", "check"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let json: Value = serde_json::from_slice(&desk.run(&["--format", "json", "--all"]).stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
    let known: Vec<Value> = json["findings"].as_array().unwrap().iter().map(|f| f["known"].clone()).collect();
    assert!(known.contains(&Value::Bool(true)) && known.contains(&Value::Bool(false)), "{known:?}");
    let sarif: Value = serde_json::from_slice(&desk.run(&["--format", "sarif", "--all"]).stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let states: BTreeSet<&str> = results.iter().map(|result| result["baselineState"].as_str().unwrap()).collect();
    assert_eq!(states, ["new", "unchanged"].into());
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_slice(&fs::read(schema).unwrap()).unwrap();
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"].as_object_mut().unwrap().remove("pattern").unwrap();
    }
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&sarif));
    // A name that would be a command of a build service is text.
    desk.put("##[error]x.txt", &[DOG, RIGHTS]);
    desk.accept();
    desk.rm("##[error]x.txt");
    for format in FORMATS {
        let text = String::from_utf8(desk.run(&["--format", format.name]).stdout).unwrap();
        assert!(!text.contains("##["), "{}: {text}", format.name);
    }
}

#[test]
fn a_baseline_that_is_none_is_named_with_its_line() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, APPEAL]);
    desk.accept();
    let file = desk.path().join("clean.baseline");
    let good = desk.baseline();
    for (bad, wanted) in [
        (
            good.replace("\n0a\n", "\n<<<<<<< HEAD\n0a\n=======\n>>>>>>> b\n"),
            "clean.baseline:16: a mark of a merge conflict",
        ),
        (good.replace("baseline 1\n", "baseline 7\n"), "clean.baseline:1: version 7 of the format"),
        (String::new(), "clean.baseline:1: no baseline"),
        (good.replace("boilerplate", "plate"), "'plate' is no kind of dirt"),
    ] {
        fs::write(&file, &bad).unwrap();
        for args in [&[][..], &["--update-baseline"]] {
            let complaint = complaint(&desk.run(args));
            assert!(complaint.contains(wanted), "{complaint}");
            assert_eq!(fs::read_to_string(&file).unwrap(), bad, "what is not understood is not written over");
        }
    }
    fs::write(&file, b"\xff\xfe").unwrap();
    assert!(complaint(&desk.run(&[])).contains("it is no text"));
    let complaint = complaint(&clean(desk.path(), &["in", "--update-baseline"]));
    assert!(complaint.contains("--baseline FILE") && complaint.contains("[check]"), "{complaint}");
}

#[test]
fn clean_toml_names_it_from_its_own_folder() {
    let desk = Desk::new();
    desk.put("deep/a.txt", &[BRIDGE, APPEAL]);
    fs::write(desk.path().join("clean.toml"), "[check]\nbaseline = \"known/clean.baseline\"\n").unwrap();
    fs::create_dir(desk.path().join("known")).unwrap();
    let here = desk.path().join("in/deep");
    assert!(complaint(&clean(&here, &["."])).contains("there is no baseline"));
    assert_eq!(clean(&here, &[".", "--update-baseline"]).status.code(), Some(0));
    assert_eq!(clean(&here, &[".", "--limit", "boilerplate=0%"]).status.code(), Some(0));
    desk.put("deep/a.txt", &[BRIDGE, APPEAL, LABEL]);
    assert_eq!(clean(desk.path(), &["in"]).status.code(), Some(1));
    fs::write(desk.path().join("clean.toml"), "[check]\nbaselines = \"x\"\n").unwrap();
    assert!(
        complaint(&clean(&here, &["."]))
            .contains("clean.toml:2:1: [check] has no 'baselines'; did you mean 'baseline'?")
    );
}

#[test]
fn the_file_is_small_sorted_private_to_nobody_and_no_document() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, APPEAL]);
    desk.put("b.txt", &[BARN, LABEL]);
    // Within the inputs it is not read as one.
    let args = ["in", "--baseline", "in/known.txt", "--update-baseline"];
    for _ in 0..2 {
        let output = clean(desk.path(), &args);
        assert!(output.status.success() && output.stderr.is_empty());
        assert!(String::from_utf8(output.stdout).unwrap().contains("2 documents"));
    }
    desk.mv("known.txt", "clean.baseline");
    let output = clean(desk.path(), &["in", "--baseline", "in/clean.baseline"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(desk.path().join("in/clean.baseline")).unwrap();
    assert!(text.len() < 4200, "{}", text.len());
    let dirt: Vec<&str> = text.lines().filter(|line| line.contains('\t')).collect();
    assert_eq!(dirt.len(), 2);
    assert!(dirt.iter().all(|line| line.len() < 90), "{dirt:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| fs::metadata(desk.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("in/clean.baseline"), mode("in/a.txt"));
    }
    let left: Vec<_> = fs::read_dir(desk.path().join("in")).unwrap().collect();
    assert_eq!(left.len(), 3, "nothing is left lying about");
}

#[test]
fn a_baseline_among_known_documents_is_none_of_them() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, APPEAL]);
    fs::create_dir(desk.path().join("known")).unwrap();
    fs::write(desk.path().join("known/k.txt"), format!("{BARN}\n")).unwrap();
    let check = |more: &[&str]| {
        let args = ["in", "--baseline", "known/baseline.txt", "--format", "json", "--against", "known"];
        let output = clean(desk.path(), &[&args[..], more].concat());
        let checked: Checked = serde_json::from_slice(&output.stdout).unwrap();
        (checked.totals.documents, checked.baseline.unwrap().new, checked.against.unwrap().documents)
    };
    assert_eq!(check(&["--update-baseline"]).0, 1);
    assert_eq!(check(&[]), (1, 0, 1));
    desk.put("a.txt", &[BRIDGE, APPEAL, LABEL]);
    assert_eq!(check(&[]), (1, 1, 1));
}

#[test]
#[cfg(unix)]
fn a_baseline_on_another_way_is_no_document() {
    let desk = Desk::new();
    desk.put("a.txt", &[BRIDGE, APPEAL]);
    std::os::unix::fs::symlink("in", desk.path().join("link")).unwrap();
    for (inputs, baseline) in [("in", "in/known.txt"), ("link", "in/known.txt"), ("in", "link/known.txt")] {
        let args = ["check", inputs, "--baseline", baseline, "--update-baseline", "--format", "json"];
        let output = Command::new(env!("CARGO_BIN_EXE_clean")).args(args).current_dir(desk.path()).output().unwrap();
        let checked: Checked = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((checked.totals.documents, checked.baseline.unwrap().new), (1, 0), "{inputs} {baseline}");
    }
}

#[test]
fn a_baseline_that_was_just_made_stays_as_it_is() {
    let desk = Desk::new();
    // Two records of one id: the first is clean, and so stood for nothing when the baseline was made.
    let record = |text: &str| serde_json::json!({ "id": "same", "text": text }).to_string() + "\n";
    let dirty = [FERRY, BARN, APPEAL, RIGHTS].join("\n\n");
    desk.write("r.jsonl", &(record(&[BRIDGE, SPRING].join("\n\n")) + &record(&dirty)));
    assert_eq!(desk.run(&["--update-baseline"]).status.code(), Some(0));
    let made = fs::read_to_string(desk.path().join("clean.baseline")).unwrap();
    assert!(made.contains("in/r.jsonl\t#same\t"), "{made}");
    let again = desk.run(&["--update-baseline"]);
    assert_eq!(fs::read_to_string(desk.path().join("clean.baseline")).unwrap(), made);
    assert!(!String::from_utf8_lossy(&again.stdout).contains("written:"));
}
