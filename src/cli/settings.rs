//! Settings of a run in `clean.toml`: `[run]` and `[check]` hold flags by their names, and are read by what reads the command
//! line, in front of it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches, ValueHint};
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use super::args::{self, Cli};
use super::config::{self, Config, Wrong, meant};
use crate::error::Error;
use crate::report::Limits;

/// Tables with flags, and the command that has them; none is the program's own.
pub(super) const TABLES: [(&str, Option<&str>); 2] = [("run", None), ("check", Some("check"))];
/// Commands that read inputs as a run does.
const READERS: [&str; 3] = ["check", "diff", "audit"];
/// Flags that are for one command line: what it reads, and what is done only when somebody says so.
const TYPED: [&str; 9] =
    ["config", "limit", "help", "help-all", "version", "resume", "dry-run", "update-baseline", "accept"];

/// Flags that commands have each for themselves, whatever they are called in another.
const OWN: [&str; 1] = ["max-findings"];

/// What is wrong with a list.
const LIST: &str = "write a list of texts, as [\"…\", \"…\"]";

/// A flag of a table with its values; none for one that takes none.
pub(super) struct Flag {
    table: &'static str,
    name: String,
    values: Vec<String>,
}

/// Reads the command line behind what the `clean.toml` of its inputs says; the limits are those of that file.
///
/// # Errors
/// When that file is not understood. What is wrong with the command line ends the process, as help does.
pub(super) fn parse(mut line: Vec<OsString>) -> Result<(Cli, Limits), Error> {
    let matches = Cli::command().get_matches_from(&line);
    let (reader, typed) = match matches.subcommand() {
        Some((name, typed)) if READERS.contains(&name) => (Some(name), typed),
        None => (None, &matches),
        Some(_) => return Ok((made(&matches), Limits::default())),
    };
    let first = typed.get_many::<PathBuf>("inputs").and_then(|mut inputs| inputs.next());
    let Some(path) = config::of(typed.get_one("config"), first) else {
        return Ok((made(&matches), Limits::default()));
    };
    let Config { flags, limits } = config::read(&path)?;
    let program = program();
    let command = command(&program, reader);
    let given = |flag: &Flag| {
        let arg = command.get_arguments().find(|arg| arg.get_long() == Some(&flag.name));
        // What this command does not know is for another one; what is typed wins.
        arg.is_none_or(|arg| typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine))
    };
    let own = |flag: &Flag| reader.is_some() && OWN.contains(&flag.name.as_str());
    let belongs = |flag: &Flag| flag.table == "run" && !own(flag) || reader == Some(flag.table);
    let words: Vec<OsString> =
        flags.iter().filter(|flag| belongs(flag) && !given(flag)).flat_map(Flag::words).collect();
    let behind = 1 + usize::from(reader.is_some());
    line.splice(behind..behind, words);
    Ok((made(&Cli::command().get_matches_from(line)), limits))
}

/// What was typed.
fn made(matches: &ArgMatches) -> Cli {
    Cli::from_arg_matches(matches).unwrap_or_else(|error| error.exit())
}

/// All that can be typed.
fn program() -> Command {
    let mut program = Cli::command();
    program.build();
    program
}

/// The command of that name.
fn command<'a>(program: &'a Command, name: Option<&str>) -> &'a Command {
    name.and_then(|name| program.find_subcommand(name)).unwrap_or(program)
}

/// Flags that a table may hold: those of its command that are not in a table before it.
fn known<'a>(program: &'a Command, table: &str) -> Vec<&'a Arg> {
    let Some(&(_, of)) = TABLES.iter().find(|(name, _)| *name == table) else { return Vec::new() };
    let own = |arg: &Arg| arg.get_long().is_some_and(|long| OWN.contains(&long));
    let in_run = |arg: &Arg| program.get_arguments().any(|other| other.get_long() == arg.get_long());
    let common = |arg: &Arg| of.is_some() && !own(arg) && in_run(arg);
    let fits =
        |arg: &Arg| arg.get_long().is_some_and(|long| !TYPED.contains(&long)) && !arg.is_hide_set() && !common(arg);
    command(program, of).get_arguments().filter(|arg| fits(arg)).collect()
}

/// Reads a table; what is wrong with it goes to `wrong`. Paths are meant from `folder`.
pub(super) fn take(table: &'static str, entries: &DeTable<'_>, folder: &Path, wrong: &mut Wrong) -> Vec<Flag> {
    let program = program();
    let known = known(&program, table);
    let mut flags = Vec::new();
    for (key, value) in entries {
        let (at, name) = (key.span().start, key.get_ref().as_ref());
        let Some(arg) = known.iter().find(|arg| arg.get_long() == Some(name)) else {
            let names: Vec<&str> = known.iter().filter_map(|arg| arg.get_long()).collect();
            wrong.push((at, format!("[{table}] has no '{name}'{}", meant(&names, name))));
            continue;
        };
        let read = values(arg, value.get_ref(), folder).and_then(|values| {
            let Some(values) = values else { return Ok(None) };
            let flag = Flag { table, name: name.to_owned(), values };
            flag.try_out().map(|()| Some(flag))
        });
        match read {
            Ok(flag) => flags.extend(flag),
            Err(why) => wrong.push((at, format!("{name}: {why}"))),
        }
    }
    flags
}

/// The values of a flag as they would be typed; none where it is not wanted.
fn values(arg: &Arg, value: &DeValue<'_>, folder: &Path) -> Result<Option<Vec<String>>, String> {
    let many = matches!(arg.get_action(), ArgAction::Append);
    match value {
        DeValue::Boolean(wanted) if !arg.get_action().takes_values() => Ok(wanted.then(Vec::new)),
        _ if !arg.get_action().takes_values() => Err("write true or false".into()),
        DeValue::Array(list) if many => {
            let texts = list.iter().map(|value| text(arg, value.get_ref(), folder));
            let texts: Vec<String> = texts.collect::<Option<_>>().ok_or(LIST)?;
            Ok((!texts.is_empty()).then_some(texts))
        }
        value => match text(arg, value, folder) {
            Some(text) => Ok(Some(vec![text])),
            None if many => Err(LIST.into()),
            None => Err("write a text or a number".into()),
        },
    }
}

fn text(arg: &Arg, value: &DeValue<'_>, folder: &Path) -> Option<String> {
    let text = match value {
        DeValue::String(value) => value.to_string(),
        DeValue::Integer(value) if value.radix() == 10 => value.as_str().to_owned(),
        DeValue::Float(value) => value.as_str().to_owned(),
        _ => return None,
    };
    let path = arg.get_value_hint() == ValueHint::AnyPath;
    Some(if path { folder.join(text).to_string_lossy().into_owned() } else { text })
}

impl Flag {
    /// How it would be typed.
    pub(super) fn words(&self) -> impl Iterator<Item = OsString> {
        let bare = self.values.is_empty().then(|| format!("--{}", self.name));
        bare.into_iter().chain(self.values.iter().map(|value| format!("--{}={value}", self.name))).map(OsString::from)
    }

    /// Whether it would be understood by itself.
    fn try_out(&self) -> Result<(), String> {
        if ["only", "allow"].contains(&self.name.as_str()) {
            self.values.iter().try_for_each(|id| args::rule(id).map(drop)).map_err(|why| why.to_string())?;
        }
        let of = TABLES.iter().find(|(table, _)| *table == self.table).and_then(|&(_, of)| of);
        let line = [Some("clean"), of, Some("-")].into_iter().flatten().map(OsString::from).chain(self.words());
        Cli::command().try_get_matches_from(line).map(drop).map_err(|error| {
            // The first paragraph says what is wrong; what else it says is about the command line.
            let said = error.to_string();
            let first = said.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
            first.lines().map(str::trim).collect::<Vec<_>>().join(" ")
        })
    }
}

/// The JSON Schema of a table.
pub(super) fn schema(table: &str) -> Value {
    let program = program();
    let property = |arg: &&Arg| {
        let one = json!({"type": ["string", "number"]});
        let mut schema = match arg.get_action() {
            ArgAction::Append => json!({"anyOf": [one, {"type": "array", "items": one}]}),
            action if action.takes_values() => one,
            _ => json!({"type": "boolean"}),
        };
        schema["description"] = arg.get_help().map(ToString::to_string).unwrap_or_default().into();
        Some((arg.get_long()?.to_owned(), schema))
    };
    let properties: serde_json::Map<_, _> = known(&program, table).iter().filter_map(property).collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}
