//! A document's entry in the report.

use std::borrow::Cow;

use super::document::Rewritten;
use crate::report::model::{self, DocumentEntry, FindingEntry, Ground};
use crate::rewrite::patch_order;
use crate::text::lines::lines;
use crate::text::listed::{Listed, gap_before, gap_behind};
use crate::text::words;
use crate::types::{Change, Document, Edit, Fate, Finding, Form, Page, RuleId, Span};

impl<'a> Rewritten<'a> {
    /// What the report says of the document; `twins` went because it stays.
    pub(super) fn entry(&self, twins: u32, host: Option<String>) -> DocumentEntry<'a> {
        let Document { id, name, text, form } = &self.page.document;
        let keeps = self.plan.fate == Fate::Keep;
        let (bytes, words) = (text.len() as u64, self.words.number());
        let (bytes_after, words_after) = match (keeps, self.plan.edits.is_empty()) {
            (false, _) => (0, 0),
            (true, true) => (bytes, words),
            (true, false) => (self.bytes_after(), self.words_after()),
        };
        let encoding = match form {
            Form::Encoded { encoding, .. } => Some(encoding.clone()),
            Form::Utf8 | Form::Escaped { .. } | Form::Raw => None,
        };
        let findings = self.findings.iter().zip(&self.plan.acted);
        let edit = |Edit { span, put, by }: &'a Edit| model::EditEntry {
            span: *span,
            put: Cow::Borrowed(put),
            findings: Cow::Borrowed(by),
        };
        DocumentEntry {
            id: name.clone(),
            path: self.source.path.clone(),
            place: id.place,
            host,
            encoding,
            bytes: model::Change { before: bytes, after: bytes_after },
            words: model::Change { before: words, after: words_after },
            lines: count_lines(self.page),
            fate: if keeps { model::Fate::Keep } else { model::Fate::Drop },
            twins,
            findings: patched(
                text,
                self.findings,
                findings.map(|(finding, &done)| self.finding(finding, done)).collect(),
            ),
            edits: self.plan.edits.iter().map(edit).collect(),
            more: None,
            ground: ground(self.page, self.findings, self.words),
        }
    }

    fn finding(&self, finding: &'a Finding, done: bool) -> model::FindingEntry<'a> {
        let entry = finding_entry(self.page, finding, done);
        match &finding.change {
            Change::Drop => model::FindingEntry { words: Some(self.words.number()), ..entry },
            Change::Cut | Change::CutText => {
                model::FindingEntry { words: Some(self.words.begin_in(finding.span)), ..entry }
            }
            Change::Patch { span, .. } => model::FindingEntry { replaces: Some(*span), ..entry },
            Change::None => entry,
        }
    }
}

/// What a finding asks for.
pub(super) fn action(change: &Change) -> model::Action {
    match change {
        Change::Drop => model::Action::Drop,
        Change::Cut | Change::CutText => model::Action::Cut,
        Change::Patch { .. } => model::Action::Patch,
        Change::None => model::Action::Note,
    }
}

/// Notes what patches do to the number of words. Those that stand in the same words are taken together.
fn patched<'a>(text: &str, findings: &'a [Finding], mut entries: Vec<FindingEntry<'a>>) -> Vec<FindingEntry<'a>> {
    let patches = findings.iter().enumerate().filter_map(|(n, finding)| match &finding.change {
        Change::Patch { span, put } => Some((*span, finding.rule, put.as_str(), n)),
        _ => None,
    });
    let mut patches: Vec<(Span, RuleId, &str, usize)> = patches.collect();
    patches.sort_by_key(|&(span, rule, put, _)| patch_order(span, rule, put));
    let mut rest = patches.as_slice();
    while let Some(&(first, .., n)) = rest.first() {
        // Beyond these places words are the same whatever stands here.
        let from = gap_before(text, first.start as usize);
        let (mut near, mut at, mut to, mut number) = (String::new(), from, from, 0);
        for (span, _, put, _) in rest {
            let (start, end) = (span.start as usize, span.end as usize);
            if number > 0 && gap_before(text, start) > to {
                break;
            }
            number += 1;
            to = to.max(gap_behind(text, end));
            if start >= at && end > start {
                near.push_str(&text[at..start]);
                near.push_str(put);
                at = end;
            }
        }
        near.push_str(&text[at..to]);
        let count = |text: &str| i64::try_from(words::count(text)).unwrap_or(i64::MAX);
        entries[n].more_words = count(&near) - count(&text[from..to]);
        for &(.., n) in &rest[1..number] {
            entries[n].joined = true;
        }
        rest = &rest[number..];
    }
    entries
}

/// The blocks that findings ask to cut.
fn ground(page: &Page, findings: &[Finding], words: &Listed<'_>) -> Vec<Ground> {
    let cuts = findings.iter().filter(|f| matches!(f.change, Change::Cut | Change::CutText));
    let blocks = cuts.flat_map(|f| {
        let first = page.blocks.partition_point(|b| b.span.end <= f.span.start);
        let inside = page.blocks[first..].iter().take_while(|b| b.span.start < f.span.end).count();
        first..first + inside
    });
    let mut blocks: Vec<usize> = blocks.collect();
    blocks.sort_unstable();
    blocks.dedup();
    let text = page.document.text.as_str();
    let gap = |start: u32, end: u32| {
        let breaks = Span { start, end }.of(text).matches(['\n', '\r']).count();
        (end - start, u32::try_from(breaks).unwrap_or(u32::MAX))
    };
    let ground = |i: usize| {
        let span = page.blocks[i].span;
        let before = i.checked_sub(1).map(|i| gap(page.blocks[i].span.end, span.start));
        let after = page.blocks.get(i + 1).map(|next| gap(span.end, next.span.start));
        Ground(span.start, span.end, words.begin_in(span), before, after)
    };
    blocks.into_iter().map(ground).collect()
}

/// Characters of an excerpt.
const EXCERPT: usize = 96;

pub(super) fn finding_entry<'a>(page: &'a Page, finding: &'a Finding, done: bool) -> model::FindingEntry<'a> {
    let span = finding.span;
    model::FindingEntry {
        rule: Cow::Borrowed(finding.rule),
        category: finding.category,
        kind: finding.kind,
        confidence: finding.confidence,
        span,
        lines: model::Lines {
            first: line_at(page, span.start),
            last: line_at(page, span.end.saturating_sub(1).max(span.start)),
        },
        excerpt: excerpt(span.of(&page.document.text)),
        evidence: Cow::Borrowed(&finding.evidence),
        action: action(&finding.change),
        done,
        words: None,
        replaces: None,
        more_words: 0,
        joined: false,
    }
}

/// How a text begins, on one line.
fn excerpt(text: &str) -> Cow<'_, str> {
    let end = if text.len() <= EXCERPT { None } else { text.char_indices().nth(EXCERPT).map(|(at, _)| at) };
    let start = &text[..end.unwrap_or(text.len())];
    let breaks = |c: char| c != ' ' && c.is_whitespace();
    if end.is_none() && !start.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(start.len() + '…'.len_utf8());
    out.extend(start.chars().map(|c| if breaks(c) { ' ' } else { c }));
    out.extend(end.map(|_| '…'));
    Cow::Owned(out)
}

/// The line of a place in the text, from 1. The lines of blocks are known; within a block of several, and outside of
/// all, they are counted.
fn line_at(page: &Page, at: u32) -> u32 {
    let after = page.blocks.partition_point(|b| b.span.start <= at);
    let before = after.checked_sub(1).map(|i| page.blocks[i]);
    if let Some(block) = before.filter(|b| b.line == b.last_line && at < b.span.end) {
        return block.line;
    }
    let (from, line) = before.map_or((0, 1), |b| (b.span.start, b.line));
    let to = page.blocks.get(after).map_or(page.document.text.len(), |b| b.span.start as usize);
    let begun = lines(&page.document.text[from as usize..to]).partition_point(|l| l.span.start <= at - from);
    line + u32::try_from(begun.saturating_sub(1)).unwrap_or(u32::MAX)
}

/// Number of lines of the text: those down to the last block are known.
fn count_lines(page: &Page) -> u32 {
    let text = page.document.text.as_str();
    let (from, line) = page.blocks.last().map_or((0, 0), |b| (b.span.end as usize, b.last_line));
    let more = lines(&text[from..]).len().saturating_sub(usize::from(line > 0));
    line + u32::try_from(more).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segment;
    use crate::types::DocId;

    #[test]
    fn lines_are_those_of_the_text() {
        for text in [
            "",
            "\n\n",
            "a",
            "\n a \r\nb\n",
            "a\r\n\r\n  \nb  \n \n",
            "A paragraph that is wrapped at a fixed width,\r\nas people do it by hand, and so it is one\r\nblock of a few lines.\r\n\r\nB\u{2028}C\rD\n\n",
            "```\nlet x;\n\nlet y;\n```\n\u{85}end",
        ] {
            let id = DocId { source: 0, place: 0 };
            let page = segment(Document { id, name: String::new(), text: text.into(), form: Form::Utf8 });
            let all = lines(text);
            assert_eq!(count_lines(&page) as usize, all.len(), "{text:?}");
            for at in 0..u32::try_from(text.len()).unwrap() {
                let line = all.partition_point(|l| l.span.start <= at).max(1);
                assert_eq!(line_at(&page, at) as usize, line, "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn excerpts_are_one_line_and_not_long() {
        assert_eq!(excerpt("a\tb\u{2003}c\nd"), "a b c d");
        assert_eq!(excerpt(&"é".repeat(96)), "é".repeat(96));
        assert_eq!(excerpt(&"é".repeat(97)), format!("{}…", "é".repeat(96)));
    }
}
