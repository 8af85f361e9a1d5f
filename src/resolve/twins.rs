//! Documents that say the same: exact after folding, and near.
//!
//! Leaders, not transitive clusters: in order of preference a document stays unless it is like one that already stays.

use super::marks::Standing;
use super::meet::{meet, shared};
use crate::types::{Alike, Band, DocPair, DocRef, Link, Ratio, Whole};

/// Of documents with the same words all but the most wanted go. A link leads from the one that stays to one that follows it.
pub fn equal(wholes: &mut dyn Iterator<Item = Whole>, standing: &Standing, emit: &mut dyn FnMut(Link)) {
    let mut leader: Option<Whole> = None;
    for whole in shared(wholes, |w| (w.key, w.rest)).filter(|w| !standing.is_gone(w.doc)) {
        match leader.filter(|l| (l.key, l.rest) == (whole.key, whole.rest)) {
            Some(leader) => {
                standing.follow(whole.doc);
                emit(Link { from: leader.doc, to: whole.doc, both: whole.words, either: whole.words, exact: 1 });
            }
            None => leader = Some(whole),
        }
    }
}

/// Pairs of staying documents that agree in a band; of old ones among each other where those are `counted`. Returns the
/// number of bands in which not all pairs were made.
pub fn candidates(
    bands: &mut dyn Iterator<Item = Band>,
    standing: &Standing,
    counted: bool,
    emit: &mut dyn FnMut(DocPair),
) -> u64 {
    let staying = shared(bands, |b| b.key).filter(|b| standing.counts(b.doc));
    let asked = |b: &Band| counted || !standing.old.doc(b.doc);
    meet(staying, |b| b.key, asked, |a, b| emit(DocPair { later: b.doc, earlier: a.doc }))
}

/// The least number of common shingles that makes twins of documents with so many shingles together: c of a + b − c
/// reaches p of q just when c reaches p (a + b) of p + q.
pub fn least_common(limit: Ratio, sum: u64) -> u64 {
    Ratio::new(limit.part, limit.part + limit.of).least_of(sum)
}

/// Goes through counted pairs, sorted: a document goes when it is like a more wanted one that stays, for the one it is
/// most alike (of equally alike ones the most wanted). A link leads from the one that goes to the one that stays. Old ones
/// all stay; among each other one of them counts.
pub fn choose(alikes: &mut dyn Iterator<Item = Alike>, standing: &Standing, emit: &mut dyn FnMut(Link)) {
    let mut best: Option<Alike> = None;
    let mut settle = |best: &mut Option<Alike>| {
        if let Some(Alike { doc, other, both, either, .. }) = best.take() {
            standing.follow(doc);
            if !standing.old.doc(doc) {
                emit(Link { from: doc, to: other, both, either, exact: 0 });
            }
        }
    };
    let mut current: Option<DocRef> = None;
    for alike in alikes {
        if current != Some(alike.doc) {
            settle(&mut best);
            current = Some(alike.doc);
        }
        let share = |a: &Alike| Ratio::new(a.both, a.either).basis_points();
        let leads =
            if standing.old.doc(alike.doc) { standing.counts(alike.other) } else { !standing.is_gone(alike.other) };
        if leads && best.as_ref().is_none_or(|b| share(&alike) > share(b)) {
            best = Some(alike);
        }
    }
    settle(&mut best);
}

/// What equal documents follow may have gone itself: then they follow the one for which it went. `equal` leads from
/// those followed, `near` from those that went; both are sorted. Links lead from the ones that go.
pub fn settle(equal: &mut dyn Iterator<Item = Link>, near: &mut dyn Iterator<Item = Link>, emit: &mut dyn FnMut(Link)) {
    let mut near = near.peekable();
    for link in equal {
        while let Some(passed) = near.next_if(|n| n.from < link.from) {
            emit(passed);
        }
        emit(match near.peek().filter(|n| n.from == link.from) {
            Some(found) => Link { from: link.to, ..*found },
            None => Link { from: link.to, to: link.from, ..link },
        });
    }
    near.for_each(emit);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(number: u32) -> DocRef {
        DocRef::new(0, number)
    }

    #[test]
    fn followers_of_one_that_goes_follow_its_keeper() {
        let link = |from, to, exact| Link { from: doc(from), to: doc(to), both: 1, either: 1, exact };
        let mut out = Vec::new();
        let equal = [link(2, 5, 1), link(3, 4, 1)];
        settle(&mut equal.into_iter(), &mut [link(1, 0, 0), link(2, 0, 0)].into_iter(), &mut |l| out.push(l));
        out.sort_unstable();
        assert_eq!(out, [link(1, 0, 0), link(2, 0, 0), link(4, 3, 1), link(5, 0, 0)]);
    }
}
