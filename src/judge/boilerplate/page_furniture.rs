//! `page-furniture`

use crate::judge::line::verdict::{kind, verdict};
use crate::judge::line::{self, forest::UNIT};
use crate::judge::view::BlockView;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Evidence, Kind};

/// Lines that the line judge takes for furniture.
pub(crate) static RULE: Rule = Rule {
    id: "page-furniture",
    summary: "lines that are no part of the article, by their look, their place and what recurs",
    category: Category::Boilerplate,
    kind: Kind::Other,
    confidence: Confidence::Likely,
    page: include_str!("../../../tests/rules/page-furniture.md"),
    check,
};

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let weights = &case.judge.weights;
    let Some((sheet, scores)) = line::scores(case, weights) else { return };
    let below = case.judge.below;
    let mut from = 0;
    for run in scores.chunk_by(|&a, &b| verdict(a, below) == verdict(b, below)) {
        let to = from + run.len();
        if let Some(confidence) = verdict(run[0], below) {
            let blocks = &case.page.blocks[from..to];
            let (most, at) = run.iter().copied().zip(from..).max().unwrap_or_default();
            let goes = confidence == Confidence::Likely;
            let kinds: Vec<Option<Kind>> = case.blocks()[from..to].iter().map(BlockView::kind).collect();
            let kind = kind(&kinds).unwrap_or(RULE.kind);
            let evidence = Evidence::Judged {
                lines: u32::try_from(run.len()).unwrap_or(u32::MAX),
                score: thousandths(most),
                below: below.map(thousandths),
                because: if goes { line::because(&sheet, at, weights) } else { Vec::new() },
                scores: run.to_vec(),
                kinds: if kinds.iter().any(Option::is_some) { kinds } else { Vec::new() },
            };
            found.of(kind).cut_as(confidence, blocks[0].span.cover(blocks[blocks.len() - 1].span), vec![evidence]);
        }
        from = to;
    }
}

/// A score in thousandths of log-odds.
fn thousandths(score: i32) -> i32 {
    i32::try_from(i64::from(score) * 1000 / i64::from(UNIT)).unwrap_or_default()
}
