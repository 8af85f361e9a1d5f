//! How far the stored evidence reaches: which of the settings asked for it can answer.

use super::lines::Limit;
use super::{Ask, Beyond};
use crate::judge::line::verdict::REMARK;
use crate::judge::line::{Judge, Weights};
use crate::report::Report;
use crate::report::model::{Action, DocumentEntry, Settings};
use crate::report::summary::grouped;
use crate::sign::Bands;
use crate::types::{Confidence, Evidence, Policy, Ratio};

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
const TWINS: &str = "twin-document";
const CONTAINED: &str = "contained-document";

/// The settings that are asked about, by their names.
fn asked(ask: &Ask) -> Vec<&'static str> {
    let asked = [
        ("--cut-from", ask.cut_from.is_some()),
        ("--allow", ask.allow.is_some()),
        ("--only", ask.only.is_some()),
        ("--max-loss", ask.max_loss.is_some()),
        ("--alike", ask.alike.is_some()),
        ("--alike-block", ask.alike_block.is_some()),
        ("--contained", ask.contained.is_some()),
    ];
    asked.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| name).collect()
}

/// What is answered and what is not.
pub(super) struct Reach {
    settings: Settings,
    limit: Limit,
    beyond: Vec<Beyond>,
    /// The share that twins would have to reach, and what did not.
    alike: Option<(Ratio, Fallen)>,
    /// Likewise for near copies of paragraphs.
    alike_block: Option<(Ratio, Fallen)>,
}

/// What went for less than is asked now.
#[derive(Default)]
struct Fallen {
    number: u64,
    words: u64,
}

impl Reach {
    /// Looks at what is asked of a report.
    pub(super) fn of(ask: &Ask, report: &Report, weights: &Weights) -> Self {
        let settings = report.settings.clone();
        let mut reach = Self { settings, limit: Limit::AsItWas, beyond: Vec::new(), alike: None, alike_block: None };
        if report.more_findings > 0 {
            reach.refuse(
                asked(ask).join(" "),
                "the report does not list all findings (--max-findings): run again without that, or with the settings \
                 (--dry-run writes nothing)",
            );
            return reach;
        }
        if !reach.spans(ask) {
            reach.judge(ask, weights);
            reach.only(ask, report);
            reach.policy(ask);
        }
        reach.matching(ask, report);
        reach
    }

    /// The settings that are answered.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Which lines of the judge go.
    pub(super) fn limit(&self) -> Limit {
        self.limit
    }

    /// Whether documents are planned again. Where all that decides is as it was, the run is the answer, also where its cuts within
    /// paragraphs could not be planned again; twins that would not go are refused when all documents were seen.
    pub(super) fn plans_again(&self, run: &Settings) -> bool {
        let alike = run.alike;
        self.limit != Limit::AsItWas || Settings { alike, ..self.settings.clone() } != *run
    }

    /// Whether repeated spans were looked for, and something is asked that would change what they are.
    fn spans(&mut self, ask: &Ask) -> bool {
        let asked = [
            ("--max-loss", ask.max_loss.is_some()),
            ("--only", ask.only.is_some()),
            ("--cut-from", ask.cut_from.is_some()),
            ("--allow", ask.allow.is_some()),
        ];
        let asked: Vec<&str> = asked.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| name).collect();
        let spans = self.settings.repeated_span.is_some() && !asked.is_empty();
        if spans {
            let why = "the run looked for repeated spans (--repeated-span) in what other rules leave, and cut within \
                       paragraphs: run again";
            self.refuse(asked.join(" "), why);
        }
        spans
    }

    fn judge(&mut self, ask: &Ask, weights: &Weights) {
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

    fn only(&mut self, ask: &Ask, report: &Report) {
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

    /// What findings may do.
    fn policy(&mut self, ask: &Ask) {
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

    /// What decides which documents and paragraphs are alike.
    fn matching(&mut self, ask: &Ask, report: &Report) {
        let run = &report.settings;
        let same = |a: Ratio, b: Ratio| a.reaches(b) && b.reaches(a);
        if let Some(asked) = ask.contained.filter(|asked| !run.contained.is_some_and(|then| same(then, *asked))) {
            let why = "which pairs of documents are counted depends on the share: run again with it";
            self.refuse(format!("--contained {asked}"), why);
        }
        if let Some(asked) = ask.alike.filter(|asked| !same(run.alike, *asked)) {
            let setting = format!("--alike {asked}");
            let looked = run.only.is_empty() || run.only.iter().any(|rule| rule == TWINS);
            if !asked.reaches(run.alike) {
                let why = format!(
                    "pairs of documents below {} were not looked for: run again with it (--dry-run writes nothing)",
                    run.alike
                );
                self.refuse(setting, &why);
            } else if !looked {
                self.refuse(setting, "twin-document did not run: run again with it");
            } else {
                self.settings.alike = asked;
                self.alike = Some((asked, Fallen::default()));
            }
        }
        if let Some(asked) = ask.alike_block.filter(|asked| !same(run.alike_block, *asked)) {
            if asked.reaches(run.alike_block) {
                self.alike_block = Some((asked, Fallen::default()));
            } else {
                let why = format!("near copies below {} were not looked for: run again with it", run.alike_block);
                self.refuse(format!("--alike-block {asked}"), &why);
            }
        }
    }

    /// Looks at a document.
    pub(super) fn see(&mut self, entry: &DocumentEntry<'_>) {
        if self.alike.is_none() && self.alike_block.is_none() {
            return;
        }
        for finding in &entry.findings {
            for evidence in finding.evidence.iter() {
                match (evidence, &mut self.alike, &mut self.alike_block) {
                    (Evidence::Twin { alike, exact: false, .. }, Some((asked, fallen)), _)
                        if finding.rule == TWINS && !alike.reaches(*asked) =>
                    {
                        fallen.number += 1;
                        fallen.words += entry.words.before;
                    }
                    (Evidence::Copy { alike, .. }, _, Some((asked, fallen)))
                        if finding.action == Action::Cut && finding.done && !alike.reaches(*asked) =>
                    {
                        fallen.number += 1;
                        fallen.words += finding.words.unwrap_or_default();
                    }
                    _ => {}
                }
            }
        }
    }

    /// What is not answered, now that all documents were seen; `then` is how twins were looked for.
    pub(super) fn finish(mut self, then: Ratio) -> (Settings, Vec<Beyond>) {
        if let Some((asked, Fallen { number, words })) = self.alike.take() {
            let setting = format!("--alike {asked}");
            if number > 0 {
                self.settings.alike = then;
                let why = format!(
                    "of the documents that went, {number} ({} words) are less alike than that to the one that stays: they would \
                     stay, or go for others, and what other rules would cut in them is not known: run again with it",
                    grouped(words)
                );
                self.refuse(setting, &why);
            } else if Bands::for_threshold(asked) != Bands::for_threshold(then) {
                self.settings.alike = then;
                self.refuse(
                    setting,
                    "every document that went is at least so much alike to the one that stays, and would go again; but \
                     a search for that share looks in other bands, and might find a pair or miss one (2 in 1000 of \
                     those right at the share)",
                );
            }
        }
        if let Some((asked, Fallen { number, words })) = self.alike_block.take() {
            let why = format!(
                "near copies decide about each other, and not all pairs are in the report; of those that were cut, \
                 {number} ({} words) are less alike than that: run again with it",
                grouped(words)
            );
            self.refuse(format!("--alike-block {asked}"), &why);
        }
        (self.settings, self.beyond)
    }

    fn refuse(&mut self, setting: String, why: &str) {
        self.beyond.push(Beyond { setting, why: why.to_owned() });
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

/// Words of a million as a share.
fn percent(millionths: u32) -> String {
    let (whole, rest) = (millionths / 10_000, millionths % 10_000);
    format!("{whole}.{rest:04}").trim_end_matches('0').trim_end_matches('.').to_owned() + "%"
}
