//! How tables stand out on a terminal.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

/// Colours, or none. It never stands within what documents hold: that is made visible before it is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    colours: bool,
}

impl Paint {
    /// For files, pipes, and whoever wants no colours.
    pub const PLAIN: Self = Self { colours: false };
    /// For a terminal.
    pub const COLOURS: Self = Self { colours: true };

    /// The line above a table.
    pub fn head(self, line: impl Display) -> String {
        self.styled(line, Style::new().bold())
    }

    /// What did nothing, and what is only said besides.
    pub fn faint(self, line: impl Display) -> String {
        self.styled(line, Style::new().dimmed())
    }

    /// A row, faint where nothing was done.
    pub fn row(self, line: impl Display, done: u64) -> String {
        if done == 0 { self.faint(line) } else { line.to_string() }
    }

    /// What is less than it was.
    pub fn less(self, text: impl Display) -> String {
        self.styled(text, AnsiColor::Red.on_default())
    }

    /// What is more than it was.
    pub fn more(self, text: impl Display) -> String {
        self.styled(text, AnsiColor::Green.on_default())
    }

    fn styled(self, text: impl Display, style: Style) -> String {
        if self.colours { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}
