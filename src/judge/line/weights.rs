//! The file of weights: what training makes and judging reads.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::forest::{Question, Tree};
use super::grove::Forest;
use super::vocabulary::Vocabulary;
use crate::text::hash::hash64;

/// Version of the file's layout.
const VERSION: u32 = 1;

/// What the line judge has learned. As a file it is JSON of integers.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Score of every line before any tree is asked.
    pub base: i32,
    /// What words are worth.
    pub words: Vocabulary,
    /// The trees.
    pub forest: Forest,
    /// What it costs to go from article to furniture or back between two lines.
    pub switch: i32,
    /// Measured on pages that took no part in training: below which score lines are cut for how great a loss.
    pub calibration: Vec<Step>,
    /// A hash of the file, by which weights are told apart.
    pub fingerprint: u64,
}

/// Lines below a score are cut: what that loses and what it removes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Words of articles that go, of a million: the mean of the sets of pages; none loses more than five thirds of it.
    pub loss: u32,
    /// The score, in units of log-odds.
    pub below: i32,
    /// Words of furniture that go, of a thousand; the mean of the sets.
    pub cut: u32,
}

/// Column, lines off, least number, for each question; then what the answers are worth.
type TreeLine = (Vec<(String, i8, i16)>, Vec<i16>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    base: i32,
    switch: i32,
    calibration: Vec<Step>,
    words: Vec<(u64, i8)>,
    trees: Vec<TreeLine>,
}

impl Weights {
    /// Reads a file of weights.
    ///
    /// # Errors
    ///
    /// When it is not one, or names a column that this program does not know.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        let file: File = serde_json::from_slice(json).map_err(|e| e.to_string())?;
        if file.version != VERSION {
            return Err(format!("its version is {}, this program reads {VERSION}", file.version));
        }
        let question = |(column, off, least): (String, i8, i16)| {
            let known = Column::ALL.iter().copied().find(|c| c.name() == column);
            known.map(|column| Question { column, off, least }).ok_or(format!("there is no column '{column}'"))
        };
        let tree = |(questions, leaves): (Vec<_>, _)| {
            let questions = questions.into_iter().map(question).collect::<Result<_, _>>()?;
            let tree = Tree { questions, leaves };
            if tree.is_sound() { Ok(tree) } else { Err("a tree has too many questions, or leaves for others".into()) }
        };
        let forest = Forest::new(file.trees.into_iter().map(tree).collect::<Result<_, String>>()?);
        let words = Vocabulary::new(file.words);
        let fingerprint = hash64(json);
        Ok(Self { base: file.base, words, forest, switch: file.switch, calibration: file.calibration, fingerprint })
    }

    /// As a file: a line a tree.
    pub fn to_json(&self) -> String {
        let line = |tree: &Tree| {
            let questions: Vec<_> = tree.questions.iter().map(|q| (q.column.name(), q.off, q.least)).collect();
            serde_json::json!([questions, tree.leaves]).to_string()
        };
        let trees: Vec<String> = self.forest.trees().iter().map(line).collect();
        let words = self.words.words();
        let words: Vec<String> = words
            .chunks(8)
            .map(|line| serde_json::json!(line).to_string().trim_matches(['[', ']']).to_owned())
            .map(|line| format!("[{line}]"))
            .collect();
        let steps: Vec<String> = self.calibration.iter().map(|s| serde_json::json!(s).to_string()).collect();
        format!(
            "{{\"version\":{VERSION},\"base\":{},\"switch\":{},\"calibration\":[\n{}],\n\"words\":[\n{}],\n\"trees\":[\n{}]}}\n",
            self.base,
            self.switch,
            steps.join(",\n"),
            words.join(",\n"),
            trees.join(",\n")
        )
    }

    /// Below which score lines go when at most so many words of a million may be lost; none when nothing may.
    pub fn below(&self, loss: u32) -> Option<i32> {
        self.calibration.iter().filter(|step| step.loss <= loss).map(|step| step.below).max()
    }
}
