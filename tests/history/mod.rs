//! A made history of documents, and what the test knows of it.

pub(crate) mod git;
pub(crate) mod replay;
pub(crate) mod world;
