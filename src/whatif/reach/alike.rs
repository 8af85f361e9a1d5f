//! How alike documents and paragraphs must be.

use super::{Reach, TWINS};
use crate::report::Report;
use crate::report::model::{Action, DocumentEntry, Settings};
use crate::report::summary::grouped;
use crate::sign::Bands;
use crate::types::{Evidence, Ratio};
use crate::whatif::{Ask, Beyond};

/// A share that is asked for, and what went for less.
pub(super) struct Asked {
    share: Ratio,
    number: u64,
    words: u64,
}

impl Asked {
    fn of(share: Ratio) -> Self {
        Self { share, number: 0, words: 0 }
    }

    /// Counts what went for so much, when it is less.
    fn count(&mut self, alike: Ratio, words: u64) {
        if !alike.reaches(self.share) {
            self.number += 1;
            self.words += words;
        }
    }
}

impl Reach {
    /// What decides which documents and paragraphs are alike.
    pub(super) fn matching(&mut self, ask: &Ask, report: &Report) {
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
                self.alike = Some(Asked::of(asked));
            }
        }
        if let Some(asked) = ask.alike_block.filter(|asked| !same(run.alike_block, *asked)) {
            if asked.reaches(run.alike_block) {
                self.alike_block = Some(Asked::of(asked));
            } else {
                let why = format!("near copies below {} were not looked for: run again with it", run.alike_block);
                self.refuse(format!("--alike-block {asked}"), &why);
            }
        }
    }

    /// Looks at a document.
    pub(in crate::whatif) fn see(&mut self, entry: &DocumentEntry<'_>) {
        if self.alike.is_none() && self.alike_block.is_none() {
            return;
        }
        for finding in &entry.findings {
            for evidence in finding.evidence.iter() {
                match (evidence, &mut self.alike, &mut self.alike_block) {
                    (Evidence::Twin { alike, exact: false, .. }, Some(asked), _) if finding.rule == TWINS => {
                        asked.count(*alike, entry.words.before);
                    }
                    (Evidence::Copy { alike, .. }, _, Some(asked)) if finding.action == Action::Cut && finding.done => {
                        asked.count(*alike, finding.words.unwrap_or_default());
                    }
                    _ => {}
                }
            }
        }
    }

    /// What is not answered, now that all documents were seen; `then` is how twins were looked for.
    pub(in crate::whatif) fn finish(mut self, then: Ratio) -> (Settings, Vec<Beyond>) {
        if let Some(Asked { share, number, words }) = self.alike.take() {
            let setting = format!("--alike {share}");
            if number > 0 {
                self.settings.alike = then;
                let why = format!(
                    "of the documents that went, {number} ({} words) are less alike than that to the one that stays: they would \
                     stay, or go for others, and what other rules would cut in them is not known: run again with it",
                    grouped(words)
                );
                self.refuse(setting, &why);
            } else if Bands::for_threshold(share) != Bands::for_threshold(then) {
                self.settings.alike = then;
                self.refuse(
                    setting,
                    "every document that went is at least so much alike to the one that stays, and would go again; but \
                     a search for that share looks in other bands, and might find a pair or miss one (2 in 1000 of \
                     those right at the share)",
                );
            }
        }
        if let Some(Asked { share, number, words }) = self.alike_block.take() {
            let why = format!(
                "near copies decide about each other, and not all pairs are in the report; of those that were cut, \
                 {number} ({} words) are less alike than that: run again with it",
                grouped(words)
            );
            self.refuse(format!("--alike-block {share}"), &why);
        }
        (self.settings, self.beyond)
    }
}
