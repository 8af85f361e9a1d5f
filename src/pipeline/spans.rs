//! `--repeated-span`: the documents that stay are read once more, and what they repeat is found. All of their text is held
//! in memory meanwhile.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::records::{Record, moved, visit};
use super::resume::Known;
use super::roll::Head;
use super::{Job, memory};
use crate::error::Error;
use crate::read::Shard;
use crate::spans::anchors::{Anchor, anchors};
use crate::spans::cover::{Cut, Kept, cuts};
use crate::spans::repeated::{Seen, repeated};
use crate::spans::stretch::{Bench, Stretch, shingles, stretches};
use crate::spans::{self, Copy, link, stretch};
use crate::text::lines;
use crate::types::{Confidence, Copied, DocId, DocRef, Span, SpanLength};

/// The rule that speaks of spans, and the rule for whose findings a document takes no part.
const RULES: (&str, &str) = ("repeated-span", "twin-document");
/// Documents of a task.
const TASK: usize = 64;

/// What was found, in reading order.
#[derive(Default)]
pub(super) struct Spans(Vec<RepeatedText>);

/// Text that stands earlier byte for byte.
pub(super) struct RepeatedText {
    /// The document.
    pub(super) doc: DocRef,
    /// Where in it.
    pub(super) span: Span,
    /// Where the text stays.
    pub(super) first: Box<[Stands]>,
}

/// Where some bytes of a repeated span stay.
pub(super) struct Stands {
    /// The document.
    pub(super) doc: DocRef,
    /// Where in it.
    pub(super) span: Span,
    /// Its first line.
    pub(super) line: u32,
    /// How many bytes of the repeated span are found there.
    pub(super) bytes: u32,
}

impl Spans {
    /// Those of the documents of one shard.
    pub(super) fn of_shard(&self, shard: u32) -> &[RepeatedText] {
        let from = self.0.partition_point(|repeated| repeated.doc.shard() < shard);
        &self.0[from..from + self.0[from..].partition_point(|repeated| repeated.doc.shard() == shard)]
    }
}

/// A piece of a document that stays: what other rules call a copy is left out, so that no first copy is sought there.
struct Held {
    doc: DocRef,
    /// Where the piece begins.
    from: u32,
    /// Line breaks before it.
    lines: u32,
    text: Box<str>,
}

impl AsRef<str> for Held {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// From which length on repeated spans are looked for; none when nobody asked for them.
pub(super) fn sought(job: &Job<'_>) -> Option<SpanLength> {
    job.options.repeated_span.filter(|_| runs(job, RULES.0))
}

/// Finds repeated spans, when they were asked for.
pub(super) fn find(job: &Job<'_>, known: &Known) -> Result<Spans, Error> {
    let Some(length) = sought(job) else { return Ok(Spans::default()) };
    job.progress.stage("comparing");
    let texts = texts(job, known, &Absent::of(job, known)?, length)?;
    let mut copies = copies(&texts, length);
    // What is only held against stays, though it repeats itself.
    copies.retain(|copy| !job.old.doc(texts[copy.at.text()].doc));
    Ok(Spans(located(&texts, &cuts(&texts, &copies))))
}

/// Whether the rules for copies may cut the unit. A hint stays, unless hints are cut.
fn goes(job: &Job<'_>, copy: &Copied) -> bool {
    /// Words from which a copy with changes is more than a hint, in its document and in another.
    const SHORTEST_NEAR: (u32, u32) = (16, 24);
    let (rule, near) = if copy.doc == copy.first_doc {
        ("repeated-block", SHORTEST_NEAR.0)
    } else {
        ("repeated-paragraph", SHORTEST_NEAR.1)
    };
    let has = |flag| copy.flags & flag != 0;
    let confidence = match () {
        () if has(Copied::EXACT) => Confidence::Certain,
        () if has(Copied::NO_NEWS) && copy.at.words >= near => Confidence::Likely,
        () => Confidence::Hint,
    };
    runs(job, rule) && job.options.policy.acts(rule, confidence)
}

/// What takes no part, because it goes for another reason.
#[derive(Default)]
struct Absent {
    documents: HashSet<DocRef>,
    copies: HashMap<DocRef, Vec<Span>>,
}

impl Absent {
    fn of(job: &Job<'_>, known: &Known) -> Result<Self, Error> {
        let mut absent = Self::default();
        if runs(job, RULES.1) && job.options.policy.acts(RULES.1, Confidence::Certain) {
            known.gone(job)?.read(|links| {
                absent.documents.extend(links.map(|link| link.from));
                Ok(())
            })?;
        }
        known.copies(job)?.read(|copies| {
            for copy in copies.filter(|copy| goes(job, copy)) {
                absent.copies.entry(copy.doc).or_default().push(copy.at.span());
            }
            Ok(())
        })?;
        Ok(absent)
    }

    /// The pieces of a document between its copies.
    fn pieces(&self, doc: DocRef, text: &str) -> Vec<Held> {
        let mut gaps = self.copies.get(&doc).cloned().unwrap_or_default();
        gaps.sort_unstable();
        gaps.push(Span::new(text.len(), text.len()));
        let (mut from, mut lines, mut out) = (0, 0, Vec::new());
        for gap in gaps {
            if gap.start > from {
                let piece = Span { start: from, end: gap.start }.of(text);
                out.push(Held { doc, from, lines, text: piece.into() });
            }
            if gap.end > from {
                lines += narrow(lines::lines(Span { start: from, end: gap.end }.of(text)).len().saturating_sub(1));
                from = gap.end;
            }
        }
        out
    }
}

fn runs(job: &Job<'_>, rule: &str) -> bool {
    job.options.rules.iter().any(|r| r.id == rule)
}

/// The texts of all documents that stay, in reading order. They are held only while memory allows it; where it does not, the
/// rest is counted, to say how much is needed.
fn texts(job: &Job<'_>, known: &Known, absent: &Absent, length: SpanLength) -> Result<Vec<Held>, Error> {
    let (room, need) = (memory::room(job), AtomicU64::new(0));
    let fits = |text: &str, words: u32| {
        let more = spans::memory(length, text.len() as u64, words.into());
        need.fetch_add(more, Ordering::Relaxed) + more <= room
    };
    let shards = job.shards.par_iter().enumerate();
    let lists = shards.map(|(number, shard)| texts_of(job, known, number, shard, absent, &fits));
    let lists: Vec<Vec<Held>> = lists.collect::<Result<_, Error>>()?;
    match need.into_inner() {
        need if need > room => Err(memory::too_small(job, room, &format!("--repeated-span {length}"), need)),
        _ => Ok(lists.into_iter().flatten().collect()),
    }
}

/// Those of one shard for which both hold.
fn texts_of(
    job: &Job<'_>,
    known: &Known,
    number: usize,
    shard: &Shard,
    absent: &Absent,
    fits: &dyn Fn(&str, u32) -> bool,
) -> Result<Vec<Held>, Error> {
    let number = narrow(number);
    let heads = known.roll.shard(number)?;
    let ids: Vec<DocId> = heads.iter().map(Head::id).collect();
    let doc_of = |id| ids.binary_search(&id).ok().map(|at| DocRef::new(number, narrow(at)));
    let wanted = |id| doc_of(id).is_some_and(|doc| !absent.documents.contains(&doc));
    let mut out = Vec::new();
    for &slice in shard.iter().filter(|slice| !known.rest.unreadable[slice.source as usize]) {
        let done = visit(job, slice, &wanted, &mut |id, record| {
            if let (Record::Document { document, .. }, Some(doc)) = (record, doc_of(id)) {
                let fits = fits(&document.text, heads[doc.number() as usize].words);
                if fits {
                    out.extend(absent.pieces(doc, &document.text));
                }
            }
            Ok(())
        });
        done.map_err(|stop| moved(job, slice, stop))?;
    }
    Ok(out)
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn copies(texts: &[Held], length: SpanLength) -> Vec<Copy> {
    match length {
        SpanLength::Bytes(bytes) => {
            let window = bytes as usize;
            let of = |number, held: &Held, out: &mut Vec<Anchor>| anchors(number, held.text.as_bytes(), window, out);
            link::copies(texts, window, &each(texts, of))
        }
        SpanLength::Words(words) => {
            let count = words as usize;
            let all = texts.par_iter().map_init(Bench::default, |bench, held| shingles(&held.text, count, bench));
            let all: Vec<Vec<u64>> = all.collect();
            let seen = repeated(all);
            let of_one: Vec<&[Seen]> = seen.chunk_by(|a, b| a.list == b.list).collect();
            let of = |_, wanted: &&[Seen], out: &mut Vec<Stretch>| {
                let number = wanted[0].list;
                stretches(number, &texts[number as usize].text, count, wanted, &mut Bench::default(), out);
            };
            let found = each(&of_one, of);
            drop(of_one);
            drop(seen);
            stretch::copies(texts, found)
        }
    }
}

/// What `of` appends for each of the list, in parallel, joined in order.
fn each<T: Sync, V: Send>(list: &[T], of: impl Fn(u32, &T, &mut Vec<V>) + Sync) -> Vec<V> {
    let numbered = |task: usize, n: usize| narrow(task * TASK + n);
    let lists: Vec<Vec<V>> = list
        .par_chunks(TASK)
        .enumerate()
        .map(|(task, chunk)| {
            let mut out = Vec::new();
            for (n, one) in chunk.iter().enumerate() {
                of(numbered(task, n), one, &mut out);
            }
            out.shrink_to_fit();
            out
        })
        .collect();
    let mut out = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for list in lists {
        out.extend(list);
    }
    out
}

/// The cuts, with the documents that they stand in and point to.
fn located(texts: &[Held], cuts: &[Cut]) -> Vec<RepeatedText> {
    let mut wanted: Vec<Kept> = cuts.iter().flat_map(|cut| places(&cut.kept)).map(|(kept, _)| kept).collect();
    wanted.sort_unstable_by_key(|kept| kept.from);
    wanted.dedup_by_key(|kept| kept.from);
    let of_one: Vec<&[Kept]> = wanted.chunk_by(|a, b| a.from.text() == b.from.text()).collect();
    let lines_of = |of_one: &[Kept]| {
        let lines = lines::lines(&texts[of_one[0].from.text()].text);
        let line = |kept: &Kept| lines.partition_point(|l| l.span.start as usize <= kept.from.at()).max(1);
        let before = texts[of_one[0].from.text()].lines;
        of_one.iter().map(|kept| before + narrow(line(kept))).collect::<Vec<u32>>()
    };
    let lines: Vec<u32> = of_one.into_par_iter().flat_map_iter(lines_of).collect();
    let stands = |(kept, bytes): (Kept, u32)| {
        let held = &texts[kept.from.text()];
        let start = held.from as usize + kept.from.at();
        let line = lines[wanted.partition_point(|w| w.from < kept.from)];
        let span = Span::new(start, start + kept.len as usize);
        Stands { doc: held.doc, span, line, bytes }
    };
    let one = |cut: &Cut| {
        let held = &texts[cut.at.text()];
        let start = held.from as usize + cut.at.at();
        let first = places(&cut.kept).into_iter().map(stands).collect();
        RepeatedText { doc: held.doc, span: Span::new(start, start + cut.len as usize), first }
    };
    cuts.iter().map(one).collect()
}

/// The places of a cut, each once, with the bytes that are found there: what repeats itself within one cut points to
/// the same place again and again.
fn places(kept: &[Kept]) -> Vec<(Kept, u32)> {
    let mut all: Vec<(Kept, u32)> = kept.iter().map(|k| (*k, k.len)).collect();
    all.sort_by_key(|(k, _)| (k.from, Reverse(k.len)));
    all.dedup_by(|next, last| {
        let inside = next.0.from.since(last.0.from).saturating_add(u64::from(next.0.len)) <= u64::from(last.0.len);
        if inside {
            last.1 += next.1;
        }
        inside
    });
    all
}
