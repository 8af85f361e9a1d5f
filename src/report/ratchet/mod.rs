//! The ratchet of `clean check`: what is known of the dirt of documents ([`Baseline`]), and what of a run is new beside it
//! ([`mod@hold`]). Nothing here knows lines or places: a piece of dirt is known by its document and by the text that it is.

pub mod baseline;
pub mod compared;
mod copies;
mod entries;
pub mod hold;
mod layout;
mod lines;
mod moves;
mod near;
mod section;

pub use baseline::{Baseline, Fault};
pub use compared::Compared;
pub use hold::{Held, Seen, hold};
pub use section::{Place, Section, Units, What};
