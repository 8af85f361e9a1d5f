//! All pairs that are alike, when some documents have the same words: what one of them is like, all are.

use std::iter::Peekable;

use crate::types::Link;

/// Documents with the same words that are listed in full; of more, the rest is listed with the first only.
const LISTED: usize = 24;

/// The pairs within the classes of equal documents, given links from the first of each class, sorted.
pub fn within(equal: &mut dyn Iterator<Item = Link>, emit: &mut dyn FnMut(Link)) {
    let mut equal = equal.peekable();
    while let Some(first) = equal.next() {
        let mut class = vec![first];
        while let Some(link) = equal.next_if(|link| link.from == first.from) {
            if class.len() < LISTED - 1 {
                for other in &class {
                    emit(Link { from: link.to, to: other.to, ..link });
                }
                class.push(link);
            }
            emit(Link { from: link.to, to: link.from, ..link });
        }
        emit(Link { from: first.to, to: first.from, ..first });
    }
}

/// Adds, for each pair, the pairs of all documents equal to its first side; and turns all of them around, so that after
/// another sorting the same can be done for the other side. Both streams are sorted.
pub fn spread(
    pairs: &mut dyn Iterator<Item = Link>,
    equal: &mut dyn Iterator<Item = Link>,
    emit: &mut dyn FnMut(Link),
) {
    let mut equal: Peekable<_> = equal.peekable();
    let mut class: Vec<Link> = Vec::new();
    for pair in pairs {
        if class.first().is_none_or(|link| link.from != pair.from) {
            class.clear();
            while equal.next_if(|link| link.from < pair.from).is_some() {}
            while let Some(link) = equal.next_if(|link| link.from == pair.from) {
                if class.len() < LISTED - 1 {
                    class.push(link);
                }
            }
        }
        emit(Link { from: pair.to, to: pair.from, ..pair });
        for same in &class {
            emit(Link { from: pair.to, to: same.to, ..pair });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::DocRef;

    fn link(from: u32, to: u32) -> Link {
        Link { from: DocRef::new(0, from), to: DocRef::new(0, to), both: 1, either: 1, exact: 0 }
    }

    #[test]
    fn what_one_is_like_all_are() {
        let equal = [link(1, 2), link(1, 3), link(5, 6)];
        let mut out = Vec::new();
        within(&mut equal.into_iter(), &mut |l| out.push(l));
        assert_eq!(out.len(), 4, "three pairs of three, one of two");
        let (mut once, mut twice) = (Vec::new(), Vec::new());
        spread(&mut [link(4, 1), link(5, 1)].into_iter(), &mut equal.into_iter(), &mut |l| once.push(l));
        once.sort_unstable();
        spread(&mut once.into_iter(), &mut equal.into_iter(), &mut |l| twice.push(l));
        twice.sort_unstable();
        let all = [(4, 1), (4, 2), (4, 3), (5, 1), (5, 2), (5, 3), (6, 1), (6, 2), (6, 3)];
        assert_eq!(twice, all.map(|(a, b)| link(a, b)));
    }
}
