//! `clean INPUTS`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::inputs::{AgainstArgs, CommonArgs};
use super::values::{percent, size};
use crate::error::Error;
use crate::pipeline::Options;
use crate::read::Compression;
use crate::types::Ratio;

/// Arguments of `clean INPUTS`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
#[derive(Debug, Args)]
pub(in crate::cli) struct RunArgs {
    #[command(flatten)]
    common: CommonArgs,
    #[command(flatten)]
    against: AgainstArgs,
    /// Where cleaned text and report go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// Compress cleaned files: none, gz, zst [default: like the input]
    #[arg(long, value_name = "HOW", value_enum, hide_possible_values = true)]
    compress: Option<CompressArg>,
    /// Write nothing when more of the text would go, as 90%
    #[arg(long, value_name = "PERCENT", default_value = "60%", value_parser = percent)]
    max_cut: Ratio,
    /// Write nothing, only say what would go
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Also write clusters.jsonl: who goes for whom
    #[arg(long)]
    clusters: bool,
    /// Also write pairs.jsonl: all documents alike, by pairs
    #[arg(long)]
    pairs: bool,
    /// Reports: json, html, jsonl (documents), markdown
    #[arg(
        long,
        value_name = "LIST",
        value_enum,
        value_delimiter = ',',
        default_value = "json",
        hide_possible_values = true
    )]
    report: Vec<ReportArg>,
    /// Findings that reports list at most: cuts before repairs, these before what stays [default: all]
    #[arg(long, value_name = "N")]
    max_findings: Option<u64>,
    /// Texts in report.html, packed, at most; documents with most to see keep theirs
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = size)]
    html_size: u64,
    /// Go on with a run that was killed
    #[arg(long)]
    resume: bool,
    /// Leave facts of the run (time, threads) out of the report
    #[arg(long)]
    stable: bool,
}

impl std::ops::Deref for RunArgs {
    type Target = CommonArgs;

    fn deref(&self) -> &CommonArgs {
        &self.common
    }
}

impl RunArgs {
    pub(in crate::cli) fn options(&self) -> Result<Options, Error> {
        let compress = self.compress.map(|how| match how {
            CompressArg::None => Compression::None,
            CompressArg::Gz => Compression::Gz,
            CompressArg::Zst => Compression::Zst,
        });
        let options = self.against.options(&self.common)?;
        let Self { out, max_cut, stable, clusters, pairs, report, max_findings, html_size, resume, .. } = self;
        Ok(Options {
            out: out.clone(),
            max_cut: *max_cut,
            stable: *stable,
            clusters: *clusters,
            pairs: *pairs,
            html: report.contains(&ReportArg::Html),
            html_bytes: *html_size,
            max_findings: *max_findings,
            jsonl: report.contains(&ReportArg::Jsonl),
            markdown: report.contains(&ReportArg::Markdown),
            resume: *resume,
            compress,
            ..options
        })
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CompressArg {
    None,
    Gz,
    Zst,
}

/// What the report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportArg {
    Json,
    Html,
    Jsonl,
    Markdown,
}
