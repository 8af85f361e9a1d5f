//! The one door to `strsim`: distances between short texts, where shingles say nothing.

use crate::types::Ratio;

/// Characters beyond which two short texts are not compared (a distance costs their product).
const LONGEST: usize = 400;

/// How alike two short folded texts are, when that reaches `limit`: characters that need no edit (optimal string
/// alignment), of the longer one. None too when either is empty or too long to compare.
pub fn short_alike(a: &str, b: &str, limit: Ratio) -> Option<Ratio> {
    let (n, m) = (a.chars().count(), b.chars().count());
    let longer = n.max(m);
    let share = |same: usize| Some(Ratio::new(same as u64, longer as u64)).filter(|share| share.reaches(limit));
    if longer > LONGEST {
        return None;
    }
    if a == b {
        return share(longer);
    }
    // No alignment keeps more characters than the shorter text has, or than both have in any order.
    share(n.min(m))?;
    share(common_bytes(a, b).min(n.min(m)))?;
    share(longer.saturating_sub(strsim::osa_distance(a, b)))
}

/// Number of bytes that both texts have, wherever they stand.
fn common_bytes(a: &str, b: &str) -> usize {
    let mut counts = [0i32; 256];
    a.bytes().for_each(|byte| counts[byte as usize] += 1);
    b.bytes()
        .filter(|&byte| {
            counts[byte as usize] -= 1;
            counts[byte as usize] >= 0
        })
        .count()
}

/// Number of edits between two words, for "did you mean".
pub fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits_against_the_longer_text() {
        assert_eq!(short_alike("kitten", "sitting", Ratio::new(1, 2)), Some(Ratio::new(4, 7)));
        assert_eq!(short_alike("kitten", "sitting", Ratio::new(3, 5)), None);
        assert_eq!(short_alike("same", "same", Ratio::new(1, 1)), Some(Ratio::new(4, 4)));
        assert_eq!(short_alike("", "x", Ratio::new(0, 1)), Some(Ratio::new(0, 1)));
        assert_eq!(short_alike("", "", Ratio::new(0, 1)), None);
        assert_eq!(short_alike(&"a".repeat(401), "a", Ratio::new(0, 1)), None);
    }
}
