//! Settings of a run that `clean report` is asked about.

use clap::Args;

use super::cut::CutFrom;
use super::values::{millionths, rule};
use crate::error::Error;
use crate::types::Ratio;
use crate::whatif::Ask;

/// Settings that a what-if is asked for.
#[derive(Debug, Args)]
#[group(id = "what-if", multiple = true)]
#[command(next_help_heading = "What if the run had had other settings (all else as it was)")]
pub(super) struct WhatIfArgs {
    /// Cut from this confidence on: certain, likely, hint
    #[arg(long, value_name = "LEVEL", value_enum, hide_possible_values = true)]
    cut_from: Option<CutFrom>,
    /// Leave what this rule finds (may be given again; none: leave nothing)
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Run this rule only (may be given again)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Words of articles that may be lost; 0 cuts only what is certain
    #[arg(long, value_name = "SHARE")]
    max_loss: Option<Ratio>,
    /// Common shingles that make documents twins
    #[arg(long, value_name = "SHARE")]
    alike: Option<Ratio>,
    /// The same for a paragraph and an earlier one
    #[arg(long, value_name = "SHARE")]
    alike_block: Option<Ratio>,
    /// Share in a longer document from which one is contained
    #[arg(long, value_name = "SHARE")]
    contained: Option<Ratio>,
}

impl WhatIfArgs {
    /// What is asked of other settings; none when nothing is.
    pub(super) fn ask(&self) -> Result<Option<Ask>, Error> {
        let WhatIfArgs { cut_from, allow, only, max_loss, alike, alike_block, contained } = self;
        let ids = |names: &[String]| names.iter().map(|id| rule(id).map(|rule| rule.id)).collect::<Result<Vec<_>, _>>();
        let anything = cut_from.is_some() || !allow.is_empty() || !only.is_empty() || max_loss.is_some();
        if !anything && alike.is_none() && alike_block.is_none() && contained.is_none() {
            return Ok(None);
        }
        let none = allow.len() == 1 && allow[0] == "none";
        Ok(Some(Ask {
            cut_from: cut_from.map(CutFrom::level),
            allow: (!allow.is_empty()).then(|| if none { Ok(Vec::new()) } else { ids(allow) }).transpose()?,
            only: (!only.is_empty()).then(|| ids(only)).transpose()?,
            max_loss: max_loss.map(millionths),
            alike: *alike,
            alike_block: *alike_block,
            contained: *contained,
        }))
    }
}
