//! Which rules run, and which others they need.

use super::{CONTAINED, Reach, TWINS};
use crate::report::Report;
use crate::whatif::Ask;

/// Rules that other rules find with: of each list one must run, where one ran, or `--only` finds something else. That is
/// what `Options::recipe` asks of matching.
const WITH: &[(&str, &[&[&str]])] = &[
    ("repeated-block", &[&[TWINS]]),
    ("repeated-paragraph", &[&[TWINS], &["shared-passage"], COMMON]),
    ("shared-passage", &[&[TWINS]]),
    ("template-line", &[&[TWINS], &["repeated-paragraph", "repeated-block", "shared-passage"]]),
    ("site-template", &[&[TWINS]]),
    ("page-furniture", &[&[TWINS]]),
];
const COMMON: &[&str] = &["template-line", "site-template", "page-furniture"];

impl Reach {
    /// The rules that are asked for alone.
    pub(super) fn only(&mut self, ask: &Ask, report: &Report) {
        let Some(only) = &ask.only else { return };
        let setting = only.iter().map(|rule| format!("--only {rule}")).collect::<Vec<_>>().join(" ");
        let asked_for = |rule: &str| rule != "repeated-span" || report.settings.repeated_span.is_some();
        let named = |rule: &str| report.settings.only.is_empty() || report.settings.only.iter().any(|id| id == rule);
        let ran = |rule: &str| asked_for(rule) && named(rule);
        if let Some(rule) = only.iter().find(|rule| !ran(rule)) {
            self.refuse(setting, &format!("{rule} did not run: run again with it"));
            return;
        }
        let lacks = only.iter().find_map(|&rule| {
            let (_, needs) = WITH.iter().find(|(id, _)| *id == rule)?;
            let lacks = |with: &&'static [&'static str]| {
                let met = with.iter().any(|id| only.contains(id));
                if *with == [TWINS] {
                    lacks_twins(only, report, &ran)
                } else {
                    with.iter().find(|id| !met && ran(id)).copied()
                }
            };
            Some((rule, needs.iter().find_map(lacks)?))
        });
        if let Some((rule, with)) = lacks {
            let why = format!(
                "{rule} finds something else where {with} does not run too: add --only {with}, or run again (--dry-run \
                 writes nothing)"
            );
            self.refuse(setting, &why);
            return;
        }
        self.settings.only = only.iter().map(ToString::to_string).collect();
    }
}

/// The rule without which documents would stay that went before others were compared.
fn lacks_twins(only: &[&str], report: &Report, ran: &dyn Fn(&str) -> bool) -> Option<&'static str> {
    let count = |rule: &str| report.totals.rules.get(rule).copied().unwrap_or_default();
    // Where there were no twins, nothing depends on the rule for them.
    let twins = count(TWINS).findings > 0 && !only.contains(&TWINS);
    if report.settings.contained.is_none() || !ran(CONTAINED) {
        return twins.then_some(TWINS);
    }
    // Twins are looked for too where documents within others are, and where their own rule does not run, nobody knows how many.
    let others = twins || !ran(TWINS) || count(CONTAINED).done > 0;
    (others && !only.contains(&CONTAINED)).then_some(CONTAINED)
}
