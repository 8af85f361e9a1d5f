//! `clean.toml`: found upwards from the inputs, checked strictly, and made by `clean init`.

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use toml::de::{DeTable, DeValue};

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
";

/// Tables that it may hold.
const TABLES: [&str; 1] = ["limits"];

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
pub(super) fn find(input: &Path) -> Option<PathBuf> {
    // By its spelling, `a/..` lies below `a`.
    let turns = input.components().any(|part| part == Component::ParentDir);
    let start = if turns { input.canonicalize() } else { std::path::absolute(input) }.ok()?;
    start.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

/// Takes the limits of the file at `path`.
///
/// # Errors
/// When it cannot be read or is not understood; all that is wrong is named with its place.
pub(super) fn read(path: &Path, limits: &mut Limits) -> Result<(), Error> {
    let text = fs::read_to_string(path).map_err(Error::io("cannot read", path))?;
    take(&text, limits).map_err(|wrong| {
        let line = |(at, why): &(usize, String)| {
            let before = text.get(..*at).unwrap_or(&text);
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            format!("{}:{}:{column}: {why}", path.display(), before.matches('\n').count() + 1)
        };
        Error::Usage(wrong.iter().map(line).collect::<Vec<_>>().join("\n"))
    })
}

/// Takes the limits of a `clean.toml`; all that is wrong with it comes back, by byte.
fn take(text: &str, limits: &mut Limits) -> Result<(), Vec<(usize, String)>> {
    let table =
        DeTable::parse(text).map_err(|e| vec![(e.span().map_or(0, |span| span.start), e.message().to_owned())])?;
    let mut wrong = Vec::new();
    for (key, value) in table.get_ref() {
        let (at, name) = (key.span().start, key.get_ref().as_ref());
        if !TABLES.contains(&name) {
            let near = meant(&TABLES, name);
            wrong.push((at, format!("'{name}' does not belong here{near}; what does is [{}]", TABLES.join("], ["))));
        } else if let DeValue::Table(entries) = value.get_ref() {
            for (key, value) in entries {
                let name = key.get_ref().as_ref();
                let done = number(name, value.get_ref()).and_then(|value| limit(limits, name, &value));
                wrong.extend(done.err().map(|why| (key.span().start, why)));
            }
        } else {
            wrong.push((at, format!("'{name}' is a table: write [{name}], and below it a line for each limit")));
        }
    }
    wrong.sort();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
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
fn meant(names: &[&str], given: &str) -> String {
    let given = given.to_lowercase();
    let begins = names.iter().find(|name| given.get(..3).is_some_and(|start| name.starts_with(start)));
    let near =
        || names.iter().min_by_key(|name| edits(name, &given)).filter(|name| 2 * edits(name, &given) <= given.len());
    begins.or_else(near).map_or_else(String::new, |name| format!("; did you mean '{name}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_are_the_defaults() {
        let mut limits = Limits::default();
        for name in Limits::names().filter(|name| *name != "unreadable") {
            limits.set(name, "99%").unwrap();
            assert!(COMMENTED.contains(&format!("\n{name} = ")), "{name}");
        }
        limits.set("unreadable", "7").unwrap();
        take(COMMENTED, &mut limits).unwrap();
        assert_eq!(limits, Limits::default());
        assert!(COMMENTED.lines().all(|line| line.chars().count() <= 120));
    }

    #[test]
    fn values_are_written_in_several_ways() {
        let mut limits = Limits::default();
        take("limits = { ad = \"2%\", twins = 0.5, unreadable = 3 }", &mut limits).unwrap();
        let mut wanted = Limits::default();
        for (name, value) in [("ad", "2%"), ("twins", "0.5"), ("unreadable", "3")] {
            wanted.set(name, value).unwrap();
        }
        assert_eq!(limits, wanted);
    }

    #[test]
    fn all_that_is_wrong_is_named() {
        let text = "limits.twin = \"5%\"\nlimits.ad = true\nlimits.duplicate = \"lots\"\n[limit]\nad = 1\n[x]\n";
        let wrong = take(text, &mut Limits::default()).unwrap_err();
        let places: Vec<usize> = wrong.iter().map(|(at, _)| *at).collect();
        let at = |what: &str| text.find(what).unwrap();
        assert_eq!(places, [at("twin"), at("ad = true"), at("duplicate"), at("limit]"), at("x]")]);
        for ((_, why), part) in wrong.iter().zip(["mean 'twins'?", "write \"5%\"", "'lots'", "mean 'limits'?", "'x'"]) {
            assert!(why.contains(part), "{why}");
        }
        assert!(!wrong[4].1.contains("did you mean"));
        assert!(take("limits = 5", &mut Limits::default()).unwrap_err()[0].1.contains("is a table"));
        assert_eq!(take("[limits]\nad = \n", &mut Limits::default()).unwrap_err().len(), 1);
    }
}
