//! `clean diff`: what it prints, `git apply` makes of the inputs what a run would have written, byte for byte.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BRIDGE: &str = "The council voted on Tuesday to close the old bridge over the river for two years, and the work will begin in the early spring when the water is low.";
const SHOPS: &str = "Shop owners on both banks said that they had not been asked, and that a ferry would be too slow for their customers in the winter months.";
const READERS: &str = "Readers had collected nine hundred signatures against the closing by then, and handed them over on the steps of the town hall.";

/// Documents in which something goes, each with a number so that none is a twin of another.
fn dirty(number: usize, end: &str) -> String {
    let story = format!("Report number {number} of the harbour office tells of {} ships and no more.", number * 37 + 5);
    let own = (0..12).map(|n| format!("word{number}x{n}")).collect::<Vec<_>>().join(" ");
    let own = format!("{own} and {own}.");
    [story.as_str(), &own, "Subscribe to our newsletter", &story, "Share this article"].join(&end.repeat(2)) + end
}

/// Every kind of file there is, in a working tree.
fn world(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let bridge = format!("{BRIDGE}\n\n{SHOPS}\n\n{READERS}\n\n{BRIDGE}\n");
    put("in/a/plain.txt", bridge.as_bytes());
    put("in/a/twin.txt", bridge.as_bytes());
    put("in/a/z unended twin.md", bridge.trim_end().as_bytes());
    put("in/empty.txt", b"");
    put("in/empty.jsonl", b"");
    put("in/blank.txt", b"\n\n");
    put("in/clean.txt", b"Nothing is wrong with this one.\n");
    put("in/unended.txt", dirty(1, "\n").trim_end().as_bytes());
    put("in/crlf.txt", dirty(2, "\r\n").as_bytes());
    put("in/crlf-unended.txt", dirty(3, "\r\n").trim_end().as_bytes());
    put("in/cr.txt", dirty(4, "\r").as_bytes());
    let names = ["say \"x\".txt", "two  words .txt", "Übergröße 世界.txt", "-leading.txt", "back\\slash\ttab.txt"];
    for (number, name) in (5..).zip(names.into_iter().chain(["new\nline.md", "a/ b/x.txt", "café'$(x).txt"])) {
        put(&format!("in/{name}"), dirty(number, "\n").as_bytes());
    }
    let latin: Vec<u8> = dirty(20, "\n").replace("harbour", "Caf\u{e9}").chars().map(|c| c as u32 as u8).collect();
    put("in/latin.txt", &latin);
    let wide: Vec<u8> = ["\u{feff}", &dirty(21, "\r\n")].concat().encode_utf16().flat_map(u16::to_le_bytes).collect();
    put("in/wide.txt", &wide);
    put("in/marked.txt", ["\u{feff}", &dirty(22, "\n")].concat().as_bytes());
    let record = |number: usize, text: &str| serde_json::json!({"n": number, "text": text}).to_string();
    let lines: Vec<String> = (0..30)
        .map(|n| if n % 7 == 3 { record(n, &bridge) } else { record(n, &dirty(30 + n, "\n")) })
        .chain(["{broken".into(), record(31, &bridge)])
        .collect();
    put("in/records.jsonl", (lines.join("\n") + "\n").as_bytes());
    put("in/unended.jsonl", lines[..8].join("\r\n").replace("harbour", "office").as_bytes());
    put("in/all-go.jsonl", format!("{}\n", record(1, &bridge)).as_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for name in ["in/run.txt", "in/twin-run.txt"] {
            put(name, dirty(70, "\n").as_bytes());
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        use std::os::unix::ffi::OsStrExt as _;
        let odd = folder.join("in").join(std::ffi::OsStr::from_bytes(b"odd\xff\x01.txt"));
        fs::write(odd, dirty(71, "\n")).unwrap();
    }
}

fn clean(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clean"));
    command.args(args).current_dir(folder).env_remove("NO_COLOR").output().unwrap()
}

fn git(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("git");
    // The user's own settings could rewrite line ends.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn files(folder: &Path) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| !e.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().as_os_str().as_encoded_bytes().to_vec();
    walk.map(|e| (name(e.path()), fs::read(e.path()).unwrap())).collect()
}

/// Holds what `git apply` makes of the inputs against what a run writes.
fn applies(from: &str, args: &[&str], inputs: &str) {
    let dir = tempfile::tempdir().unwrap();
    let top = dir.path();
    git(top, &["init", "--quiet"]);
    world(top);
    let before = files(&top.join("in"));
    let diff = clean(&top.join(from), &[&["diff"], args, &[inputs]].concat());
    assert_eq!(diff.status.code(), Some(0), "{}", String::from_utf8_lossy(&diff.stderr));
    assert!(files(&top.join("in")) == before, "something was written");
    let out = tempfile::tempdir().unwrap();
    let run = [&["--quiet", "--max-cut", "100%", "--out", out.path().to_str().unwrap()], args, &[inputs]].concat();
    assert_eq!(clean(&top.join(from), &run).status.code(), Some(0));
    fs::write(top.join("patch"), &diff.stdout).unwrap();
    git(top, &["apply", "patch"]);

    let mut wanted = files(&out.path().join("cleaned"));
    // Reports name such bytes in their own way.
    if let Some(odd) = wanted.remove(&b"odd%FF\x01.txt"[..]) {
        wanted.insert(b"odd\xff\x01.txt".to_vec(), odd);
    }
    let got = files(&top.join("in"));
    let shown = |name: &Vec<u8>| String::from_utf8_lossy(name).into_owned();
    let same = |name: &&Vec<u8>| got.get(*name) == wanted.get(*name);
    let wrong: Vec<String> = got.keys().chain(wanted.keys()).filter(|name| !same(name)).map(shown).collect();
    assert!(wrong.is_empty(), "not as cleaned: {wrong:?}");

    let gone: Vec<String> = before.keys().filter(|name| !got.contains_key(*name)).map(shown).collect();
    assert!(gone.contains(&"a/twin.txt".into()), "{gone:?}");
    let changed = before.iter().filter(|(name, bytes)| got.get(*name).is_some_and(|after| after != *bytes));
    let changed: Vec<String> = changed.map(|(name, _)| shown(name)).collect();
    for name in ["crlf.txt", "-leading.txt", "say \"x\".txt", "wide.txt", "records.jsonl", "all-go.jsonl", "cr.txt"] {
        assert!(changed.contains(&name.into()), "{name} does not change: nothing is shown");
    }
}

#[test]
fn git_apply_gives_what_a_run_writes() {
    applies(".", &[], "in");
}

#[test]
fn names_are_those_of_the_working_tree_wherever_it_is_called() {
    applies("in/a", &["--cut-from", "hint", "--keep", "longest"], "..");
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    world(dir.path());
    let diff = |args: &[&str]| clean(dir.path(), &[&["diff", "in"], args].concat()).stdout;
    let one = diff(&["--threads", "1"]);
    assert!(one.starts_with(b"diff --git a/in/"));
    assert!(diff(&["--threads", "7", "--shard-bytes", "300"]) == one);
}

#[test]
fn outside_of_a_working_tree_names_are_those_of_the_current_folder_or_of_reports() {
    let dir = tempfile::tempdir().unwrap();
    world(dir.path());
    let names = |folder: &Path, args: &[&str]| {
        let out = clean(folder, &[&["diff"], args].concat()).stdout;
        let out = String::from_utf8_lossy(&out).into_owned();
        out.lines().filter_map(|line| Some(line.strip_prefix("--- ")?.to_owned())).collect::<Vec<_>>()
    };
    let twin = names(dir.path(), &["in/a/plain.txt", "in/a/twin.txt"]);
    assert_eq!(twin, ["a/in/a/plain.txt", "a/in/a/twin.txt"]);
    assert_eq!(names(&dir.path().join("in"), &["a/plain.txt"]), ["a/a/plain.txt"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let input = dir.path().join("in/a");
    assert_eq!(names(elsewhere.path(), &[input.to_str().unwrap(), "--only", "twin-document"]).len(), 2);
    assert_eq!(names(elsewhere.path(), &[input.to_str().unwrap()])[1], "a/plain.txt");
}

/// What cannot be patched is named and left out, and the rest applies.
#[test]
#[cfg(unix)]
fn compressed_files_and_links_are_left_out_with_a_line() {
    let dir = tempfile::tempdir().unwrap();
    let top = dir.path();
    git(top, &["init", "--quiet"]);
    fs::create_dir_all(top.join("in")).unwrap();
    fs::write(top.join("in/a.txt"), dirty(1, "\n")).unwrap();
    let packed = |name: &str, text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
        fs::write(top.join(name), encoder.finish().unwrap()).unwrap();
    };
    packed("in/dirty.txt.gz", &dirty(2, "\n"));
    packed("in/clean.txt.gz", "Nothing is wrong with this one.\n");
    packed("in/gone.txt.gz", &dirty(1, "\n"));
    fs::write(top.join("in/broken.txt.gz"), b"\x1f\x8b broken").unwrap();
    fs::write(top.join("elsewhere"), dirty(3, "\n")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", top.join("in/link.txt")).unwrap();

    let diff = clean(top, &["diff", "in"]);
    // An input that cannot be read is trouble, as in a run.
    assert_eq!(diff.status.code(), Some(2));
    let said = String::from_utf8(diff.stderr).unwrap();
    let named: Vec<&str> = said.lines().filter(|line| line.starts_with("changes, but")).collect();
    assert_eq!(named.len(), 3, "{said}");
    for (line, (name, why)) in
        named.iter().zip([("dirty.txt.gz", "compressed"), ("gone.txt.gz", "compressed"), ("link.txt", "a link")])
    {
        assert!(line.contains(name) && line.contains(why), "{said}");
    }
    assert!(said.contains("unreadable: broken.txt.gz"), "{said}");
    let patch = String::from_utf8(diff.stdout).unwrap();
    assert_eq!(patch.matches("diff --git").count(), 1);
    fs::write(top.join("patch"), patch).unwrap();
    git(top, &["apply", "patch"]);
    assert_ne!(fs::read_to_string(top.join("in/a.txt")).unwrap(), dirty(1, "\n"));
}

#[test]
fn colours_are_asked_for_and_nothing_steers_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("{BRIDGE}\n\n\u{1b}[2Jevil \u{202e}text {SHOPS}\n\nShare this article\n\n{BRIDGE}\n");
    fs::write(dir.path().join("a.txt"), text).unwrap();
    let plain = String::from_utf8(clean(dir.path(), &["diff", "a.txt"]).stdout).unwrap();
    assert!(plain.contains("\u{1b}[2J") && !plain.contains("\u{1b}[31m"));
    let shown = String::from_utf8(clean(dir.path(), &["diff", "a.txt", "--color", "always"]).stdout).unwrap();
    assert!(shown.contains("\u{1b}[31m-") && shown.contains("\u{1b}[7m"), "{shown}");
    let colourless = ["[0m", "[1m", "[7m", "[31m", "[32m", "[36m"];
    let bare = colourless.iter().fold(shown, |shown, code| shown.replace(&format!("\u{1b}{code}"), ""));
    assert!(bare.contains("\n-\\u{1b}[2Jevil \\u{202e}text Shop"), "{bare}");
    assert!(!bare.contains('\u{1b}') && !bare.contains('\u{202e}'), "{bare}");
}

#[test]
fn standard_input_is_refused_and_nothing_stays_behind() {
    let dir = tempfile::tempdir().unwrap();
    let temp = dir.path().join("temp");
    fs::create_dir(&temp).unwrap();
    let refused = clean(dir.path(), &["diff", "-"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("standard input is no file"));
    fs::write(dir.path().join("a.txt"), dirty(1, "\n")).unwrap();
    let diff = clean(dir.path(), &["diff", "a.txt", "--temp-dir", "temp"]);
    assert!(diff.status.success() && !diff.stdout.is_empty());
    assert_eq!(fs::read_dir(&temp).unwrap().count(), 0);
    assert!(!dir.path().join("reports").exists());
}
