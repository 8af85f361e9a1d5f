//! What is like what.

use clap::Args;

use crate::pipeline::Options;
use crate::resolve::Keep;
use crate::types::{Ratio, SpanLength};

/// What copies and twins are, and which of them stay.
#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    /// Common shingles that make documents twins
    #[arg(long, value_name = "SHARE", default_value = "0.8")]
    alike: Ratio,
    /// The same for a paragraph and an earlier one
    #[arg(long, value_name = "SHARE", default_value = "0.8")]
    alike_block: Ratio,
    /// Words that make a paragraph a copy across documents
    #[arg(long, value_name = "WORDS", default_value = "16")]
    shortest_block: u32,
    /// Which twin stays: first, longest, shortest, newest, oldest, FIELD:asc, FIELD:desc, host:LIST
    #[arg(long, value_name = "WHICH", default_value = "first")]
    keep: Keep,
    /// Report documents that stand in longer ones, as 0.9
    #[arg(long, value_name = "SHARE")]
    contained: Option<Ratio>,
    /// Take all digits for the same when matching
    #[arg(long)]
    fold_digits: bool,
    /// Cut what stands twice anywhere from so many bytes (100) or words (50w) on
    #[arg(long, value_name = "N")]
    repeated_span: Option<SpanLength>,
}

impl MatchArgs {
    pub(super) fn set(&self, options: &mut Options) {
        options.alike = self.alike;
        options.alike_block = self.alike_block;
        options.shortest_block = self.shortest_block;
        options.keep = self.keep.clone();
        options.contained = self.contained;
        options.fold_digits = self.fold_digits;
        options.repeated_span = self.repeated_span;
    }
}
