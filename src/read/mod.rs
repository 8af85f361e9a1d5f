//! Bytes → documents: what is read ([`FORMATS`]), where it lies ([`mod@discover`]), and record by record ([`frame`]).

pub mod against;
mod ahead;
mod archive;
pub mod discover;
pub mod encoding;
pub mod format;
pub mod frame;
pub mod jsonl;
pub mod markdown;
mod scan;
pub mod shard;
pub mod source;
pub mod text;
mod values;

pub use discover::{Discovery, discover};
pub use format::{Decoded, Fields, Format, Framing, Unread};
pub use frame::{Piece, Stop, records, records_at};
pub use shard::{Shard, Slice, shards};
pub use source::{Compression, Source};

/// All formats that can be read. A new one is a file and a line here.
pub static FORMATS: &[&Format] = &[&text::TEXT, &markdown::MARKDOWN, &jsonl::JSONL];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name).copied()
}
