//! `page-furniture`

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::judge::case::BlockView;
use crate::judge::line::{self, forest::UNIT};
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

/// How sure the judge must be that a line is furniture for a remark: three to one.
const REMARK: i32 = -UNIT;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let weights = &case.judge.weights;
    let Some((sheet, scores)) = line::scores(case, weights) else { return };
    let below = case.judge.below;
    let verdict = |score: i32| match below {
        Some(below) if score < below => Some(Confidence::Likely),
        _ if score < REMARK => Some(Confidence::Hint),
        _ => None,
    };
    let mut from = 0;
    for run in scores.chunk_by(|&a, &b| verdict(a) == verdict(b)) {
        let to = from + run.len();
        if let Some(confidence) = verdict(run[0]) {
            let blocks = &case.page.blocks[from..to];
            let (most, at) = run.iter().copied().zip(from..).max().unwrap_or_default();
            let goes = confidence == Confidence::Likely;
            let evidence = Evidence::Judged {
                lines: u32::try_from(run.len()).unwrap_or(u32::MAX),
                score: thousandths(most),
                below: below.map(thousandths),
                because: if goes { line::because(&sheet, at, weights) } else { Vec::new() },
            };
            found.of(kind(&case.blocks()[from..to])).cut_as(
                confidence,
                blocks[0].span.cover(blocks[blocks.len() - 1].span),
                vec![evidence],
            );
        }
        from = to;
    }
}

/// What most lines of a run are that the phrase lists know.
fn kind(run: &[BlockView<'_>]) -> Kind {
    let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
    run.iter().filter_map(BlockView::kind).for_each(|kind| *kinds.entry(kind).or_default() += 1);
    kinds.into_iter().max_by_key(|&(kind, lines)| (lines, Reverse(kind))).map_or(RULE.kind, |(kind, _)| kind)
}

/// A score in thousandths of log-odds.
fn thousandths(score: i32) -> i32 {
    i32::try_from(i64::from(score) * 1000 / i64::from(UNIT)).unwrap_or_default()
}
