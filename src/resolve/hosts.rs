//! Where documents come from.

use crate::text::hash::ByNumber;
use crate::types::{DocRef, SEVERAL};

/// For each document a hash of its host, or of the folder in which it lies where it names none. Two of a million
/// hosts may have one hash: then a line is taken for one of a template, and stays as it would have.
#[derive(Debug, Default)]
pub struct Hosts {
    shards: Vec<Box<[u32]>>,
    /// Documents of each host that has several.
    documents: ByNumber<u32, u32>,
}

impl Hosts {
    /// Takes the hosts of the documents of all shards, in order, and counts those documents that `count`.
    pub fn of_shards<E>(
        shards: impl Iterator<Item = Result<Box<[u32]>, E>>,
        count: impl Fn(DocRef) -> bool,
    ) -> Result<Self, E> {
        let mut hosts = Self::default();
        for (number, shard) in (0u32..).zip(shards) {
            let shard = shard?;
            let counted = (0u32..).zip(&shard).filter(|(doc, _)| count(DocRef::new(number, *doc)));
            counted.for_each(|(_, host)| *hosts.documents.entry(*host).or_default() += 1);
            hosts.shards.push(shard);
        }
        hosts.documents.retain(|_, documents| *documents >= SEVERAL);
        hosts.documents.shrink_to_fit();
        Ok(hosts)
    }

    /// What is kept of the hash of a host.
    pub fn short(hash: u64) -> u32 {
        (hash >> 32) as u32
    }

    /// That of one document; the same for all of which nothing is known.
    pub fn of(&self, doc: DocRef) -> u32 {
        let host = self.shards.get(doc.shard() as usize).and_then(|shard| shard.get(doc.number() as usize));
        host.copied().unwrap_or_default()
    }

    /// Number of documents of a host; 0 where there are fewer than [`SEVERAL`].
    pub fn documents(&self, host: u32) -> u32 {
        self.documents.get(&host).copied().unwrap_or_default()
    }
}
