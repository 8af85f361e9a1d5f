//! When a disk is full, or a file may grow no further: what went wrong is said, nothing is shown by halves, and what is done
//! is there for a run that goes on once there is room.
#![cfg(unix)]
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::print_stderr)]

mod many;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use many::corpus;

const RUN: &str = "\"$CLEAN\" \"$IN\" --quiet --stable --shard-bytes 4000 --clusters --max-cut 100% --out \"$OUT\"";

/// Runs a script of the shell, in which `$RUN` is the whole run into `$OUT`.
fn script(shell: &[&str], script: &str, input: &Path, out: &Path) -> Output {
    let script = script.replace("$RUN", RUN);
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).arg(script).env("CLEAN", env!("CARGO_BIN_EXE_clean")).env("IN", input).env("OUT", out);
    command.output().unwrap()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = walk.filter(|e| e.file_type().is_file());
    files.map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(e.path()).unwrap())).collect()
}

/// Looks at what a run has left that could not write all: its text, and a folder in which nothing is shown.
fn told(run: &Output, names: &[String]) -> bool {
    let text = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{text}");
    assert!(text.starts_with("error: cannot write ") && text.contains("nothing was published"), "{text}");
    assert!(names.iter().all(|name| name.starts_with(".clean-unfinished")), "{names:?}");
    // What the text says of the folder is so.
    assert_eq!(text.contains("what is done is kept in"), !names.is_empty(), "{text}");
    !names.is_empty()
}

#[test]
fn a_file_that_may_not_grow_is_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let (input, whole, out) = (dir.path().join("in.jsonl"), dir.path().join("whole"), dir.path().join("out"));
    corpus(&input);
    assert!(script(&["sh", "-c"], "$RUN", &input, &whole).status.success());
    let expected = files(&whole);
    let mut kept = 0;
    for blocks in [4, 80, 160] {
        // Without the signal, a file that would grow beyond the limit is an error like a full disk.
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; $RUN");
        let run = script(&["sh", "-c"], &limited, &input, &out);
        let left = if out.exists() { files(&out) } else { Vec::new() };
        if !run.status.success() {
            kept += u32::from(told(&run, &left.into_iter().map(|(name, _)| name).collect::<Vec<_>>()));
            assert!(script(&["sh", "-c"], "$RUN --resume", &input, &out).status.success());
        }
        assert!(files(&out) == expected, "with {blocks} blocks");
        fs::remove_dir_all(&out).unwrap();
    }
    assert!(kept > 0, "no limit came in the midst of a run");
}

/// The small disk lies in memory, in a name space of its own, so that nobody else sees it.
#[test]
fn a_full_disk_is_gone_on_with() {
    let shell = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
    let dir = tempfile::tempdir().unwrap();
    let (input, whole, disk) = (dir.path().join("in.jsonl"), dir.path().join("whole"), dir.path().join("disk"));
    corpus(&input);
    fs::create_dir(&disk).unwrap();
    let probe =
        Command::new(shell[0]).args(&shell[1..]).arg("mount -t tmpfs -o size=64k tmpfs \"$0\"").arg(&disk).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        eprintln!("skipped: a small file system cannot be had here (unshare --user --mount, mount -t tmpfs)");
        return;
    }
    assert!(script(&["sh", "-c"], "$RUN", &input, &whole).status.success());
    let expected = files(&whole);
    let mut kept = 0;
    for size in (1..=5).map(|n| n * 256) {
        let result = dir.path().join(format!("result-{size}"));
        // The first run is told of by its exit code, its text and the names it left; then there is room.
        let steps = format!(
            "disk=\"$OUT\"; result='{}'; OUT=\"$disk/out\"; mkdir \"$result\"
            mount -t tmpfs -o size={size}k tmpfs \"$disk\" || exit 99
            $RUN; code=$?
            if [ $code = 0 ]; then cp -r \"$OUT\" \"$result/out\"; exit 0; fi
            [ -d \"$OUT\" ] && (cd \"$OUT\" && find . -type f) > \"$result/left\"
            mount -o remount,size=64m \"$disk\"
            $RUN --resume || exit 98
            [ \"$(ls \"$disk\")\" = out ] && cp -r \"$OUT\" \"$result/out\" || exit 97
            exit $code",
            result.display()
        );
        let run = script(&shell, &steps, &input, &disk);
        if run.status.code() != Some(0) {
            let left = fs::read_to_string(result.join("left")).unwrap_or_default();
            kept += u32::from(told(
                &run,
                &left.lines().map(|name| name.trim_start_matches("./").to_owned()).collect::<Vec<_>>(),
            ));
        }
        assert!(files(&result.join("out")) == expected, "on a disk of {size} KB");
    }
    assert!(kept > 0, "no disk was full in the midst of a run");
}

/// The file of a sorter may grow no further when memory is full for the second time: what it held the first time is there.
#[test]
fn pass_one_goes_on_where_memory_was_full() {
    let dir = tempfile::tempdir().unwrap();
    let (input, whole, out) = (dir.path().join("in.jsonl"), dir.path().join("whole"), dir.path().join("out"));
    // Short lines, each a unit: much to remember of little text.
    let line = |n: usize| format!("w{:x} v{n}", n * 7919 % 65_521);
    let text = |n: usize| (n * 200..n * 200 + 200).map(line).collect::<Vec<_>>().join("\n");
    let record = |n: usize| serde_json::json!({ "id": n, "text": text(n) }).to_string() + "\n";
    fs::write(&input, (0..2800).map(record).collect::<String>()).unwrap();
    let run = |limit: &str, resume: &str, out: &Path| {
        let steps = format!("{limit} $RUN --memory 96M --threads 1 --only repeated-block {resume}");
        script(&["sh", "-c"], &steps, &input, out)
    };
    assert!(run("", "", &whole).status.success());
    let stopped = run("trap '' XFSZ; ulimit -f 14000;", "", &out);
    let left: Vec<String> = files(&out).into_iter().map(|(name, _)| name).collect();
    assert!(told(&stopped, &left));
    let journal = fs::read_to_string(out.join(".clean-unfinished/journal")).unwrap();
    let words: Vec<&str> = journal.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(words, ["clean", "read"]);

    // What pass 1 had written is what counts: where it is gone there is nothing to go on from, and that is said.
    let lost = dir.path().join("lost");
    assert!(Command::new("cp").arg("-r").args([&out, &lost]).status().unwrap().success());
    let units = fs::File::options().write(true).open(lost.join(".clean-unfinished/read/units")).unwrap();
    units.set_len(1000).unwrap();
    let run_on = run("", "--resume", &lost);
    let text = String::from_utf8_lossy(&run_on.stderr);
    assert!(run_on.status.code() == Some(2) && text.contains("cannot go on from") && text.contains("units"), "{text}");

    assert!(run("", "--resume", &out).status.success());
    assert!(files(&out) == files(&whole));
}

/// What is printed comes last: when it finds no room, the result is there, and nothing else is said.
#[test]
#[cfg(target_os = "linux")]
fn no_room_for_what_is_printed_says_nothing_of_the_result() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("in.jsonl"), dir.path().join("out"));
    corpus(&input);
    let run = script(&["sh", "-c"], "\"$CLEAN\" \"$IN\" --max-cut 100% --out \"$OUT\" > /dev/full", &input, &out);
    let text = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{text}");
    assert!(
        text.contains("error: cannot write to standard output: ") && !text.contains("nothing was published"),
        "{text}"
    );
    assert!(out.join("report.json").exists());
}
