//! `clean check`.

use std::fmt::Write as _;

use super::args::CheckArgs;
use super::{CLEAN, OVER, complain, config, print};
use crate::error::Error;
use crate::pipeline::{self, Mode};
use crate::report::Limits;
use crate::report::summary::{counted, troubles, visible};
use crate::report::tally::name;

/// Looks at the inputs and says what is over its limits.
pub(super) fn check(args: &CheckArgs) -> Result<u8, Error> {
    let mut options = args.common.options()?;
    options.mode = Mode::Look;
    let limits = limits(args)?;
    let outcome = pipeline::run(&options)?;
    complain(&troubles(&outcome.troubles, outcome.more_troubles));
    let breaches = limits.breaches(&outcome.tally);
    let mut out = String::new();
    for breach in &breaches {
        let _ = writeln!(out, "over the limit: {}", breach.message);
        for worst in outcome
            .worst
            .iter()
            .filter(|w| name(w.category) == breach.name || (breach.name == "twins" && name(w.category) == "duplicate"))
        {
            let _ = writeln!(out, "  {}: {}", visible(&worst.document), counted(worst.words, "word"));
        }
    }
    if breaches.is_empty() && !args.common.quiet {
        let _ = writeln!(out, "within the limits: {}", counted(outcome.tally.documents, "document"));
    }
    print(&out)?;
    Ok(if breaches.is_empty() { CLEAN } else { OVER })
}

/// Defaults, then `clean.toml`, then the command line.
fn limits(args: &CheckArgs) -> Result<Limits, Error> {
    let mut limits = Limits::default();
    if let Some(path) = args.config.clone().or_else(|| config::find(args.common.inputs.first()?)) {
        config::read(&path, &mut limits)?;
    }
    for limit in &args.limit {
        let (name, value) = limit
            .split_once('=')
            .ok_or_else(|| Error::Usage(format!("--limit {limit}: write NAME=VALUE, as in duplicate=5%")))?;
        config::limit(&mut limits, name, value).map_err(Error::Usage)?;
    }
    Ok(limits)
}
