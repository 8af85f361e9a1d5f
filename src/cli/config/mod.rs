//! `clean.toml`: found upwards from the inputs, checked strictly, and made by `clean init`.

mod init;

use std::fs;
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

pub(super) use init::init;

use super::settings::{self, Flag};
use crate::error::Error;
use crate::report::Limits;
use crate::text::similar::edits;

/// Its name.
const NAME: &str = "clean.toml";

/// Tables that it may hold.
const TABLES: [&str; 3] = ["limits", "run", "check"];

/// All that is wrong with a file, by byte.
pub(super) type Wrong = Vec<(usize, String)>;

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

/// What a `clean.toml` says. Where there is none, the defaults.
#[derive(Default)]
pub(super) struct Config {
    /// Its flags, in the order of the file.
    pub(super) flags: Vec<Flag>,
    /// Its limits, and the defaults of others.
    pub(super) limits: Limits,
}

/// Reads the file at `path`. It may be a pipe: nothing is read twice.
///
/// # Errors
/// When it cannot be read or is not understood; all that is wrong is named with its place.
pub(super) fn read(path: &Path) -> Result<Config, Error> {
    let text = fs::read_to_string(path).map_err(Error::io("cannot read", path))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    take(&text, folder).map_err(|wrong| {
        let line = |(at, why): &(usize, String)| {
            let before = text.get(..*at).unwrap_or(&text);
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            format!("{}:{}:{column}: {why}", path.display(), before.matches('\n').count() + 1)
        };
        Error::Usage(wrong.iter().map(line).collect::<Vec<_>>().join("\n"))
    })
}

/// Takes what stands in a `clean.toml` in `folder`.
fn take(text: &str, folder: &Path) -> Result<Config, Wrong> {
    let table =
        DeTable::parse(text).map_err(|e| vec![(e.span().map_or(0, |span| span.start), e.message().to_owned())])?;
    let (mut config, mut wrong) = (Config::default(), Vec::new());
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
            config.flags.extend(settings::take(name, entries, folder, &mut wrong));
            continue;
        }
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let done = number(name, value.get_ref()).and_then(|value| limit(&mut config.limits, name, &value));
            wrong.extend(done.err().map(|why| (key.span().start, why)));
        }
    }
    wrong.sort();
    if wrong.is_empty() { Ok(config) } else { Err(wrong) }
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

    pub(super) fn faults(text: &str) -> Wrong {
        take(text, Path::new("")).err().unwrap()
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
        let Config { limits, .. } =
            take("limits = { ad = \"2%\", twins = 0.5, unreadable = 3 }", Path::new("")).unwrap();
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
