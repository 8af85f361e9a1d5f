//! What of the findings is acted on.

use super::{CONTAINED, Reach};
use crate::judge::line::verdict::REMARK;
use crate::judge::line::{Judge, Weights};
use crate::types::{Confidence, Policy, Ratio};
use crate::whatif::Ask;
use crate::whatif::lines::Limit;

impl Reach {
    /// How much may be lost, which decides what lines of the judge go.
    pub(super) fn judge(&mut self, ask: &Ask, weights: &Weights) {
        let (Some(loss), Some(before)) = (ask.max_loss, self.settings.max_loss) else { return };
        let then = u32::try_from(before.parts_of(1_000_000)).unwrap_or(u32::MAX);
        if loss == then {
            return;
        }
        let setting = format!("--max-loss {}", percent(loss));
        if then == 0 && ask.cut_from.is_none() {
            let why = "the run cut what is certain only, and does not know from where on one with more would cut: add \
                       --cut-from LEVEL (likely, where nothing else is said)";
            self.refuse(setting, why);
            return;
        }
        if self.settings.weights != Some(format!("{:016x}", weights.fingerprint)) {
            self.refuse(setting, "the line judge of the run had other weights: name their file with --judge FILE");
            return;
        }
        let (below, before) = (Judge::limit(weights, loss), Judge::limit(weights, then));
        // Lines that nothing was said of have no score in the report.
        let stored = before.unwrap_or(i32::MIN).max(REMARK);
        if below.is_some_and(|below| below > stored) {
            self.refuse(
                setting,
                "so much would take lines that the run found too much like an article to note their scores: run \
                 again with it (--dry-run writes nothing)",
            );
            return;
        }
        self.settings.max_loss = Some(Ratio::new(loss.into(), 1_000_000));
        self.limit = Limit::Below(below);
    }

    /// What findings may do.
    pub(super) fn policy(&mut self, ask: &Ask) {
        let none = self.settings.max_loss.is_some_and(|loss| loss.part == 0);
        let cut_from = if none { Confidence::Certain } else { ask.cut_from.unwrap_or(self.settings.cut_from) };
        let allow = ask.allow.as_ref().map(|allow| allow.iter().map(ToString::to_string).collect());
        let allow: Vec<String> = allow.unwrap_or_else(|| self.settings.allow.clone());
        let acts = |cut_from, allow: &[String]| {
            let policy = Policy { cut_from, allow: Vec::new() };
            policy.acts(CONTAINED, Confidence::Hint) && !allow.iter().any(|rule| rule == CONTAINED)
        };
        let typed = || {
            let level = format!("{cut_from:?}").to_lowercase();
            let rules = allow.iter().map(|rule| format!(" --allow {rule}"));
            format!("--cut-from {level}{}", rules.collect::<String>())
        };
        if self.settings.contained.is_some()
            && acts(cut_from, &allow) != acts(self.settings.cut_from, &self.settings.allow)
        {
            self.refuse(
                typed(),
                "documents within longer ones (--contained) would go or stay before paragraphs are compared: run again",
            );
        } else {
            self.settings.cut_from = cut_from;
            self.settings.allow = allow;
        }
    }
}

/// Words of a million as a share.
fn percent(millionths: u32) -> String {
    let (whole, rest) = (millionths / 10_000, millionths % 10_000);
    format!("{whole}.{rest:04}").trim_end_matches('0').trim_end_matches('.').to_owned() + "%"
}
