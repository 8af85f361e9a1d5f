//! A baseline as it stands in its file: a line for each document with dirt, sorted by a hash of the document's name, between
//! lines that never change.
//!
//! Git merges two changes of a file when at least one line between them is what it was, and calls everything else a conflict.
//! In a list that is sorted by name, two branches that add something to files of one folder meet at the same place. So there
//! are `MARKS` lines that every baseline has, and the hash says between which of them a document stands. Each line says
//! all that is known of a document, so any order of lines is understood, and so is a line that stands twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::section::{Key, Section, Units, What, key};
use crate::report::summary::harmful;
use crate::types::Print;

/// How the file begins, but for the number of its version.
const HEAD: &str = "clean-baseline ";
/// The version that is written and read.
const VERSION: u32 = 1;
/// Lines that stay.
const MARKS: u32 = 1024;
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
        for (number, line) in text.lines().enumerate() {
            let fault = |why: &str| Fault { line: number + 1, why: why.to_owned() };
            let plain = !line.contains('\t');
            if let Some(version) = line.strip_prefix(HEAD).filter(|_| plain) {
                begun = true;
                match version.parse::<u32>() {
                    Ok(VERSION) => {}
                    Ok(newer) if newer > VERSION => {
                        let why = format!(
                            "version {newer} of the format, and this program knows {VERSION}; a newer clean reads it"
                        );
                        return Err(fault(&why));
                    }
                    _ => return Err(fault("no version of the format that ever was")),
                }
            } else if plain && is_conflict(line) {
                return Err(fault(
                    "a mark of a merge conflict; delete the marks of git and keep the lines between them, of both sides",
                ));
            } else if !begun {
                return Err(fault(&format!("no baseline: its first line would be '{HEAD}{VERSION}'")));
            } else if plain && (line.is_empty() || line.starts_with('#') || is_mark(line)) {
            } else {
                out.add(section(line).map_err(|why| fault(&why))?);
            }
        }
        if begun {
            Ok(out)
        } else {
            Err(Fault { line: 1, why: format!("no baseline: its first line would be '{HEAD}{VERSION}'") })
        }
    }

    /// The file: the same bytes for the same dirt.
    pub fn write(&self) -> String {
        let mut out = format!("{HEAD}{VERSION}\n{COMMENT}");
        let mut places: Vec<(u32, &Section)> = self.sections().map(|section| (place(section), section)).collect();
        // Within a place they stay as they are: by path and id.
        places.sort_by_key(|(place, _)| *place);
        let mut rest = places.into_iter().peekable();
        for mark in 0..MARKS {
            let digit = |n: u32| char::from_digit(n, 32).unwrap_or_default();
            let _ = writeln!(out, "{}{}", digit(mark / 32), digit(mark % 32));
            while let Some((_, section)) = rest.next_if(|(place, _)| *place == mark) {
                line(section, &mut out);
            }
        }
        out
    }
}

fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

fn is_mark(line: &str) -> bool {
    line.len() == 2 && line.chars().all(|c| c.is_digit(32) && !c.is_ascii_uppercase())
}

/// Behind which mark a document stands (FNV-1a, folded).
fn place(section: &Section) -> u32 {
    let named = section.path.bytes().chain([0]).chain(section.id.bytes());
    let text = if section.id == "@" { section.text.0.to_le_bytes() } else { [0; 16] };
    let fnv = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = named.chain(text).fold(0xCBF2_9CE4_8422_2325, fnv);
    u32::try_from((hash ^ hash >> 32) % u64::from(MARKS)).unwrap_or_default()
}

fn line(section: &Section, out: &mut String) {
    let _ = write!(out, "{}\t{}\t{}", escaped(&section.path), escaped(&section.id), section.text);
    let mut before = None;
    for ((what, print), number) in &section.units {
        if before.replace(*what) != Some(*what) {
            let _ = write!(out, "\t{}", what.name());
        }
        let _ = write!(out, " {print}");
        if *number != 1 {
            let _ = write!(out, "*{number}");
        }
    }
    out.push('\n');
}

fn section(line: &str) -> Result<Section, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [path, id, text, groups @ ..] = fields.as_slice() else {
        return Err("not a line of a baseline: path, record, text and dirt stand apart by tabs".into());
    };
    let wanted = |field: &str| format!("'{}' is no fingerprint of a text", shown(field));
    let mut units = Units::new();
    for group in groups {
        let mut parts = group.split(' ');
        let name = parts.next().unwrap_or_default();
        let what = What::named(name).ok_or_else(|| format!("'{}' is no kind of dirt", shown(name)))?;
        for part in parts {
            let (print, number) = part.split_once('*').unwrap_or((part, "1"));
            let number = number.parse::<u64>().ok().filter(|n| *n > 0 && u32::try_from(*n).is_ok());
            let number = number.ok_or_else(|| format!("'{}' has no number behind its '*'", shown(part)))?;
            *units.entry((what, print.parse().map_err(|()| wanted(print))?)).or_default() += number;
        }
    }
    let text: Print = text.parse().map_err(|()| wanted(text))?;
    let id = unescaped(id)?;
    if !(id.is_empty() || id == "@" || id.starts_with('#')) {
        return Err(format!("'{}' is no record: '#ID', '@', or nothing", shown(&id)));
    }
    if units.is_empty() {
        return Err("a document without dirt".into());
    }
    Ok(Section { path: unescaped(path)?, id, text, units })
}

/// The beginning of what stands in the file.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A name on one line and in one field.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            c if harmful(c) || c == '\u{FEFF}' => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

fn unescaped(text: &str) -> Result<String, String> {
    let wrong = || format!("'{}' has a backslash that means nothing", shown(text));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, behind)) = rest.split_once('\\') {
        out.push_str(plain);
        if let Some(after) = behind.strip_prefix('\\') {
            out.push('\\');
            rest = after;
        } else {
            let (code, after) = behind.strip_prefix("u{").and_then(|code| code.split_once('}')).ok_or_else(wrong)?;
            out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).ok_or_else(wrong)?);
            rest = after;
        }
    }
    Ok(out + rest)
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn names_that_are_alike_stand_apart() {
        let section = |n: u32| Section {
            path: format!("news/{n:03}.txt"),
            id: String::new(),
            text: Print(0),
            units: Units::new(),
        };
        let places: std::collections::BTreeSet<u32> = (0..200).map(|n| place(&section(n))).collect();
        assert!(places.len() > 170, "{}", places.len());
    }
}
