//! `template-line`

use std::collections::BTreeMap;

use crate::judge::sharing::Sharing;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, CommonLine, Confidence, Evidence, Kind, SEVERAL};

/// Short lines that stand in many documents: a document has one finding for each kind, however many such lines it has.
pub(crate) static RULE: Rule = Rule {
    id: "template-line",
    summary: "short lines amid the page that several documents have (kept: they may belong there)",
    category: Category::Note,
    kind: Kind::Copy,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/template-line.md"),
    check,
};

/// Template lines of one kind in a document.
struct Lines {
    first: u32,
    number: u64,
    fewest: u32,
    sharing: Option<Sharing>,
}

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let mut kinds: BTreeMap<Kind, Lines> = BTreeMap::new();
    let cut = case.template();
    for &CommonLine { block, documents, in_place, short, .. } in &case.facts.common {
        if !short || documents < SEVERAL || cut.iter().any(|run| run.blocks.contains(&(block as usize))) {
            continue;
        }
        let sharing = Sharing::of_line(case, block, in_place);
        let kind = sharing.as_ref().map_or(Kind::Copy, |sharing| sharing.kind);
        let lines = kinds.entry(kind).or_insert(Lines { first: block, number: 0, fewest: documents, sharing });
        lines.number += 1;
        lines.fewest = lines.fewest.min(documents);
    }
    for (kind, Lines { first, number, fewest, sharing }) in kinds {
        let measure = |name: &'static str, value, limit| Evidence::Measure { name: name.into(), value, limit };
        let counted = [
            measure("lines that several documents have", number, 1),
            measure("documents with each of these lines, at least", fewest.into(), SEVERAL.into()),
        ];
        let evidence = counted.into_iter().chain(sharing.map(Sharing::evidence)).collect();
        found.of(kind).note(case.page.blocks[first as usize].span, evidence);
    }
}
