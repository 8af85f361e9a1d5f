//! What is left when a run is stopped: nothing new, and everything that stood before; and when it is killed: what it takes to
//! go on.
#![allow(clippy::pedantic, clippy::unwrap_used)]

mod many;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use many::corpus;
use textclean::write::{Staging, abandon};

#[test]
fn a_stopped_run_leaves_what_stood_before() {
    let dir = tempfile::tempdir().unwrap();
    let (fresh, used) = (dir.path().join("a/b"), dir.path().join("used"));
    fs::create_dir(&used).unwrap();
    fs::write(used.join("notes.md"), "mine").unwrap();
    let open = |out| Staging::open(out, "task", false, |_| None).unwrap();
    let runs = [open(&fresh), open(&used)];
    for run in &runs {
        run.create("cleaned/x/y.txt").unwrap().put(b"half of a te").unwrap();
    }
    abandon();
    assert!(!dir.path().join("a").exists());
    let left: Vec<_> = fs::read_dir(&used).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.md"]);

    drop(runs);
    let run = open(&used);
    run.create("report.json").unwrap().finish().unwrap();
    run.publish().unwrap();
    abandon();
    assert!(used.join("report.json").exists());
}

fn run(input: &Path, out: &Path, resume: bool) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clean"));
    command
        .arg(input)
        .args(["--quiet", "--stable", "--shard-bytes", "4000", "--clusters", "--max-cut", "100%", "--out"])
        .arg(out);
    command.args(resume.then_some("--resume")).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = walk.filter(|e| e.file_type().is_file());
    files.map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(e.path()).unwrap())).collect()
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (input, whole, out) = (dir.path().join("in.jsonl"), dir.path().join("whole"), dir.path().join("out"));
    corpus(&input);
    let begun = Instant::now();
    assert!(run(&input, &whole, false).status().unwrap().success());
    let takes = begun.elapsed();
    let expected = files(&whole);
    for moment in 1..=8u32 {
        let mut killed = run(&input, &out, false).spawn().unwrap();
        std::thread::sleep(takes * moment / 8);
        killed.kill().unwrap();
        killed.wait().unwrap();
        let journal = fs::read_to_string(out.join(".clean-unfinished/journal")).unwrap_or_default();
        // On a busy machine it may have been killed before it wrote anything.
        let shown = if out.exists() { files(&out) } else { Vec::new() };
        let shown = shown.into_iter().filter(|(name, _)| !name.starts_with(".clean-unfinished"));
        let shown: Vec<_> = shown.collect();
        assert!(shown.is_empty() || shown == expected || journal.contains("showing "), "half of it is shown");
        assert!(run(&input, &out, true).status().unwrap().success());
        assert!(files(&out) == expected, "killed at {moment} of 8");
        fs::remove_dir_all(&out).unwrap();
    }
}

#[test]
fn output_that_was_being_shown_is_shown_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let (input, whole, out) = (dir.path().join("in.jsonl"), dir.path().join("whole"), dir.path().join("out"));
    corpus(&input);
    assert!(run(&input, &whole, false).status().unwrap().success());
    let unfinished = out.join(".clean-unfinished");
    fs::create_dir_all(&unfinished).unwrap();
    // As if killed between two renames: the cleaned text is in place, the rest is not.
    for (name, bytes) in files(&whole) {
        let to = if name.starts_with("cleaned") { out.join(&name) } else { unfinished.join(&name) };
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    fs::write(unfinished.join("journal"), "task\nshowing cleaned removed.jsonl clusters.jsonl report.json\n").unwrap();
    // Another task, and it cannot even begin to read: what was whole is shown all the same.
    let other = dir.path().join("other.jsonl");
    fs::write(&other, "no record\n").unwrap();
    run(&other, &out, false).arg("--only").arg("twin-document").status().unwrap();
    assert!(out.join("report.json").exists() && out.join("removed.jsonl").exists());
    assert!(run(&input, &out, true).status().unwrap().success());
    assert!(files(&out) == files(&whole));
}

#[test]
#[cfg(unix)]
fn a_stopped_run_leaves_nothing_of_standard_input() {
    use std::io::Write as _;
    let dir = tempfile::tempdir().unwrap();
    let temp = dir.path().join("temp");
    fs::create_dir(&temp).unwrap();
    let mut run = run(Path::new("-"), &dir.path().join("out"), false);
    let mut run = run.arg("--temp-dir").arg(&temp).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = run.stdin.take().unwrap();
    // More than a pipe holds: when this is written, the program has begun to keep it.
    input.write_all(&b"This is nobody's business. ".repeat(10_000)).unwrap();
    let kept =
        || walkdir::WalkDir::new(&temp).into_iter().filter(|e| e.as_ref().unwrap().file_type().is_file()).count();
    assert_eq!(kept(), 1);
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
    assert_eq!(run.wait().unwrap().code(), Some(130));
    assert_eq!(fs::read_dir(&temp).unwrap().count(), 0);
}
