//! The program, run in a folder.

use std::path::Path;
use std::process::{Command, Output};

/// Runs it.
pub(crate) fn clean(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clean")).args(args).current_dir(folder).output().unwrap()
}

/// What a command prints that succeeds.
pub(crate) fn shown(folder: &Path, args: &[&str]) -> String {
    let output = clean(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command says that fails.
pub(crate) fn complaint(folder: &Path, args: &[&str]) -> String {
    let output = clean(folder, args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}
