//! `clean explain`.

use std::path::Path;

use super::args::rule;
use super::{CLEAN, print};
use crate::error::Error;
use crate::report::model::{Report, SCHEMA};
use crate::report::why;
use crate::text::similar::edits;

/// Names among which the nearest is looked for.
const NAMES: usize = 10_000;

/// Prints a rule's page, or why a document or a line of it went or stayed.
pub(super) fn explain(subject: &str, target: Option<&str>) -> Result<u8, Error> {
    let Some(target) = target else {
        print(rule(subject)?.page)?;
        return Ok(CLEAN);
    };
    let report = read(Path::new(subject))?;
    // A name that holds a colon is tried whole first.
    let (path, line) =
        if why::documents(&report, target).is_empty() { why::split_line(target) } else { (target, None) };
    let documents = why::documents(&report, path);
    match (documents.as_slice(), line) {
        ([], _) => {
            let near = report.documents.iter().take(NAMES).min_by_key(|d| edits(&d.id, path)).map_or("", |d| &d.id);
            let message = format!(
                "no document '{path}' in {subject}\n  give its id or its path as report.json has them, for example {near}"
            );
            return Err(Error::Usage(message));
        }
        ([only], Some(line)) if line == 0 || line > only.lines => {
            return Err(Error::Usage(format!("{path} has lines 1 to {}", only.lines)));
        }
        ([_, _, ..], Some(_)) => {
            let message = format!(
                "{path} holds {} documents\n  name one by its id, for example {}",
                documents.len(),
                documents[0].id
            );
            return Err(Error::Usage(message));
        }
        _ => {}
    }
    let texts: Vec<String> = documents.iter().map(|document| why::explain(document, line)).collect();
    print(&texts.concat())?;
    Ok(CLEAN)
}

fn read(folder: &Path) -> Result<Report, Error> {
    let path = if folder.is_dir() { folder.join("report.json") } else { folder.to_owned() };
    let text = std::fs::read(&path).map_err(Error::io("cannot read", &path))?;
    let bad = |why: String| Error::BadReport { path: path.clone(), why };
    let report: Report = serde_json::from_slice(&text).map_err(|e| bad(e.to_string()))?;
    if report.schema == SCHEMA {
        Ok(report)
    } else {
        Err(bad(format!("its schema is {}, this program reads {SCHEMA}", report.schema)))
    }
}
