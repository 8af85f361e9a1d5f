//! The lines of a baseline: a document a line, the lines that stay, and marks of git.

use std::fmt::Write as _;

use super::section::{Section, Units, What};
use crate::report::summary::harmful;
use crate::types::Print;

/// How the first line begins, but for the number of the version.
pub(super) const HEAD: &str = "clean-baseline ";
/// Lines that every baseline has.
pub(super) const MARKS: u32 = 1024;

/// What a line of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The first line, with the version that it names.
    Head(&'a str),
    /// Nothing that means anything: blank, or a comment.
    Blank,
    /// One of the lines that every baseline has, by its number.
    Mark(u32),
    /// What keeps a document apart from the next one, and stays when it goes.
    Separator(&'a str),
    /// Left by a merge.
    Conflict,
    /// What is known of a document.
    Document(&'a str),
}

impl<'a> Line<'a> {
    /// Tells them apart. All that has a tab is a document, whatever its name begins with.
    pub(super) fn of(line: &'a str) -> Self {
        if line.contains('\t') {
            return Self::Document(line);
        }
        if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
            return Self::Conflict;
        }
        if let Some(version) = line.strip_prefix(HEAD) {
            return Self::Head(version);
        }
        match line.strip_prefix('#') {
            Some(digits) if number::<3>(digits).is_some() => Self::Separator(line),
            Some(_) => Self::Blank,
            None if line.is_empty() => Self::Blank,
            None => number::<2>(line).map_or(Self::Document(line), Self::Mark),
        }
    }
}

/// The number of so many digits of five bits.
fn number<const DIGITS: usize>(text: &str) -> Option<u32> {
    let digits: [u8; DIGITS] = text.as_bytes().try_into().ok()?;
    let digit = |byte: u8| char::from(byte).to_digit(32).filter(|_| !byte.is_ascii_uppercase());
    digits.into_iter().try_fold(0, |number, byte| Some(number << 5 | digit(byte)?))
}

/// The line of a mark.
pub(super) fn mark(number: u32) -> String {
    digits::<2>(number)
}

/// The line of a separator, by a hash: three digits, so that hardly two that stand side by side are equal, and git knows
/// which is which.
pub(super) fn separator(hash: u32) -> String {
    format!("#{}", digits::<3>(hash))
}

fn digits<const DIGITS: usize>(number: u32) -> String {
    (0..DIGITS).rev().filter_map(|place| char::from_digit(number >> (5 * place) & 31, 32)).collect()
}

/// Writes what is known of a document.
pub(super) fn line(section: &Section, out: &mut String) {
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

/// Reads what is known of a document.
///
/// # Errors
/// When it is not understood.
pub(super) fn section(line: &str) -> Result<Section, String> {
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
