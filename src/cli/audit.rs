//! `clean audit`.

use std::fmt::Write as _;

use super::args::AuditArgs;
use super::{CLEAN, OVER, TROUBLE, complain, print};
use crate::audit::model::Audit;
use crate::audit::table::table;
use crate::audit::{self, Ask};
use crate::error::Error;
use crate::report::summary::troubles;
use crate::types::{Ratio, TroubleKind};

/// Plants dirt in copies of the inputs and says how much of it is found.
pub(super) fn audit(args: &AuditArgs) -> Result<u8, Error> {
    let limits = args.limit.iter().map(|limit| limit_of(limit)).collect::<Result<Vec<_>, _>>()?;
    let ask = Ask { documents: usize::try_from(args.documents).unwrap_or(usize::MAX), seed: args.seed };
    let (audit, unread) = audit::audit(&args.common.options()?, ask)?;
    complain(&troubles(&unread, 0));
    if args.json {
        let json = serde_json::to_string_pretty(&audit).unwrap_or_default();
        print(&format!("{json}\n"))?;
    } else if !args.common.quiet {
        print(&table(&audit))?;
    }
    let breaches: String = limits.iter().map(|limit| breaches(limit, &audit)).collect();
    complain(&breaches);
    Ok(if unread.iter().any(|trouble| trouble.kind == TroubleKind::Unreadable) {
        TROUBLE
    } else if breaches.is_empty() {
        CLEAN
    } else {
        OVER
    })
}

/// What each kind must reach, or may not exceed.
enum Limit {
    Recall(Ratio),
    Touched(Ratio),
}

fn limit_of(text: &str) -> Result<Limit, Error> {
    let usage = |why: &str| Error::Usage(format!("--limit {text}: {why}"));
    let (name, value) = text.split_once('=').ok_or_else(|| usage("write NAME=VALUE, as in recall=90%"))?;
    let share = value.parse().map_err(|why: String| usage(&why))?;
    match name {
        "recall" => Ok(Limit::Recall(share)),
        "touched" => Ok(Limit::Touched(share)),
        _ => Err(usage("limits are recall (of each kind, at least) and touched (of clean words, at most)")),
    }
}

/// A line for each kind that is beyond the limit.
fn breaches(limit: &Limit, audit: &Audit) -> String {
    let mut out = String::new();
    for row in audit.kinds.iter().filter(|row| row.recall.of > 0) {
        let _ = match limit {
            Limit::Recall(least) if !row.recall.reaches(*least) => {
                writeln!(out, "under the limit: {}: recall {}, limit {least}", row.kind, row.recall)
            }
            Limit::Touched(most) if row.clean.exceeds(*most) => {
                writeln!(out, "over the limit: {}: {} of the clean words touched, limit {most}", row.kind, row.clean)
            }
            _ => Ok(()),
        };
    }
    out
}
