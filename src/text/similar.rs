//! The one door to `strsim`: distances between short texts, where shingles say nothing.

use crate::types::Ratio;

/// Characters beyond which two short texts are not compared (a distance costs their product).
const LONGEST: usize = 400;

/// How alike two short folded texts are: characters that need no edit (optimal string alignment), of the longer one.
///
/// None when either is too long to compare or empty.
pub fn short_alike(a: &str, b: &str) -> Option<Ratio> {
    let (n, m) = (a.chars().count(), b.chars().count());
    let longer = n.max(m);
    if n.min(m) == 0 || longer > LONGEST {
        return None;
    }
    let edits = strsim::osa_distance(a, b);
    Some(Ratio::new(longer.saturating_sub(edits) as u64, longer as u64))
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
        assert_eq!(short_alike("kitten", "sitting"), Some(Ratio::new(4, 7)));
        assert_eq!(short_alike("", "x"), None);
        assert_eq!(short_alike(&"a".repeat(401), "a"), None);
    }
}
