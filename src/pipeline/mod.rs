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
mod outcome;
mod page;
mod passes;
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
mod streams;
pub mod train;
mod wishes;
mod worst;

use std::time::Instant;

use crate::error::Error;
use crate::read::{Discovery, Shard, Slice, Source, discover, shards};
use crate::report::ceiling;
use crate::report::model::{RunFacts, Settings};
use crate::sign::Recipe;
use crate::spill::{Budget, By};
use crate::types::{Old, Ratio, TroubleKind};
pub use crate::write::abandon;
pub use listing::Findings;
use listing::Listing;
pub use options::{Mode, Options};
pub use outcome::Outcome;
use passes::passes;
use progress::Progress;
pub use ratchet::Ratchet;
use ratchet::Watch;
use spelling::Sampling;
pub use worst::Worst;

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
