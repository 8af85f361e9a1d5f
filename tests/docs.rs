//! What the documents say must be so: links and paths lead somewhere, flags exist, commands of the README run.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/dedup.md",
    "docs/audit.md",
    "docs/against.md",
    "docs/judging.md",
    "docs/ratchet.md",
    "docs/report.md",
    "reports/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Name and text of every document.
fn documents() -> Vec<(&'static str, String)> {
    let read =
        |name: &&'static str| (*name, fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}")));
    DOCUMENTS.iter().map(read).collect()
}

/// The README, when it is written.
fn readme() -> Option<String> {
    documents().into_iter().find(|(name, _)| *name == "README.md").map(|(_, text)| text)
}

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for (name, text) in documents() {
        let folder = root().join(name).parent().unwrap().to_owned();
        for target in links(&parts(&text).prose) {
            let path = target.split('#').next().unwrap();
            let elsewhere = target.contains("://") || target.starts_with("mailto:");
            if !elsewhere && !path.is_empty() && !folder.join(path).exists() {
                dead.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
}

#[test]
fn paths_exist() {
    let mut missing = Vec::new();
    for (name, text) in documents() {
        for span in parts(&text).spans {
            let path = span.split([':', ' ']).next().unwrap();
            if ["src/", "tests/", "benches/"].iter().any(|room| path.starts_with(room)) && !exists(path) {
                missing.push(format!("{name}: `{span}`"));
            }
        }
    }
    assert!(missing.is_empty(), "no such files:\n{}", missing.join("\n"));
}

/// Whether a path is there. `*` and words in capitals (`NAME.md`) stand for something: then the folder must be there.
fn exists(path: &str) -> bool {
    let stands_for = |part: &str| {
        let stem = part.split('.').next().unwrap();
        part.contains('*') || stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase())
    };
    let sure: PathBuf = path.split('/').take_while(|part| !stands_for(part)).collect();
    root().join(path).exists() || sure != Path::new(path) && root().join(sure).exists()
}

#[test]
fn flags_of_the_readme_exist() {
    let Some(text) = readme() else { return };
    let Parts { prose, spans, fenced } = parts(&text);
    // Of code only what is ours: `cargo test --release` has flags of another program.
    let ours = |code: &&String| code.starts_with("--") || format!(" {code}").contains(" clean ");
    let after = |code: &String| code.split_once("clean ").map_or(code.clone(), |(_, rest)| rest.to_owned());
    let mut named: BTreeSet<String> = flags(&prose);
    named.extend(spans.iter().filter(ours).flat_map(|code| flags(&after(code))));
    named.extend(fenced.iter().flat_map(|(_, lines)| lines).filter(ours).flat_map(|code| flags(&after(code))));
    let known = flags(&helps());
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(unknown.is_empty(), "README.md names flags that --help does not: {unknown:?}");
}

/// The commands of the README that need nothing but inputs/ (and what earlier ones wrote) run, in order.
#[test]
fn commands_of_the_readme_run() {
    let Some(text) = readme() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("inputs")).unwrap();
    for entry in fs::read_dir(root().join("inputs")).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), folder.path().join("inputs").join(entry.file_name())).unwrap();
    }
    let with_value = flags_with_a_value(&helps());
    let rules = stdout(&["rules"]);
    let is_rule = |word: &str| rules.lines().any(|line| line.split_whitespace().next() == Some(word));
    let mut failed = Vec::new();
    for line in commands(&text) {
        let words = words(&line);
        let there = |word: &String| folder.path().join(word).exists();
        let positional = positional(&words, &with_value);
        let can_run = match positional.first().map(String::as_str) {
            Some("rules" | "schema") => true,
            Some("explain") => positional.get(1).is_some_and(|first| there(first) || is_rule(first)),
            Some("restore") => positional.get(1).is_some_and(there),
            Some("check" | "audit") => positional[1..].iter().all(there),
            _ => positional.iter().all(there),
        };
        if can_run {
            let output =
                Command::new(env!("CARGO_BIN_EXE_clean")).args(&words).current_dir(folder.path()).output().unwrap();
            if !matches!(output.status.code(), Some(0 | 1)) {
                failed.push(format!("{line}\n  {}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
            }
        }
    }
    assert!(failed.is_empty(), "commands of README.md that fail:\n{}", failed.join("\n"));
}

#[test]
fn markdown_is_understood() {
    let text = "See [a](b.md#c), `src/x.rs:3` and ``--y``.\n\n```console\n$ clean inputs/ --out 'a b' | head  # why\n\
                written\n$ clean check \\\n    inputs/\n```\n\n```rust\nlet clean = [1](2);\n```\n";
    let parts = parts(text);
    assert_eq!(links(&parts.prose), ["b.md#c"]);
    assert_eq!(parts.spans, ["src/x.rs:3", "--y"]);
    let commands: Vec<_> = commands(text).iter().map(|line| words(line)).collect();
    assert_eq!(commands, [vec!["inputs/", "--out", "a b"], vec!["check", "inputs/"]]);
    assert_eq!(positional(&commands[0], &BTreeSet::from(["--out".into()])), ["inputs/"]);
    assert_eq!(flags("(--dry-run), --a=b; a--b ---"), BTreeSet::from(["--dry-run".into(), "--a".into()]));
    assert!(exists("src/*.rs") && exists("tests/NAME.rs") && exists("src/"));
    assert!(!exists("src/no-such-file.rs") && !exists("src/none/*.rs"));
}

/// A document, taken apart.
#[derive(Default)]
struct Parts {
    /// All but code.
    prose: String,
    /// Code between backticks.
    spans: Vec<String>,
    /// Fenced blocks: language and lines, a continued line as one.
    fenced: Vec<(String, Vec<String>)>,
}

fn parts(text: &str) -> Parts {
    let mut parts = Parts::default();
    let mut open = false;
    let mut outside = String::new();
    for line in text.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            open = !open;
            if open {
                parts.fenced.push((language.trim().to_owned(), Vec::new()));
            }
        } else if open {
            let lines = &mut parts.fenced.last_mut().unwrap().1;
            match lines.last_mut().and_then(|last| Some((last.strip_suffix('\\')?.to_owned(), last))) {
                Some((begun, last)) => *last = format!("{begun} {}", line.trim()),
                None => lines.push(line.trim().to_owned()),
            }
        } else {
            outside.push_str(line);
            outside.push('\n');
        }
    }
    let mut rest = outside.as_str();
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let body = &rest[start + ticks..];
        let Some(end) = body.find(&rest[start..start + ticks]) else { break };
        parts.prose.push_str(&rest[..start]);
        parts.prose.push_str("code");
        parts.spans.push(body[..end].trim().replace('\n', " "));
        rest = &body[end + ticks..];
    }
    parts.prose.push_str(rest);
    parts
}

/// Targets of `[text](target)`.
fn links(prose: &str) -> Vec<String> {
    let ends = prose.split("](").skip(1);
    ends.filter_map(|rest| Some(rest[..rest.find(')')?].split_whitespace().next()?.to_owned())).collect()
}

/// Everything that looks like `--flag`.
fn flags(text: &str) -> BTreeSet<String> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.split(|c| !inside(c))
        .filter(|word| word.len() > 2 && word.starts_with("--") && word.as_bytes()[2].is_ascii_lowercase())
        .map(str::to_owned)
        .collect()
}

/// The help of the program and of all its subcommands.
fn helps() -> String {
    let mut all = stdout(&["--help-all"]);
    let listed = all.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    for command in listed.lines().filter_map(|line| line.split_whitespace().next()) {
        all.push_str(&stdout(&[command, "--help"]));
    }
    all
}

fn flags_with_a_value(helps: &str) -> BTreeSet<String> {
    helps.lines().filter(|line| line.contains(" <")).flat_map(flags).collect()
}

fn stdout(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_clean")).args(args).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What stands after `clean` in the command lines of a document, in order.
fn commands(text: &str) -> Vec<String> {
    let shells = ["console", "sh", "bash", "shell"];
    let blocks = parts(text).fenced.into_iter().filter(|(language, _)| shells.contains(&language.as_str()));
    let lines = blocks.flat_map(|(_, lines)| lines);
    lines.filter_map(|line| Some(line.trim_start_matches("$ ").strip_prefix("clean ")?.to_owned())).collect()
}

/// A command line as words, up to a comment or to the next program.
fn words(line: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut quote = None;
    let mut begun = false;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '|' | '>' | '<' | '&' | ';') => break,
            (None, '#') if !begun => break,
            (None, ' ') => {
                begun = false;
                continue;
            }
            _ if begun => out.last_mut().unwrap().push(c),
            _ => out.push(c.into()),
        }
        if quote.is_some() && !begun && matches!(c, '\'' | '"') {
            out.push(String::new());
        }
        begun = true;
    }
    out
}

/// The words that are no flag and no value of one.
fn positional(words: &[String], with_value: &BTreeSet<String>) -> Vec<String> {
    let value = |at: usize| at > 0 && with_value.contains(&words[at - 1]);
    let plain = words.iter().enumerate().filter(|(at, word)| !word.starts_with("--") && !value(*at));
    plain.filter(|(_, word)| *word != "-q").map(|(_, word)| word.clone()).collect()
}

#[test]
fn the_columns_of_the_judge_are_as_their_page_says() {
    use textclean::judge::line::column::Column;
    use textclean::judge::line::weights::Weights;

    let weights = fs::read(root().join("src/judge/line/weights.json")).unwrap();
    let weights = Weights::parse(&weights).unwrap();
    let asked =
        |column| weights.forest.trees().iter().flat_map(|tree| &tree.questions).filter(|q| q.column == column).count();
    let mut columns: Vec<(Column, usize)> = Column::ALL.iter().map(|&column| (column, asked(column))).collect();
    columns.sort_by_key(|&(column, asked)| (std::cmp::Reverse(asked), column.name()));
    let row = |(column, asked): (Column, usize)| format!("| {} | {} | {asked} |\n", column.name(), column.about());
    let table: String = columns.into_iter().map(row).collect();
    let page = fs::read_to_string(root().join("docs/judging.md")).unwrap();
    assert!(page.contains(&table), "docs/judging.md lacks this table:\n{table}");
}
