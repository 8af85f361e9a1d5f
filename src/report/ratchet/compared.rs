//! What a check says of its baseline.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hold::Held;
use crate::report::summary::{counted, grouped, visible};

/// How a check compares with its baseline. Numbers are numbers of pieces of dirt: blocks of text, documents that would go
/// whole, characters that would be replaced, inputs that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// The file, as it was named.
    pub file: String,
    /// What the baseline does not know.
    pub new: u64,
    /// What it knows and is gone.
    pub gone: u64,
    /// What it knows and is still there.
    pub known: u64,
    /// What it knows of files that were not looked at.
    pub elsewhere: u64,
    /// Documents of which something is gone, a hundred at most.
    pub gone_from: Vec<Lost>,
    /// Documents that were known under another name, a hundred at most.
    pub moved: Vec<Moved>,
    /// Whether what is new was taken in.
    pub accepted: bool,
    /// Whether the file was written.
    pub written: bool,
}

/// A document of which something is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lost {
    /// The document, as the baseline has it.
    pub document: String,
    /// How much.
    pub gone: u64,
}

/// A document with another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// What it was called.
    pub from: String,
    /// What it is called.
    pub to: String,
}

/// Documents that are named of each kind.
const NAMED: usize = 100;

impl Compared {
    /// What came of holding a run against the baseline in `file`.
    pub fn new(file: String, held: &Held, accepted: bool) -> Self {
        let name = |path: &str, id: &str| format!("{path}{id}");
        let lost = held.lost.iter().take(NAMED);
        let moved = held.moved.iter().take(NAMED);
        Self {
            file,
            new: held.new,
            gone: held.gone,
            known: held.known,
            elsewhere: held.elsewhere,
            gone_from: lost
                .map(|(section, gone)| Lost { document: name(&section.path, &section.id), gone: *gone })
                .collect(),
            moved: moved.map(|[from, to]| Moved { from: name(&from.0, &from.1), to: name(&to.0, &to.1) }).collect(),
            accepted,
            written: false,
        }
    }

    /// Whether the check fails for it.
    pub fn fails(&self) -> bool {
        self.new > 0 && !self.accepted
    }

    /// In a sentence.
    pub fn sentence(&self) -> String {
        let [new, gone, known] = [self.new, self.gone, self.known].map(grouped);
        let elsewhere = match self.elsewhere {
            0 => String::new(),
            n => format!(" ({} in files that were not looked at)", grouped(n)),
        };
        format!("beside {}: {new} new, {gone} gone, {known} known{elsewhere}", visible(&self.file))
    }

    /// What can be done, or was, a line each.
    pub fn hints(&self) -> Vec<String> {
        let mut out = Vec::new();
        let file = visible(&self.file);
        match (self.written, self.accepted, self.new, self.gone) {
            (true, ..) => out.push(format!("written: {file}")),
            (false, _, 0, 1..) => out.push("--update-baseline takes out what is gone".into()),
            (false, false, 1.., _) => out.push("--update-baseline --accept takes in what is new".into()),
            _ => {}
        }
        if self.written && self.fails() {
            out.push(format!("{} not taken in; --accept does that", counted(self.new, "new piece of dirt")));
        }
        out
    }
}
