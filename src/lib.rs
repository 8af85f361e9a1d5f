//! Finds and removes duplicates, boilerplate and ads in scraped text. Every cut has a reason and can be undone.
//!
//! The way of the data: [`read`] → [`segment`] → [`sign`] → [`resolve`] → [`judge`] → [`rewrite`] → [`mod@write`] and
//! [`report`]; [`pipeline`] joins them. ARCHITECTURE.md tells who may know whom and why; `tests/layering.rs` holds it.
//!
//! ```
//! use textclean::pipeline::{self, Mode, Options};
//!
//! let mut options = Options::new(vec!["inputs".into()]);
//! options.mode = Mode::Look; // nothing is written
//! let outcome = pipeline::run(&options)?;
//! assert!(outcome.tally.words_after < outcome.tally.words_before);
//! # Ok::<(), textclean::error::Error>(())
//! ```

pub mod audit;
pub mod cli;
pub mod diff;
pub mod error;
pub mod judge;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod resolve;
pub mod rewrite;
pub mod segment;
pub mod sign;
pub mod spans;
pub mod spill;
pub mod text;
pub mod types;
pub mod whatif;
pub mod write;
