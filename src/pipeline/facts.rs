//! Facts → what the judge is told of the documents of one shard.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::Job;
use super::matching::Facts;
use super::roll::{Head, Roll};
use crate::error::Error;
use crate::resolve::passages::disjoint;
use crate::spill::{Ahead, Part, Record, Sorted};
use crate::types::{
    Common, CommonLine, Contained, Copied, CopyKind, Corpus, DocFacts, DocId, DocRef, Link, Passage, Place, Ratio,
    Repeat, RepeatedSpan, Shared, SpanStands, Spellings, Twin, Witness,
};

/// Facts of a stretch of shards, not yet read.
pub(super) struct Bundle {
    /// The shards.
    pub(super) shards: Range<u32>,
    gone: Part<Link>,
    followers: Part<Link>,
    contained: Part<Link>,
    copies: Part<Copied>,
    commons: Part<Common>,
    passages: Part<Shared>,
    spans: Part<SpanStands>,
}

/// The shards of one of so many parts.
pub(super) fn stretch(part: u64, parts: usize, shards: u32) -> Range<u32> {
    let parts = u64::try_from(parts).unwrap_or(u64::MAX).max(1);
    let first = |part: u64| u32::try_from((part * u64::from(shards)).div_ceil(parts)).unwrap_or(u32::MAX);
    first(part)..first(part + 1)
}

/// Divides the facts; together the bundles have all shards.
pub(super) fn bundles(facts: Facts, spans: Sorted<SpanStands>, shards: u32) -> Vec<Bundle> {
    let Facts { gone, followers, contained, copies, commons, passages, .. } = facts;
    let parts = gone.len();
    let links = followers.into_parts().into_iter().zip(contained.into_parts());
    let rest = links.zip(copies.into_parts()).zip(commons.into_parts());
    let texts = passages.into_parts().into_iter().zip(spans.into_parts());
    let all = (0u64..).zip(gone.into_parts()).zip(rest.zip(texts));
    all.map(|((part, gone), ((((followers, contained), copies), commons), (passages, spans)))| Bundle {
        shards: stretch(part, parts, shards),
        gone,
        followers,
        contained,
        copies,
        commons,
        passages,
        spans,
    })
    .collect()
}

/// What else the judge is told of, of all shards.
pub(super) struct Told<'a> {
    pub(super) roll: &'a Roll,
    pub(super) spellings: &'a Arc<Spellings>,
}

/// Facts of a stretch of shards, being read.
pub(super) struct Reader<'a> {
    told: &'a Told<'a>,
    shortest_across: u32,
    gone: Ahead<Link>,
    followers: Ahead<Link>,
    contained: Ahead<Link>,
    copies: Ahead<Copied>,
    commons: Ahead<Common>,
    passages: Ahead<Shared>,
    spans: Ahead<SpanStands>,
}

impl<'a> Reader<'a> {
    pub(super) fn open(bundle: Bundle, job: &Job<'_>, told: &'a Told<'a>) -> Result<Self, Error> {
        Ok(Self {
            told,
            shortest_across: job.recipe.shortest_across,
            gone: bundle.gone.open()?.ahead(),
            followers: bundle.followers.open()?.ahead(),
            contained: bundle.contained.open()?.ahead(),
            copies: bundle.copies.open()?.ahead(),
            commons: bundle.commons.open()?.ahead(),
            passages: bundle.passages.open()?.ahead(),
            spans: bundle.spans.open()?.ahead(),
        })
    }

    /// All that is known of the documents of the next shard.
    pub(super) fn shard(&mut self, shard: u32) -> Result<Corpus, Error> {
        let &Told { roll, spellings } = self.told;
        let heads = roll.shard(shard)?;
        let words = heads.iter().map(|head| (head.id(), head.words)).collect();
        let (shortest_across, spellings) = (self.shortest_across, Arc::clone(spellings));
        let corpus = Corpus { words, shortest_across, spellings, ..Corpus::default() };
        let mut table = Table { roll, shard, heads, corpus };
        each(&mut self.gone, shard, |link| table.gone(&link))?;
        each(&mut self.followers, shard, |link| {
            table.facts(link.from).followers += 1;
            Ok(())
        })?;
        each(&mut self.contained, shard, |link| table.contained(&link))?;
        each(&mut self.copies, shard, |copy| table.copy(&copy))?;
        each(&mut self.commons, shard, |common| {
            let Common { doc, block, documents, in_place, of_host, short, .. } = common;
            let line = CommonLine { block, documents, in_place, of_host, short: short == 1 };
            table.facts(doc).common.push(line);
            Ok(())
        })?;
        let mut of_one: Vec<Shared> = Vec::new();
        each(&mut self.passages, shard, |passage| {
            if of_one.last().is_some_and(|last| last.doc != passage.doc) {
                table.passages(&of_one)?;
                of_one.clear();
            }
            of_one.push(passage);
            Ok(())
        })?;
        table.passages(&of_one)?;
        each(&mut self.spans, shard, |stands| table.span(&stands))?;
        Ok(table.finish())
    }

    /// To be asked at the end.
    pub(super) fn end(self) -> Result<(), Error> {
        self.gone.end()?;
        self.followers.end()?;
        self.contained.end()?;
        self.copies.end()?;
        self.commons.end()?;
        self.passages.end()?;
        self.spans.end()
    }
}

/// Takes the records of one shard off the stream.
/// Takes the records of the next shard.
pub(super) fn each<R: Record>(
    stream: &mut Ahead<R>,
    shard: u32,
    mut take: impl FnMut(R) -> Result<(), Error>,
) -> Result<(), Error> {
    while let Some(record) = stream.next_if(|record| record.key() >> 32 == u64::from(shard)) {
        take(record)?;
    }
    Ok(())
}

/// A corpus being put together.
struct Table<'a> {
    roll: &'a Roll,
    shard: u32,
    heads: Vec<Head>,
    corpus: Corpus,
}

impl Table<'_> {
    fn facts(&mut self, doc: DocRef) -> &mut DocFacts {
        debug_assert_eq!(doc.shard(), self.shard, "facts of another shard");
        let head = &self.heads[doc.number() as usize];
        let id = head.id();
        self.corpus.hosts.insert(id, head.host);
        self.corpus.facts.entry(id).or_default()
    }

    /// The id of a document that evidence points to; its name is kept.
    fn witness(&mut self, doc: DocRef) -> Result<DocId, Error> {
        let head = self.roll.head(doc)?;
        let id = head.id();
        self.corpus.hosts.insert(id, head.host);
        if !self.corpus.names.contains_key(&id) {
            self.corpus.names.insert(id, self.roll.name(doc)?.into());
        }
        Ok(id)
    }

    fn gone(&mut self, link: &Link) -> Result<(), Error> {
        let keeper = self.witness(link.to)?;
        let alike = Ratio::new(link.both, link.either);
        self.facts(link.from).twin = Some(Twin { keeper, alike, exact: link.exact == 1 });
        Ok(())
    }

    fn contained(&mut self, link: &Link) -> Result<(), Error> {
        let (holder, share) = (self.witness(link.to)?, Ratio::new(link.both, link.either));
        self.facts(link.from).contained = Some(Contained { holder, share });
        Ok(())
    }

    fn copy(&mut self, copy: &Copied) -> Result<(), Error> {
        let place = Place { doc: self.witness(copy.first_doc)?, span: copy.first_at.span(), line: copy.first_at.line };
        let has = |flag| copy.flags & flag != 0;
        let repeat = Repeat {
            unit: copy.at.unit(),
            words: copy.at.words,
            original: copy.first_at.unit(),
            first: place,
            alike: copy.alike(),
            kind: if has(Copied::EXACT) { CopyKind::Exact } else { CopyKind::Near },
            no_news: has(Copied::NO_NEWS),
            only: has(Copied::ONLY),
            in_place: has(Copied::IN_PLACE),
        };
        self.facts(copy.doc).copies.push(repeat);
        Ok(())
    }

    fn passages(&mut self, of_one: &[Shared]) -> Result<(), Error> {
        for Shared { doc, at, other, there, line, words, .. } in disjoint(of_one) {
            let other = Place { doc: self.witness(other)?, span: there, line };
            self.facts(doc).passages.push(Passage { span: at, other, words });
        }
        Ok(())
    }

    fn span(&mut self, stands: &SpanStands) -> Result<(), Error> {
        let &SpanStands { doc, span, first, there, line, bytes } = stands;
        let witness = Witness { place: Place { doc: self.witness(first)?, span: there, line }, bytes };
        let spans = &mut self.facts(doc).spans;
        match spans.last_mut().filter(|last| last.span == span) {
            Some(last) => last.first.push(witness),
            None => spans.push(RepeatedSpan { span, first: vec![witness] }),
        }
        Ok(())
    }

    fn finish(mut self) -> Corpus {
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted by itself")]
        for facts in self.corpus.facts.values_mut() {
            // A paragraph before its lines; what stands inside another is told with it.
            facts.copies.sort_by_key(|c| (c.unit.from, Reverse(c.unit.to)));
            let mut reach = 0;
            facts.copies.retain(|c| {
                let fresh = c.unit.to > reach;
                reach = reach.max(c.unit.to);
                fresh
            });
            facts.common.sort_unstable();
            facts.passages.sort_by_key(|p| (p.span, p.other.doc, p.other.span));
        }
        self.corpus
    }
}
