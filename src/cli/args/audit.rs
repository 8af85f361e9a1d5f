//! `clean audit INPUTS`.

use clap::Args;

use super::inputs::CommonArgs;

/// Arguments of `clean audit INPUTS`.
#[derive(Debug, Args)]
pub(in crate::cli) struct AuditArgs {
    #[command(flatten)]
    pub(in crate::cli) common: CommonArgs,
    /// Documents to plant in, chosen by a hash of where they stand
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) documents: u64,
    /// Seed of all draws: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value = "1")]
    pub(in crate::cli) seed: u64,
    /// Print JSON, with examples of what was missed
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// A limit: recall (of each kind, at least), touched (of clean words, at most)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(in crate::cli) limit: Vec<String>,
}
