//! Holds ARCHITECTURE.md's table of rooms: who may know whom. Reads the paths that stand in the source, nothing more.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms (or single names) that it may use. A room may always use itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("types", &[]),
    ("error", &[]),
    ("spill", &["types", "error"]),
    ("text", &["types"]),
    ("segment", &["types", "text"]),
    ("sign", &["types", "text"]),
    ("resolve", &["types", "text"]),
    ("spans", &["types", "text"]),
    ("judge", &["types", "text"]),
    ("rewrite", &["types", "text"]),
    ("read", &["types", "text", "error", "write::Scratch"]),
    ("report", &["types", "error"]),
    ("write", &["error"]),
    (
        "pipeline",
        &[
            "types", "error", "text", "segment", "sign", "resolve", "spans", "judge", "rewrite", "read", "report",
            "write", "spill",
        ],
    ),
    ("audit", &["pipeline", "types", "error", "text", "segment", "read", "report", "write::Scratch"]),
    ("diff", &["pipeline", "types", "error", "text", "read", "report", "write::Scratch"]),
    ("whatif", &["types", "error", "judge", "rewrite", "report", "sign::Bands"]),
    ("cli", CLI),
];

/// The edge of the program runs the pipeline and prints reports. Of the stages it knows only what can be typed: the
/// lists of rules and formats, names in them, settings, instructions, and the distance behind "did you mean".
const CLI: &[&str] = &[
    "pipeline",
    "audit",
    "diff",
    "whatif",
    "types",
    "error",
    "report",
    "judge::RULES",
    "judge::Rule",
    "judge::rule",
    "judge::line::Judge",
    "judge::line::Weights",
    "read::FORMATS",
    "read::Compression",
    "read::Fields",
    "read::format",
    "resolve::Keep",
    "text::similar::edits",
    "text::simd",
];

/// Unit tests obey the table too, but for these: rewrite's make their pages with the real segmenter.
const UNIT_TESTS: &[(&str, &str)] = &[("rewrite", "segment")];

/// Crates with one door each: the path prefix of the files that may name them.
const DOORS: &[(&str, &str)] = &[
    ("rayon", "pipeline/"),
    ("indicatif", "pipeline/"),
    ("xxhash_rust", "text/hash.rs"),
    ("strsim", "text/similar.rs"),
    ("jiff", "text/date.rs"),
    ("imara_diff", "diff/hunks.rs"),
    ("quick_xml", "report/formats/junit.rs"),
];

/// Rooms that are functions of their arguments, and what of the standard library would make them something else.
const PURE: &[&str] = &["types", "text", "segment", "sign", "resolve", "spans", "judge", "rewrite"];
const OUTSIDE: &[&str] = &["env", "fs", "io", "net", "process", "thread", "time"];

/// Files below src/ that may start threads: the conductor's, and the one that decompresses ahead, in which nothing of ours
/// is decided and whose bytes come out in their order.
const THREADS: &[&str] = &["pipeline/", "read/ahead.rs"];

/// The list of each room with plug-ins, and the files of the room that may name it; members import the definition.
const LISTS: &[(&str, &str, &[&str])] = &[
    ("judge", "RULES", &["judge/mod.rs"]),
    ("read", "FORMATS", &["read/mod.rs", "read/discover.rs"]),
    ("audit", "KINDS", &["audit/mod.rs"]),
    ("report", "formats::FORMATS", &["report/formats/mod.rs"]),
];

#[test]
fn every_arrow_is_allowed() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    assert!(files.len() > 20, "src/ was not found");
    let mut all = Vec::new();
    for path in files {
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        all.extend(faults(&name, &fs::read_to_string(&path).unwrap()));
    }
    assert!(all.is_empty(), "not allowed by the table in tests/layering.rs:\n{}", all.join("\n"));
}

#[test]
fn a_forbidden_line_is_caught() {
    for (file, line) in [
        ("judge/ad/x.rs", "use crate::read::{Fields, source};"),
        ("judge/ad/x.rs", "use crate::judge::{RULES, Rule};"),
        ("judge/ad/x.rs", "use super::super::{Case, RULES as ALL};"),
        ("judge/ad/x.rs", "use crate::judge::*;"),
        ("read/x.rs", "fn f() -> usize { super::FORMATS.len() }"),
        ("types/x.rs", "fn f() -> crate::error::Error { todo!() }"),
        ("segment.rs", "use super::sign::sign;"),
        ("segment.rs", "mod tests {\n    use crate::{sign, types::Span};\n}"),
        ("rewrite.rs", "use crate::segment::segment;"),
        ("cli/x.rs", "use crate::judge::{self, Rule};\nfn f() { judge::judge(); }"),
        ("cli/x.rs", "use crate::segment;"),
        ("resolve/x.rs", "use std::{collections::HashMap, time::Instant};"),
        ("resolve/x.rs", "use std::thread;"),
        ("read/x.rs", "fn f() { std::thread::spawn(g); }"),
        ("sign.rs", "use rayon::prelude::*;"),
        ("write.rs", "fn f() { indicatif::ProgressBar::new(1) }"),
        ("text/words.rs", "use xxhash_rust;"),
        ("judge/x.rs", "fn f() -> usize { strsim::osa_distance(a, b) }"),
        ("pipeline/x.rs", "use crate::cli::main;"),
        ("attic/x.rs", "use crate::types::Span;"),
    ] {
        assert!(!faults(file, line).is_empty(), "not caught: {file}: {line}");
    }
    for (file, line) in [
        ("judge/ad/x.rs", "use crate::judge::{Case, rule::Rule};\nuse super::super::Found;"),
        ("judge/ad/x.rs", "//! [`crate::read::Fields`]\n// use crate::read::Fields;\nstd::mem::take(x);"),
        ("read/x.rs", "use super::text;\npub(crate) use super::format::Format;"),
        ("rewrite.rs", "#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::segment::segment;\n}"),
        ("cli/x.rs", "use crate::judge::{self, RULES};\nfn f<'a>(x: &'a str) { judge::rule(x); std::env::var(x); }"),
        ("lib.rs", "use crate::pipeline::run;"),
    ] {
        assert_eq!(faults(file, line), [""; 0], "{file}: {line}");
    }
}

/// What of `source`, the file `name` below src/, breaks the table.
fn faults(name: &str, source: &str) -> Vec<String> {
    let mut module: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    module.retain(|part| !matches!(*part, "mod" | "lib" | "main"));
    let Some(&room) = module.first() else { return Vec::new() };
    let code: Vec<&str> = source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join("\n");
    let (body, tests) = code.split_once("#[cfg(test)]\nmod tests {").unwrap_or((&code, ""));
    let mut paths: Vec<(String, bool)> = paths(body, &module).into_iter().map(|path| (path, false)).collect();
    module.push("tests");
    paths.extend(self::paths(tests, &module).into_iter().map(|path| (path, true)));
    let ours: Vec<String> = paths.iter().filter_map(|(path, _)| Some(path.strip_prefix("crate::")?.into())).collect();
    paths
        .iter()
        .filter_map(|(path, test)| Some(format!("{name}: {path}: {}", fault(name, room, path, *test, &ours)?)))
        .collect()
}

fn fault(file: &str, room: &str, path: &str, test: bool, imported: &[String]) -> Option<String> {
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return Some(format!("the room {room} is not in the table"));
    };
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    if let Some((_, door)) = DOORS.iter().find(|(name, door)| *name == first && !file.starts_with(door)) {
        return Some(format!("only {door} may name it"));
    }
    if first == "std" && PURE.contains(&room) && OUTSIDE.contains(&rest.split("::").next()?) {
        return Some(format!("{room} is a function of its arguments"));
    }
    if first == "std" && rest.split("::").next() == Some("thread") && !THREADS.iter().any(|may| file.starts_with(may)) {
        return Some("only the conductor starts threads".into());
    }
    // `use crate::judge;` makes a path of ours of every `judge::…` in the file.
    let ours = if first == "crate" { rest } else { path };
    if first != "crate" && !imported.iter().any(|i| i == first) {
        return None;
    }
    let target = ours.split("::").next()?;
    if target == room {
        let listed = |name: &str| ours == format!("{room}::{name}") || ours.starts_with(&format!("{room}::{name}::"));
        let (_, list, _) =
            LISTS.iter().find(|(r, list, may)| *r == room && !may.contains(&file) && (listed(list) || listed("*")))?;
        return Some(format!("members of {room} import the definition, not {list}"));
    }
    let within = |outer: &str, inner: &str| inner == outer || inner.starts_with(&format!("{outer}::"));
    // The bare name of a room of which only some names are allowed: what it is used for is looked at by itself.
    let bare = ours == target && allowed.iter().any(|a| within(target, a));
    let known = allowed.iter().any(|a| within(a, ours)) || bare || test && UNIT_TESTS.contains(&(room, target));
    (!known).then(|| format!("{room} may not use {target}"))
}

/// Every path of two or more segments and every import in `code`, written out from `crate` where it is one of ours.
fn paths(code: &str, module: &[&str]) -> Vec<String> {
    let spaced = ["::", "{", "}", ",", ";", "(", ")", "<", ">", "&", "[", "]", "!", ".", "=", "*", "|", "#", "?"]
        .iter()
        .fold(code.to_owned(), |code, sign| code.replace(sign, &format!(" {sign} ")));
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut out = Vec::new();
    for at in 0..tokens.len() {
        let begins = tokens.get(at + 1) == Some(&"::") || at > 0 && tokens[at - 1] == "use";
        if begins && (at == 0 || tokens[at - 1] != "::") {
            let mut whole = Vec::new();
            expand(&tokens, at, "", &mut whole);
            out.extend(whole.iter().map(|path| resolve(path, module)));
        }
    }
    out
}

/// Writes out the tree of paths that begins at `at`; returns where it ends.
fn expand(tokens: &[&str], mut at: usize, prefix: &str, out: &mut Vec<String>) -> usize {
    let mut path = prefix.to_owned();
    loop {
        match tokens.get(at).copied() {
            Some("{") => {
                at += 1;
                while !matches!(tokens.get(at), None | Some(&"}")) {
                    at = expand(tokens, at, &path, out).max(at + 1);
                }
                return at + 1;
            }
            Some("self") if !path.is_empty() => {}
            Some(word) if word == "*" || word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                path = if path.is_empty() { word.to_owned() } else { format!("{path}::{word}") };
            }
            _ => {}
        }
        if tokens.get(at + 1) != Some(&"::") {
            out.push(path);
            let mut end = at + 1;
            if tokens.get(end) == Some(&"as") {
                end += 2;
            }
            return end + usize::from(tokens.get(end) == Some(&","));
        }
        at += 2;
    }
}

/// `self` and `super` become paths from the root.
fn resolve(path: &str, module: &[&str]) -> String {
    let mut here = module;
    let mut rest = path;
    while let Some(after) = rest.strip_prefix("super").filter(|r| r.is_empty() || r.starts_with("::")) {
        here = &here[..here.len().saturating_sub(1)];
        rest = after.trim_start_matches("::");
    }
    if rest == path {
        let Some(after) = path.strip_prefix("self::") else { return path.to_owned() };
        rest = after;
    }
    ["crate"]
        .iter()
        .chain(here)
        .copied()
        .chain([rest].into_iter().filter(|r| !r.is_empty()))
        .collect::<Vec<_>>()
        .join("::")
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            collect(&entry, out);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            out.push(entry);
        }
    }
}
