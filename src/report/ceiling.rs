//! `--max-cut`: a run that would cut nearly everything is more often a mistake than a wish.

use super::summary::{counted, grouped};
use super::tally::{Count, Tally};
use crate::types::Ratio;

/// The largest share of the text that goes without a word.
pub const DEFAULT: Ratio = Ratio::new(60, 100);

/// Bytes of text from which a share speaks of the rules and not of a few pages: some twenty of them. Below, a single link
/// list or a second copy may be most of what there is, and that is quickly looked through.
pub const LEAST: u64 = 100_000;

/// Rules that the message names.
const NAMED: usize = 3;

/// What to say when more of the text would go than `limit`; none when that is not so, or when there is little text. All
/// that goes counts, copies too: the program cannot know which corpus is full of them by right.
pub fn breach(tally: &Tally, limit: Ratio) -> Option<String> {
    let gone = tally.bytes_before.saturating_sub(tally.bytes_after);
    let share = Ratio::new(gone, tally.bytes_before);
    (tally.bytes_before >= LEAST && share.exceeds(limit)).then(|| {
        format!(
            "this run would cut {share} of the text ({} of {} bytes), more than the limit of {limit}{}",
            grouped(gone),
            grouped(tally.bytes_before),
            advice(tally)
        )
    })
}

/// The rules that cut most, and what can be done about them.
fn advice(tally: &Tally) -> String {
    let mut rules: Vec<(&String, &Count)> = tally.rules.iter().filter(|(_, count)| count.words > 0).collect();
    rules.sort_by_key(|(name, count)| (std::cmp::Reverse(count.words), *name));
    let named = |(name, count): &(&String, &Count)| format!("{name} {}", counted(count.words, "word"));
    let list: Vec<String> = rules.iter().take(NAMED).map(named).collect();
    let Some((first, _)) = rules.first() else { return String::new() };
    format!(
        "\n  most went for: {}\n  if that is right (a corpus may consist of copies), raise the limit: --max-cut 100%\n  if not, clean INPUT --dry-run tells more, clean explain {first} what the rule sees, --allow {first} leaves it",
        list.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(before: u64, after: u64) -> Tally {
        let rules = [("ad-label", 40), ("page-tail", 70), ("by-line", 0)];
        let count = |words| Count { findings: 1, done: 1, words };
        let rules = rules.map(|(name, words)| (name.to_owned(), count(words))).into();
        Tally { bytes_before: before, bytes_after: after, rules, ..Tally::default() }
    }

    #[test]
    fn a_breach_is_above_the_limit_and_of_some_text() {
        assert!(breach(&tally(LEAST, LEAST * 4 / 10), DEFAULT).is_none());
        assert!(breach(&tally(LEAST - 1, 0), DEFAULT).is_none());
        let message = breach(&tally(LEAST, LEAST * 4 / 10 - 1), DEFAULT).unwrap();
        assert!(message.contains("page-tail 70 words, ad-label 40 words\n"), "{message}");
        assert!(message.contains("--allow page-tail") && !message.contains("by-line"), "{message}");
    }
}
