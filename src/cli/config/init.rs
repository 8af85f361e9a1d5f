//! What `clean init` writes.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::NAME;
use crate::cli::{CLEAN, print};
use crate::error::Error;

/// The defaults, with what they mean.
const COMMENTED: &str = include_str!("commented.toml");

/// `clean init FOLDER`: writes a `clean.toml` there, unless there is one.
pub(in crate::cli) fn init(folder: &Path) -> Result<u8, Error> {
    let path = folder.join(NAME);
    let mut file = fs::File::create_new(&path).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => Error::Usage(format!(
            "{} exists, and stays as it is\n  name another folder: clean init DIR",
            path.display()
        )),
        _ => Error::Io { doing: "cannot make", path: path.clone(), source },
    })?;
    file.write_all(COMMENTED.as_bytes()).map_err(Error::io("cannot write", &path))?;
    print(&format!("written: {}\n", path.display())).map(|()| CLEAN)
}

#[cfg(test)]
mod tests {
    use super::super::tests::faults;
    use super::super::{Config, schema, take};
    use super::*;
    use crate::cli::settings::{self, Flag};
    use crate::report::Limits;

    #[test]
    fn what_is_written_are_the_defaults() {
        assert_eq!(take(COMMENTED, Path::new("")).unwrap().limits, Limits::default());
        for name in Limits::names() {
            assert!(COMMENTED.contains(&format!("\n{name} = ")), "{name}");
        }
        assert!(COMMENTED.lines().all(|line| line.chars().count() <= 120));
    }

    #[test]
    fn every_flag_stands_there_and_is_understood() {
        let setting = |line: &&str| line.contains(" = ");
        let plain: Vec<&str> =
            COMMENTED.lines().map(|line| line.strip_prefix("# ").filter(setting).unwrap_or(line)).collect();
        let Config { flags, .. } = take(&plain.join("\n"), Path::new("/x")).unwrap();
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
}
