//! Documents that say the same: exact after folding, and near.
//!
//! Leaders, not transitive clusters: in order of preference a document stays unless it is like one that already stays.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::bands::Bands;
use super::{Keep, Likeness, Texts, meet};
use crate::text::hash::ByHash;
use crate::text::shingle::common;
use crate::types::{Corpus, DocId, Ratio, Sketch, Twin};

pub(super) fn find<T: Texts>(
    sketches: &[Sketch],
    likeness: &Likeness,
    texts: &T,
    corpus: &mut Corpus,
) -> Result<(), T::Error> {
    let order = by_preference(sketches, likeness.keep);
    let exact = exact_groups(sketches, &order);
    let leaders: Vec<usize> = order.iter().copied().filter(|&i| exact[i] == i).collect();
    let near = near_pairs(sketches, &leaders, likeness, texts)?;

    let mut keeper_of: HashMap<usize, (usize, Ratio)> = HashMap::new();
    for &i in &leaders {
        let staying = near.get(&i).into_iter().flatten().rev().filter(|(j, _)| !keeper_of.contains_key(j));
        // Of equally alike ones the most wanted: the last that `max_by` meets, going backwards.
        if let Some(&best) = staying.max_by(|a, b| a.1.basis_points().cmp(&b.1.basis_points())) {
            keeper_of.insert(i, best);
        }
    }
    for (i, sketch) in sketches.iter().enumerate() {
        let leader = exact[i];
        let twin = match keeper_of.get(&leader) {
            Some(&(keeper, alike)) => Twin { keeper: sketches[keeper].id, alike, exact: false },
            None if leader != i => {
                let all = u64::from(sketch.words.max(1));
                Twin { keeper: sketches[leader].id, alike: Ratio::new(all, all), exact: true }
            }
            None => continue,
        };
        corpus.facts.entry(sketch.id).or_default().twin = Some(twin);
        corpus.facts.entry(twin.keeper).or_default().followers += 1;
    }
    Ok(())
}

/// Indices of the documents, most wanted first.
fn by_preference(sketches: &[Sketch], keep: Keep) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    match keep {
        Keep::First => {}
        Keep::Longest => order.sort_by_key(|&i| Reverse(sketches[i].words)),
        Keep::Shortest => order.sort_by_key(|&i| sketches[i].words),
    }
    order
}

/// For each document the most wanted one with the same words; itself when there is none.
fn exact_groups(sketches: &[Sketch], order: &[usize]) -> Vec<usize> {
    let mut first: ByHash<u128, usize> = ByHash::default();
    let mut leader: Vec<usize> = (0..sketches.len()).collect();
    for &i in order.iter().filter(|&&i| sketches[i].words > 0) {
        leader[i] = *first.entry(sketches[i].whole).or_insert(i);
    }
    leader
}

/// For each document (by index) the more wanted ones that are alike, with the counted share of common shingles.
type Near = HashMap<usize, Vec<(usize, Ratio)>>;

fn near_pairs<T: Texts>(
    sketches: &[Sketch],
    leaders: &[usize],
    likeness: &Likeness,
    texts: &T,
) -> Result<Near, T::Error> {
    let Some(slots) = leaders.iter().map(|&i| sketches[i].slots.len()).max() else { return Ok(Near::new()) };
    let bands = Bands::for_threshold(likeness.documents, slots.max(1));
    let mut keys: Vec<(u64, u32)> = Vec::new();
    for (rank, &i) in leaders.iter().enumerate() {
        let rank = u32::try_from(rank).unwrap_or(u32::MAX);
        keys.extend(bands.keys(&sketches[i].slots).map(|key| (key, rank)));
    }
    keys.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    meet(&keys, |a, b| pairs.push((a, b)));
    pairs.sort_unstable_by_key(|&(a, b)| (b, a));
    pairs.dedup();

    let sketch = |rank: u32| &sketches[leaders[rank as usize]];
    let mut wanted: Vec<DocId> = pairs.iter().flat_map(|&(a, b)| [sketch(a).id, sketch(b).id]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let shingles = texts.shingles(&wanted)?;

    let mut near = Near::new();
    for (a, b) in pairs {
        let (Some(x), Some(y)) = (shingles.get(&sketch(a).id), shingles.get(&sketch(b).id)) else { continue };
        // c of a + b − c reaches p of q just when c reaches p (a + b) of p + q.
        let (sum, limit) = ((x.len() + y.len()) as u64, likeness.documents);
        if let Some(both) = common(x, y, Ratio::new(limit.part, limit.part + limit.of).least_of(sum)) {
            let alike = Ratio::new(both, sum - both);
            near.entry(leaders[b as usize]).or_default().push((leaders[a as usize], alike));
        }
    }
    Ok(near)
}
