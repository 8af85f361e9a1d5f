//! `clean diff INPUTS`.

use clap::Args;

use super::colours::ColourArgs;
use super::inputs::{AgainstArgs, CommonArgs};

/// Arguments of `clean diff INPUTS`.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    #[command(flatten)]
    pub(in crate::cli) common: CommonArgs,
    #[command(flatten)]
    pub(in crate::cli) against: AgainstArgs,
    #[command(flatten)]
    pub(in crate::cli) colours: ColourArgs,
}
