//! `clean check INPUTS`.

use std::path::PathBuf;

use clap::Args;

use super::inputs::{AgainstArgs, CommonArgs};
use crate::report::formats;

/// Arguments of `clean check INPUTS`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub(in crate::cli) common: CommonArgs,
    #[command(flatten)]
    pub(in crate::cli) against: AgainstArgs,
    /// A limit: duplicate, boilerplate, ad (shares of words), twins (of documents), unreadable (inputs)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(in crate::cli) limit: Vec<String>,
    /// human, json, github, sarif, junit, markdown
    #[arg(long, value_name = "NAME", default_value = "human", hide_possible_values = true, value_parser = formats::FORMATS.iter().map(|f| f.name).collect::<Vec<_>>())]
    pub(in crate::cli) format: String,
    /// Findings listed, and held in memory, at most [default: by format]
    #[arg(long, value_name = "N")]
    pub(in crate::cli) max_findings: Option<usize>,
    /// List also what is left alone (hints, notes, allowed rules), and known
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Fail on what is new beside this file, and on nothing else
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Take out of the baseline what is gone; make it when there is none
    #[arg(long)]
    pub(in crate::cli) update_baseline: bool,
    /// With --update-baseline: take in what is new
    #[arg(long, requires = "update_baseline")]
    pub(in crate::cli) accept: bool,
}
