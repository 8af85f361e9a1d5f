//! Command-line cases as data: each file in tests/cases is a small world, the commands typed there, and what comes out.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// One case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What it shows.
    about: String,
    /// Files by path; `hex:` in front gives bytes, `NUMBER times ` repeats what follows.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Links by path: what they point to.
    #[serde(default)]
    links: BTreeMap<String, String>,
    step: Vec<Step>,
}

/// One command and what it must do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    run: Vec<String>,
    #[serde(default)]
    stdin: String,
    #[serde(default)]
    exit: i32,
    /// Each must stand in what is printed; `!` in front: must not.
    #[serde(default)]
    stdout: Vec<String>,
    #[serde(default)]
    stderr: Vec<String>,
    /// Files afterwards: their whole text, or `same as PATH`.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Pieces that files must hold.
    #[serde(default)]
    holds: BTreeMap<String, Vec<String>>,
    /// What must not exist.
    #[serde(default)]
    absent: Vec<String>,
}

fn bytes(text: &str) -> Vec<u8> {
    if let Some((number, text)) = text.split_once(" times ")
        && let Ok(number) = number.parse()
    {
        return text.repeat(number).into_bytes();
    }
    let Some(hex) = text.strip_prefix("hex:") else { return text.as_bytes().to_vec() };
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn put(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn check(what: &str, text: &str, wanted: &[String], wrong: &mut Vec<String>) {
    for want in wanted {
        let (want, should) = want.strip_prefix('!').map_or((want.as_str(), true), |w| (w, false));
        if text.contains(want) != should {
            wrong.push(format!("{what} {} {want:?}; it is:\n{text}", if should { "lacks" } else { "has" }));
        }
    }
}

fn step(dir: &Path, step: &Step, wrong: &mut Vec<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clean"))
        .args(&step.run)
        .current_dir(dir)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(&bytes(&step.stdin));
    let output = child.wait_with_output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() != Some(step.exit) {
        wrong.push(format!("exit code {:?}, not {}; it said:\n{stdout}{stderr}", output.status.code(), step.exit));
    }
    check("stdout", &stdout, &step.stdout, wrong);
    check("stderr", &stderr, &step.stderr, wrong);
    for (path, want) in &step.files {
        let want =
            want.strip_prefix("same as ").map_or_else(|| bytes(want), |other| fs::read(dir.join(other)).unwrap());
        match fs::read(dir.join(path)) {
            Ok(got) if got == want => {}
            Ok(got) => wrong.push(format!(
                "{path} is {:?}, not {:?}",
                String::from_utf8_lossy(&got),
                String::from_utf8_lossy(&want)
            )),
            Err(e) => wrong.push(format!("{path}: {e}")),
        }
    }
    for (path, wanted) in &step.holds {
        check(path, &fs::read_to_string(dir.join(path)).unwrap_or_default(), wanted, wrong);
    }
    for path in step.absent.iter().filter(|path| dir.join(path).symlink_metadata().is_ok()) {
        wrong.push(format!("{path} exists"));
    }
    for entry in walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy();
        if name.starts_with(".clean-") || name.starts_with(".restore-") {
            wrong.push(format!("{} was left behind", entry.path().display()));
        }
    }
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|e| e != "toml") {
            continue;
        }
        count += 1;
        let name = entry.file_name().to_string_lossy().into_owned();
        let case: Case =
            toml::from_str(&fs::read_to_string(entry.path()).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let dir = tempfile::tempdir().unwrap();
        case.files.iter().for_each(|(path, text)| put(&dir.path().join(path), &bytes(text)));
        #[cfg(unix)]
        for (path, to) in &case.links {
            fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(to, dir.path().join(path)).unwrap();
        }
        for (n, one) in case.step.iter().enumerate() {
            let mut wrong = Vec::new();
            step(dir.path(), one, &mut wrong);
            failed.extend(
                wrong
                    .into_iter()
                    .map(|w| format!("{name} ({}), step {}: clean {}\n  {w}", case.about, n + 1, one.run.join(" "))),
            );
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    assert!(count >= 15, "{count} cases");
}
