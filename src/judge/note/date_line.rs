//! `date-line`

use crate::judge::lexicon::List;
use crate::judge::traits::Traits;
use crate::judge::{Case, Found, Rule};
use crate::types::{Category, Confidence, Kind};

/// A date on a line of its own.
pub(crate) static RULE: Rule = Rule {
    id: "date-line",
    summary: "a date on a line of its own (kept)",
    category: Category::Note,
    kind: Kind::Metadata,
    confidence: Confidence::Hint,
    page: include_str!("../../../tests/rules/date-line.md"),
    check,
};

/// Words of the longest date line.
const LONGEST: u32 = 10;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let short = |t: &Traits| (2..=LONGEST).contains(&t.words) && t.numbers >= 1 && !t.ends_sentence;
    for (_, block, hits) in case.hits(List::Date).filter(|(_, b, _)| short(&b.traits)) {
        // Numbers, names of months and days, and openers make up most of the line.
        let found_words = u32::try_from(hits.count()).unwrap_or(u32::MAX);
        if (found_words + block.traits.numbers) * 3 >= block.traits.words * 2 {
            found.note(block.span, vec![hits.evidence(hits.weight)]);
        }
    }
}
