//! Pass 2: every document is read again, judged, rewritten, and written with its report.

use std::collections::BTreeMap;

use super::Job;
use super::records::{Record, Troubles, is_reshaped, visit};
use crate::error::Error;
use crate::judge::{Case, judge};
use crate::read::{Decoded, Shard, Slice, Source, Stop, Unread};
use crate::report::model::{self, DocumentEntry};
use crate::report::removed::{At, Bytes, Removed};
use crate::report::tally::{Gone, Tally};
use crate::rewrite::{Undo, apply, plan, undo};
use crate::segment::segment;
use crate::text::{hash, lines, words};
use crate::types::{
    Category, Change, Corpus, DocId, Document, Fate, Finding, Form, Page, Plan, Span, Trouble, TroubleKind,
};
use crate::write::Staging;

/// What one shard gives.
pub(super) struct Polished {
    pub(super) tally: Tally,
    pub(super) troubles: Troubles,
    pub(super) worst: Worsts,
    /// For each slice: its source, the bytes of its records, and the sum of their hashes.
    pub(super) sources: Vec<(u32, u64, u128)>,
}

/// A document with many words to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worst {
    /// What went.
    pub category: Category,
    /// Words that went for it.
    pub words: u64,
    /// The document.
    pub document: String,
}

/// The few documents of each category with most words to go.
#[derive(Default)]
pub(super) struct Worsts(BTreeMap<Category, Vec<(std::cmp::Reverse<u64>, String)>>);

impl Worsts {
    const LISTED: usize = 5;

    fn add(&mut self, category: Category, words: u64, document: &str) {
        let list = self.0.entry(category).or_default();
        list.push((std::cmp::Reverse(words), document.to_owned()));
        list.sort();
        list.truncate(Self::LISTED);
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (category, list) in other.0 {
            list.into_iter().for_each(|(words, document)| self.add(category, words.0, &document));
        }
    }

    pub(super) fn finish(self) -> Vec<Worst> {
        let of = |(category, list): (Category, Vec<(std::cmp::Reverse<u64>, String)>)| {
            list.into_iter().map(move |(words, document)| Worst { category, words: words.0, document })
        };
        self.0.into_iter().flat_map(of).collect()
    }
}

/// The hash of a record, to be summed over a source: the same sum however the source is cut into shards.
pub(super) fn checksum(place: u64, raw: &[u8]) -> u128 {
    let mut hash = hash::StreamHash::default();
    hash.update(&place.to_le_bytes());
    hash.update(raw);
    hash.digest()
}

/// Names of the parts that a shard writes; they sort in reading order.
pub(super) fn part_names(shard: usize) -> [String; 2] {
    [format!("parts/report-{shard:08}"), format!("parts/removed-{shard:08}")]
}

/// Name of the part for a slice: the cleaned file itself when the slice is the whole source.
pub(super) fn cleaned_name(source: &Source, slice: Slice) -> String {
    if slice.is_whole() {
        format!("cleaned/{}", source.path)
    } else {
        format!("parts/cleaned-{:08}-{:016x}", slice.source, slice.from)
    }
}

pub(super) fn shard(
    job: &Job<'_>,
    corpus: &Corpus,
    unreadable: &[bool],
    number: usize,
    shard: &Shard,
    staging: Option<&Staging>,
) -> Result<Polished, Error> {
    let mut done = Polished {
        tally: Tally::default(),
        troubles: Troubles::default(),
        worst: Worsts::default(),
        sources: Vec::new(),
    };
    let names = part_names(number);
    let mut report = staging.map(|s| s.create(&names[0])).transpose()?;
    let mut removed = staging.map(|s| s.create(&names[1])).transpose()?;
    for &slice in shard.iter().filter(|slice| !unreadable[slice.source as usize]) {
        let source = &job.sources[slice.source as usize];
        let mut output = staging.map(|s| super::publish::Cleaned::create(s, source, slice)).transpose()?;
        let (mut bytes, mut sum) = (0u64, 0u128);
        let mut oversized: Option<(u64, hash::StreamHash)> = None;
        let read = visit(job, slice, &|_| true, &mut |id, record| {
            let at = At { path: source.path.clone(), place: id.place };
            let mut trouble = |kind, message| {
                done.troubles.add(Trouble { path: source.path.clone(), place: Some(id.place), kind, message })
            };
            let (written, notes, raw): (Option<Vec<u8>>, Vec<Removed>, &[u8]) = match record {
                Record::Document { document, decoded, raw } => {
                    if decoded.replaced > 0 {
                        trouble(
                            TroubleKind::Replaced,
                            format!(
                                "{} places were no characters and read U+FFFD now; restore gives them back",
                                decoded.replaced
                            ),
                        );
                    }
                    let one = document_of(job, corpus, source, document, &decoded, raw);
                    done.tally.add(&one.entry, &one.gone);
                    one.gone
                        .categories
                        .iter()
                        .for_each(|(&category, &words)| done.worst.add(category, words, &one.entry.id));
                    if let Some(report) = &mut report {
                        // The comma in front of the very first entry is left out when the parts are joined.
                        report.put(b",\n")?;
                        report.put(&serde_json::to_vec(&one.entry).unwrap_or_default())?;
                    }
                    (one.written, one.notes, raw)
                }
                Record::Other { why: Unread::Damaged(why), raw } => {
                    trouble(
                        TroubleKind::SetAside,
                        format!("{why}; the record is in removed.jsonl, not in the cleaned text"),
                    );
                    let note = Removed::Record {
                        at,
                        rules: vec!["unreadable-record".into()],
                        replaced: false,
                        bytes: Bytes::new(raw),
                    };
                    (None, vec![note], raw)
                }
                Record::Other { why, raw } => {
                    if let Unread::NoText(fields) = why {
                        trouble(
                            TroubleKind::CopiedUnchanged,
                            format!("no text in the field '{}'; the record has {fields}", job.options.fields.text),
                        );
                    }
                    (Some(raw.to_vec()), Vec::new(), raw)
                }
                Record::Oversized { bytes: piece, last } => {
                    let (length, hash) = oversized.get_or_insert_with(|| (0, begin(id.place)));
                    *length += piece.len() as u64;
                    hash.update(piece);
                    if let Some(output) = &mut output {
                        output.put(piece)?;
                    }
                    if last && let Some((length, hash)) = oversized.take() {
                        bytes += length;
                        sum = sum.wrapping_add(hash.digest());
                        let limit = job.options.largest_record;
                        trouble(
                            TroubleKind::CopiedUnchanged,
                            format!(
                                "a record of {length} bytes, above the limit of {limit}; raise it with --largest-record"
                            ),
                        );
                    }
                    return Ok(());
                }
            };
            bytes += raw.len() as u64;
            sum = sum.wrapping_add(checksum(id.place, raw));
            if let (Some(output), Some(written)) = (&mut output, written) {
                output.put(&written)?;
            }
            if let Some(removed) = &mut removed {
                notes.iter().try_for_each(|note| removed.put(&note.line()))?;
            }
            Ok(())
        });
        match read {
            Ok(()) => {}
            Err(Stop::Read(..)) => return Err(Error::Moved(source.path.clone())),
            Err(Stop::Ended(error)) => return Err(error),
        }
        output.map(super::publish::Cleaned::finish).transpose()?;
        done.sources.push((slice.source, bytes, sum));
        job.progress.advance(if slice.is_whole() {
            source.bytes
        } else {
            slice.to.min(source.bytes).saturating_sub(slice.from)
        });
    }
    report.map(crate::write::Part::finish).transpose()?;
    removed.map(crate::write::Part::finish).transpose()?;
    Ok(done)
}

fn begin(place: u64) -> hash::StreamHash {
    let mut hash = hash::StreamHash::default();
    hash.update(&place.to_le_bytes());
    hash
}

/// One document, done.
struct One {
    entry: DocumentEntry,
    gone: Gone,
    /// What is written for it; none when it goes.
    written: Option<Vec<u8>>,
    notes: Vec<Removed>,
}

fn document_of(
    job: &Job<'_>,
    corpus: &Corpus,
    source: &Source,
    document: Document,
    decoded: &Decoded,
    raw: &[u8],
) -> One {
    let page = segment(document);
    let case = Case::new(&page, corpus, job.options.folding());
    let findings = judge(&case, &job.options.rules);
    let words_before: u64 = case.blocks.iter().map(|b| u64::from(b.traits.words)).sum();
    let followers = case.facts.followers;
    let plan = plan(&page, &findings, &job.options.policy);
    let cleaned = apply(&page.document.text, &plan.edits);
    let gone = gone(&page, &findings, &plan, words_before);
    let (written, notes) = written(job, source, &page, decoded, raw, &findings, &plan, &cleaned);
    let entry = entry(source, &page, &findings, plan, &cleaned, words_before, followers);
    One { entry, gone, written, notes }
}

/// What is written for a document, and what restore needs to know. That restore will succeed is tried here, so that
/// nothing is written that could not be taken back.
#[expect(clippy::too_many_arguments, reason = "the parts of one document, all read only")]
fn written(
    job: &Job<'_>,
    source: &Source,
    page: &Page,
    decoded: &Decoded,
    raw: &[u8],
    findings: &[Finding],
    plan: &Plan,
    cleaned: &str,
) -> (Option<Vec<u8>>, Vec<Removed>) {
    let DocId { place, .. } = page.document.id;
    let at = At { path: source.path.clone(), place };
    let rules = |by: &[u32]| {
        let mut names: Vec<String> = by.iter().map(|&n| findings[n as usize].rule.to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    if plan.fate == Fate::Drop {
        let by: Vec<u32> = (0u32..).zip(&plan.acted).filter(|(_, acted)| **acted).map(|(n, _)| n).collect();
        return (None, vec![Removed::Record { at, rules: rules(&by), replaced: false, bytes: Bytes::new(raw) }]);
    }
    let form = &page.document.form;
    if plan.edits.is_empty() && !is_reshaped(form) {
        return (Some(raw.to_vec()), Vec::new());
    }
    let output = (source.format.encode)(raw, decoded, cleaned);
    let text = &page.document.text;
    let undos: Vec<Undo> = plan
        .edits
        .iter()
        .map(|e| Undo { span: e.span, removed: e.span.of(text).to_owned(), put: e.put.clone() })
        .collect();
    let again = (source.format.restore)(&output, form, &job.options.fields, &|text| undo(text, &undos));
    let mut notes = Vec::new();
    if again.as_deref() == Some(raw) {
        notes.extend((*form != Form::Utf8).then(|| Removed::Form { at: at.clone(), form: form.clone() }));
    } else {
        notes.push(Removed::Record {
            at: at.clone(),
            rules: vec!["original-bytes".into()],
            replaced: true,
            bytes: Bytes::new(raw),
        });
    }
    notes.extend(undos.into_iter().zip(&plan.edits).map(|(undo, edit)| Removed::Edit {
        at: at.clone(),
        span: undo.span,
        rules: rules(&edit.by),
        removed: undo.removed,
        put: undo.put,
    }));
    (Some(output), notes)
}

/// Words that went, by rule and category; text that two findings of one rule cover counts once for it.
fn gone(page: &Page, findings: &[Finding], plan: &Plan, all: u64) -> Gone {
    let mut gone = Gone::default();
    let mut spans: BTreeMap<(bool, &'static str), (Category, Vec<Span>)> = BTreeMap::new();
    for (finding, _) in findings.iter().zip(&plan.acted).filter(|(_, acted)| **acted) {
        match finding.change {
            Change::Drop => {
                gone.rules.insert(finding.rule, all);
                gone.categories.insert(finding.category, all);
            }
            Change::Cut => {
                let category = match finding.category {
                    Category::Duplicate => "duplicate",
                    Category::Ad => "ad",
                    _ => "boilerplate",
                };
                for key in [(true, finding.rule), (false, category)] {
                    spans.entry(key).or_insert_with(|| (finding.category, Vec::new())).1.push(finding.span);
                }
            }
            Change::Patch { .. } | Change::None => {}
        }
    }
    for ((by_rule, name), (category, mut spans)) in spans {
        spans.sort_unstable();
        let mut reach = 0;
        let mut sum = 0;
        for span in spans {
            let fresh = Span { start: span.start.max(reach), end: span.end.max(reach) };
            sum += words::count(fresh.of(&page.document.text));
            reach = fresh.end;
        }
        if by_rule {
            gone.rules.insert(name, sum);
        } else {
            gone.categories.insert(category, sum);
        }
    }
    gone
}

fn entry(
    source: &Source,
    page: &Page,
    findings: &[Finding],
    plan: Plan,
    cleaned: &str,
    words_before: u64,
    twins: u32,
) -> DocumentEntry {
    let text = &page.document.text;
    let lines = if findings.is_empty() { Vec::new() } else { lines::lines(text) };
    let keeps = plan.fate == Fate::Keep;
    let (bytes_after, words_after) = match (keeps, plan.edits.is_empty()) {
        (false, _) => (0, 0),
        (true, true) => (text.len() as u64, words_before),
        (true, false) => (cleaned.len() as u64, words::count(cleaned)),
    };
    let encoding = match &page.document.form {
        Form::Encoded { encoding, .. } => Some(encoding.clone()),
        Form::Utf8 | Form::Escaped { .. } | Form::Raw => None,
    };
    DocumentEntry {
        id: page.document.name.clone(),
        path: source.path.clone(),
        place: page.document.id.place,
        encoding,
        bytes: model::Change { before: text.len() as u64, after: bytes_after },
        words: model::Change { before: words_before, after: words_after },
        fate: if keeps { model::Fate::Keep } else { model::Fate::Drop },
        twins,
        findings: findings
            .iter()
            .zip(&plan.acted)
            .map(|(finding, &done)| finding_entry(text, &lines, finding, done))
            .collect(),
        edits: plan.edits.into_iter().map(|e| model::EditEntry { span: e.span, put: e.put, findings: e.by }).collect(),
    }
}

/// Characters of an excerpt.
const EXCERPT: usize = 96;

fn finding_entry(text: &str, lines: &[lines::Line], finding: &Finding, done: bool) -> model::FindingEntry {
    let line_at = |at: u32| u32::try_from(lines.partition_point(|l| l.span.start <= at)).unwrap_or(u32::MAX).max(1);
    let span = finding.span;
    let mut excerpt: String =
        span.of(text).chars().take(EXCERPT).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if span.of(text).chars().nth(EXCERPT).is_some() {
        excerpt.push('…');
    }
    let action = match finding.change {
        Change::Drop => model::Action::Drop,
        Change::Cut => model::Action::Cut,
        Change::Patch { .. } => model::Action::Patch,
        Change::None => model::Action::Note,
    };
    model::FindingEntry {
        rule: finding.rule.to_owned(),
        category: finding.category,
        confidence: finding.confidence,
        span,
        lines: model::Lines { first: line_at(span.start), last: line_at(span.end.saturating_sub(1).max(span.start)) },
        excerpt,
        evidence: finding.evidence.clone(),
        action,
        done,
    }
}
