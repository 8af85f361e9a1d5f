//! `clean train`.

use std::fmt::Write as _;
use std::io::Write as _;

use super::args::TrainArgs;
use super::{CLEAN, print};
use crate::error::Error;
use crate::pipeline::train::{Figures, Growth, Task, Trained, train as run};

/// Trains, and prints what the weights are worth on sites that they were not made from.
pub(super) fn train(args: &TrainArgs) -> Result<u8, Error> {
    let TrainArgs { trees, depth, rate, switch, threads, .. } = *args;
    let growth = Growth { trees: trees.into(), depth: depth.into(), rate: rate.into(), ..Growth::default() };
    let task = Task { labels: args.labels.clone(), growth, switch: switch.into(), threads: threads.into() };
    let Trained { weights, sets } = run(&task)?;
    let mut out = String::new();
    for (path, set) in args.labels.iter().zip(&sets) {
        let (lines, words) = (Figures::of(set, 0, false), Figures::of(set, 0, true));
        let _ = writeln!(
            out,
            "{}: {} lines; kept F1 by lines {}, by words {}; lost {}, cut {}",
            path.display(),
            set.len(),
            lines.keep_f1(),
            words.keep_f1(),
            words.loss(),
            words.cut()
        );
    }
    let _ = writeln!(out, "\n{:>10} {:>10}   cut", "loss", "score");
    for step in &weights.calibration {
        let _ = write!(out, "{:>8}ppm {:>10}  {:>3}.{} %", step.loss, step.below, step.cut / 10, step.cut % 10);
        for set in &sets {
            let words = Figures::of(set, step.below, true);
            let _ = write!(out, " | {} {}", words.loss(), words.cut());
        }
        let _ = writeln!(out);
    }
    if let Some(path) = &args.to {
        let mut file = std::fs::File::create_new(path).map_err(Error::io("cannot make", path))?;
        file.write_all(weights.to_json().as_bytes()).map_err(Error::io("cannot write", path))?;
    }
    print(&out)?;
    Ok(CLEAN)
}
