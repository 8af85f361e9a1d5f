//! Both passes and what lies between them.

use std::sync::Mutex;

use rayon::prelude::*;

use super::listing::Listing;
use super::polish::{self, Polished};
use super::records::Troubles;
use super::worst::Worsts;
use super::{Job, Mode, Outcome, facts, matching, resume, spans};
use crate::error::Error;
use crate::read::{Discovery, Source};
use crate::report::cap::{self, Ranks};
use crate::report::model::Against;
use crate::report::removed::{CleanedFile, SourceLine};
use crate::report::{Digest, Tally};
use crate::spill::Sorted;
use crate::types::SpanStands;
use crate::write::Staging;

/// Both passes and what lies between them.
pub(super) fn passes(
    job: &Job<'_>,
    found: &Discovery,
    staging: Option<&Staging>,
) -> Result<(Outcome, Vec<SourceLine>), Error> {
    let known = resume::known(job, staging)?;
    let spans = spans::find(job, &known)?;
    let against = (!job.options.against.is_empty()).then(|| against(job, &known)).transpose()?;
    let told = facts::Told { roll: &known.roll, spellings: &known.spellings };
    let polished = polish_all(job, known.facts, spans, &told, &known.rest.unreadable, staging)?;
    let resume::Rest { troubles: first, capped: capped_groups, .. } = known.rest;

    let mut troubles = Troubles::default();
    found.troubles.iter().for_each(|t| troubles.add(t.clone()));
    for trouble in first {
        troubles.add(trouble);
    }
    let mut tally = Tally { inputs: job.inputs().len() as u64, ..Tally::default() };
    let (mut worst, mut digest) = (Worsts::default(), Digest::default());
    let mut sources: Vec<Option<(u64, u128)>> = vec![None; job.sources.len()];
    let ranks: Vec<Ranks> = polished.iter().map(|part| cap::ranks(&part.tally)).collect();
    let shares = job.options.max_findings.map(|most| cap::shares(&ranks, most));
    for part in polished {
        tally.merge(&part.tally);
        troubles.merge(part.troubles);
        worst.merge(part.worst);
        digest.merge(part.digest);
        for (source, bytes, checksum) in part.sources {
            let sum = sources[source as usize].get_or_insert((0, 0));
            *sum = (sum.0 + bytes, sum.1.wrapping_add(checksum));
        }
    }
    let (troubles, more_troubles, unreadable) = troubles.finish();
    tally.unreadable = unreadable;
    let lines =
        job.sources.iter().zip(sources).filter_map(|(source, sum)| sum.map(|sum| source_line(source, sum))).collect();
    let held = job.watch.as_ref().map(|watch| watch.finish(&troubles, found));
    let listed = |(listing, _): &(Listing, _)| listing.finish(held.as_ref().map(|held| &held.findings));
    let (findings, mut more_findings) = job.listing.as_ref().map(listed).unwrap_or_default();
    let mut cuts = Vec::new();
    if let (Some((shares, more)), Mode::Clean) = (shares, job.options.mode) {
        more_findings = more;
        cuts = shares.into_iter().zip(ranks).map(|(share, all)| (share != all).then_some(share)).collect();
    }
    let worst = worst.finish();
    let page = None;
    let outcome = Outcome {
        tally,
        against,
        troubles,
        more_troubles,
        capped_groups,
        worst,
        digest,
        findings,
        more_findings,
        page,
        held,
        cuts,
    };
    Ok((outcome, lines))
}

/// What documents are held against.
fn against(job: &Job<'_>, known: &resume::Known) -> Result<Against, Error> {
    let unreadable = &known.rest.unreadable;
    let inputs = unreadable[..job.old_sources].iter().filter(|unreadable| !**unreadable).count() as u64;
    let mut documents = 0;
    for shard in 0..job.old.shards {
        let heads = known.roll.shard(shard)?;
        documents += heads.iter().filter(|head| !unreadable[head.id().source as usize]).count() as u64;
    }
    Ok(Against { inputs, documents })
}

fn polish_all(
    job: &Job<'_>,
    facts: matching::Facts,
    spans: Sorted<SpanStands>,
    told: &facts::Told<'_>,
    unreadable: &[bool],
    staging: Option<&Staging>,
) -> Result<Vec<Polished>, Error> {
    job.progress.stage("cleaning");
    let bundles = facts::bundles(facts, spans, job.shard_count());
    let before = Mutex::new(resume::done(staging));
    let done: Result<Vec<Vec<Polished>>, Error> = bundles
        .into_par_iter()
        .map(|bundle| {
            let shards = bundle.shards.clone().filter(|&number| number >= job.old.shards);
            let mut facts = facts::Reader::open(bundle, job, told)?;
            let polish = |number| {
                let corpus = facts.shard(number)?;
                let number = number as usize;
                if let Some(done) = before.lock().ok().and_then(|mut before| before.remove(&number)) {
                    return Ok(done);
                }
                let done = polish::shard(job, &corpus, unreadable, number, &job.shards[number], staging)?;
                resume::note(staging, number, &done).map(|()| done)
            };
            let done = shards.map(polish).collect::<Result<_, _>>()?;
            facts.end().map(|()| done)
        })
        .collect();
    Ok(done?.into_iter().flatten().collect())
}

fn source_line(source: &Source, (bytes, checksum): (u64, u128)) -> SourceLine {
    SourceLine {
        path: source.path.clone(),
        format: source.format.name.into(),
        compression: source.compression.name().into(),
        bytes,
        checksum: format!("{checksum:032x}"),
        cleaned: (source.written != source.compression)
            .then(|| CleanedFile { path: source.cleaned_path(), compression: source.written.name().into() }),
    }
}
