//! What is left when a run is stopped: nothing new, and everything that stood before.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fs;

use textclean::write::{Staging, abandon};

#[test]
fn a_stopped_run_leaves_what_stood_before() {
    let dir = tempfile::tempdir().unwrap();
    let (fresh, used) = (dir.path().join("a/b"), dir.path().join("used"));
    fs::create_dir(&used).unwrap();
    fs::write(used.join("notes.md"), "mine").unwrap();
    let open = |out| Staging::open(out, |_| None).unwrap();
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
