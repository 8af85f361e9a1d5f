//! Sorted records → what repeats what. No I/O and no threads: functions over streams, which the pipeline feeds from its
//! sorters, a part at a time.
//!
//! Twins first, then (when asked for) documents within others, then repeated units among the documents that stay, then shared passages among the units that are no
//! copies. Candidates share a key; what is decided is counted on the texts, never estimated.

pub mod bag;
pub mod classes;
pub mod contained;
pub mod hosts;
mod keep;
pub mod marks;
mod meet;
pub mod news;
pub mod passages;
pub mod repeats;
pub mod twins;

pub use keep::Keep;
