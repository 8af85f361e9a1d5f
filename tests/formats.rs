//! The formats of `clean check`, held to what is not ours: SARIF's schema, XML and Markdown parsers of others, the grammar of
//! workflow commands; and every place to the bytes of the file.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use textclean::report::formats::FORMATS;
use textclean::report::summary::harmful;
use textclean::report::{Checked, Level, Spot};
use textclean::types::Point;

/// What must stay text wherever it is shown.
const HOSTILE: &str = "\u{1b}[31m::error::x\u{202e}##[error]y %0A::warning::z]]></failure><script>alert(1)</script>`|`[a](https://e.x){0}\u{FFFE}\u{9b}\u{0}";

const OTHER: &str =
    "Shop owners on both banks said that they had not been asked, and that a ferry would be too slow for them.";

/// A text with a paragraph that stands twice.
fn twice(paragraph: &str, end: &str) -> String {
    let paragraph =
        format!("{paragraph} The council 😀 voted on Tuesday to close the old bridge over the river for two years.");
    [&paragraph, "", OTHER, "", &paragraph, ""].join(end)
}

fn put(dir: &TempDir, name: &str, bytes: &[u8]) {
    let path = dir.path().join("in").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Files and names of all kinds, most of them hostile.
fn corpus() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (n, name) in [
        "::error file=x,line=1::boom 100%.txt",
        " ::warning::.txt",
        "new\nline.txt",
        "esc\u{1b}[31m\u{202e}.txt",
        "`|<img src=x onerror=alert(1)>&amp;é.txt",
        "##[error]x.md",
        "deep/a b.md",
    ]
    .iter()
    .enumerate()
    {
        put(&dir, name, twice(&format!("Story {n}. {HOSTILE}"), if n % 2 == 0 { "\n" } else { "\r\n" }).as_bytes());
    }
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(twice("Story in UTF-16, mañana.", "\r").encode_utf16().flat_map(u16::to_le_bytes));
    put(&dir, "utf16.txt", &utf16);
    put(&dir, "mark.txt", format!("\u{feff}{}", twice("\u{feff}Story behind a mark.", "\n")).as_bytes());
    put(&dir, "r.jsonl", &records());
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&records()).unwrap();
    put(&dir, "r2.jsonl.gz", &gz.finish().unwrap());
    put(&dir, "broken.txt.gz", b"\x1f\x8b\x08\x00\x00");
    dir
}

/// Records with a byte order mark, empty lines, damaged ones, and texts that are escaped in all ways.
fn records() -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    for n in 0..12 {
        let text = twice(&format!("Record {n} — \"\\/\" {HOSTILE}"), "\n");
        let literal = serde_json::to_string(&text).unwrap();
        let literal = match n % 3 {
            0 => literal,
            1 => literal.chars().map(|c| if c.is_ascii() { c.into() } else { escaped(c) }).collect(),
            _ => literal.replace('/', "\\/").replace('T', "\\u0054"),
        };
        out += &format!("{{\"größe\": {n}, \"id\": \"{n}: ::error::<b>\\n\", \"text\": {literal}, \"end\": 1}}");
        out += ["\n", "\r\n", "\n\n  \n{\"text\": 7}\nnot json\n"][n % 3];
    }
    out.into_bytes()
}

fn escaped(c: char) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
}

fn clean(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clean")).arg("check").args(args).current_dir(dir).output().unwrap()
}

/// What a check of the corpus prints; more may be wrong with it than its limits allow.
fn shown(dir: &TempDir, args: &[&str]) -> String {
    let output = clean(dir.path(), &[&["in"], args].concat());
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn checked(dir: &TempDir, args: &[&str]) -> Checked {
    serde_json::from_str(&shown(dir, &[&["--format", "json"], args].concat())).unwrap()
}

/// The file as text, and without its mark, as editors show it.
fn contents(dir: &TempDir, file: &str) -> String {
    let bytes = fs::read(dir.path().join(file)).unwrap();
    let text = match (&bytes[..2], file.ends_with(".gz")) {
        (_, true) => std::io::read_to_string(flate2::read::MultiGzDecoder::new(&bytes[..])).unwrap(),
        ([0xFF, 0xFE], _) => {
            let units: Vec<u16> = bytes[2..].chunks(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        _ => String::from_utf8(bytes).unwrap(),
    };
    text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned)
}

/// The byte of a point, found by its line and the column; both columns must agree.
fn byte(text: &str, at: Point) -> usize {
    let mut line = 1;
    let mut begins = 0;
    let bytes = text.as_bytes();
    while line < at.line {
        let end = bytes[begins..].iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap() + begins;
        begins = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
        line += 1;
    }
    let before: String = text[begins..].chars().take(usize::try_from(at.column).unwrap() - 1).collect();
    assert_eq!(before.encode_utf16().count() as u64 + 1, at.utf16);
    assert!(!before.contains('\n'), "column {} is beyond line {}", at.column, at.line);
    begins + before.len()
}

#[test]
fn every_finding_is_at_its_place() {
    let dir = corpus();
    let checked = checked(&dir, &["--all"]);
    assert!(checked.findings.len() > 60 && checked.more_findings == 0, "{}", checked.findings.len());
    let mut lines = BTreeSet::new();
    for spot in &checked.findings {
        let whole = contents(&dir, &spot.file);
        let there = &whole[byte(&whole, spot.region.start)..byte(&whole, spot.region.end)];
        let text = match spot.text {
            None => whole.clone(),
            Some(inside) => {
                // The line holds the record, and what stands at the columns is, unescaped, what stands in the text.
                let line = whole.split('\n').nth(usize::try_from(spot.region.start.line).unwrap() - 1).unwrap();
                let record: Value = serde_json::from_str(line).unwrap();
                assert_eq!(record["id"], spot.document.as_str());
                let text = record["text"].as_str().unwrap().to_owned();
                assert_eq!(byte(&text, inside.start), spot.span.start as usize);
                assert_eq!(byte(&text, inside.end), spot.span.end as usize);
                assert_eq!(serde_json::from_str::<String>(&format!("\"{there}\"")).unwrap(), spot.span.of(&text));
                lines.insert((spot.file.clone(), spot.region.start.line));
                continue;
            }
        };
        assert_eq!(there, spot.span.of(&text), "{spot:?}");
    }
    assert_eq!(lines.len(), 24, "records with findings");
    let files: BTreeSet<&str> = checked.findings.iter().map(|spot| spot.file.as_str()).collect();
    assert_eq!(files.len(), 11, "{files:?}");
}

#[test]
fn the_same_bytes_for_any_threads_and_shards_and_a_cap_says_so() {
    let dir = corpus();
    for format in FORMATS {
        let all = shown(&dir, &["--format", format.name]);
        for most in ["5", "0"] {
            let args = ["--format", format.name, "--max-findings", most, "--all"];
            let capped = shown(&dir, &[&args[..], &["--threads", "1"]].concat());
            let other = [&args[..], &["--threads", "3", "--shard-bytes", "300"]].concat();
            assert!(shown(&dir, &other) == capped, "{}: other threads and shards, other bytes", format.name);
            let says = capped.contains("more findings are not listed") || capped.contains("\"more_findings\":");
            assert!(says && capped.len() < all.len(), "{} says nothing of what it leaves out", format.name);
        }
    }
    let (all, five) = (checked(&dir, &["--all"]), checked(&dir, &["--all", "--max-findings", "5"]));
    assert_eq!(five.findings.len(), 5);
    assert_eq!(five.more_findings + 5, all.findings.len() as u64);
    assert!(five.findings.iter().all(|spot| spot.level == Level::Error), "what matters most is listed");
    let only_acted = checked(&dir, &[]);
    assert!(only_acted.findings.iter().all(|spot| spot.done));
    assert_eq!(only_acted.findings.len(), all.findings.iter().filter(|spot| spot.done).count());
}

#[test]
fn fingerprints_stay_when_text_moves() {
    let dir = tempfile::tempdir().unwrap();
    put(&dir, "a.txt", twice("Story.", "\n").as_bytes());
    let over = ["--limit", "duplicate=1%"];
    let before = checked(&dir, &over);
    fs::remove_file(dir.path().join("in/a.txt")).unwrap();
    put(&dir, "b.txt", format!("A line above.\n\n{}", twice("Story.", "\n")).as_bytes());
    let after = checked(&dir, &over);
    let prints =
        |checked: &Checked| -> Vec<String> { checked.findings.iter().map(|s| s.fingerprint.clone()).collect() };
    assert_eq!(prints(&before).len(), 1);
    assert!(prints(&after).contains(&prints(&before)[0]));
    assert_ne!(before.findings[0].region, after.findings[0].region);
}

#[test]
fn sarif_is_what_its_schema_asks_for() {
    let schema =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif/sarif-schema-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_slice(&schema).unwrap();
    // One of its patterns is no regular expression where brackets must be escaped; nothing here has a language.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"].as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let dir = corpus();
    let mut log: Value = serde_json::from_str(&shown(&dir, &["--format", "sarif", "--all"])).unwrap();
    let faults: Vec<String> = validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let checked = checked(&dir, &["--all"]);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), checked.findings.len());
    for (result, spot) in results.iter().zip(&checked.findings) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let physical = &result["locations"][0]["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        let file = decoded(uri);
        assert!(dir.path().join(&file).is_file() && file == spot.file, "{uri}");
        assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
        assert_eq!(physical["region"]["startColumn"], spot.region.start.utf16);
        let message = result["message"]["text"].as_str().unwrap();
        assert!(!message.contains(harmful) && !message.contains("]("), "{message}");
        assert!(!message.replace("{{", "").replace("}}", "").contains(['{', '}']), "{message}");
    }
    let said: Vec<&str> = ["error", "warning"].into_iter().filter(|level| notified(run, level)).collect();
    assert_eq!(said, ["error", "warning"], "limits and what could not be read");

    // The validator is no yes-man.
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into();
    assert!(!validator.is_valid(&log));
}

fn notified(run: &Value, level: &str) -> bool {
    run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().iter().any(|n| n["level"] == level)
}

/// Percent-decoded.
fn decoded(uri: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = uri.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let code = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&code).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(out).unwrap()
}

/// Reads JUnit XML with Python's parser (and junitparser, where that is installed), and prints what it understood.
const JUNIT: &str = r#"
import io, json, sys, xml.etree.ElementTree as tree
data = sys.stdin.buffer.read()
root = tree.fromstring(data)
assert root.tag == "testsuites", root.tag
out = []
for suite in root.findall("testsuite"):
    cases = suite.findall("testcase")
    failed = [case for case in cases if case.find("failure") is not None]
    assert int(suite.get("tests")) == len(cases) and int(suite.get("failures")) == len(failed), suite.attrib
    for case in cases:
        failure = case.find("failure")
        assert {child.tag for child in case} <= {"failure", "system-out"}, [child.tag for child in case]
        assert failure is None or failure.get("message") and failure.text and not len(failure)
        out.append([suite.get("name"), case.get("file"), case.get("line"), failure is not None])
assert int(root.get("tests")) == len(out) and int(root.get("failures")) == sum(case[3] for case in out)
try:
    import junitparser
    read = junitparser.JUnitXml.fromstring(data)
    assert [suite.failures for suite in read] == [int(suite.get("failures")) for suite in root.findall("testsuite")]
except ImportError:
    print("SKIPPED: junitparser is not installed", file=sys.stderr)
json.dump(out, sys.stdout)
"#;

#[test]
fn junit_is_read_by_another_parser() {
    let dir = corpus();
    let xml = shown(&dir, &["--format", "junit", "--all"]);
    assert!(!xml.replace('\n', "").contains(harmful) && !xml.contains("<script"));
    let python = Command::new("python3").args(["-c", JUNIT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else {
        eprintln!("SKIPPED: python3 is not installed, so the JUnit report was not read by another parser");
        return;
    };
    python.stdin.take().unwrap().write_all(xml.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let cases: Vec<(String, Option<String>, Option<String>, bool)> = serde_json::from_slice(&output.stdout).unwrap();
    let checked = checked(&dir, &["--all"]);
    let limits: Vec<bool> = cases.iter().filter(|case| case.0 == "limits").map(|case| case.3).collect();
    assert_eq!(limits, checked.limits.iter().map(|limit| limit.over).collect::<Vec<_>>());
    let found: Vec<_> =
        cases.into_iter().filter(|case| case.0 == "findings").map(|(_, _, line, bad)| (line, bad)).collect();
    let line = |spot: &Spot| (Some(spot.region.start.line.to_string()), spot.level == Level::Error);
    assert_eq!(found, checked.findings.iter().map(line).collect::<Vec<_>>());
}

/// A workflow command: name, properties, message.
type Annotation<'a> = (&'a str, Vec<(&'a str, String)>, String);

/// The command of a line, read as the runner does it.
fn command(line: &str) -> Option<Annotation<'_>> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, message) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap();
        (
            key,
            value.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%"),
        )
    });
    Some((name, properties.collect(), message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")))
}

#[test]
fn annotations_are_commands_and_nothing_else_is() {
    let dir = corpus();
    let checked = checked(&dir, &["--all"]);
    let text = shown(&dir, &["--format", "github", "--all", "--max-findings", "100000"]);
    assert!(!text.replace('\n', "").contains(harmful));
    let commands: Vec<_> =
        text.lines().map(|line| command(line).unwrap_or_else(|| panic!("no command: {line}"))).collect();
    let placed: Vec<_> = commands.iter().filter(|(_, properties, _)| properties[0].0 == "file").collect();
    assert_eq!(placed.len(), checked.findings.len());
    let over = checked.breaches().count() + checked.troubles.len();
    assert_eq!(commands.len(), checked.findings.len() + over, "limits and troubles");
    for ((name, properties, message), spot) in placed.into_iter().zip(&checked.findings) {
        let level = [("error", Level::Error), ("warning", Level::Warning), ("notice", Level::Note)];
        assert!(level.contains(&(*name, spot.level)), "{name}");
        let keys: Vec<&str> = properties.iter().map(|p| p.0).collect();
        let one_line = spot.region.start.line == spot.region.end.line;
        let columns: &[&str] = if one_line { &["col", "endColumn"] } else { &[] };
        assert_eq!(keys, [&["file", "line", "endLine"], columns, &["title"]].concat());
        assert!(properties[0].1 == spot.file || spot.file.contains('\u{1b}'), "{:?}", properties[0]);
        assert_eq!(properties[1].1, spot.region.start.line.to_string());
        assert!(["would be", "the document would go", "noted"].iter().any(|w| message.starts_with(w)), "{message}");
    }
}

#[test]
fn markdown_shows_everything_as_text() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let dir = corpus();
    let checked = checked(&dir, &["--all"]);
    let text = shown(&dir, &["--format", "markdown", "--all"]);
    assert!(!text.replace('\n', "").contains(harmful));
    let mut rows = Vec::new();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("{event:?}"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                panic!("{event:?}")
            }
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) if !rows.is_empty() => rows.last_mut().unwrap().push(String::new()),
            Event::Code(code) | Event::Text(code) => {
                if let Some(cell) = rows.last_mut().and_then(|row: &mut Vec<String>| row.last_mut()) {
                    cell.push_str(&code);
                }
            }
            _ => {}
        }
    }
    let findings: Vec<_> = rows.iter().filter(|row| row.len() == 4).collect();
    assert_eq!(findings.len(), checked.findings.len());
    for (row, spot) in findings.into_iter().zip(&checked.findings) {
        assert_eq!(row[2], spot.rule);
        assert!(row[1].ends_with(&format!(":{}:{}", spot.region.start.line, spot.region.start.column)), "{row:?}");
        assert_eq!(row[3].contains("<script>"), spot.message().contains("<script>"), "{row:?}");
        assert_eq!(row[3].contains("`|`"), spot.message().contains("`|`"), "{row:?}");
    }
}

#[test]
fn lines_for_people_are_no_commands() {
    let dir = corpus();
    let text = shown(&dir, &["--all", "--max-findings", "100000"]);
    assert!(!text.replace('\n', "").contains(harmful));
    for line in text.lines() {
        assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
    }
    let checked = checked(&dir, &["--all"]);
    let first = text.lines().filter(|line| [": error: ", ": warning: ", ": note: "].iter().any(|l| line.contains(l)));
    assert_eq!(first.count(), checked.findings.len());
}

#[test]
fn json_is_what_its_schema_says() {
    let dir = corpus();
    let output = Command::new(env!("CARGO_BIN_EXE_clean")).args(["schema", "check"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut json: Value = serde_json::from_str(&shown(&dir, &["--format", "json", "--all"])).unwrap();
    let faults: Vec<String> = validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    json["findings"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&json));
}

#[test]
fn every_format_is_a_file_and_stands_in_the_help() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/formats");
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    let files: BTreeSet<String> = names.filter(|name| name != "mod" && name != "format").collect();
    assert_eq!(files, FORMATS.iter().map(|format| format.name.to_owned()).collect());
    let help = clean(Path::new("."), &["--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    let list = FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    assert!(help.contains(&list), "{list} is not in\n{help}");
    assert!(help.lines().count() <= 48, "the help of check has {} lines", help.lines().count());
}
