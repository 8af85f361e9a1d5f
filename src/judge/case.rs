//! What rules look at: a page, what its blocks measure, what the lists say of them, and what the corpus knows.

use std::cell::OnceCell;

use super::heard::Heard;
use super::lexicon::{self, Hits, LONGEST, List, Lists, STRONG, look_up, needed};
use super::line::Judge;
use super::register;
use super::signs::Signs;
use super::template::{self, Run};
use super::traits::{LinkMarks, Traits, is_prose, measure};
use super::zone::{self, Zone};
use crate::text::shingle::mix;
use crate::text::{Listed, Word};
use crate::types::{Block, Corpus, DocFacts, Kind, Page, Role, Span, Unit};

/// One block as rules see it.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Clone, Debug)]
pub struct BlockView<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its words.
    pub words: &'a [Word],
    /// Where it stands.
    pub span: Span,
    /// Its first line.
    pub line: u32,
    /// Its last line.
    pub last_line: u32,
    /// What it is.
    pub role: Role,
    /// Its measures.
    pub traits: Traits,
    /// What the phrase lists say.
    pub hits: Vec<Hits>,
    /// What they say of it if it speaks to the reader on a page that otherwise does not.
    pub told: Vec<Hits>,
    /// Whether it speaks the language of product blurbs (in the light of where it stands).
    pub blurb: bool,
    /// Whether running text stands right above and below: then it takes more to call it furniture.
    pub amid_prose: bool,
    /// Whether the next block is neither a link nor itself full of phrases: then a marked heading belongs to it.
    pub heads_text: bool,
    /// Whether another short line with phrases of page furniture stands close by.
    pub in_menu: bool,
    /// Whether it speaks to the reader on a page that otherwise does not: then it takes less to call it furniture.
    pub to_reader: bool,
}

/// Lists whose phrases make page furniture of a block wherever it stands.
const FURNITURE: &[List] = &[
    List::Subscription,
    List::Comments,
    List::Share,
    List::ReadMore,
    List::Related,
    List::Contact,
    List::Cookie,
    List::Legal,
    List::Ad,
    List::Navigation,
];

impl List {
    /// Whether its phrases make page furniture of a block wherever it stands.
    pub fn is_furniture(self) -> bool {
        FURNITURE.contains(&self)
    }
}

/// Weight from which phrases tell of which kind a line is that goes for another reason.
const SPEAKS: u32 = 2;

/// Words from which a block that ends like a sentence is one.
const SENTENCE: u32 = 6;

impl BlockView<'_> {
    /// What `list` says of the block, when it says enough.
    pub fn judged(&self, list: List) -> Option<&Hits> {
        self.judged_as(list, self.to_reader)
    }

    /// The same, were the block one that speaks to the reader or not.
    fn judged_as(&self, list: List, to_reader: bool) -> Option<&Hits> {
        let hits = if to_reader { self.heard_of(list)? } else { self.hit(list)? };
        if (self.role == Role::Heading && self.heads_text) || self.is_speech() {
            return None;
        }
        let strong = match self.traits.words {
            // The name of a section may be a subheading: in a menu it has company, unless it is unmistakable.
            1 => (hits.weight > STRONG && self.role != Role::Item) || self.in_menu,
            _ => !self.traits.prose || hits.strongest >= if to_reader { SPEAKS } else { STRONG },
        };
        Some(hits).filter(|h| strong && h.weight >= self.needed_as(h, to_reader) && self.traits.words <= list.longest())
    }

    /// Whether somebody speaks: a sentence in quotation marks, or behind a dash.
    pub fn is_speech(&self) -> bool {
        let opens = self.text.starts_with(['"', '“', '„', '»', '«', '‘', '‚', '「', '『', '—', '–']);
        opens && self.traits.words >= 3 && self.text.contains(['.', '!', '?', ',', '。'])
    }

    /// Weight that these phrases must have to make furniture of the block: more for a sentence of which they are only
    /// the lesser part, and for running text, still more amid such.
    pub fn needed(&self, hits: &Hits) -> u32 {
        self.needed_as(hits, self.to_reader)
    }

    fn needed_as(&self, hits: &Hits, to_reader: bool) -> u32 {
        let t = &self.traits;
        let sentence = t.ends_sentence && t.words >= SENTENCE && 2 * hits.covered < t.words;
        if to_reader {
            // Headings of lists of links are no sentences.
            return needed(t.words) + u32::from(sentence && hits.list == List::Related);
        }
        // News of what is shared and stored names the same things.
        let of_news = sentence && matches!(hits.list, List::Share | List::Cookie);
        let prose = u32::from(t.prose || sentence) + 2 * u32::from(t.prose && self.amid_prose);
        needed(t.words) + prose + u32::from(of_news)
    }

    /// What `list` says of the block, if anything.
    pub fn hit(&self, list: List) -> Option<&Hits> {
        self.hits.iter().find(|h| h.list == list)
    }

    /// What `list` says of the block in the light of whom it speaks to.
    pub fn heard_of(&self, list: List) -> Option<&Hits> {
        self.told.iter().find(|h| h.list == list).or_else(|| self.hit(list))
    }

    /// All that the lists say of it, in the light of whom it speaks to.
    fn heard(&self) -> impl Iterator<Item = &Hits> {
        self.told.iter().chain(self.hits.iter().filter(|h| self.told.iter().all(|told| told.list != h.list)))
    }

    /// Whether the lists of page furniture say anything of the block as one that speaks to the reader.
    pub fn told_of(&self) -> bool {
        register::told(self).iter().any(|h| h.weight >= SPEAKS)
    }

    /// Whether any list makes page furniture of the block.
    pub fn is_furniture(&self) -> bool {
        self.heard().any(|h| h.list.is_furniture() && self.judged(h.list).is_some())
    }

    /// The lists that make page furniture of the block whomever it speaks to.
    pub fn listed(&self) -> impl Iterator<Item = List> {
        let lists = self.hits.iter().map(|h| h.list).filter(|list| list.is_furniture());
        lists.filter(|&list| self.judged_as(list, false).is_some())
    }

    /// Whether a tail may begin with the block: any list but those of ads and of openers makes furniture of it, and would
    /// if it did not speak to the reader. An appeal that is known by that alone may stand amid an article.
    fn begins_tail(&self) -> bool {
        self.blurb || self.listed().any(|list| !matches!(list, List::Ad | List::ReadMore))
    }

    /// What the heaviest of the lists that speak about page furniture and its neighbourhood makes of the block; none when
    /// no such list says more than a word that may stand anywhere.
    pub fn kind(&self) -> Option<Kind> {
        let speaks = |h: &&Hits| h.weight >= SPEAKS && !matches!(h.list, List::Header | List::Date | List::Byline);
        let judged = |h: &Hits| h.list.is_furniture() && self.judged(h.list).is_some();
        let hits = self.heard().filter(speaks);
        hits.max_by_key(|h| (judged(h), h.weight, std::cmp::Reverse(h.list))).map(|h| h.list.kind())
    }

    /// Whether a link makes up most of the block.
    pub fn is_link(&self) -> bool {
        self.traits.linked * 2 > self.traits.bytes
    }
}

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
    shared_abroad: OnceCell<u32>,
    heard: OnceCell<Vec<Heard>>,
    template: OnceCell<Vec<Run>>,
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
        let (measured, zone, signs, shared_abroad, heard, template) = Default::default();
        Self { page, facts, corpus, judge, words, measured, zone, signs, shared_abroad, heard, template }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        &self.page.document.text
    }

    /// Which bytes occur in the text.
    pub fn signs(&self) -> &Signs {
        self.signs.get_or_init(|| Signs::of(self.text()))
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
            let mut blocks = views(self.page, self.words.all(), self.signs());
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

/// Weight of marketing phrases that is needed: the place speaks too, so it is less than elsewhere.
pub fn blurb_needed(words: u32) -> u32 {
    2 + words / 50
}

/// Measures each block and asks the phrase lists about it.
fn views<'a>(page: &'a Page, words: &'a [Word], signs: &Signs) -> Vec<BlockView<'a>> {
    let text = page.document.text.as_str();
    let links = LinkMarks::of(text);
    let copyright = signs.may_hold('©');
    let mut keys = Vec::new();
    let mut rest = words;
    let view = |block: &Block| {
        let before = rest.iter().take_while(|word| word.start < block.span.start).count();
        let inside = rest[before..].iter().take_while(|word| word.start < block.span.end).count();
        let (words, after) = rest[before..].split_at(inside);
        rest = after;
        let traits = measure(block, text, words, links.any_in(block.span), &mut keys);
        let judged = block.role != Role::Code && (1..=LONGEST).contains(&traits.words);
        let text = block.span.of(text);
        if judged && copyright && text.contains('©') {
            lexicon::keys(text, &mut keys);
        }
        let hits = if judged { look_up(&keys, traits.words) } else { Vec::new() };
        let (blurb, amid_prose, heads_text, in_menu, to_reader) = Default::default();
        let (span, line, last_line, role) = (block.span, block.line, block.last_line, block.role);
        BlockView {
            text,
            words,
            span,
            line,
            last_line,
            role,
            traits,
            hits,
            told: Vec::new(),
            blurb,
            amid_prose,
            heads_text,
            in_menu,
            to_reader,
        }
    };
    page.blocks.iter().map(view).collect()
}

/// Lines above and below among which a menu shows itself.
const MENU: usize = 2;

/// Notes what stands around each block.
fn mark_neighbours(blocks: &mut [BlockView<'_>]) {
    let prose: Vec<bool> = blocks.iter().map(|b| b.traits.prose).collect();
    let furniture = |b: &BlockView<'_>| b.hits.iter().any(|h| h.list.is_furniture() && h.weight >= STRONG);
    let menu: Vec<bool> = blocks.iter().map(|b| !b.traits.prose && b.role != Role::Heading && furniture(b)).collect();
    let text: Vec<bool> =
        blocks.iter().map(|b| !b.is_link() && (b.traits.prose || b.role == Role::Item || !furniture(b))).collect();
    let mut under_heading = false;
    for (i, block) in blocks.iter_mut().enumerate() {
        block.heads_text = text.get(i + 1) == Some(&true);
        block.amid_prose = i > 0 && prose[i - 1] && prose.get(i + 1) == Some(&true);
        let close = i.saturating_sub(MENU)..(i + MENU + 1).min(menu.len());
        // The items of a list under a marked heading are what the heading says.
        under_heading = block.role == Role::Heading || (under_heading && block.role == Role::Item);
        block.in_menu = !under_heading && close.filter(|&j| j != i).any(|j| menu[j]);
    }
}

/// Marketing phrases make a blurb only at the end of a page: where page furniture stands above, and no other running
/// text below. Pages about products speak like that too.
fn mark_blurbs(blocks: &mut [BlockView<'_>]) {
    let praises = |b: &BlockView<'_>| b.hit(List::Blurb).is_some_and(|h| h.weight >= blurb_needed(b.traits.words));
    let end =
        blocks.iter().rposition(|b| b.traits.prose && !b.is_furniture() && !praises(b)).map_or(0, |last| last + 1);
    let Some(offset) = blocks[end..].iter().position(BlockView::is_furniture) else { return };
    for block in &mut blocks[end + offset + 1..] {
        block.blurb = praises(block);
    }
}
