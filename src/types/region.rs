//! Places in a file, as editors count them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place between two characters of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Line, from 1. `\n`, `\r\n` and a lone `\r` end one, as in editors.
    pub line: u64,
    /// Characters (Unicode scalar values) of the line up to here, and one.
    pub column: u64,
    /// The same in UTF-16 code units.
    pub utf16: u64,
}

impl Point {
    /// Where a file begins.
    pub const FIRST: Self = Self { line: 1, column: 1, utf16: 1 };
}

/// From the first character of something to one past its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Where the first character stands.
    pub start: Point,
    /// One past the last character.
    pub end: Point,
}
