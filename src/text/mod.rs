//! Text as the other rooms need it: folded words, shingles, hashes, distances.

pub mod address;
pub mod block;
pub mod date;
pub mod fold;
pub mod hash;
pub mod lines;
pub mod listed;
pub mod minhash;
pub mod names;
mod packed;
pub mod points;
pub mod prints;
mod scan;
pub mod shingle;
pub mod simd;
pub mod similar;
pub mod spelling;
pub mod words;

pub use fold::Folding;
pub use listed::Listed;
pub use points::points;
pub use words::{Word, words};
