//! Sorted records → what repeats what. No I/O and no threads: functions over streams, which the pipeline feeds from its
//! sorters, a part at a time.
//!
//! Twins first, then repeated units among the documents that stay, then shared passages among the units that are no
//! copies. Candidates share a key; what is decided is counted on the texts, never estimated.

pub mod classes;
pub mod marks;
mod meet;
pub mod passages;
pub mod repeats;
pub mod twins;

/// Which of several alike documents stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The first in reading order.
    #[default]
    First,
    /// The one with most words, then the first.
    Longest,
    /// The one with fewest words, then the first.
    Shortest,
}

impl Keep {
    /// How wanted a document of so many bytes of words is: less is more wanted, and reading order decides between equals.
    pub fn wanted(self, words: u32) -> u64 {
        match self {
            Self::First => 0,
            Self::Longest => u64::from(u32::MAX - words),
            Self::Shortest => u64::from(words),
        }
    }
}
