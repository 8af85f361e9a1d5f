//! The progress bar: bytes read over both passes, with rate and time left; silent unless asked for.

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far the run is.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// `bytes` on disk are read in all.
    pub(super) fn new(shown: bool, bytes: u64) -> Self {
        if !shown {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{msg:9} {wide_bar} {percent:>3} % {bytes_per_sec:>12} {eta:>4} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(bytes).with_style(style);
        bar.set_message("reading");
        Self(bar)
    }

    /// Names what is being done.
    pub(super) fn stage(&self, name: &'static str) {
        self.0.set_message(name);
    }

    /// So many more bytes on disk are done with.
    pub(super) fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
