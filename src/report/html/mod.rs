//! `report.html`: the report as one file for a browser, from disk and without a network.
//!
//! The page is HTML, CSS and scripts beside this file, put together with [`include_str!`]: it has no loops or conditions
//! that a template language would serve, since everything about the run is data and is made visible by the scripts, which
//! write it as text and never as markup. The data lies in the page in three pieces, in this order:
//!
//! 1. the head of the report as JSON,
//! 2. a line of JSON for each document ([`row`]), for the table,
//! 3. an element for each document (`detail`) with its text and its findings, compressed and in Base64, which the page looks
//!    into when that document is opened. They come last, so that the table is there before they are read.
//!
//! So the page is written document by document and opened piece by piece. Of a large run it holds what a browser can open
//! ([`Held`]): the documents with most to see.

mod detail;
mod held;

use std::collections::BTreeSet;

use super::model::{DocumentEntry, Fate, Head};
use crate::types::Evidence;
pub use detail::{NO_DETAIL, detail};
pub use held::{Choice, Held, MOST_ROWS, interest};

/// By this, near its beginning, a page is known to be ours.
pub const MARK: &str = "<meta name=\"generator\" content=\"textclean\">";

/// The page; `{{…}}` stand for its pieces.
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The scripts; the last one begins to work when it is read.
const SCRIPT: &str = concat!(
    include_str!("data.js"),
    include_str!("text.js"),
    include_str!("charts.js"),
    include_str!("clusters.js"),
    include_str!("table.js"),
    include_str!("marks.js"),
    include_str!("tip.js"),
    include_str!("document.js"),
    include_str!("align.js"),
    include_str!("twins.js"),
    include_str!("main.js"),
);

/// What stands in front of the rows: the page, the head of the report, and what of the documents is left out.
pub fn before_rows(head: &Head<'_>, share: &Held) -> Vec<u8> {
    let (page, _) = around("{{rows}}");
    let (before, after) = page.split_once("{{head}}").unwrap_or((page, ""));
    let mut out = before.replace("{{style}}", STYLE).replace("{{held}}", &share.said()).into_bytes();
    let json = serde_json::to_string(head).unwrap_or_default();
    append_inert(&json, &mut out);
    out.extend_from_slice(after.as_bytes());
    out
}

/// What stands between the rows and the details: the scripts.
pub fn before_details() -> Vec<u8> {
    let (page, _) = around("{{details}}");
    let (_, page) = page.split_once("{{rows}}").unwrap_or((page, ""));
    page.replace("{{script}}", SCRIPT).into_bytes()
}

/// What stands behind the details.
pub fn end() -> &'static [u8] {
    around("{{details}}").1.as_bytes()
}

fn around(name: &str) -> (&'static str, &'static str) {
    PAGE.split_once(name).unwrap_or((PAGE, ""))
}

/// Appends a document's line of the table: id, path (empty where it is the id), place, words before and after, whether it
/// went, twins, findings, edits, rules, and for whom it went.
pub fn row(entry: &DocumentEntry<'_>, out: &mut Vec<u8>) {
    let rules: BTreeSet<&str> = entry.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    let stays = entry.findings.iter().filter(|f| f.done && entry.fate == Fate::Drop).flat_map(|f| f.evidence.iter());
    let stays = stays.filter_map(|evidence| match evidence {
        Evidence::Twin { document, .. } | Evidence::Contained { document, .. } => Some(document.as_str()),
        _ => None,
    });
    let row = (
        &entry.id,
        if entry.path == entry.id { "" } else { &entry.path },
        entry.place,
        [entry.words.before, entry.words.after],
        u8::from(entry.fate == Fate::Drop),
        entry.twins,
        [entry.findings.len(), entry.edits.len()],
        rules,
        stays.min().unwrap_or_default(),
    );
    append_inert(&serde_json::to_string(&row).unwrap_or_default(), out);
    out.push(b'\n');
}

/// Appends JSON so that nothing in it can end the element it stands in: `<` stands only in its strings.
fn append_inert(json: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(json.replace('<', "\\u003c").as_bytes());
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_scripts_and_the_style_that_stand_there() {
        let policy = PAGE.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
        for (name, text) in [("style", STYLE), ("script", SCRIPT)] {
            let source = format!("{name}-src 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
            assert!(policy.contains(&source), "src/report/html/page.html must say: {source}");
            assert!(!text.contains("</"), "the element would end there: {name}");
        }
    }

    #[test]
    fn every_piece_has_its_place_once() {
        for name in ["{{style}}", "{{held}}", "{{head}}", "{{rows}}", "{{script}}", "{{details}}"] {
            assert_eq!(PAGE.matches(name).count(), 1, "{name}");
        }
        assert!(PAGE.find(MARK).is_some_and(|at| at < 256));
    }

    #[test]
    fn json_ends_no_element() {
        let mut out = Vec::new();
        append_inert(&serde_json::to_string("</script><!--<script>").unwrap(), &mut out);
        assert!(!out.contains(&b'<'));
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), "</script><!--<script>");
    }
}
