//! A self-check on the user's own documents: known dirt is planted in copies of them, the real run goes over the copies, and
//! what it finds is counted, kind by kind.
//!
//! The copies are records in a temporary folder, read, judged and reported by [`crate::pipeline::run`] as all documents are.
//! Each kind has a run of its own, so that what else is touched is known to be touched for it. The wordings are others than
//! those of the phrase lists, but they are ours: recall on the dirt that the documents really have may differ.

mod copies;
pub mod dice;
pub mod ground;
pub mod kind;
mod measure;
pub mod model;
mod plant;
mod sample;
pub mod table;
pub mod trace;
pub mod wording;

use crate::error::Error;
use crate::pipeline::Options;
use crate::types::Trouble;
use copies::Copies;
use dice::Dice;
use ground::{Ground, LEAST};
pub use kind::Kind;
use kind::{Planted, Site};
use measure::{Base, Plot, row};
use model::{Audit, Documents, Row, SCHEMA};
use sample::{Drawn, Sample, draw};

/// All kinds of dirt. A new one is a file and a line here.
pub static KINDS: &[&Kind] = &[
    &plant::repeated_block::KIND,
    &plant::repeated_paragraph::KIND,
    &plant::near_paragraph::KIND,
    &plant::near_document::KIND,
    &plant::subscription_appeal::KIND,
    &plant::link_list::KIND,
    &plant::comment_policy::KIND,
    &plant::sponsor_ad::KIND,
    &plant::page_break::KIND,
    &plant::hyphen_break::KIND,
];

/// Pieces of a kind that are wanted of a small set, and how often it is planted over at most to have them.
const PIECES: usize = 100;
const ROUNDS: usize = 10;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Documents at most.
    pub documents: usize,
    /// Seed of all draws.
    pub seed: u64,
}

/// Audits the documents of the inputs with the settings of `options`; what could not be read comes along.
///
/// # Errors
/// As [`crate::pipeline::run`].
pub fn audit(options: &Options, ask: Ask) -> Result<(Audit, Vec<Trouble>), Error> {
    let Drawn { samples, records, troubles } = draw(options, ask.documents, ask.seed)?;
    let copies = Copies::new(options)?;
    let record = |sample: &Sample, text: &str| sample.record(text, &options.fields);
    let originals: Vec<Vec<u8>> = samples.iter().map(|sample| record(sample, &sample.text)).collect();
    let plain = copies.run(&originals)?;
    let base = Base::new(&samples, &plain);

    let mut documents = Documents { records, drawn: samples.len() as u64, ..Documents::default() };
    let (mut numbers, mut grounds) = (Vec::new(), Vec::new());
    for (number, (sample, trace)) in samples.iter().zip(&plain).enumerate() {
        let ground = Ground::new(&sample.name, &sample.text, trace);
        if trace.dropped {
            documents.dropped += 1;
        } else if ground.clean.len() < LEAST {
            documents.short += 1;
        } else {
            numbers.push(number);
            grounds.push(ground);
        }
    }
    documents.planted = grounds.len() as u64;
    let rounds = if grounds.is_empty() { 0 } else { PIECES.div_ceil(grounds.len()).min(ROUNDS) };
    documents.rounds = rounds as u64;

    let mut kinds: Vec<Row> = Vec::new();
    for kind in KINDS {
        let mut row = row(kind);
        for round in 0..rounds {
            let mut plots = Vec::new();
            for (at, (&document, ground)) in numbers.iter().zip(&grounds).enumerate() {
                let mut dice = Dice::new(ask.seed, &[kind.id, &round.to_string(), &samples[document].id]);
                let planted = (kind.plant)(&Site { here: ground, before: &grounds[..at] }, &mut dice);
                plots.extend(planted.map(|planted| Plot { document, ground, planted }));
            }
            if plots.is_empty() {
                continue;
            }
            let mut all = originals.clone();
            for Plot { document, ground, planted } in &plots {
                let sample = &samples[*document];
                match (planted, planted.text(&ground.text)) {
                    (Planted::Copy { text }, _) => all.push(record(sample, text)),
                    (_, Some(text)) => all[*document] = record(sample, &text),
                    _ => {}
                }
            }
            base.count(&mut row, &plots, &copies.run(&all)?);
        }
        kinds.push(row);
    }
    let (schema, version) = (SCHEMA.into(), env!("CARGO_PKG_VERSION").into());
    Ok((Audit { schema, version, seed: ask.seed, documents, plain: base.plain, kinds }, troubles))
}

#[cfg(test)]
mod tests {
    use super::trace::Trace;
    use super::*;
    use crate::types::Span;

    const TEXT: &str = "A headline\n\nThe council voted on Tuesday to close the old bridge over the river for two years, and \
                        the considerable repairs will begin in the early spring when the water is low.\n\nShop owners on \
                        both banks said that they had not been asked by anyone, and that a temporary crossing would be too \
                        slow for their customers in the winter months.\n\nReaders had collected nine hundred signatures \
                        against the closing by then, and handed the collection over on the steps of the town hall.\n";

    /// Whatever is planted, taking it out again gives the text as it was.
    #[test]
    fn every_kind_plants_what_it_says() {
        let ground = |name: &str, text: &str| Ground::new(name, text, &Trace::default());
        let before = [ground("a", &TEXT.replace("council", "committee").replace("river", "valley"))];
        for (newline, text) in [("\n", TEXT.to_owned()), ("\r\n", TEXT.replace('\n', "\r\n"))] {
            let here = ground("b", &text);
            assert_eq!(here.clean.len(), 3);
            for (kind, seed) in KINDS.iter().flat_map(|kind| (0..40).map(move |seed| (kind, seed))) {
                let plant = || (kind.plant)(&Site { here: &here, before: &before }, &mut Dice::new(seed, &[kind.id]));
                let planted = plant().unwrap_or_else(|| panic!("{} plants nothing", kind.id));
                assert_eq!(Some(&planted), plant().as_ref(), "{}", kind.id);
                let with = planted.text(&text);
                match &planted {
                    Planted::Dirt { at, put, dirt, source, .. } => {
                        assert!(put[..dirt.start].chars().all(char::is_whitespace) && dirt.end == put.len());
                        assert!(here.clean.iter().any(|p| p.span.end as usize == *at), "{}", kind.id);
                        assert!(source.is_none_or(|source| source.end as usize <= *at), "{}", kind.id);
                        assert_eq!(put.replace(newline, "").find(['\r', '\n']), None, "{}", kind.id);
                        assert!(put[dirt.clone()].split_whitespace().count() > 3, "{}: {put}", kind.id);
                        assert_eq!(with.unwrap().replacen(put.as_str(), "", 1).len(), text.len());
                    }
                    Planted::Damage { at, put } => {
                        assert!(put.ends_with(&newline.repeat(2)), "{}", kind.id);
                        let with = with.unwrap();
                        let back = [&with[..at.start as usize], at.of(&text), &with[at.start as usize + put.len()..]];
                        assert_eq!(back.concat(), text, "{}", kind.id);
                    }
                    Planted::Copy { text: copy } => assert!(*copy != text && with.is_none(), "{}", kind.id),
                }
            }
        }
    }

    /// What is cut beside the planted piece is told apart from it, wherever it stands.
    #[test]
    fn planted_and_clean_words_are_told_apart() {
        let samples = [Sample::new("a", TEXT)];
        let ground = Ground::new("a", TEXT, &Trace::default());
        let at = ground.clean[0].span.end as usize;
        let piece = "\n\nA dirty line of words";
        let dirt = |source| Planted::Dirt { at, put: piece.into(), dirt: 2..piece.len(), place: "", source };
        let first = ground.clean[0].span;
        let (gap, hall) = (TEXT.find(" over").unwrap(), TEXT.len() - 6);
        let cut = |spans: &[(usize, usize)]| {
            Trace::cutting(&spans.iter().map(|&(start, end)| Span::new(start, end)).collect::<Vec<_>>())
        };
        let end = at + piece.len();
        let mended = |put: &str| {
            let mut trace = cut(&[(gap, gap + 2)]);
            trace.touched[0].put = put.into();
            trace
        };
        let broken = || Planted::Damage { at: Span::new(gap, gap + 1), put: "\n\n".into() };
        let copy = || Planted::Copy { text: TEXT.to_lowercase() };
        let gone = || Trace { dropped: true, ..Trace::default() };
        let words = Base::new(&samples, &[Trace::default()]).plain.of;
        for (planted, traces, found, touched) in [
            (dirt(None), vec![cut(&[(at, end)])], 1, 0),
            (dirt(None), vec![cut(&[(at, end - 12)])], 0, 0),
            (dirt(None), vec![cut(&[(at, end), (end + 2, end + 6)])], 1, 1),
            (dirt(None), vec![cut(&[(at - 4, end)])], 1, 1),
            (dirt(None), vec![cut(&[(0, 10), (hall + piece.len(), end + 9999)])], 0, 3),
            (dirt(Some(first)), vec![cut(&[(first.start as usize, first.end as usize)])], 1, 0),
            (dirt(None), vec![gone()], 1, words),
            (broken(), vec![mended(" ")], 1, 0),
            (broken(), vec![mended("")], 0, 0),
            (broken(), vec![cut(&[(gap - 6, gap + 2)])], 0, 1),
            (broken(), vec![gone()], 0, words),
            (copy(), vec![Trace::default(), gone()], 1, 0),
            (copy(), vec![gone(), Trace::default()], 1, 0),
            (copy(), vec![Trace::default(), Trace::default()], 0, 0),
        ] {
            let mut row = row(KINDS[0]);
            let shown = format!("{planted:?} {traces:?}");
            Base::new(&samples, &[Trace::default()]).count(
                &mut row,
                &[Plot { document: 0, ground: &ground, planted }],
                &traces,
            );
            assert_eq!(
                (row.recall.part, row.recall.of, row.clean.part, row.clean.of),
                (found, 1, touched, words),
                "{shown}"
            );
        }
        // What the run touches anyway is not clean.
        let base = Base::new(&samples, &[cut(&[(0, 10)])]);
        assert_eq!((base.plain.part, base.plain.of), (2, words));
    }
}
