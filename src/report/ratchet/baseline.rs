//! A baseline as it stands in its file: a line for each document with dirt, between lines that stay what they are
//! (`layout` tells why). Each line says all that is known of a document, so any order of lines is understood, and so is a line
//! that stands twice.

use std::collections::BTreeMap;

use super::layout;
use super::lines::{HEAD, Line, section};
use super::section::{Key, Section, Units, key};
use crate::types::Print;

/// The version that is written and read.
const VERSION: u32 = 1;
/// What is said where a merge left its marks.
const CONFLICT: &str =
    "a mark of a merge conflict; delete the marks of git and keep the lines between them, of both sides";
/// What people who open the file should know.
const COMMENT: &str = "\
# Dirt that `clean check` knows: it fails on what is not listed here. `clean check --update-baseline` rewrites the file.
# A line a document: path, record, what the text is known by, dirt. In a merge, all lines of both sides can stay.
";

/// What is known of all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    sections: BTreeMap<Key, Section>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// In words.
    pub why: String,
}

impl Baseline {
    /// Takes in the dirt of a document. What is known of it already stays known: of each piece the larger number counts.
    pub fn add(&mut self, section: Section) {
        if section.units.is_empty() {
            return;
        }
        let known = self.sections.entry(section.key());
        let known = known.or_insert_with(|| Section { units: Units::new(), ..section.clone() });
        known.text = known.text.min(section.text);
        for (unit, number) in section.units {
            let known = known.units.entry(unit).or_default();
            *known = number.max(*known);
        }
    }

    /// All documents, by path and id.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.values()
    }

    /// What is known of a document.
    pub fn of(&self, path: &str, id: &str, text: Print) -> Option<&Section> {
        self.sections.get(&key(path, id, text))
    }

    /// Whether anything is known of a document of that name; of those without an id, names say nothing.
    pub fn names(&self, path: &str, id: &str) -> bool {
        id != "@" && self.sections.contains_key(&key(path, id, Print(0)))
    }

    /// Pieces of dirt in all.
    pub fn places(&self) -> u64 {
        self.sections().map(Section::places).sum()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// At the first line that is not understood, and when no version is named.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut out = Self::default();
        let mut begun = false;
        let none = format!("no baseline: its first line would be '{HEAD}{VERSION}'");
        for (number, line) in text.lines().enumerate() {
            let fault = |why: String| Fault { line: number + 1, why };
            match Line::of(line) {
                Line::Head(version) => {
                    known(version).map_err(fault)?;
                    begun = true;
                }
                Line::Conflict => return Err(fault(CONFLICT.to_owned())),
                _ if !begun => return Err(fault(none)),
                Line::Blank | Line::Mark(_) | Line::Separator(_) => {}
                Line::Document(line) => out.add(section(line).map_err(fault)?),
            }
        }
        if begun { Ok(out) } else { Err(Fault { line: 1, why: none }) }
    }

    /// The file, for dirt of which nothing was known.
    pub fn write(&self) -> String {
        format!("{HEAD}{VERSION}\n{COMMENT}{}", layout::fresh(&self.sections))
    }

    /// The file, where it was `old` and held `known`: what was known stays where it stood. None when it says what it is to say.
    pub fn rewrite(&self, known: &Self, old: &str) -> Option<String> {
        let documents = old.lines().filter(|line| matches!(Line::of(line), Line::Document(_))).count();
        let same = self == known && documents == known.sections.len();
        (!same).then(|| format!("{HEAD}{VERSION}\n{COMMENT}{}", layout::over(old, &self.sections)))
    }
}

/// Whether a version is one that is read.
fn known(version: &str) -> Result<(), String> {
    match version.parse::<u32>() {
        Ok(VERSION) => Ok(()),
        Ok(newer) if newer > VERSION => {
            Err(format!("version {newer} of the format, and this program knows {VERSION}; a newer clean reads it"))
        }
        _ => Err("no version of the format that ever was".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::section::What;
    use super::*;

    fn some() -> Baseline {
        let mut out = Baseline::default();
        for (n, (path, id)) in
            [("a.txt", ""), ("b c\t\n\\.txt", ""), ("# \u{202e}é", ""), ("r.jsonl", "#1"), ("r.jsonl", "@"), ("", "#")]
                .into_iter()
                .enumerate()
        {
            let print = Print(n as u128 * 0x1234_5678_9abc_def0_1234_5678);
            let units = Units::from([((What::Ad, print), 1), ((What::Ad, Print(9)), 2), ((What::Copy, print), 1)]);
            out.add(Section { path: path.into(), id: id.into(), text: print, units });
        }
        out
    }

    #[test]
    fn written_and_read_in_any_order_and_twice() {
        let all = some();
        let file = all.write();
        assert_eq!(Baseline::parse(&file).as_ref(), Ok(&all));
        assert_eq!(Baseline::parse(&file.replace('\n', "\r\n")).as_ref(), Ok(&all));
        let (head, rest) = file.split_once('\n').unwrap();
        let mut lines: Vec<&str> = rest.lines().chain(rest.lines()).collect();
        lines.reverse();
        let other = format!("{head}\n{head}\n\n{}", lines.join("\n"));
        assert_eq!(Baseline::parse(&other).unwrap().write(), file);
        assert!(Baseline::default().write().len() < 4000);
    }

    #[test]
    fn of_two_lines_the_larger_number_counts() {
        let line = |dirt: &str| format!("a.txt\t\t0000000000000001\t{dirt}\n");
        let file = format!(
            "clean-baseline 1\n{}{}",
            line("ad 0000000000000002*3"),
            line("ad 0000000000000002*2 0000000000000004")
        );
        assert_eq!(Baseline::parse(&file).unwrap().places(), 4);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let with = |line: &str| format!("clean-baseline 1\n00\n{line}\n");
        for (file, line, why) in [
            (String::new(), 1, "no baseline"),
            ("hello\n".into(), 1, "no baseline"),
            ("clean-baseline 2\n".into(), 1, "newer"),
            ("clean-baseline x\n".into(), 1, "version"),
            (with("<<<<<<< HEAD"), 3, "conflict"),
            (with("======="), 3, "conflict"),
            (with("a.txt"), 3, "tabs"),
            (with("a.txt\t\t12\tad 0000000000000002"), 3, "fingerprint"),
            (with("a.txt\t\t0000000000000001\tads 0000000000000002"), 3, "kind of dirt"),
            (with("a.txt\t\t0000000000000001\tad 0000000000000002*0"), 3, "number"),
            (with("a.txt\t\t0000000000000001"), 3, "without dirt"),
            (with("a.txt\tx\t0000000000000001\tad 0000000000000002"), 3, "no record"),
            (with("a\\x.txt\t\t0000000000000001\tad 0000000000000002"), 3, "backslash"),
        ] {
            let fault = Baseline::parse(&file).unwrap_err();
            assert!(fault.line == line && fault.why.contains(why), "{file:?}: {fault:?}");
        }
    }
}
