//! The pieces of dirt of a document, as the ratchet counts them: block by block, so that a finding that grows, shrinks or is
//! made by another rule is the same dirt where the text is the same.

use std::collections::BTreeMap;

use super::document::Rewritten;
use crate::report::ratchet::{Place, What};
use crate::rewrite::plan;
use crate::text::prints::{print, raw};
use crate::types::{Category, Change, Evidence, Fate, Finding, Policy, Span};

impl Rewritten<'_> {
    /// Every piece of dirt, in text order. A document that goes has those too for which it would be changed if it stayed: which
    /// of two copies stays may be another one tomorrow.
    pub(super) fn places(&self, policy: &Policy) -> Vec<Place> {
        let text = self.page.document.text.as_str();
        let acted = self.would_act(policy);
        let mut out = Vec::new();
        let mut cut: BTreeMap<Span, (What, Vec<u32>)> = BTreeMap::new();
        for ((number, finding), _) in (0u32..).zip(self.findings).zip(acted).filter(|(_, acted)| *acted) {
            let Some(what) = self.what(finding) else { continue };
            match &finding.change {
                Change::None => {}
                Change::Drop => {
                    let (print, words) = print(text);
                    out.push(Place { what: What::Document, print, words, findings: vec![number] });
                }
                Change::Patch { span, put } => {
                    let print = raw(&format!("{}\0{put}", span.of(text)));
                    out.push(Place { what, print, words: 0, findings: vec![number] });
                }
                Change::Cut | Change::CutText => {
                    for span in self.covered(finding) {
                        let (known, by) = cut.entry(span).or_insert((what, Vec::new()));
                        // What is dirt by itself is dirt whatever other documents hold.
                        *known = what.min(*known);
                        by.push(number);
                    }
                }
            }
        }
        out.extend(cut.into_iter().map(|(span, (what, findings))| {
            let (print, words) = print(span.of(text));
            Place { what, print, words, findings }
        }));
        out
    }

    /// What a finding that is acted on speaks of.
    fn what(&self, finding: &Finding) -> Option<What> {
        let here = &self.page.document.name;
        let elsewhere = |evidence: &Evidence| matches!(evidence, Evidence::Copy { document, .. } if document != here);
        match finding.category {
            Category::Ad => Some(What::Ad),
            Category::Boilerplate => Some(What::Boilerplate),
            Category::Repair => Some(What::Repair),
            Category::Duplicate if finding.evidence.iter().any(elsewhere) => Some(What::Copy),
            Category::Duplicate => Some(What::Repeat),
            Category::Note => None,
        }
    }

    /// The blocks, or pieces of blocks, that a finding cuts.
    fn covered(&self, finding: &Finding) -> impl Iterator<Item = Span> {
        let blocks = &self.page.blocks;
        let first = blocks.partition_point(|block| block.span.end <= finding.span.start);
        let met = blocks[first..].iter().take_while(|block| block.span.start < finding.span.end);
        met.map(|block| match finding.change {
            Change::CutText => {
                let (start, end) = (finding.span.start.max(block.span.start), finding.span.end.min(block.span.end));
                Span { start, end }
            }
            _ => block.span,
        })
    }

    /// On which findings the plan acts, or would act if the document stayed, or, for repairs, if the text around them did.
    fn would_act(&self, policy: &Policy) -> Vec<bool> {
        let mut acted = self.plan.acted.clone();
        if self.plan.fate == Fate::Drop {
            let inside: Vec<usize> =
                (0..self.findings.len()).filter(|&n| self.findings[n].change != Change::Drop).collect();
            let findings: Vec<Finding> = inside.iter().map(|&n| self.findings[n].clone()).collect();
            for (n, would) in inside.into_iter().zip(plan(self.page, &findings, policy).acted) {
                acted[n] = would;
            }
        }
        for (finding, acted) in self.findings.iter().zip(&mut acted) {
            *acted |= matches!(finding.change, Change::Patch { .. }) && policy.acts(finding.rule, finding.confidence);
        }
        acted
    }
}
