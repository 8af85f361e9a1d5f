//! `clean report REPORT`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::colours::ColourArgs;
use super::values::size;
use super::what_if::WhatIfArgs;
use crate::error::Error;
use crate::report::listing::By;
use crate::whatif::Ask;

/// Arguments of `clean report REPORT`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArgs {
    /// report.json, or its folder
    #[arg(value_name = "REPORT", default_value = "reports")]
    pub(in crate::cli) report: PathBuf,
    /// List by rule, kind, category, document, host; most words gone first
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true, conflicts_with = "what-if")]
    by: Option<ByArg>,
    /// Rows listed at most [default: 20 documents or hosts]
    #[arg(long, value_name = "N", requires = "by")]
    pub(in crate::cli) top: Option<usize>,
    /// human, json, jsonl (a line a document), markdown
    #[arg(long, value_name = "NAME", value_enum, default_value_t = ReportFormat::Human, hide_possible_values = true)]
    pub(in crate::cli) format: ReportFormat,
    /// Write report.html again, as a run writes it, to a new file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["what-if", "by", "format"])]
    pub(in crate::cli) to: Option<PathBuf>,
    /// With --to: texts in it, packed, at most
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = size)]
    pub(in crate::cli) html_size: u64,
    #[command(flatten)]
    pub(in crate::cli) colours: ColourArgs,
    #[command(flatten)]
    what_if: WhatIfArgs,
    /// Weights of the line judge, where the run had others than those that come with the program
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) judge: Option<PathBuf>,
}

impl ReportArgs {
    pub(in crate::cli) fn by(&self) -> Option<By> {
        self.by.map(|by| match by {
            ByArg::Rule => By::Rule,
            ByArg::Kind => By::Kind,
            ByArg::Category => By::Category,
            ByArg::Document => By::Document,
            ByArg::Host => By::Host,
        })
    }

    /// What is asked of other settings; none when nothing is.
    pub(in crate::cli) fn ask(&self) -> Result<Option<Ask>, Error> {
        self.what_if.ask()
    }
}

/// By what a listing is.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ByArg {
    Rule,
    Kind,
    Category,
    Document,
    Host,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    Human,
    Json,
    Jsonl,
    Markdown,
}
