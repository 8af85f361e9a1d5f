//! The dirt of one document.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::near::NearUnits;
use crate::types::{Category, Print};

/// What a piece of dirt is, where a text is several things the first of these: enough to know what it may become, and no rule's name, so that rules may be renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Advertising.
    Ad,
    /// Page furniture.
    Boilerplate,
    /// Damage that would be mended.
    Repair,
    /// Text that stands twice in its document.
    Repeat,
    /// Text that another document has too.
    Copy,
    /// A whole document that would go for another.
    Document,
    /// An input that cannot be read.
    Unreadable,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Ad, Self::Boilerplate, Self::Repair, Self::Repeat, Self::Copy, Self::Document, Self::Unreadable];

    /// Its name in a baseline.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ad => "ad",
            Self::Boilerplate => "boilerplate",
            Self::Repair => "repair",
            Self::Repeat => "repeat",
            Self::Copy => "copy",
            Self::Document => "document",
            Self::Unreadable => "unreadable",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }

    /// What it counts as.
    pub fn category(self) -> Option<Category> {
        match self {
            Self::Ad => Some(Category::Ad),
            Self::Boilerplate => Some(Category::Boilerplate),
            Self::Repair => Some(Category::Repair),
            Self::Repeat | Self::Copy | Self::Document => Some(Category::Duplicate),
            Self::Unreadable => None,
        }
    }

    /// Whether which of several documents has it depends on their order: the first copy stays, and the others go.
    pub fn jumps(self) -> bool {
        matches!(self, Self::Document | Self::Copy)
    }

    /// Whether a text that was found as this is the same dirt when it is found as `other`: text that goes is text that goes.
    pub fn may_be(self, other: Self) -> bool {
        let cut = |what| matches!(what, Self::Ad | Self::Boilerplate | Self::Repeat | Self::Copy);
        self == other || cut(self) && cut(other)
    }
}

/// Pieces of dirt, and how often each is there.
pub type Units = BTreeMap<(What, Print), u64>;

/// The dirt of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The file.
    pub path: String,
    /// Which document of the file: empty when it is the file, `#ID` for a record with an id, `@` for one without.
    pub id: String,
    /// What the whole text of the document is known by, when its name is another.
    pub text: Print,
    /// Its dirt.
    pub units: Units,
}

/// What tells documents apart: path, id, and where there is no id, the text.
pub(super) type Key = (String, String, Option<Print>);

impl Section {
    pub(super) fn key(&self) -> Key {
        key(&self.path, &self.id, self.text)
    }

    /// Which of the pieces it has nothing for, whatever else there may be of them.
    pub fn lacks(&self, places: &[Place]) -> Vec<bool> {
        let near = LazyCell::new(|| NearUnits::of(&self.units));
        let lacks = |&Place { what, print, .. }: &Place| {
            let mut equal = What::ALL.into_iter().filter(|other| what.may_be(*other)).map(|other| (other, print));
            let known = equal.any(|unit| self.units.contains_key(&unit));
            !known && (!print.is_sketch() || near.to(what, print).next().is_none())
        };
        places.iter().map(lacks).collect()
    }

    /// Number of its pieces of dirt.
    pub fn places(&self) -> u64 {
        self.units.values().sum()
    }
}

pub(super) fn key(path: &str, id: &str, text: Print) -> Key {
    (path.to_owned(), id.to_owned(), (id == "@").then_some(text))
}

/// A piece of dirt as a run finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub what: What,
    /// What its text is known by.
    pub print: Print,
    /// Words of it.
    pub words: u32,
    /// Numbers of the findings that speak of it.
    pub findings: Vec<u32>,
}
