//! Formats of `clean check`: a file each, and a line in [`FORMATS`].
//!
//! A format writes what [`Checked`](super::Checked) holds, piece by piece, and finds nothing out by itself. Names, texts and evidence come
//! from strangers: they pass through [`plain`], or through JSON strings, so that they are nothing but text to whoever reads.

pub mod format;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;

pub use format::{Format, named, plain, within};

/// All formats, as `--format` lists them.
pub static FORMATS: &[&Format] =
    &[&human::HUMAN, &json::JSON, &github::GITHUB, &sarif::SARIF, &junit::JUNIT, &markdown::MARKDOWN];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name).copied()
}
