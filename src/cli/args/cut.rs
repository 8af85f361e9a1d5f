//! What may go.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::values::{millionths, rule, weights};
use crate::error::Error;
use crate::judge::RULES;
use crate::judge::line::Judge;
use crate::pipeline::Options;
use crate::types::{Confidence, Policy, Ratio};

/// Which rules run, and what their findings may do.
#[derive(Debug, Args)]
pub(super) struct CutArgs {
    /// Words of articles that may go (0: only what is certain)
    #[arg(long, value_name = "SHARE", default_value = "0.5%")]
    max_loss: Ratio,
    /// Weights of the line judge, from clean train
    #[arg(long, value_name = "FILE")]
    judge: Option<PathBuf>,
    /// Cut from this confidence on: certain, likely, hint
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = CutFrom::Likely, hide_possible_values = true)]
    cut_from: CutFrom,
    /// Leave what this rule finds (may be given again)
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Run this rule only (may be given again)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
}

impl CutArgs {
    /// Sets what may go; `repeated_span` is set already.
    pub(super) fn set(&self, options: &mut Options) -> Result<(), Error> {
        let allow = self.allow.iter().map(|id| rule(id).map(|r| r.id)).collect::<Result<_, _>>()?;
        let only = self.only.iter().map(|id| rule(id)).collect::<Result<Vec<_>, _>>()?;
        if options.repeated_span.is_none() && only.iter().any(|rule| rule.id == "repeated-span") {
            let message = "the rule 'repeated-span' must know how long a span is\n  add --repeated-span 100 (bytes) or --repeated-span 50w (words)";
            return Err(Error::Usage(message.into()));
        }
        let loss = millionths(self.max_loss);
        options.judge = match &self.judge {
            None => Judge::shipped(loss),
            Some(path) => Judge::new(Cow::Owned(weights(path)?), loss),
        };
        let cut_from = if loss == 0 { Confidence::Certain } else { self.cut_from.level() };
        options.policy = Policy { cut_from, allow };
        options.only_some = !only.is_empty();
        options.rules = if only.is_empty() { RULES.to_vec() } else { only };
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CutFrom {
    Certain,
    Likely,
    Hint,
}

impl CutFrom {
    pub(super) fn level(self) -> Confidence {
        match self {
            Self::Certain => Confidence::Certain,
            Self::Likely => Confidence::Likely,
            Self::Hint => Confidence::Hint,
        }
    }
}
