//! What was done and why: the report's types, the terminal summary, the limits of `check`.

pub mod ceiling;
pub mod clusters;
pub mod gate;
pub mod model;
pub mod removed;
pub mod summary;
pub mod tally;
pub mod why;

pub use gate::{Breach, Limits};
pub use model::{DocumentEntry, Report};
pub use removed::Removed;
pub use tally::Tally;
