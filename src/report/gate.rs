//! Limits for `clean check`: what is over them fails a build.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::summary::counted;
use super::tally::Tally;
use crate::types::{Category, Ratio};

/// What may be found at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    shares: BTreeMap<&'static str, Ratio>,
    unreadable: u64,
}

/// The limits that are shares, with their defaults in percent and what they are shares of.
const SHARES: [(&str, u64, &str); 4] =
    [("ad", 1, "words"), ("boilerplate", 5, "words"), ("duplicate", 5, "words"), ("twins", 5, "documents")];

impl Default for Limits {
    fn default() -> Self {
        Self {
            shares: SHARES.iter().map(|&(name, percent, _)| (name, Ratio::new(percent, 100))).collect(),
            unreadable: 0,
        }
    }
}

/// A limit that was passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Name of the limit.
    pub name: &'static str,
    /// In words: what was found, and the limit.
    pub message: String,
}

/// `clean.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    limits: BTreeMap<String, toml::Value>,
}

impl Limits {
    /// Sets a limit by name, as `--limit NAME=VALUE` and `clean.toml` do.
    ///
    /// # Errors
    /// When there is no such limit or the value makes no sense; the message says what would.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        if name == "unreadable" {
            self.unreadable =
                value.trim().parse().map_err(|_| format!("limit unreadable: '{value}' is no number of inputs"))?;
            return Ok(());
        }
        let Some(&(name, ..)) = SHARES.iter().find(|(known, ..)| *known == name) else {
            let names: Vec<_> = SHARES.iter().map(|s| s.0).chain(["unreadable"]).collect();
            return Err(format!("there is no limit '{name}'; limits are {}", names.join(", ")));
        };
        let share = value.parse().map_err(|e| format!("limit {name}: {e}"))?;
        self.shares.insert(name, share);
        Ok(())
    }

    /// Takes the limits of a `clean.toml`: `[limits]` with the names of [`Self::set`].
    ///
    /// # Errors
    /// When the file is not understood.
    pub fn read_toml(&mut self, text: &str) -> Result<(), String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        for (name, value) in file.limits {
            match value {
                toml::Value::String(value) => self.set(&name, &value)?,
                toml::Value::Integer(value) => self.set(&name, &value.to_string())?,
                toml::Value::Float(value) => self.set(&name, &value.to_string())?,
                _ => return Err(format!("limit {name}: write \"5%\" or 0.05")),
            }
        }
        Ok(())
    }

    /// What is over its limit.
    pub fn breaches(&self, tally: &Tally) -> Vec<Breach> {
        let mut out = Vec::new();
        for (name, _, of) in SHARES {
            let share = match name {
                "ad" => tally.share(Category::Ad),
                "boilerplate" => tally.share(Category::Boilerplate),
                "duplicate" => tally.share(Category::Duplicate),
                _ => Ratio::new(tally.twins, tally.documents),
            };
            let limit = self.shares[name];
            if share.exceeds(limit) {
                out.push(Breach {
                    name,
                    message: format!("{name}: {share} of the {of} ({} of {}), limit {limit}", share.part, share.of),
                });
            }
        }
        if tally.unreadable > self.unreadable {
            out.push(Breach {
                name: "unreadable",
                message: format!("unreadable: {}, limit {}", counted(tally.unreadable, "input"), self.unreadable),
            });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set_by_name() {
        let mut limits = Limits::default();
        limits.set("duplicate", "12.5%").unwrap();
        limits.read_toml("[limits]\nad = \"2%\"\ntwins = 0.5\nunreadable = 3\n").unwrap();
        assert_eq!(limits.unreadable, 3);
        assert!(limits.set("dupes", "1%").unwrap_err().contains("duplicate"));
        assert!(limits.read_toml("[limit]\nad = 1").is_err());
    }

    #[test]
    fn a_breach_is_above_the_limit_not_at_it() {
        let mut limits = Limits::default();
        limits.set("twins", "50%").unwrap();
        let tally = |twins| Tally { documents: 4, twins, ..Tally::default() };
        assert!(limits.breaches(&tally(2)).is_empty());
        assert_eq!(limits.breaches(&tally(3)).len(), 1);
    }
}
