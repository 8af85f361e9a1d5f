//! `clean check`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use super::args::CheckArgs;
use super::{CLEAN, OVER, baseline, complain, config, written};
use crate::error::Error;
use crate::pipeline::{self, Findings, Mode, Options, Outcome, Worst};
use crate::report::checked::{RuleNote, SCHEMA, WorstDocument};
use crate::report::ratchet::Compared;
use crate::report::summary::troubles;
use crate::report::tally::name;
use crate::report::{Checked, Limits, formats};

/// Looks at the inputs and says what is over its limits, and where. `limits` are those of `clean.toml`.
pub(super) fn check(args: &CheckArgs, limits: Limits) -> Result<u8, Error> {
    let mut options = args.against.options(&args.common)?;
    options.mode = Mode::Look;
    let Some(format) = formats::format(&args.format) else {
        return Err(Error::Usage(format!("there is no format '{}'", args.format)));
    };
    let most = args.max_findings.unwrap_or(format.listed);
    options.findings = Some(Findings { most, all: args.all });
    let limits = typed(limits, &args.limit)?;
    let before = baseline::read(args)?;
    options.ratchet = before.as_ref().map(|before| before.ratchet.clone());
    let outcome = pipeline::run(&options)?;
    complain(&troubles(&outcome.troubles, outcome.more_troubles));
    let both = before.as_ref().zip(outcome.held.as_ref());
    let compared = both.map(|(before, held)| baseline::compare(args, before, held)).transpose()?;
    let checked = checked(outcome, &limits, &options, compared);
    let mut out = BufWriter::new(io::stdout().lock());
    written((format.write)(&checked, args.common.quiet, &mut out).and_then(|()| out.flush()))?;
    Ok(if checked.over { OVER } else { CLEAN })
}

/// What formats show.
fn checked(outcome: Outcome, limits: &Limits, options: &Options, compared: Option<Compared>) -> Checked {
    let accepted = compared.as_ref().is_some_and(|compared| !compared.fails());
    // Beside a baseline, limits hold for what is new.
    let counted = match &outcome.held {
        Some(_) if accepted => outcome.tally.only(&BTreeMap::new()),
        Some(held) => outcome.tally.only(&held.fresh),
        None => outcome.tally.clone(),
    };
    let mut limits = limits.verdicts(&counted);
    if outcome.held.is_some() {
        for limit in &mut limits {
            limit.message.push_str(" for what is new");
        }
    }
    let worst = outcome.worst.into_iter().map(|Worst { category, words, document }| WorstDocument {
        category: name(category),
        words,
        document,
    });
    let rules = options.rules.iter().map(|rule| RuleNote { id: rule.id.into(), summary: rule.summary.into() });
    let mut checked = Checked {
        schema: SCHEMA.into(),
        version: env!("CARGO_PKG_VERSION").into(),
        over: false,
        against: outcome.against,
        limits,
        totals: outcome.tally,
        troubles: outcome.troubles,
        more_troubles: outcome.more_troubles,
        findings: outcome.findings,
        more_findings: outcome.more_findings,
        worst: if compared.is_some() { Vec::new() } else { worst.collect() },
        rules: rules.collect(),
        baseline: compared,
    };
    checked.weigh();
    checked
}

/// Sets the limits that are typed: they win.
fn typed(mut limits: Limits, typed: &[String]) -> Result<Limits, Error> {
    for limit in typed {
        let (name, value) = limit
            .split_once('=')
            .ok_or_else(|| Error::Usage(format!("--limit {limit}: write NAME=VALUE, as in duplicate=5%")))?;
        config::limit(&mut limits, name, value).map_err(Error::Usage)?;
    }
    Ok(limits)
}
