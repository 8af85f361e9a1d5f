//! `clean.toml`: found upwards from the inputs, checked strictly, and made by `clean init`.

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use super::settings::{self, Flag};
use super::{CLEAN, print};
use crate::error::Error;
use crate::report::Limits;
use crate::text::similar::edits;

/// Its name.
const NAME: &str = "clean.toml";

/// What `clean init` writes: the defaults, with what they mean.
const COMMENTED: &str = "\
# Settings of `clean`. They hold for all inputs below this folder, unless a folder in between has a clean.toml of its
# own. What the command line says wins.

# What `clean check` lets pass: whatever is above its limit fails the build (exit code 1).
[limits]
# Shares of the words, as \"5%\" or 0.05: copies of what stands elsewhere in the inputs,
duplicate = \"5%\"
# menus, appeals, notices and whatever else is page furniture,
boilerplate = \"5%\"
# and advertising.
ad = \"1%\"
# Share of the documents that are twins of others.
twins = \"5%\"
# Number of inputs that cannot be read.
unreadable = 0

# How `clean`, `clean check`, `clean diff` and `clean audit` read and judge: flags by their names. A flag that is typed
# counts instead of its line here; paths are meant from this folder. Without the first #, a line holds. What stands here
# are the defaults, or examples with the default behind them.
[run]
# Fields of JSON records, and how inputs are read, whatever their names (text, markdown, jsonl).
# text-field = \"text\"
# id-field = \"id\"
# input-format = \"jsonl\"                  # by name
# Shares of common shingles that make documents twins, and a paragraph a copy; words of one that copies a document.
# alike = 0.8
# alike-block = 0.8
# shortest-block = 16
# Which twin stays: first, longest, shortest, newest, oldest, FIELD:asc, FIELD:desc, host:LIST.
# keep = \"first\"
# Documents in longer ones, digits that are all the same, and spans that stand twice.
# contained = 0.9                         # none
# fold-digits = false
# repeated-span = \"50w\"                   # none
# Known documents that inputs are held against; audit knows none.
# against = [\"known\"]                     # none
# What may go: words of articles that may be lost, weights of the line judge, the least confidence (certain, likely,
# hint), rules that find but do not cut, and the only rules that run.
# max-loss = \"0.5%\"
# judge = \"weights.json\"                  # those of the program
# cut-from = \"likely\"
# allow = [\"by-line\"]                     # none
# only = [\"twin-document\"]                # all rules
# The machine: worker threads, the largest record that is looked at, memory, and a folder for temporary files.
# threads = 4                             # one a core
# largest-record = \"100M\"
# memory = \"2G\"                           # half of what is free
# temp-dir = \"tmp\"                        # the system's
# quiet = false
# What `clean` writes: where, compressed how (none, gz, zst), not when more would go, and what beside the report.
# out = \"reports\"                         # reports in the current folder
# compress = \"gz\"                         # like the input
# max-cut = \"60%\"
# clusters = false
# pairs = false
# report = [\"json\", \"html\"]             # json
# html-size = \"128M\"
# stable = false

# How `clean check` tells: human, json, github, sarif, junit or markdown, how many findings, and whether also those that
# change nothing.
[check]
# format = \"human\"
# max-findings = 1000                     # by format
# all = false
# What is known already and does not fail: a file that `clean check --update-baseline` writes.
# baseline = \"clean.baseline\"            # none
";

/// Tables that it may hold.
const TABLES: [&str; 3] = ["limits", "run", "check"];

/// All that is wrong with a file, by byte.
pub(super) type Wrong = Vec<(usize, String)>;

/// `clean init FOLDER`: writes a `clean.toml` there, unless there is one.
pub(super) fn init(folder: &Path) -> Result<u8, Error> {
    let path = folder.join(NAME);
    let mut file = fs::File::create_new(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Usage(format!(
            "{} exists, and stays as it is\n  name another folder: clean init DIR",
            path.display()
        )),
        _ => Error::Io { doing: "cannot make", path: path.clone(), source },
    })?;
    file.write_all(COMMENTED.as_bytes()).map_err(Error::io("cannot write", &path))?;
    print(&format!("written: {}\n", path.display())).map(|()| CLEAN)
}

/// `clean.toml` in the folder of the input or any above it.
fn find(input: &Path) -> Option<PathBuf> {
    // By its spelling, `a/..` lies below `a`.
    let turns = input.components().any(|part| part == Component::ParentDir);
    let start = if turns { input.canonicalize() } else { std::path::absolute(input) }.ok()?;
    start.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

/// The file that is named, or else the one that holds for the first input.
pub(super) fn of(named: Option<&PathBuf>, first: Option<&PathBuf>) -> Option<PathBuf> {
    named.cloned().or_else(|| find(first?))
}

/// Takes the settings of the file at `path`.
///
/// # Errors
/// When it cannot be read or is not understood; all that is wrong is named with its place.
pub(super) fn read(path: &Path, limits: &mut Limits) -> Result<(), Error> {
    load(path, limits).map(drop)
}

/// The flags of the file at `path`.
///
/// # Errors
/// As [`read`].
pub(super) fn flags(path: &Path) -> Result<Vec<Flag>, Error> {
    load(path, &mut Limits::default())
}

fn load(path: &Path, limits: &mut Limits) -> Result<Vec<Flag>, Error> {
    let text = fs::read_to_string(path).map_err(Error::io("cannot read", path))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    take(&text, folder, limits).map_err(|wrong| {
        let line = |(at, why): &(usize, String)| {
            let before = text.get(..*at).unwrap_or(&text);
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            format!("{}:{}:{column}: {why}", path.display(), before.matches('\n').count() + 1)
        };
        Error::Usage(wrong.iter().map(line).collect::<Vec<_>>().join("\n"))
    })
}

/// Takes the limits and the flags of a `clean.toml` in `folder`.
fn take(text: &str, folder: &Path, limits: &mut Limits) -> Result<Vec<Flag>, Wrong> {
    let table =
        DeTable::parse(text).map_err(|e| vec![(e.span().map_or(0, |span| span.start), e.message().to_owned())])?;
    let (mut flags, mut wrong) = (Vec::new(), Vec::new());
    for (key, value) in table.get_ref() {
        let (at, name) = (key.span().start, key.get_ref().as_ref());
        let Some(&name) = TABLES.iter().find(|known| **known == name) else {
            let near = meant(&TABLES, name);
            wrong.push((at, format!("'{name}' does not belong here{near}; what does is [{}]", TABLES.join("], ["))));
            continue;
        };
        let DeValue::Table(entries) = value.get_ref() else {
            wrong.push((at, format!("'{name}' is a table: write [{name}], and below it a line for each setting")));
            continue;
        };
        if name != "limits" {
            flags.extend(settings::take(name, entries, folder, &mut wrong));
            continue;
        }
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let done = number(name, value.get_ref()).and_then(|value| limit(limits, name, &value));
            wrong.extend(done.err().map(|why| (key.span().start, why)));
        }
    }
    wrong.sort();
    if wrong.is_empty() { Ok(flags) } else { Err(wrong) }
}

/// The JSON Schema of `clean.toml`.
pub(super) fn schema() -> Value {
    let share = json!({"type": ["string", "number"]});
    let limit = |name: &str| if name == "unreadable" { json!({"type": ["integer", "string"]}) } else { share.clone() };
    let limits: serde_json::Map<_, _> = Limits::names().map(|name| (name.to_owned(), limit(name))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": NAME,
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "limits": {"type": "object", "additionalProperties": false, "properties": limits},
            "run": settings::schema("run"),
            "check": settings::schema("check"),
        },
    })
}

/// The value of a limit as it would be typed.
fn number(name: &str, value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(value) => Ok(value.to_string()),
        DeValue::Integer(value) if value.radix() == 10 => Ok(value.as_str().to_owned()),
        DeValue::Float(value) => Ok(value.as_str().to_owned()),
        _ => Err(format!("limit {name}: write \"5%\" or 0.05")),
    }
}

/// Sets a limit by name, or says which one may be meant.
pub(super) fn limit(limits: &mut Limits, name: &str, value: &str) -> Result<(), String> {
    let known: Vec<&str> = Limits::names().collect();
    let near = if known.contains(&name) { String::new() } else { meant(&known, name) };
    limits.set(name, value).map_err(|why| format!("{why}{near}"))
}

/// "Did you mean": the nearest of the names, if any is near.
pub(super) fn meant(names: &[&str], given: &str) -> String {
    let given = given.to_lowercase();
    let begins = names.iter().find(|name| given.get(..3).is_some_and(|start| name.starts_with(start)));
    let near =
        || names.iter().min_by_key(|name| edits(name, &given)).filter(|name| 2 * edits(name, &given) <= given.len());
    begins.or_else(near).map_or_else(String::new, |name| format!("; did you mean '{name}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Wrong {
        take(text, Path::new(""), &mut Limits::default()).err().unwrap()
    }

    #[test]
    fn what_is_written_are_the_defaults() {
        let mut limits = Limits::default();
        for name in Limits::names().filter(|name| *name != "unreadable") {
            limits.set(name, "99%").unwrap();
            assert!(COMMENTED.contains(&format!("\n{name} = ")), "{name}");
        }
        limits.set("unreadable", "7").unwrap();
        take(COMMENTED, Path::new(""), &mut limits).unwrap();
        assert_eq!(limits, Limits::default());
        assert!(COMMENTED.lines().all(|line| line.chars().count() <= 120));
    }

    #[test]
    fn every_flag_stands_there_and_is_understood() {
        let setting = |line: &&str| line.contains(" = ");
        let plain: Vec<&str> =
            COMMENTED.lines().map(|line| line.strip_prefix("# ").filter(setting).unwrap_or(line)).collect();
        let flags = take(&plain.join("\n"), Path::new("/x"), &mut Limits::default()).unwrap();
        let words: Vec<String> = flags.iter().flat_map(Flag::words).map(|word| word.into_string().unwrap()).collect();
        for table in ["run", "check"] {
            for (name, schema) in settings::schema(table)["properties"].as_object().unwrap() {
                assert!(plain.iter().any(|line| line.starts_with(&format!("{name} = "))), "[{table}] lacks {name}");
                // What is not wanted is not typed.
                let typed = words.iter().any(|word| word.starts_with(&format!("--{name}=")));
                assert_eq!(typed, schema["type"] != "boolean", "{name}");
            }
        }
        assert!(words.contains(&"--judge=/x/weights.json".into()) && words.contains(&"--report=html".into()));
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let of = |text: &str| serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
        for text in [plain.join("\n").as_str(), COMMENTED] {
            assert!(validator.is_valid(&of(text)), "{text}");
        }
        for text in ["[x]", "[run]\nalik = 1", "[run]\nclusters = 1", "[run]\nalike = true", "[limits]\nlimit = 1"] {
            assert!(!validator.is_valid(&of(text)), "{text}");
            assert!(!faults(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_flag_is_named() {
        for (text, part) in [
            ("[run]\nalik = 0.5", "[run] has no 'alik'; did you mean 'alike'?"),
            ("[run]\nformat = 'json'", "[run] has no 'format'"),
            ("[check]\nalike = 0.5", "[check] has no 'alike'"),
            ("[run]\nlimit = 'ad=1%'", "[run] has no 'limit'"),
            ("[run]\nalike = 'much'", "alike: invalid value 'much' for '--alike <SHARE>'"),
            ("[run]\nthreads = -1", "threads: invalid value '-1'"),
            ("[run]\nalike = [0.5]", "alike: write a text or a number"),
            ("[run]\nonly = true", "only: write a list of texts"),
            ("[run]\nonly = ['mojibaky']", "only: there is no rule 'mojibaky'; did you mean 'mojibake'?"),
            ("[run]\nclusters = 'yes'", "clusters: write true or false"),
            ("[check]\nformat = 'xml'", "format: invalid value 'xml'"),
        ] {
            let wrong = faults(text);
            assert!(wrong.len() == 1 && wrong[0].1.starts_with(part), "{wrong:?}");
        }
    }

    #[test]
    fn values_are_written_in_several_ways() {
        let mut limits = Limits::default();
        take("limits = { ad = \"2%\", twins = 0.5, unreadable = 3 }", Path::new(""), &mut limits).unwrap();
        let mut wanted = Limits::default();
        for (name, value) in [("ad", "2%"), ("twins", "0.5"), ("unreadable", "3")] {
            wanted.set(name, value).unwrap();
        }
        assert_eq!(limits, wanted);
    }

    #[test]
    fn all_that_is_wrong_is_named() {
        let text = "limits.twin = \"5%\"\nlimits.ad = true\nlimits.duplicate = \"lots\"\n[limit]\nad = 1\n[x]\n";
        let wrong = faults(text);
        let places: Vec<usize> = wrong.iter().map(|(at, _)| *at).collect();
        let at = |what: &str| text.find(what).unwrap();
        assert_eq!(places, [at("twin"), at("ad = true"), at("duplicate"), at("limit]"), at("x]")]);
        for ((_, why), part) in wrong.iter().zip(["mean 'twins'?", "write \"5%\"", "'lots'", "mean 'limits'?", "'x'"]) {
            assert!(why.contains(part), "{why}");
        }
        assert!(!wrong[4].1.contains("did you mean"));
        assert!(faults("limits = 5")[0].1.contains("is a table"));
        assert_eq!(faults("[limits]\nad = \n").len(), 1);
    }
}
