//! `clean train LABELS`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `clean train LABELS`.
#[derive(Debug, Args)]
pub(in crate::cli) struct TrainArgs {
    /// JSONL with text, url, and lines with ln and label (keep, drop)
    #[arg(value_name = "LABELS", required = true)]
    pub(in crate::cli) labels: Vec<PathBuf>,
    /// Where the weights go; a file that exists is never overwritten
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) to: Option<PathBuf>,
    /// Trees
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub(in crate::cli) trees: u16,
    /// Questions in a tree
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=8))]
    pub(in crate::cli) depth: u8,
    /// Share of the best step that a tree takes, in hundredths
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(in crate::cli) rate: u8,
    /// What a switch between article and furniture costs, in 1/1024 of log-odds
    #[arg(long, value_name = "N", default_value_t = 400)]
    pub(in crate::cli) switch: u16,
    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=512))]
    pub(in crate::cli) threads: u16,
}
