//! What was done and why: the report's types, the terminal summary, the limits of `check`.

pub mod cap;
pub mod ceiling;
pub mod checked;
pub mod clusters;
pub mod digest;
pub mod formats;
pub mod gate;
pub mod html;
pub mod listing;
pub mod markdown;
pub mod model;
pub mod paint;
pub mod ratchet;
pub mod removed;
pub mod spot;
pub mod stream;
pub mod summary;
pub mod tally;
pub mod why;

pub use checked::Checked;
pub use digest::Digest;
pub use gate::{Limits, Verdict};
pub use model::{DocumentEntry, Report};
pub use removed::Removed;
pub use spot::{Level, Spot};
pub use tally::Tally;
