//! The summary table on the terminal.

use std::fmt::Write as _;

use super::model::Against;
use super::paint::Paint;
use super::tally::Tally;
use crate::types::{Ratio, Trouble, TroubleKind};

/// The table: what was read, what stays, what went for which rule.
pub fn table(tally: &Tally, paint: Paint) -> String {
    let mut out = String::new();
    let kept = tally.documents - tally.twins;
    let head = |cells: [&str; 4]| {
        let [name, one, other, last] = cells;
        paint.head(format_args!("{name:<22}{one:>14}{other:>14}{last:>10}"))
    };
    let _ = writeln!(out, "{}", head(["", "read", "kept", "gone"]));
    for (name, before, after) in [
        ("documents", tally.documents, kept),
        ("words", tally.words_before, tally.words_after),
        ("bytes of text", tally.bytes_before, tally.bytes_after),
    ] {
        let gone = Ratio::new(before.saturating_sub(after), before).to_string();
        let _ = writeln!(out, "{name:<22}{:>14}{:>14}{gone:>10}", grouped(before), grouped(after));
    }
    if !tally.rules.is_empty() {
        let _ = writeln!(out, "\n{}", head(["rule", "found", "acted on", "words"]));
        for (rule, count) in &tally.rules {
            let [found, done, words] = [count.findings, count.done, count.words].map(grouped);
            let row = format_args!("{rule:<22}{found:>14}{done:>14}{words:>10}");
            let _ = writeln!(out, "{}", paint.row(row, count.done));
        }
    }
    out
}

/// That a report leaves out so many findings, in words; none where it has all.
pub fn listed(tally: &Tally, more: u64) -> Option<String> {
    let all: u64 = tally.categories.values().map(|count| count.findings).sum();
    let said = || {
        let (listed, all) = (grouped(all.saturating_sub(more)), counted(all, "finding"));
        format!(
            "The report lists {listed} of {all} (--max-findings); sums count all, and all that went is in removed.jsonl"
        )
    };
    (more > 0).then(said)
}

/// What the documents were held against, in words.
pub fn held_against(against: &Against) -> String {
    format!("held against {}", counted(against.documents, "known document"))
}

/// Troubles as lines for people, the worst first; `more` is the number of those not listed.
pub fn troubles(list: &[Trouble], more: u64) -> String {
    let mut out = String::new();
    for trouble in list {
        let word = match trouble.kind {
            TroubleKind::Unreadable => "unreadable",
            TroubleKind::SetAside => "set aside",
            TroubleKind::CopiedUnchanged => "copied unchanged",
            TroubleKind::Replaced => "bytes replaced",
            TroubleKind::Skipped => "left out",
        };
        let place = trouble.place.map_or_else(String::new, |at| format!(" at byte {at}"));
        let _ = writeln!(out, "{word}: {}{place}: {}", visible(&trouble.path), visible(&trouble.message));
    }
    if more > 0 {
        let _ = writeln!(out, "and {} more of these", grouped(more));
    }
    out
}

/// Whether a character must not reach a terminal, a log or a page as it is: controls, those that turn the writing
/// direction, those that end lines in some programs, those that are no characters, and letters that nobody sees.
pub fn harmful(c: char) -> bool {
    let turns = matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let ends = matches!(c, '\u{2028}' | '\u{2029}');
    c.is_control() || turns || ends || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}')
}

/// Text that is safe on a terminal: what is [`harmful`] stands as escapes.
pub fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let harmful = harmful(c);
            let escaped = harmful.then(|| c.escape_unicode());
            escaped.into_iter().flatten().chain((!harmful).then_some(c))
        })
        .collect()
}

/// A number and what it counts: `1 file`, `1,234 files`.
pub fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with thin groups: `1,234,567`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_readable() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
        assert_eq!((counted(1, "file").as_str(), counted(2000, "file").as_str()), ("1 file", "2,000 files"));
        assert_eq!(visible("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
    }
}
