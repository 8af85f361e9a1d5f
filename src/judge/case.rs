//! What rules look at: a page, what its blocks measure, what the lists say of them, and what the corpus knows.

use std::cell::OnceCell;

use super::heard::Heard;
use super::lexicon::{Hits, List, Lists};
use super::line::Judge;
use super::places::Places;
use super::register;
use super::signs::Signs;
use super::template::{self, Run};
use super::traits::is_prose;
use super::view::{BlockView, mark_blurbs, mark_neighbours, views};
use super::written::Written;
use super::zone::{self, Zone};
use crate::text::shingle::mix;
use crate::text::{Listed, Word};
use crate::types::{Block, Corpus, DocFacts, Page, Span, Unit};

/// One document under judgement. What rules may want to know of it is found out when the first asks.
pub struct Case<'a> {
    /// The page.
    pub page: &'a Page,
    /// What the corpus knows of the document.
    pub facts: &'a DocFacts,
    /// All that the corpus knows, for the names of witnesses.
    pub corpus: &'a Corpus,
    /// The line judge.
    pub judge: &'a Judge,
    words: &'a Listed<'a>,
    measured: OnceCell<Measured<'a>>,
    zone: OnceCell<Zone>,
    signs: OnceCell<Signs>,
    quotes: OnceCell<Places>,
    shared_abroad: OnceCell<u32>,
    heard: OnceCell<Vec<Heard>>,
    template: OnceCell<Vec<Run>>,
    written: Written,
}

/// The blocks of a page, and which of them the phrase lists speak about.
struct Measured<'a> {
    blocks: Vec<BlockView<'a>>,
    spoken_of: Vec<usize>,
    lists: Lists,
    plain: bool,
}

static NO_FACTS: DocFacts = DocFacts {
    twin: None,
    contained: None,
    followers: 0,
    copies: Vec::new(),
    passages: Vec::new(),
    common: Vec::new(),
    spans: Vec::new(),
};

impl<'a> Case<'a> {
    /// Takes a page and its words.
    pub fn new(page: &'a Page, words: &'a Listed<'a>, corpus: &'a Corpus, judge: &'a Judge) -> Self {
        let facts = corpus.facts.get(&page.document.id).unwrap_or(&NO_FACTS);
        let (measured, zone, signs, quotes, shared_abroad, heard, template, written) = Default::default();
        Self {
            page,
            facts,
            corpus,
            judge,
            words,
            measured,
            zone,
            signs,
            quotes,
            shared_abroad,
            heard,
            template,
            written,
        }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        &self.page.document.text
    }

    /// Which bytes occur in the text.
    pub fn signs(&self) -> &Signs {
        self.signs.get_or_init(|| Signs::of(self.text()))
    }

    /// Whether letters, or letters with a hyphen amid them, stand in the text as a word of its own.
    pub fn writes(&self, word: &str) -> bool {
        self.written.holds(self.text(), word)
    }

    /// Where quotation marks stand in the text.
    pub fn quotes(&self) -> &Places {
        self.quotes.get_or_init(|| Places::of_quotes(self.text(), self.signs()))
    }

    /// Its blocks.
    pub fn blocks(&self) -> &[BlockView<'a>] {
        &self.measured().blocks
    }

    /// Whether block `i` speaks to the reader, on a page that otherwise does not.
    pub fn speaks_to_reader(&self, i: usize) -> bool {
        let Measured { blocks, plain, .. } = self.measured();
        *plain && register::speaks_to_reader(&blocks[i])
    }

    /// Where the article lies.
    pub fn zone(&self) -> Zone {
        *self.zone.get_or_init(|| zone::find(self.blocks()))
    }

    /// The blocks of which `list` says anything, with their number and what it says.
    pub fn hits(&self, list: List) -> impl Iterator<Item = (usize, &BlockView<'a>, &Hits)> {
        let Measured { blocks, spoken_of, lists, .. } = self.measured();
        let some = if lists.holds(list) { spoken_of.as_slice() } else { &[] };
        some.iter().filter_map(move |&i| Some((i, &blocks[i], blocks[i].heard_of(list)?)))
    }

    fn measured(&self) -> &Measured<'a> {
        self.measured.get_or_init(|| {
            let mut blocks = views(self.page, self.words.all(), self.signs(), self.quotes());
            mark_neighbours(&mut blocks);
            let plain = register::mark(&mut blocks);
            mark_blurbs(&mut blocks);
            let is_spoken_of = |b: &BlockView<'_>| !b.hits.is_empty() || !b.told.is_empty();
            let spoken_of: Vec<usize> = (0..blocks.len()).filter(|&i| is_spoken_of(&blocks[i])).collect();
            let mut lists = Lists::default();
            spoken_of
                .iter()
                .flat_map(|&i| blocks[i].hits.iter().chain(&blocks[i].told))
                .for_each(|h| lists.add(h.list));
            Measured { blocks, spoken_of, lists, plain }
        })
    }

    /// Whether running text stands right above and below each block of a unit. No block is measured for that.
    pub fn is_amid_prose(&self, unit: Unit) -> bool {
        let blocks = &self.page.blocks;
        let prose = |block: usize| blocks.get(block).is_some_and(|block| is_prose(block, self.text()));
        (unit.from as usize..unit.to as usize).all(|block| block > 0 && prose(block - 1) && prose(block + 1))
    }

    /// The blocks of a unit, not measured.
    pub fn page_blocks(&self, unit: Unit) -> &'a [Block] {
        &self.page.blocks[unit.from as usize..unit.to as usize]
    }

    /// Where a unit stands.
    pub fn span_of(&self, unit: Unit) -> Span {
        self.page.blocks[unit.from as usize].span.cover(self.page.blocks[unit.to as usize - 1].span)
    }

    /// The words of block `i`.
    pub fn words_of_block(&self, i: usize) -> &'a [Word] {
        self.blocks()[i].words
    }

    /// One number for the words of block `i`.
    pub fn key_of(&self, i: usize) -> u64 {
        self.words_of_block(i).iter().fold(0, |key, word| mix(key.rotate_left(1) ^ word.hash))
    }

    /// Number of words of the document.
    pub fn number_of_words(&self) -> u32 {
        u32::try_from(self.words.number()).unwrap_or(u32::MAX)
    }

    /// Number of words in a unit.
    pub fn words_of(&self, unit: Unit) -> u32 {
        self.words_in(self.span_of(unit))
    }

    /// Number of words that begin in `span`.
    pub fn words_in(&self, Span { start, end }: Span) -> u32 {
        u32::try_from(self.words.begin_in(Span { start, end })).unwrap_or(u32::MAX)
    }

    /// Words that stand in documents of other hosts too, as paragraphs or within them.
    pub fn shared_abroad(&self) -> u32 {
        let abroad = |other| self.corpus.apart(self.page.document.id, other);
        *self.shared_abroad.get_or_init(|| {
            let copies = self.facts.copies.iter().filter(|c| abroad(c.first.doc)).map(|c| self.words_of(c.unit));
            let passages = self.facts.passages.iter().filter(|p| abroad(p.other.doc)).map(|p| p.words);
            copies.chain(passages).sum()
        })
    }

    /// What each block says of speech.
    pub(super) fn heard(&self) -> &[Heard] {
        self.heard.get_or_init(|| self.page.blocks.iter().map(|_| Heard::default()).collect())
    }

    /// What the page has in common with most pages of its site, at its beginning and its end.
    pub fn template(&self) -> &[Run] {
        self.template.get_or_init(|| template::around(self))
    }

    /// Number of the first block below the article: after its last paragraph. None on a page without paragraphs.
    pub fn below(&self) -> Option<usize> {
        self.zone().last.map(|last| last + 1)
    }

    /// Number of the first block of page furniture below the article. Labels of ads, links to other stories and what speaks to
    /// the reader stand within articles too, and so begin no tail.
    pub fn tail(&self) -> Option<usize> {
        let below = self.below()?;
        let offset = self.blocks()[below..].iter().position(BlockView::begins_tail)?;
        Some(below + offset)
    }
}
