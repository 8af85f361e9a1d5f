//! Worth knowing, never cut.

pub(super) mod by_line;
pub(super) mod date_line;
