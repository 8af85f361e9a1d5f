//! From sorted keys to candidates.

use std::iter::Peekable;

/// Members of a group that all meet each other.
const FULL: usize = 24;
/// Members before it that each member of a larger group meets, beside the first.
const BEFORE: usize = 4;

/// Leaves out what has its key alone. The items are sorted by `key`.
pub(super) fn shared<T: Copy, K: PartialEq>(
    sorted: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> impl Iterator<Item = T> {
    let mut sorted = sorted.peekable();
    let mut before = None;
    std::iter::from_fn(move || {
        loop {
            let item = sorted.next()?;
            let this = Some(key(&item));
            let several = before == this || sorted.peek().map(&key) == this;
            before = this;
            if several {
                return Some(item);
            }
        }
    })
}

/// Calls `pair(earlier, later)` for the members of each group of equal keys, in linear time: each member meets the
/// first of its group and the few before it. Small groups meet in full. Only for members that are `asked` about is there a
/// pair with those before them. Returns the number of groups with such members that did not meet in full.
pub(super) fn meet<T: Copy, K: PartialEq>(
    sorted: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
    asked: impl Fn(&T) -> bool,
    pair: impl FnMut(T, T),
) -> u64 {
    meet_and_tell(sorted, key, asked, pair, |_| ())
}

/// As [`meet`]; calls `crowded` for each member of the groups that did not meet in full.
pub(super) fn meet_and_tell<T: Copy, K: PartialEq>(
    sorted: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
    asked: impl Fn(&T) -> bool,
    mut pair: impl FnMut(T, T),
    mut crowded: impl FnMut(T),
) -> u64 {
    let mut capped = 0;
    let mut sorted = sorted.peekable();
    let mut group: Vec<T> = Vec::with_capacity(FULL + 1);
    while let Some(first) = sorted.next() {
        let this = key(&first);
        group.clear();
        group.push(first);
        fill(&mut group, FULL, &mut sorted, &key);
        let small = sorted.peek().is_none_or(|next| key(next) != this);
        let mut any = false;
        for (i, &later) in group.iter().enumerate().filter(|(_, later)| asked(later)) {
            any = true;
            let near = if small { 0 } else { i.saturating_sub(BEFORE) };
            let first = if near > 0 { &group[..1] } else { &[] };
            first.iter().chain(&group[near..i]).for_each(|&earlier| pair(earlier, later));
        }
        if !small {
            for &member in &group {
                crowded(member);
            }
        }
        while let Some(later) = sorted.next_if(|next| key(next) == this) {
            crowded(later);
            if asked(&later) {
                any = true;
                pair(first, later);
                group[group.len() - BEFORE..].iter().for_each(|&earlier| pair(earlier, later));
            }
            group.remove(0);
            group.push(later);
        }
        capped += u64::from(any && !small);
    }
    capped
}

/// Takes what follows with the same key into the group, until it has `most` members.
pub(super) fn fill<T: Copy, K: PartialEq, I: Iterator<Item = T>>(
    group: &mut Vec<T>,
    most: usize,
    sorted: &mut Peekable<I>,
    key: impl Fn(&T) -> K,
) {
    while group.len() < most
        && let Some(next) = sorted.next_if(|next| group.last().map(&key) == Some(key(next)))
    {
        group.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_meet_in_full_and_large_ones_in_linear_time() {
        let mut pairs = Vec::new();
        let small = [(1, 'a'), (1, 'b'), (1, 'c'), (2, 'd')];
        assert_eq!(meet(small.into_iter(), |x| x.0, |_| true, |x, y| pairs.push((x.1, y.1))), 0);
        assert_eq!(pairs, [('a', 'b'), ('a', 'c'), ('b', 'c')]);
        let mut hot = Vec::new();
        assert_eq!(meet((0..1000).map(|i| (0, i)), |x| x.0, |_| true, |x, y| hot.push((x.1, y.1))), 1);
        assert!(hot.len() < 6000, "{}", hot.len());
        for later in 1..1000 {
            assert!(hot.contains(&(0, later)) && hot.contains(&(later - 1, later)), "{later}");
        }
    }

    #[test]
    fn those_not_asked_about_are_met_only() {
        let mut pairs = Vec::new();
        // Old ones come first: 40 and 30 of them, and two new ones behind the 40.
        let all = (0..42).map(|i| (0, i)).chain((0..30).map(|i| (1, i)));
        assert_eq!(meet(all, |x| x.0, |x| x.1 >= 40, |x, y| pairs.push((x.1, y.1))), 1);
        assert_eq!(
            pairs,
            [0, 36, 37, 38, 39]
                .map(|x| (x, 40))
                .into_iter()
                .chain([0, 37, 38, 39, 40].map(|x| (x, 41)))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_stands_alone_is_left_out() {
        let all = [1, 2, 2, 3, 4, 4, 4, 5];
        assert_eq!(shared(all.into_iter(), |x| *x).collect::<Vec<_>>(), [2, 2, 4, 4, 4]);
    }
}
