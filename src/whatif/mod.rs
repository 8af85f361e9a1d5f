//! What other settings would have cut, from the evidence in `report.json` alone (docs/report.md): its documents pass one by
//! one, and each is planned again with the findings that those settings would have left.
//!
//! An answer is exact or it is none: what stored evidence cannot know is listed in [`Answer::beyond`], with the reason.

mod ground;
mod lines;
mod planner;
mod reach;
pub mod table;
mod words;

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::judge::line::Weights;
use crate::report::model::Settings;
use crate::report::stream::{Piece, file, read};
use crate::report::{Report, Tally};
use crate::types::{Confidence, Ratio, RuleId};
use planner::Planner;
use reach::Reach;

/// The value of `schema`.
pub const SCHEMA: &str = "textclean-what-if/1";

/// What is asked: settings that differ from those of the run.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Confidence from which text is cut.
    pub cut_from: Option<Confidence>,
    /// Rules whose findings are left alone, instead of those of the run.
    pub allow: Option<Vec<RuleId>>,
    /// The only rules that run.
    pub only: Option<Vec<RuleId>>,
    /// Words of a million that may be lost of articles.
    pub max_loss: Option<u32>,
    /// Share from which documents are twins.
    pub alike: Option<Ratio>,
    /// Share from which a paragraph is a near copy.
    pub alike_block: Option<Ratio>,
    /// Share from which a document counts as contained in another.
    pub contained: Option<Ratio>,
}

/// The answer.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// Version of this format: `textclean-what-if/1`.
    pub schema: String,
    /// The settings of the run.
    pub then: Settings,
    /// Those that `what_if` is the answer for; what is in `beyond` is as it was in the run.
    pub settings: Settings,
    /// What the run cut.
    pub run: Tally,
    /// What a run with these settings cuts.
    pub what_if: Tally,
    /// What was asked and is not answered; empty when all of it is.
    pub beyond: Vec<Beyond>,
}

/// What the stored evidence does not reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Beyond {
    /// The setting, as it would be typed.
    pub setting: String,
    /// Why, and what to do.
    pub why: String,
}

/// Answers from the report at `path`, which may be its folder; `weights` are those of the line judge.
///
/// # Errors
/// When the report cannot be used, or holds no evidence for this.
pub fn answer(path: &Path, ask: &Ask, weights: &Weights) -> Result<Answer, Error> {
    let bad = |why: String| Error::BadReport { path: file(path), why };
    let mut work: Option<(Reach, Option<Planner>)> = None;
    let report: Report = read(path, &mut |piece| {
        match piece {
            Piece::Head(report) if report.settings.max_loss.is_none() => {
                return Err(bad("an earlier version wrote it, without what this needs; run clean again".into()));
            }
            Piece::Head(report) => {
                let reach = Reach::of(ask, report, weights);
                let planner = || Planner::new(reach.settings(), reach.limit(), report).map_err(&bad);
                let planner = reach.plans_again(&report.settings).then(planner).transpose()?;
                work = Some((reach, planner));
            }
            Piece::Document(entry) => {
                if let Some((reach, planner)) = &mut work {
                    reach.see(entry);
                    let planner = planner.as_mut().map_or(Ok(()), |planner| planner.add(entry));
                    planner.map_err(|why| bad(format!("{}: {why}", entry.id)))?;
                }
            }
        }
        Ok(())
    })?;
    let (reach, planner) = work.ok_or_else(|| bad("it has no head".into()))?;
    let (what_if, unsure) = planner.map_or_else(|| (report.totals.clone(), 0), Planner::finish);
    let (settings, mut beyond) = reach.finish(report.settings.alike);
    if unsure > 0 {
        let why = format!(
            "in documents: {unsure}, some of several repairs in the same words would act, and what these do to the number of words is not stored: their words are counted as in the run (bytes are exact)"
        );
        beyond.push(Beyond { setting: "words".into(), why });
    }
    Ok(Answer { schema: SCHEMA.into(), then: report.settings, settings, run: report.totals, what_if, beyond })
}

/// The JSON Schema of [`Answer`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Answer).to_value()
}
