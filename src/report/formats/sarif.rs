//! SARIF 2.1.0 (OASIS Standard, 27 March 2020), as code scanning and editors read it.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::format::{Format, beside, more, plain};
use super::json::put;
use crate::report::ratchet::Compared;
use crate::report::summary::troubles;
use crate::report::{Checked, Level, Spot};
use crate::types::Region;

/// `--format sarif`. GitHub code scanning shows 5,000 results of a run.
pub static SARIF: Format = Format { name: "sarif", listed: 5_000, write };

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: Value,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: Results<'a>,
    properties: Value,
}

/// Made one by one while they are written.
struct Results<'a>(&'a Checked);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.findings.iter().map(|spot| result(self.0, spot)))
    }
}

fn write(checked: &Checked, _: bool, out: &mut dyn Write) -> io::Result<()> {
    let rules = checked.rules.iter().map(|rule| {
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.summary },
            "help": { "text": format!("`clean explain {}` tells what the rule sees and when it errs.", rule.id) },
        })
    });
    let driver = json!({
        "name": "clean",
        "fullName": "clean (textclean)",
        "version": checked.version,
        "semanticVersion": checked.version,
        "rules": rules.collect::<Vec<_>>(),
    });
    let mut properties = json!({ "limits": checked.limits, "moreFindings": checked.more_findings });
    if let Some(baseline) = &checked.baseline {
        properties["baseline"] = json!(baseline);
    }
    let run = Run {
        tool: json!({ "driver": driver }),
        invocations: json!([{ "executionSuccessful": true, "toolExecutionNotifications": notifications(checked) }]),
        column_kind: "utf16CodeUnits",
        newline_sequences: ["\r\n", "\n", "\r"],
        results: Results(checked),
        properties,
    };
    put(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

/// What is said of the run as a whole.
fn notifications(checked: &Checked) -> Vec<Value> {
    let say = |level: Level, text: &str| json!({ "level": level.name(), "message": { "text": told(text) } });
    let over = checked.breaches().map(|limit| say(Level::Error, &format!("over the limit: {}", limit.message)));
    let troubles = troubles(&checked.troubles, checked.more_troubles);
    let troubles = troubles.lines().map(|line| say(Level::Warning, line));
    let level = if checked.baseline.as_ref().is_some_and(Compared::fails) { Level::Error } else { Level::Note };
    let beside = beside(checked).into_iter().map(|line| say(level, &line));
    over.chain(troubles).chain(beside).chain(more(checked).map(|more| say(Level::Note, &more))).collect()
}

fn result(checked: &Checked, spot: &Spot) -> Value {
    let message = told(&spot.message());
    let mut result = json!({
        "ruleId": spot.rule,
        "level": spot.level.name(),
        "message": { "text": message },
        "locations": [{
            "physicalLocation": { "artifactLocation": artifact(&spot.uri), "region": region(spot.region) },
            "logicalLocations": [{ "fullyQualifiedName": spot.document, "kind": "resource" }],
        }],
        "partialFingerprints": { "ruleAndText/v1": spot.fingerprint },
        "properties": {
            "category": spot.category, "kind": spot.kind, "confidence": spot.confidence, "done": spot.done,
            "span": spot.span, "textRegion": spot.text,
        },
    });
    if let Some(index) = checked.rules.iter().position(|rule| rule.id == spot.rule) {
        result["ruleIndex"] = json!(index);
    }
    // What is left alone has no state, but where one result has one, all must.
    if checked.baseline.is_some() {
        result["baselineState"] = json!(if spot.known == Some(false) { "new" } else { "unchanged" });
    }
    result
}

/// A message that is nothing but text: braces would stand for arguments (3.11.5), `[text](target)` for a link (3.11.6).
fn told(text: &str) -> String {
    plain(text).replace("](", "]\\u{28}").replace('{', "{{").replace('}', "}}")
}

/// A relative reference is one from the root of the sources, which is where checks are called.
fn artifact(uri: &str) -> Value {
    if uri.starts_with("file:") { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": "%SRCROOT%" }) }
}

fn region(Region { start, end }: Region) -> Value {
    json!({ "startLine": start.line, "startColumn": start.utf16, "endLine": end.line, "endColumn": end.utf16 })
}
