//! Output: parts written by anyone, joined in order, shown by rename. What is done stands in a journal, so that a run that
//! was killed can go on.

mod journal;
mod part;
mod scratch;
mod staging;

pub use journal::Journal;
pub use part::Part;
pub use scratch::{Scratch, abandon};
pub use staging::{SHOWN, Staging};
