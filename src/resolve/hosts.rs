//! Where documents come from.

use crate::types::DocRef;

/// For each document a hash of its host, or of the folder in which it lies where it names none. Two of a million
/// hosts may have one hash: then a line is taken for one of a template, and stays as it would have.
#[derive(Debug, Default)]
pub struct Hosts(Vec<Box<[u32]>>);

impl Hosts {
    /// Takes in the hosts of the documents of the next shard, in order.
    pub fn push(&mut self, shard: impl Iterator<Item = u64>) {
        self.0.push(shard.map(upper).collect());
    }

    /// That of one document; the same for all of which nothing is known.
    pub fn of(&self, doc: DocRef) -> u32 {
        let host = self.0.get(doc.shard() as usize).and_then(|shard| shard.get(doc.number() as usize));
        host.copied().unwrap_or_default()
    }
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}
