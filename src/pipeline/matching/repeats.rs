//! Units that stand twice.

use rayon::prelude::*;

use super::Table;
use super::stream::{Outbox, batches, each_group_of, each_part};
use crate::error::Error;
use crate::pipeline::gather::gather;
use crate::resolve::bag::Bag;
use crate::resolve::news::Told;
use crate::resolve::repeats::{self, State};
use crate::segment::segment;
use crate::sign::place;
use crate::spill::{Sorted, Sorter};
use crate::text::hash::ByNumber;
use crate::text::shingle::Shingles;
use crate::text::{Word, words};
use crate::types::{At, Common, Copied, DocRef, Document, Outline, UnitPair, UnitRef, Whereabouts};

/// What was found.
pub(super) struct Repeats {
    pub(super) copies: Sorted<Copied>,
    pub(super) commons: Sorted<Common>,
    pub(super) capped: u64,
}

pub(super) fn find(
    table: &Table<'_>,
    units: Sorter<Whereabouts>,
    near: Sorter<Outline>,
    state: &State<'_>,
) -> Result<Repeats, Error> {
    let (budget, by) = (&table.job.budget, table.job.by_shard());
    let stays = |unit: &Whereabouts| state.stays(unit.unit);
    let (equal, commons) = (Sorter::new(budget, by), Sorter::new(budget, by));
    each_group_of(units.finish(), stays, |units| {
        let (mut copies, mut common) = (Outbox::new(&equal), Outbox::new(&commons));
        repeats::equal(units, state, &mut |copy| copies.put(copy), &mut |unit| {
            if table.job.recipe.commons {
                common.put(unit);
            }
        });
        copies.close()?;
        common.close().map(|()| 0)
    })?;
    table.take_stock(state);
    let pairs = Sorter::new(budget, by);
    let share = table.job.options.alike_block;
    let capped = each_group_of(
        near.finish(),
        |outline| state.has_news(outline.unit),
        |outlines| {
            let mut out = Outbox::new(&pairs);
            let capped = repeats::candidates(outlines, share, state, &mut |pair| out.put(pair));
            out.close().map(|()| capped)
        },
    )?;
    let near = count(table, pairs.finish(), state)?;
    let by_first = Sorter::new(budget, by);
    equal.finish().read(|equal| {
        near.read(|near| {
            let mut out = Outbox::new(&by_first);
            repeats::settle(state.index, equal, near, &mut |copy| out.put(copy));
            out.close()
        })
    })?;
    let by_copy = Sorter::new(budget, by);
    each_part(by_first.finish(), |copies| {
        let mut out = Outbox::new(&by_copy);
        repeats::count_uses(copies, &mut |copy| out.put(copy));
        out.close().map(|()| 0)
    })?;
    Ok(Repeats { copies: by_copy.finish(), commons: commons.finish(), capped })
}

/// What two units are compared by.
struct Content {
    at: At,
    shingles: Bag,
    told: Told,
}

/// Boxed, since lists and tables of them have room for more than there are.
type Contents = ByNumber<UnitRef, Box<Content>>;

/// Counts the common shingles of all pairs, and chooses for each near copy what it is a copy of.
fn count(table: &Table<'_>, pairs: Sorted<UnitPair>, state: &State<'_>) -> Result<Sorted<Copied>, Error> {
    let near = Sorter::new(&table.job.budget, table.job.by_shard());
    let documents = |pair: &UnitPair| [pair.later, pair.earlier].map(|unit| state.index.document(unit));
    let cost = |_| Ok(table.bytes_of_unit());
    batches(table, pairs, both, cost, |pairs, wanted| {
        let contents: Contents = read_units(table, wanted, content)?.into_iter().collect();
        let counted: Vec<Copied> =
            pairs.par_iter().filter_map(|pair| compare(table, pair, documents(pair), &contents)).collect();
        let mut out = Outbox::new(&near);
        repeats::choose(&counted, state, &mut |copy| out.put(copy));
        out.close()
    })?;
    Ok(near.finish())
}

fn content(table: &Table<'_>, at: At, words: &[Word], text: &str, all: &mut Shingles) -> Box<Content> {
    all.load(words);
    let shingles = Bag::new(all.of(table.job.recipe.block_shingle, 0, words.len()).collect());
    Box::new(Content { at, shingles, told: Told::of(words, text, table.job.recipe.folding) })
}

fn compare(table: &Table<'_>, pair: &UnitPair, [doc, first_doc]: [DocRef; 2], contents: &Contents) -> Option<Copied> {
    let (a, b) = (contents.get(&pair.later)?, contents.get(&pair.earlier)?);
    let all = a.shingles.set().len() as u64;
    let both = a.shingles.common(&b.shingles, table.job.options.alike_block.least_of(all))?;
    let no_news = a.told.has_no_news_for(&b.told, b.shingles.set(), table.job.recipe.block_shingle);
    let flags = if no_news { Copied::NO_NEWS } else { 0 };
    let (unit, first) = (pair.later, pair.earlier);
    Some(Copied { by: unit, unit, first, doc, first_doc, at: a.at, first_at: b.at, both, all, flags })
}

/// The units of a pair.
pub(super) fn both(pair: &UnitPair) -> [UnitRef; 2] {
    [pair.later, pair.earlier]
}

/// Reads units (sorted) again, and makes of each what is needed.
pub(super) fn read_units<V: Send>(
    table: &Table<'_>,
    units: &[UnitRef],
    make: impl Fn(&Table<'_>, At, &[Word], &str, &mut Shingles) -> V + Sync,
) -> Result<Vec<(UnitRef, V)>, Error> {
    let index = &table.read.index;
    let mut documents: Vec<DocRef> = units.iter().map(|&unit| index.document(unit)).collect();
    documents.dedup();
    gather(table.job, &table.read.roll, &documents, |doc, document: Document, out| {
        let from = units.partition_point(|unit| index.document(*unit) < doc);
        let wanted = units[from..].iter().take_while(|unit| index.document(**unit) == doc);
        let page = segment(document);
        let all = page.units();
        let (mut list, mut shingles) = (Vec::new(), Shingles::default());
        for &unit in wanted {
            let Some(&blocks) = all.get((unit.number() - index.first_of_document(unit)) as usize) else { continue };
            let at = place(&page, blocks, 0);
            list.clear();
            words(at.span().of(&page.document.text), table.job.recipe.folding, &mut list);
            for word in &mut list {
                word.start += at.start;
                word.end += at.start;
            }
            let at = At { words: u32::try_from(list.len()).unwrap_or(u32::MAX), ..at };
            out.push((unit, make(table, at, &list, &page.document.text, &mut shingles)));
        }
    })
}
