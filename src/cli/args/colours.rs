//! Whether what is printed for people is coloured.

use std::io::IsTerminal;

use clap::{Args, ColorChoice};

/// What the user says of colours.
#[derive(Debug, Args)]
pub(in crate::cli) struct ColourArgs {
    /// Colours: auto (on a terminal, unless `NO_COLOR` is set), always, never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true)]
    color: ColorChoice,
}

impl ColourArgs {
    /// Whether what goes to `out` is coloured.
    pub(in crate::cli) fn wanted(&self, out: &impl IsTerminal) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => out.is_terminal() && crate::cli::wants_colours(),
        }
    }
}
