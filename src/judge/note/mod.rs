//! Worth knowing, never cut.

pub mod by_line;
pub mod date_line;
