//! The XML of `JUnit` as build servers read it: a case for each limit, which fails when it is passed, and one for each finding, which
//! fails when it counts against such a limit. There is no standard; elements and attributes are those of Ant's schema, and
//! `file` and `line`, which GitLab and others add.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::format::{Format, beside, more, named, plain};
use crate::report::ratchet::Compared;
use crate::report::summary::{counted, troubles};
use crate::report::{Checked, Level, Spot, Verdict};

/// `--format junit`.
pub static JUNIT: Format = Format { name: "junit", listed: 1_000, write };

type Xml<'a> = Writer<&'a mut dyn Write>;

fn write(checked: &Checked, _: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let failed = checked.findings.iter().filter(|spot| spot.level == Level::Error).count();
    let [held, fails] = [checked.baseline.is_some(), checked.baseline.as_ref().is_some_and(Compared::fails)];
    let limits = (checked.limits.len() + usize::from(held), checked.breaches().count() + usize::from(fails));
    let findings = (checked.findings.len(), failed);
    let all = numbers((limits.0 + findings.0, limits.1 + findings.1));
    let root = xml.create_element("testsuites").with_attribute(("name", "clean check"));
    root.with_attributes(pairs(&all)).write_inner_content(|xml| {
        let suite = xml.create_element("testsuite").with_attribute(("name", "limits"));
        suite.with_attributes(pairs(&numbers(limits))).write_inner_content(|xml| {
            checked.limits.iter().try_for_each(|limit| limit_case(xml, checked, limit))?;
            checked.baseline.iter().try_for_each(|baseline| baseline_case(xml, checked, baseline))?;
            let troubles = troubles(&checked.troubles, checked.more_troubles);
            text(xml, "system-err", troubles.lines().map(plain))
        })?;
        let suite = xml.create_element("testsuite").with_attribute(("name", "findings"));
        suite.with_attributes(pairs(&numbers(findings))).write_inner_content(|xml| {
            checked.findings.iter().try_for_each(|spot| finding_case(xml, spot))?;
            text(xml, "system-out", more(checked).into_iter())
        })?;
        Ok(())
    })?;
    xml.into_inner().write_all(b"\n")
}

/// Tests and failures as attributes.
fn numbers((tests, failures): (usize, usize)) -> [(&'static str, String); 3] {
    [("tests", tests.to_string()), ("failures", failures.to_string()), ("errors", "0".into())]
}

fn pairs<'a>(list: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    list.iter().map(|(name, value)| (*name, value.as_str()))
}

fn limit_case(xml: &mut Xml<'_>, checked: &Checked, limit: &Verdict) -> io::Result<()> {
    let name = format!("limit {}", limit.name);
    let case =
        xml.create_element("testcase").with_attributes([("classname", "limits"), ("name", &name), ("time", "0")]);
    if !limit.over {
        return case.write_empty().map(drop);
    }
    let message = format!("over the limit: {}", limit.message);
    let worst = checked.worst_for(&limit.name);
    let worst = worst.map(|w| format!("{}: {}", named(&w.document), counted(w.words, "word")));
    let body: Vec<String> = [message.clone()].into_iter().chain(worst).collect();
    case.write_inner_content(|xml| failure(xml, "limit", &message, &body.join("\n"))).map(drop)
}

fn baseline_case(xml: &mut Xml<'_>, checked: &Checked, baseline: &Compared) -> io::Result<()> {
    let case = xml.create_element("testcase");
    let case = case.with_attributes([("classname", "limits"), ("name", "baseline"), ("time", "0")]);
    let lines = beside(checked);
    let content = |xml: &mut Xml<'_>| {
        if baseline.fails() {
            failure(xml, "baseline", &plain(&baseline.sentence()), &lines.join("\n"))
        } else {
            text(xml, "system-out", lines.into_iter())
        }
    };
    case.write_inner_content(content).map(drop)
}

fn finding_case(xml: &mut Xml<'_>, spot: &Spot) -> io::Result<()> {
    let at = spot.region.start;
    let (file, message) = (plain(&spot.file), plain(&spot.message()));
    let (line, name) = (at.line.to_string(), format!("{}:{} {}", at.line, at.column, spot.rule));
    let case = xml.create_element("testcase").with_attributes([
        ("classname", file.as_str()),
        ("name", &name),
        ("file", &file),
        ("line", &line),
        ("time", "0"),
    ]);
    let inside = spot.text.map_or_else(String::new, |text| {
        format!("\ndocument {}, line {} of its text", plain(&spot.document), text.start.line)
    });
    let body = format!("{}:{line}:{}: {message}{inside}", named(&spot.file), at.column);
    let content = |xml: &mut Xml<'_>| match spot.level {
        Level::Error => failure(xml, &spot.rule, &message, &body),
        Level::Warning | Level::Note => text(xml, "system-out", [body].into_iter()),
    };
    case.write_inner_content(content).map(drop)
}

fn failure(xml: &mut Xml<'_>, kind: &str, message: &str, body: &str) -> io::Result<()> {
    let failure = xml.create_element("failure").with_attributes([("type", kind), ("message", message)]);
    failure.write_text_content(BytesText::new(body)).map(drop)
}

/// An element with lines of text; none where there are none.
fn text(xml: &mut Xml<'_>, name: &str, lines: impl Iterator<Item = String>) -> io::Result<()> {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return Ok(());
    }
    xml.create_element(name).write_text_content(BytesText::new(&lines.join("\n"))).map(drop)
}
