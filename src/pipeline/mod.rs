//! The conductor: joins the stages, and is the only room with threads.

mod as_list;
mod cleaned;
mod clusters;
mod facts;
mod gather;
mod ledger;
mod listing;
mod matching;
mod memory;
pub mod options;
mod page;
mod polish;
mod progress;
mod publish;
pub mod ratchet;
mod records;
pub mod remake;
pub mod restore;
mod resume;
mod roll;
mod sketch;
mod spans;
mod spelling;
pub mod train;
mod wishes;
mod worst;

use std::sync::Mutex;
use std::time::Instant;

use rayon::prelude::*;

use crate::error::Error;
use crate::read::{Discovery, Shard, Slice, Source, discover, shards};
use crate::report::cap::{self, Ranks};
use crate::report::html;
use crate::report::model::{Against, RunFacts, Settings};
use crate::report::ratchet::Held;
use crate::report::removed::{CleanedFile, SourceLine};
use crate::report::{Digest, Spot, Tally, ceiling};
use crate::sign::Recipe;
use crate::spill::{Budget, By, Sorted};
use crate::types::{Old, Ratio, SpanStands, Trouble, TroubleKind};
use crate::write::Staging;
pub use crate::write::abandon;
pub use listing::Findings;
use listing::Listing;
pub use options::{Mode, Options};
use polish::Polished;
use progress::Progress;
pub use ratchet::Ratchet;
use ratchet::Watch;
use records::Troubles;
use spelling::Sampling;
pub use worst::Worst;
use worst::Worsts;

/// What a run did.
#[derive(Debug)]
pub struct Outcome {
    /// Sums over all documents.
    pub tally: Tally,
    /// What they were held against, if anything.
    pub against: Option<Against>,
    /// What could not be read, at most twenty of a kind for each input.
    pub troubles: Vec<Trouble>,
    /// Number of troubles beyond those.
    pub more_troubles: u64,
    /// Groups so large that not all of their members were compared with each other.
    pub capped_groups: u64,
    /// The documents with most words to go, for `check`: name and words, by category.
    pub worst: Vec<Worst>,
    /// The documents that a reader looks at first.
    pub digest: Digest,
    /// The findings, in reading order, as far as they were asked for.
    pub findings: Vec<Spot>,
    /// Number of findings beyond those; of a run that writes, beyond those that its report lists.
    pub more_findings: u64,
    /// What `report.html` holds of the documents, when it was written.
    pub page: Option<html::Held>,
    /// What came of holding it against a baseline, when that was asked for.
    pub held: Option<Held>,
    /// How many findings of each rank the report lists of each shard that is judged, where that is not all of them.
    cuts: Vec<Option<Ranks>>,
}

/// What the passes share.
struct Job<'a> {
    options: &'a Options,
    recipe: Recipe,
    sources: &'a [Source],
    shards: &'a [Shard],
    /// Which of them are only held against, and of how many sources they are, the first.
    old: Old,
    old_sources: usize,
    progress: &'a Progress,
    /// In which documents it is counted how words are written.
    sampling: Sampling,
    /// Memory for what is remembered of documents.
    budget: Budget,
    /// Where findings are listed, when that was asked for, and the names of the sources there.
    listing: Option<(Listing, Vec<(String, String)>)>,
    /// What the ratchet remembers, when one is asked for.
    watch: Option<Watch>,
}

impl Job<'_> {
    /// Bytes of texts that are read again at a time.
    fn batch_bytes(&self) -> u64 {
        self.budget.limit() as u64 / 3
    }

    /// The sources that are judged.
    fn inputs(&self) -> &[Source] {
        &self.sources[self.old_sources..]
    }

    /// The shards that are judged, by number.
    fn judged(&self) -> std::ops::Range<usize> {
        self.old.shards as usize..self.shards.len()
    }

    fn shard_count(&self) -> u32 {
        u32::try_from(self.shards.len()).unwrap_or(u32::MAX)
    }

    /// How records about documents are sorted.
    fn by_shard(&self) -> By {
        By::Shard(self.shard_count())
    }
}

/// Runs the whole program: reads, resolves, judges, and (in [`Mode::Clean`]) writes.
///
/// # Errors
/// What ends a run: nothing to read, an output that cannot be written, an input that changes while it is read.
pub fn run(options: &Options) -> Result<Outcome, Error> {
    let began = Instant::now();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|e| Error::Usage(format!("cannot start {} threads: {e}", options.threads)))?;
    let out = (options.mode == Mode::Clean).then_some(options.out.as_path());
    let mut found = discover(&options.inputs, out, options.format, options.temp_dir.as_deref())?;
    if let Some(written) = options.compress {
        found.sources.iter_mut().for_each(|source| source.written = written);
    }
    if !options.against.is_empty() {
        found.hold_against(&options.against, out, options.format)?;
    }
    let watch = options.ratchet.as_ref().map(|ratchet| Watch::new(ratchet, &mut found));
    let (old, shards) = divided(&found, options);
    let bytes = |sources: &[Source]| sources.iter().map(|source| source.bytes).sum::<u64>();
    let progress = Progress::new(options.progress, bytes(&found.sources) + bytes(&found.sources[found.old..]));
    let budget = memory::budget(options, pool.current_num_threads())?;
    let recipe = options.recipe();
    let listing = options.findings.map(|wanted| (Listing::new(wanted, watch.is_some()), listing::all_names(&found)));
    let job = Job {
        options,
        recipe,
        sources: &found.sources,
        shards: &shards,
        old,
        old_sources: found.old,
        progress: &progress,
        sampling: Sampling::of(&found.sources),
        budget,
        listing,
        watch,
    };
    let staging = publish::stage(&job, &settings(options))?;
    let work = || {
        let (mut outcome, sources) = passes(&job, &found, staging.as_ref())?;
        progress.finish();
        let unreadable = |path: &str| {
            let left_out = [TroubleKind::Unreadable, TroubleKind::Skipped];
            outcome.troubles.iter().any(|t| t.path == path && left_out.contains(&t.kind))
        };
        if let Some(moved) = found.sources.iter().find(|s| s.has_changed() && !unreadable(&s.path)) {
            return Err(Error::Moved(moved.path.clone()));
        }
        if let Some(staging) = &staging {
            if let Some(message) = ceiling::breach(&outcome.tally, options.max_cut) {
                return Err(Error::CutsTooMuch(message));
            }
            let facts = (!options.stable).then(|| RunFacts {
                threads: u32::try_from(rayon::current_num_threads()).unwrap_or(u32::MAX),
                milliseconds: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
                inputs: options.inputs.iter().map(|p| p.display().to_string()).collect(),
                against: options.against.iter().map(|p| p.display().to_string()).collect(),
            });
            outcome.page = publish::publish(&job, staging, &sources, &outcome, facts.as_ref(), &settings(options))?;
        }
        Ok(outcome)
    };
    let done = pool.install(work);
    let mut outcome = done.map_err(|error| match &staging {
        Some(staging) => staging.ended(error),
        None => error,
    })?;
    outcome.troubles.sort();
    Ok(outcome)
}

/// The shards of what is only held against, and behind them those of the inputs: none has documents of both.
fn divided(found: &Discovery, options: &Options) -> (Old, Vec<Shard>) {
    let of = |sources: &[Source]| shards(sources, options.shard_bytes, options.frame_bytes);
    let (old, new) = found.sources.split_at(found.old);
    let mut all = of(old);
    let old = Old { shards: u32::try_from(all.len()).unwrap_or(u32::MAX) };
    let first = u32::try_from(found.old).unwrap_or(u32::MAX);
    all.extend(of(new).into_iter().map(|shard| {
        let behind = |slice: Slice| Slice { source: slice.source + first, ..slice };
        shard.into_iter().map(behind).collect::<Shard>()
    }));
    (old, all)
}

/// Both passes and what lies between them.
fn passes(job: &Job<'_>, found: &Discovery, staging: Option<&Staging>) -> Result<(Outcome, Vec<SourceLine>), Error> {
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

fn settings(options: &Options) -> Settings {
    Settings {
        alike: options.alike,
        alike_block: options.alike_block,
        keep: options.keep.to_string(),
        contained: options.contained,
        shortest_block: options.shortest_block,
        fold_digits: options.fold_digits,
        repeated_span: options.repeated_span.map(|length| length.to_string()),
        cut_from: options.policy.cut_from,
        max_loss: Some(Ratio::new(options.judge.loss.into(), 1_000_000)),
        weights: Some(format!("{:016x}", options.judge.weights.fingerprint)),
        allow: options.policy.allow.iter().map(ToString::to_string).collect(),
        only: if options.only_some { options.rules.iter().map(|r| r.id.to_string()).collect() } else { Vec::new() },
        text_field: options.fields.text.clone(),
        id_field: options.fields.id.clone(),
    }
}
