//! Reports that list some findings only (`--max-findings`): those that matter most, in reading order. Sums stay what they are, and
//! each document says what it leaves out.

use std::borrow::Cow;

use super::model::{DocumentEntry, EditEntry, More};
use super::tally::{Tally, name};
use crate::types::Category;

/// Numbers of findings by how much they matter.
pub type Ranks = [u64; 3];

/// Cuts of duplicates, page furniture and advertising come before repairs, and these before what is left alone.
pub fn rank(category: Category, done: bool) -> u8 {
    match category {
        _ if !done => 2,
        Category::Duplicate | Category::Boilerplate | Category::Ad => 0,
        Category::Repair | Category::Note => 1,
    }
}

/// How many findings of each rank were counted.
pub fn ranks(tally: &Tally) -> Ranks {
    let mut out = Ranks::default();
    let all = [Category::Duplicate, Category::Boilerplate, Category::Ad, Category::Repair, Category::Note];
    for category in all {
        let count = tally.categories.get(&name(category)).copied().unwrap_or_default();
        out[usize::from(rank(category, true))] += count.done;
        out[2] += count.findings - count.done;
    }
    out
}

/// How many of each rank the parts of a report list, in their order, when all of them list `most`; and how many nobody lists.
pub fn shares(parts: &[Ranks], most: u64) -> (Vec<Ranks>, u64) {
    let (mut left, mut out) = (most, vec![Ranks::default(); parts.len()]);
    for rank in 0..3 {
        for (share, part) in out.iter_mut().zip(parts) {
            share[rank] = part[rank].min(left);
            left -= share[rank];
        }
    }
    let sum = |all: &[Ranks]| all.iter().flatten().sum::<u64>();
    let more = sum(parts) - sum(&out);
    (out, more)
}

impl DocumentEntry<'_> {
    /// Takes out the findings that are not listed, with the edits that only they speak of; `left` says how many of each rank
    /// may still be.
    pub fn cut_short(&mut self, left: &mut Ranks) {
        let mut numbers = Vec::with_capacity(self.findings.len());
        let (mut listed, mut more) = (0, More::default());
        self.findings.retain(|finding| {
            let left = &mut left[usize::from(rank(finding.category, finding.done))];
            let takes = *left > 0;
            *left -= u64::from(takes);
            numbers.push(takes.then_some(listed));
            listed += u32::from(takes);
            more.findings += u64::from(!takes);
            more.done += u64::from(!takes && finding.done);
            takes
        });
        if more.findings == 0 {
            return;
        }
        self.edits.retain_mut(|EditEntry { findings, .. }| {
            let by: Vec<u32> = findings.iter().filter_map(|&n| numbers.get(n as usize).copied().flatten()).collect();
            let takes = !by.is_empty();
            *findings = Cow::Owned(by);
            more.edits += u64::from(!takes);
            takes
        });
        // What other settings would have cut is not answered without all findings.
        self.ground.clear();
        self.more = Some(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_most_is_listed_first_and_parts_in_their_order() {
        let parts = [[1, 2, 5], [2, 0, 3]];
        assert_eq!(shares(&parts, 0), (vec![[0; 3]; 2], 13));
        assert_eq!(shares(&parts, 2), (vec![[1, 0, 0], [1, 0, 0]], 11));
        assert_eq!(shares(&parts, 9), (vec![[1, 2, 4], [2, 0, 0]], 4));
        assert_eq!(shares(&parts, 99), (parts.to_vec(), 0));
    }
}
