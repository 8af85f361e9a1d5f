//! Sorting more records than memory holds.
//!
//! Records are plain bytes of fixed size. A [`Sorter`] takes them in any order from many threads, divides them by their
//! leading key into parts, and gives each part back sorted. What does not fit the [`Budget`] goes to one temporary file a
//! sorter, as sorted and compressed runs; a part is then the merge of its runs, read as streams. So open files do not grow
//! with the input, parts are worked on in parallel, and nobody can tell from the result whether anything was spilled.

mod blocks;
mod budget;
mod chunk;
mod keep;
mod named;
mod record;
mod sorted;
mod sorter;

pub use budget::Budget;
pub(crate) use chunk::read_exact_at;
pub(crate) use keep::{read_table, write_table};
pub use named::{Named, Run, Spill, Void};
pub use record::Record;
pub use sorted::{Ahead, Part, Sorted, Stream};
pub use sorter::{By, Sorter};
