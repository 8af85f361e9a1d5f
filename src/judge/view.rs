//! One block as rules see it: what it measures, what the lists say of it, and what stands around it.

use super::lexicon::{self, Hits, LONGEST, List, Matches, STRONG, Said, look_up, needed};
use super::places::Places;
use super::register;
use super::signs::Signs;
use super::traits::{Traits, measure};
use crate::text::Word;
use crate::types::{Block, Kind, Page, Role, Span};

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
    /// Whether quotation marks stand in it.
    pub quoted: bool,
    /// What the phrase lists say.
    pub hits: Vec<Hits>,
    /// Phrases of page furniture in it, were it to speak to the reader; none where they were not looked for among all its words.
    pub(super) tellable: Option<Matches>,
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
    pub(super) fn begins_tail(&self) -> bool {
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

/// Weight of marketing phrases that is needed: the place speaks too, so it is less than elsewhere.
pub fn blurb_needed(words: u32) -> u32 {
    2 + words / 50
}

/// Measures each block and asks the phrase lists about it. `signs` are those of the text, `quotes` the quotation marks in it.
pub(super) fn views<'a>(page: &'a Page, words: &'a [Word], signs: &Signs, quotes: &Places) -> Vec<BlockView<'a>> {
    let text = page.document.text.as_str();
    let links = Places::of_links(text);
    let copyright = signs.may_hold('©');
    let mut keys = Vec::new();
    let mut rest = words;
    let view = |block: &Block| {
        let before = rest.iter().take_while(|word| word.start < block.span.start).count();
        let inside = rest[before..].iter().take_while(|word| word.start < block.span.end).count();
        let (words, after) = rest[before..].split_at(inside);
        rest = after;
        let traits = measure(block, text, words, links.within(block.span), &mut keys);
        let judged = block.role != Role::Code && (1..=LONGEST).contains(&traits.words);
        let text = block.span.of(text);
        let mut plain = judged && traits.linked == 0;
        if judged && copyright && text.contains('©') {
            lexicon::keys(text, &mut keys);
            plain = false;
        }
        let Said { hits, told } = if judged { look_up(&keys, traits.words) } else { Said::default() };
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
            quoted: !quotes.within(block.span).is_empty(),
            hits,
            tellable: plain.then_some(told),
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
pub(super) fn mark_neighbours(blocks: &mut [BlockView<'_>]) {
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
pub(super) fn mark_blurbs(blocks: &mut [BlockView<'_>]) {
    let praises = |b: &BlockView<'_>| b.hit(List::Blurb).is_some_and(|h| h.weight >= blurb_needed(b.traits.words));
    let end =
        blocks.iter().rposition(|b| b.traits.prose && !b.is_furniture() && !praises(b)).map_or(0, |last| last + 1);
    let Some(offset) = blocks[end..].iter().position(BlockView::is_furniture) else { return };
    for block in &mut blocks[end + offset + 1..] {
        block.blurb = praises(block);
    }
}
