//! `clean diff INPUTS`.

use clap::{Args, ColorChoice};

use super::inputs::{AgainstArgs, CommonArgs};

/// Arguments of `clean diff INPUTS`.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    #[command(flatten)]
    pub(in crate::cli) common: CommonArgs,
    #[command(flatten)]
    pub(in crate::cli) against: AgainstArgs,
    /// Colours: auto (on a terminal, unless `NO_COLOR` is set), always, never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true)]
    pub(in crate::cli) color: ColorChoice,
}
