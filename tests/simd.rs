//! Whatever instructions the processor has: the results are the same bytes.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use textclean::text::simd;

fn run(path: &str, out: &Path) -> Output {
    let mut clean = Command::new(env!("CARGO_BIN_EXE_clean"));
    clean.current_dir(env!("CARGO_MANIFEST_DIR")).arg("inputs").args(["--quiet", "--stable", "--simd", path, "--out"]);
    clean.arg(out).output().unwrap()
}

fn files(dir: &Path, below: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(dir.join(below)).unwrap() {
        let path = below.join(entry.unwrap().file_name());
        if dir.join(&path).is_dir() {
            files(dir, &path, all);
        } else {
            all.insert(path.clone(), fs::read(dir.join(&path)).unwrap());
        }
    }
}

#[test]
fn every_path_writes_the_same_bytes() {
    let mut first: Option<BTreeMap<PathBuf, Vec<u8>>> = None;
    for path in simd::Path::ALL {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let output = run(path.name(), &out);
        let said = String::from_utf8(output.stderr).unwrap();
        if !path.is_here() {
            assert_eq!(output.status.code(), Some(2));
            assert!(said.contains("this processor cannot take") && said.contains("plain"), "{said}");
            continue;
        }
        assert!(output.status.success(), "{said}");
        let mut all = BTreeMap::new();
        files(&out, Path::new(""), &mut all);
        assert!(all.len() > 5, "{:?}", all.keys());
        assert!(*first.get_or_insert_with(|| all.clone()) == all, "{} differs", path.name());
    }
    assert_eq!(run("mmx", Path::new("out")).status.code(), Some(2));
}
