//! Runs the examples of the rules' pages (`tests/rules/NAME.md`), which are also what `clean explain NAME` prints: a
//! page cannot say of its rule what the rule does not do.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use textclean::judge::RULES;
use textclean::pipeline::{Options, run};
use textclean::report::Report;
use textclean::report::model::FindingEntry;
use textclean::types::{Evidence, Ratio, SpanLength};

const HEADINGS: [&str; 5] = ["What it sees", "Why it is bad", "When it errs", "Thresholds", "Examples"];

/// One `###` of a page.
#[derive(Default)]
struct Example {
    title: String,
    hit: bool,
    /// Name and text of each input.
    files: Vec<(String, String)>,
    /// Lines `FILE LINES CONFIDENCE ACTION [-> "replacement"]`.
    finds: Option<Vec<String>>,
}

fn page_path(rule: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(format!("{rule}.md"))
}

fn page(rule: &str) -> String {
    fs::read_to_string(page_path(rule)).unwrap_or_else(|e| panic!("{rule}: {e}"))
}

/// The examples of a page: what stands between `~~~text NAME` or `~~~finds` and the next `~~~`.
fn examples(page: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("### ") {
            let hit = title.starts_with("Hit: ");
            assert!(hit || title.starts_with("Miss: "), "neither Hit nor Miss: {line}");
            out.push(Example { title: title.into(), hit, ..Example::default() });
        } else if let Some(fence) = line.strip_prefix("~~~") {
            let body: Vec<&str> = lines.by_ref().take_while(|l| *l != "~~~").collect();
            let example = out.last_mut().expect("a fence stands below a title");
            match fence.strip_prefix("text ") {
                Some(name) => example.files.push((name.into(), unescaped(&body.join("\n")) + "\n")),
                None if fence == "finds" => example.finds = Some(body.into_iter().map(unescaped).collect()),
                None => panic!("{}: a fence '{fence}' is neither text nor finds", example.title),
            }
        }
    }
    out
}

/// Turns `\u{HEX}` into the character.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_once('}').expect("\\u{ is closed");
        out.push(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).expect("\\u{HEX} is a character"));
        out.push_str(rest);
    }
    out
}

/// The findings of `rule` in the files, as a page writes them, in order.
fn findings(rule: &str, files: &[(String, String)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let (inputs, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&inputs).unwrap();
    for (name, text) in files {
        fs::write(inputs.join(name), text).unwrap();
    }
    let contained = Some(Ratio::new(9, 10));
    // The one rule that must be asked for.
    let repeated_span = (rule == "repeated-span").then_some(SpanLength::Bytes(100));
    let options =
        Options { out: out.clone(), stable: true, threads: 1, contained, repeated_span, ..Options::new(vec![inputs]) };
    run(&options).unwrap();
    let report: Report = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    let of_rule = |entry: &textclean::report::DocumentEntry| -> Vec<String> {
        entry.findings.iter().filter(|f| f.rule == rule).map(|f| written(&entry.path, f)).collect()
    };
    report.documents.iter().flat_map(of_rule).collect()
}

fn written(file: &str, finding: &FindingEntry) -> String {
    let (first, last) = (finding.lines.first, finding.lines.last);
    let lines = if first == last { first.to_string() } else { format!("{first}-{last}") };
    let mut line = format!("{file} {lines} {:?} {:?}", finding.confidence, finding.action).to_lowercase();
    if let Some(Evidence::Replacement { to, .. }) = finding.evidence.first() {
        write!(line, " -> \"{to}\"").unwrap();
    }
    line
}

/// A page may leave the replacement out.
fn agree(wanted: &str, found: &str) -> bool {
    wanted == found || found.split_once(" -> ").is_some_and(|(front, _)| wanted == front)
}

#[test]
fn every_example_comes_out_as_its_page_says() {
    let mut wrong = String::new();
    for rule in RULES {
        for example in examples(&page(rule.id)) {
            let wanted = example.finds.expect(&example.title);
            let found = findings(rule.id, &example.files);
            if wanted.len() != found.len() || !wanted.iter().zip(&found).all(|(w, f)| agree(w, f)) {
                let list = |lines: &[String]| lines.iter().map(|l| format!("\n    {l}")).collect::<String>();
                write!(wrong, "\n{}.md, {}\n  the page says:{}", rule.id, example.title, list(&wanted)).unwrap();
                write!(wrong, "\n  the rule finds:{}", list(&found)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_whole_page() {
    for rule in RULES {
        let page = page(rule.id);
        assert_eq!(page.lines().next(), Some(format!("# {}", rule.id).as_str()));
        let mut fenced = false;
        let prose = page.lines().filter(|l| {
            fenced ^= l.starts_with("~~~");
            !fenced
        });
        let headings: Vec<&str> = prose.filter_map(|l| l.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
        let examples = examples(&page);
        let hits = examples.iter().filter(|e| e.hit).count();
        assert!(hits >= 3 && examples.len() >= hits + 2, "{}: {hits} hits of {} examples", rule.id, examples.len());
        for example in &examples {
            let finds = example.finds.as_ref().is_some_and(|f| !f.is_empty());
            assert_eq!(finds, example.hit, "{}, {}: a hit has findings, a miss has none", rule.id, example.title);
            assert!(!example.files.is_empty(), "{}, {}: no text", rule.id, example.title);
        }
    }
}

#[test]
fn every_page_has_a_rule() {
    for entry in fs::read_dir(page_path("x").parent().unwrap()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(RULES.iter().any(|rule| format!("{}.md", rule.id) == name), "{name}: no such rule");
    }
}
