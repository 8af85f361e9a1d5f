//! How far the stored evidence reaches: which of the settings asked for it can answer.

mod alike;
mod only;
mod policy;

use alike::Asked;

use super::lines::Limit;
use super::{Ask, Beyond};
use crate::judge::line::Weights;
use crate::report::Report;
use crate::report::model::Settings;

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
    alike: Option<Asked>,
    /// Likewise for near copies of paragraphs.
    alike_block: Option<Asked>,
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
        let all = asked(ask);
        let mut asked = vec!["--max-loss", "--only", "--cut-from", "--allow"];
        asked.retain(|name| all.contains(name));
        let spans = self.settings.repeated_span.is_some() && !asked.is_empty();
        if spans {
            let why = "the run looked for repeated spans (--repeated-span) in what other rules leave, and cut within \
                       paragraphs: run again";
            self.refuse(asked.join(" "), why);
        }
        spans
    }

    fn refuse(&mut self, setting: String, why: &str) {
        self.beyond.push(Beyond { setting, why: why.to_owned() });
    }
}
