//! Limits for `clean check`: what is over them fails a build.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// What was found beside a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Name of the limit.
    pub name: String,
    /// Whether it is passed.
    pub over: bool,
    /// In words: what was found, and the limit.
    pub message: String,
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
            let names: Vec<_> = Self::names().collect();
            return Err(format!("there is no limit '{name}'; limits are {}", names.join(", ")));
        };
        let share = value.parse().map_err(|e| format!("limit {name}: {e}"))?;
        self.shares.insert(name, share);
        Ok(())
    }

    /// The names of all limits.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHARES.iter().map(|&(name, ..)| name).chain(["unreadable"])
    }

    /// What was found beside each limit.
    pub fn verdicts(&self, tally: &Tally) -> Vec<Verdict> {
        let shares = SHARES.iter().map(|&(name, _, of)| {
            let share = match name {
                "ad" => tally.share(Category::Ad),
                "boilerplate" => tally.share(Category::Boilerplate),
                "duplicate" => tally.share(Category::Duplicate),
                _ => Ratio::new(tally.twins, tally.documents),
            };
            let limit = self.shares[name];
            let message = format!("{name}: {share} of the {of} ({} of {}), limit {limit}", share.part, share.of);
            Verdict { name: name.into(), over: share.exceeds(limit), message }
        });
        let unreadable = counted(tally.unreadable, "input");
        let inputs = Verdict {
            name: "unreadable".into(),
            over: tally.unreadable > self.unreadable,
            message: format!("unreadable: {unreadable}, limit {}", self.unreadable),
        };
        shares.chain([inputs]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set_by_name() {
        let mut limits = Limits::default();
        limits.set("duplicate", "12.5%").unwrap();
        limits.set("unreadable", "3").unwrap();
        assert_eq!(limits.unreadable, 3);
        assert!(limits.set("dupes", "1%").unwrap_err().contains("duplicate"));
        assert!(limits.set("ad", "1%").is_ok() && limits.set("ad", "many").is_err());
    }

    #[test]
    fn a_breach_is_above_the_limit_not_at_it() {
        let mut limits = Limits::default();
        limits.set("twins", "50%").unwrap();
        let tally = |twins| Tally { documents: 4, twins, ..Tally::default() };
        let over = |twins| limits.verdicts(&tally(twins)).iter().filter(|limit| limit.over).count();
        assert_eq!((over(2), over(3)), (0, 1));
    }
}
