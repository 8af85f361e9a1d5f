//! What a format is, and what all of them need.

use std::fmt;
use std::io::{self, Write};

use crate::report::Checked;
use crate::report::summary::{counted, grouped, held_against, visible};

/// A way to show what `clean check` found. A plug-in is a `pub static` of this type.
pub struct Format {
    /// Name, as users type it.
    pub name: &'static str,
    /// Findings that are listed unless `--max-findings` says otherwise: as many as those who read the format take.
    pub listed: usize,
    /// Writes all of it; without what is only nice to know when the user asked for quiet.
    pub write: fn(&Checked, bool, &mut dyn Write) -> io::Result<()>,
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Text of strangers on a line: visible, and without what build services take for commands wherever it stands
/// (`##[command]`, `##vso[command]`, `##teamcity[command]`).
pub fn plain(text: &str) -> String {
    let mut rest = visible(text);
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.find("##") {
        let after = rest.split_off(at + 2);
        out.push_str(&rest);
        let behind = after.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
        if let Some(inside) = behind.strip_prefix('[') {
            out.push_str(&after[..after.len() - behind.len()]);
            out.push_str("\\u{5b}");
            rest = inside.to_owned();
        } else {
            rest = after;
        }
    }
    out + &rest
}

/// The name of a file where a line begins: what would make a command of the line has `./` in front.
pub fn named(file: &str) -> String {
    let name = plain(file);
    if name.trim_start().starts_with(':') { format!("./{name}") } else { name }
}

/// The sentence when no limit is passed, and nothing is new beside a baseline.
pub fn within(checked: &Checked) -> String {
    let documents = counted(checked.totals.documents, "document");
    let against = checked.against.as_ref().map(held_against).map_or_else(String::new, |what| format!(", {what}"));
    match &checked.baseline {
        Some(baseline) if baseline.new == 0 => format!("nothing new: {documents}{against}"),
        Some(_) => format!("accepted: {documents}{against}"),
        None => format!("within the limits: {documents}{against}"),
    }
}

/// What is said of the baseline, a line each: how the check compares, what is gone and what moved, what can be done.
pub(super) fn beside(checked: &Checked) -> Vec<String> {
    let Some(baseline) = &checked.baseline else { return Vec::new() };
    let moved = baseline.moved.iter().map(|m| format!("moved: {} -> {}", plain(&m.from), plain(&m.to)));
    let gone = baseline.gone_from.iter().map(|g| format!("gone: {}: {}", plain(&g.document), grouped(g.gone)));
    moved.chain(gone).chain([baseline.sentence()]).chain(baseline.hints()).collect()
}

/// The sentence when not all findings are listed.
pub(super) fn more(checked: &Checked) -> Option<String> {
    let more = counted(checked.more_findings, "more finding");
    let not = if checked.more_findings == 1 { "is not" } else { "are not" };
    (checked.more_findings > 0).then(|| format!("{more} {not} listed (--max-findings)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_write_is_no_command() {
        for (text, shown) in [
            ("##[error]x", "##\\u{5b}error]x"),
            ("a ##vso[task.setvariable]", "a ##vso\\u{5b}task.setvariable]"),
            ("###[x] ##y[ ##", "###\\u{5b}x] ##y\\u{5b} ##"),
            ("## Heading [1]", "## Heading [1]"),
            ("a\u{1b}[0m\nb\u{202e}", "a\\u{1b}[0m\\u{a}b\\u{202e}"),
        ] {
            assert_eq!(plain(text), shown);
        }
        assert_eq!((named("::error::x").as_str(), named("  ::x").as_str()), ("./::error::x", "./  ::x"));
        assert_eq!(named("a:b"), "a:b");
    }
}
