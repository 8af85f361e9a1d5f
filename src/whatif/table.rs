//! An answer as a table for people.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::Answer;
use crate::report::model::Settings;
use crate::report::paint::Paint;
use crate::report::summary::grouped;
use crate::report::tally::Count;
use crate::types::Ratio;

/// What would have stayed beside what stayed, and the rules that would have acted otherwise.
pub fn table(answer: &Answer, paint: Paint) -> String {
    let Answer { then, settings, run, what_if, .. } = answer;
    let mut out = String::new();
    let head = |cells: [&str; 5]| {
        let [name, a, b, c, d] = cells;
        paint.head(format_args!("{name:<22}{a:>14}{b:>14}{c:>14}{d:>14}"))
    };
    let _ = writeln!(out, "{}", head(["", "read", "kept then", "kept with it", "difference"]));
    for (name, read, before, after) in [
        ("documents", run.documents, run.documents - run.twins, what_if.documents - what_if.twins),
        ("words", run.words_before, run.words_after, what_if.words_after),
        ("bytes of text", run.bytes_before, run.bytes_after, what_if.bytes_after),
    ] {
        let change = format!("{:>14}", difference(before, after));
        let change = match after.cmp(&before) {
            Ordering::Less => paint.less(change),
            Ordering::Equal => change,
            Ordering::Greater => paint.more(change),
        };
        let _ = writeln!(out, "{name:<22}{:>14}{:>14}{:>14}{change}", grouped(read), grouped(before), grouped(after));
    }
    let (before, after) = (gone(run.words_before, run.words_after), gone(what_if.words_before, what_if.words_after));
    let _ = writeln!(out, "{:<22}{:>14}{before:>14}{after:>14}", "gone, of the words", "");
    let none = Count::default();
    let mut names: Vec<&String> = run.rules.keys().chain(what_if.rules.keys()).collect();
    names.sort();
    names.dedup();
    let rows = names.into_iter().map(|name| {
        let of = |counts: &crate::report::model::Counts| counts.get(name).copied().unwrap_or(none);
        (name, of(&run.rules), of(&what_if.rules))
    });
    let changed: Vec<_> = rows.filter(|(_, then, with)| then != with).collect();
    if !changed.is_empty() {
        let _ = writeln!(out, "\n{}", head(["rule", "acted on then", "with it", "words then", "with it"]));
    }
    for (name, then, with) in changed {
        let [a, b, c, d] = [then.done, with.done, then.words, with.words].map(grouped);
        let _ = writeln!(out, "{name:<22}{a:>14}{b:>14}{c:>14}{d:>14}");
    }
    let _ = writeln!(out, "\n{}", differences(then, settings));
    out
}

fn gone(before: u64, after: u64) -> String {
    Ratio::new(before.saturating_sub(after), before).to_string()
}

fn difference(before: u64, after: u64) -> String {
    let sign = match after.cmp(&before) {
        Ordering::Less => "-",
        Ordering::Equal => "",
        Ordering::Greater => "+",
    };
    format!("{sign}{}", grouped(after.abs_diff(before)))
}

/// Which settings are others than those of the run.
fn differences(then: &Settings, with: &Settings) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut note = |name: &str, then: String, with: String| {
        if then != with {
            out.push(format!("{name} {with} (then: {then})"));
        }
    };
    let names = |list: &[String]| if list.is_empty() { "none".to_owned() } else { list.join(",") };
    let all = |list: &[String]| if list.is_empty() { "all".to_owned() } else { list.join(",") };
    let loss = |settings: &Settings| settings.max_loss.map(|loss| loss.to_string()).unwrap_or_default();
    let level = |settings: &Settings| format!("{:?}", settings.cut_from).to_lowercase();
    note("--alike", then.alike.to_string(), with.alike.to_string());
    note("--max-loss", loss(then), loss(with));
    note("--cut-from", level(then), level(with));
    note("--allow", names(&then.allow), names(&with.allow));
    note("--only", all(&then.only), all(&with.only));
    if out.is_empty() { "the settings of the run".into() } else { format!("with {}", out.join(", ")) }
}
