//! Repeated spans of a JSONL file (text in the field `text`): the anchors beside a suffix array. Prints what each
//! covers, and CPU time and peak memory of each step, on one thread (Linux).
//!
//! `cargo bench --bench spans -- FILE.jsonl [BYTES | WORDSw] [anchors | suffixes]`; without a file it does nothing.

#[path = "../tests/suffix/mod.rs"]
#[allow(clippy::pedantic, clippy::unwrap_used, reason = "shared with the tests")]
mod suffix;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use textclean::read::Fields;
use textclean::read::jsonl::JSONL;
use textclean::spans::anchors::anchors;
use textclean::spans::slots::Slots;
use textclean::spans::stretch::{self, Bench};
use textclean::spans::{cover, link};
use textclean::types::{SpanAnchor, SpanCopy, SpanLength, SpanWindow};

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let Some(file) = args.first() else { return Ok(()) };
    let length: SpanLength = args.get(1).map_or("100", |a| a).parse().map_err(io::Error::other)?;
    let only = args.get(2).map_or("", |a| a);
    let texts: Vec<String> = std::fs::read(file)?
        .split_inclusive(|&b| b == b'\n')
        .filter_map(|raw| Some((JSONL.decode)(raw, &Fields::default()).ok()?.text))
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut say = Say { out: io::stdout(), began: cpu(), bytes };
    say.line(&format!("{} texts, {bytes} bytes, spans of {length}", texts.len()))?;
    let mut found: BTreeMap<&str, Vec<SpanCopy>> = BTreeMap::new();
    if let SpanLength::Bytes(n) = length {
        let window = n as usize;
        if only != "suffixes" {
            let mut list: Vec<SpanAnchor> = Vec::new();
            texts.iter().zip(0..).for_each(|(text, n)| anchors(n, text.as_bytes(), window, |anchor| list.push(anchor)));
            say.step(&format!("anchors: {}", list.len()))?;
            list.sort_unstable();
            let mut copies = Vec::new();
            for kind in list.chunk_by(|a, b| a.hash == b.hash) {
                link::link(&texts[..], window, kind, &mut copies).map_err(io::Error::other)?;
            }
            copies.sort_unstable();
            found.insert("anchors", link::joined(copies.into_iter(), window).collect());
            say.step("copies by anchors")?;
        }
        if only != "anchors" {
            found.insert("suffixes", suffix::copies(&texts, window));
            say.step("copies by suffix array")?;
        }
    } else if let SpanLength::Words(n) = length {
        let (count, mut bench, mut list) = (n as usize, Bench::default(), Vec::<SpanWindow>::new());
        let slots = Slots::new(bytes / 6, usize::MAX);
        for text in &texts {
            stretch::count(text, count, &mut bench, &slots);
        }
        say.step("shingles")?;
        for (text, number) in texts.iter().zip(0..) {
            stretch::windows(number, text, count, &mut bench, &slots, |window| list.push(window));
        }
        say.step(&format!("windows of words: {}", list.len()))?;
        list.sort_unstable();
        let mut copies = Vec::new();
        for kind in list.chunk_by(|a, b| a.hash == b.hash) {
            stretch::link(&texts[..], kind, &mut copies).map_err(io::Error::other)?;
        }
        copies.sort_unstable();
        let copies = stretch::joined(&texts[..], copies.into_iter()).collect::<Result<_, _>>();
        found.insert("words", copies.map_err(io::Error::other)?);
        say.step("copies by words")?;
    }
    for (name, copies) in &found {
        let (ranges, covered) = covered(copies);
        say.line(&format!("{name}: {} copies cover {covered} bytes in {ranges} ranges", copies.len()))?;
        say.began = cpu();
        let mut cuts = Vec::new();
        cover::cuts(&texts[..], copies.iter().copied().map(Ok), |cut| cuts.push(cut)).map_err(io::Error::other)?;
        let cut: u64 = cuts.iter().map(|c| u64::from(c.len)).sum();
        say.step(&format!("cuts: {} of {cut} bytes", cuts.len()))?;
    }
    if let (Some(a), Some(b)) = (found.get("suffixes"), found.get("anchors")) {
        let (one, other) = (covered(a).1, covered(b).1);
        let either = covered(&[a.as_slice(), b.as_slice()].concat()).1;
        say.line(&format!(
            "covered by both {}, by suffixes only {}, by anchors only {}; the same copies: {}",
            one + other - either,
            either - other,
            either - one,
            a == b
        ))?;
    }
    Ok(())
}

/// Ranges and bytes that copies cover.
fn covered(copies: &[SpanCopy]) -> (usize, u64) {
    let mut spans: Vec<_> = copies.iter().map(|c| (c.at, c.end())).collect();
    spans.sort_unstable();
    let (mut ranges, mut sum) = (0, 0);
    let mut reach = None;
    for (start, end) in spans {
        let from = reach.map_or(start, |reach| if start > reach { start } else { reach });
        ranges += usize::from(reach.is_none_or(|reach| start > reach));
        if end > from {
            sum += end.since(from);
            reach = Some(end);
        }
    }
    (ranges, sum)
}

/// CPU time of this thread so far; zero where the system does not tell.
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

/// Prints lines, and how long each step took.
struct Say {
    out: io::Stdout,
    began: Duration,
    bytes: usize,
}

impl Say {
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    fn step(&mut self, what: &str) -> io::Result<()> {
        let micros = cpu().saturating_sub(self.began).as_micros().max(1);
        let rate = self.bytes as u128 / micros;
        let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("?").trim().to_owned();
        writeln!(self.out, "{:>6} ms {rate:>5} MB/s, peak {peak}: {what}", micros / 1000)?;
        self.began = cpu();
        Ok(())
    }
}
