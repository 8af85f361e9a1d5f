//! `report.md`: what a run did, in GitHub-flavoured Markdown, to be pasted into a change.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::digest::{Digest, Group, Loss};
use super::formats::markdown::{cell, code};
use super::model::Counts;
use super::summary::{counted, grouped, listed, troubles};
use super::tally::Tally;
use crate::types::{Ratio, Trouble};

/// The first line, by which the file is known to be ours.
pub const MARK: &str = "<!-- written by clean (textclean) -->";

/// The text.
///
/// `more` is the number of troubles that `list` leaves out, `unlisted` that of findings which other reports leave out.
pub fn text(totals: &Tally, digest: &Digest, list: &[Trouble], more: u64, unlisted: u64) -> String {
    let mut out = format!("{MARK}\n");
    let gone = |before: u64, after: u64| Ratio::new(before.saturating_sub(after), before);
    let words = gone(totals.words_before, totals.words_after);
    let (kept, before) = (grouped(totals.words_after), grouped(totals.words_before));
    let _ = writeln!(out, "## clean: {kept} of {before} words kept, {words} gone\n");
    let _ = writeln!(out, "| | read | kept | gone |\n| --- | ---: | ---: | ---: |");
    for (name, before, after) in [
        ("documents", totals.documents, totals.documents - totals.twins),
        ("words", totals.words_before, totals.words_after),
        ("bytes of text", totals.bytes_before, totals.bytes_after),
    ] {
        let _ = writeln!(out, "| {name} | {} | {} | {} |", grouped(before), grouped(after), gone(before, after));
    }
    counts("By category", "category", &totals.categories, &mut out);
    counts("By rule", "rule", &totals.rules, &mut out);
    if let Some(said) = listed(totals, unlisted) {
        let _ = writeln!(out, "\n{said}.");
    }
    losses(digest, &mut out);
    groups(totals, digest, &mut out);
    if !list.is_empty() {
        let _ = writeln!(out, "\n### Not read as it stands\n");
        for trouble in troubles(list, more).lines() {
            let _ = writeln!(out, "- {}", code(trouble));
        }
    }
    out
}

/// What did something, most words first; the rest as a number.
fn counts(title: &str, what: &str, counts: &Counts, out: &mut String) {
    let mut rows: Vec<_> = counts.iter().filter(|(_, count)| count.done > 0).collect();
    rows.sort_by_key(|(name, count)| (Reverse((count.words, count.done)), *name));
    let idle = counts.len() - rows.len();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### {title}\n\n| {what} | found | acted on | words gone |\n| --- | ---: | ---: | ---: |");
    for (name, count) in rows {
        let [found, done, words] = [count.findings, count.done, count.words].map(grouped);
        let _ = writeln!(out, "| {name} | {found} | {done} | {words} |");
    }
    if idle > 0 {
        let (names, what) = if idle == 1 { ("1 more", what.into()) } else { ("more", format!("{what}s")) };
        let number = if idle == 1 { String::new() } else { format!("{idle} ") };
        let what: String = what.replace("categorys", "categories");
        let _ = writeln!(out, "\n{number}{names} {what} only noted what stays.");
    }
}

fn losses(digest: &Digest, out: &mut String) {
    if digest.losses.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n### Documents with most words gone\n\n| document | words | gone | |\n| --- | ---: | ---: | ---: |"
    );
    for Loss { document, words, gone } in &digest.losses {
        let share = Ratio::new(*gone, *words);
        let _ = writeln!(out, "| {} | {} | {} | {share} |", cell(document), grouped(*words), grouped(*gone));
    }
    let more = digest.lost - digest.losses.len() as u64;
    if more > 0 {
        let _ = writeln!(out, "\n{} lost less.", counted(more, "more document"));
    }
}

fn groups(totals: &Tally, digest: &Digest, out: &mut String) {
    if digest.largest.is_empty() {
        return;
    }
    let (twins, groups) = (counted(totals.twins, "document"), counted(digest.groups, "other"));
    let _ = writeln!(out, "\n### Twins\n\n{twins} went because {groups} stay.\n");
    let _ = writeln!(out, "| stays | went for it |\n| --- | ---: |");
    for Group { document, twins } in &digest.largest {
        let _ = writeln!(out, "| {} | {} |", cell(document), grouped(*twins));
    }
    let more = digest.groups - digest.largest.len() as u64;
    if more > 0 {
        let _ = writeln!(out, "\n{} not larger.", counted(more, "more group"));
    }
}
