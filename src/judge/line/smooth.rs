//! Lines in the light of their neighbours: going from article to furniture or back costs something.

/// Replaces each score by the difference between the best way to divide the page into article and furniture with the line
/// in the article, and the best way with the line outside (max-marginals of a chain of two states).
pub fn smooth(scores: &mut [i32], switch: i32) {
    if switch == 0 {
        return;
    }
    // The advantage of "article" at the end of the best way so far: a switch caps it.
    let step = |so_far: i32| so_far.clamp(-switch, switch);
    let mut behind = vec![0; scores.len()];
    let mut so_far = 0;
    for (behind, score) in behind.iter_mut().zip(scores.iter()).rev() {
        *behind = step(so_far);
        so_far = *behind + score;
    }
    let mut before = 0;
    for (score, behind) in scores.iter_mut().zip(behind) {
        let own = step(before) + *score;
        before = own;
        *score = own + behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_line_follows_its_neighbours() {
        let mut scores = [3000, 3000, -300, 2500, -3000, 200, -3000];
        smooth(&mut scores, 500);
        assert!(scores[2] > 0 && scores[5] < 0 && scores[0] > 0 && scores[4] < 0, "{scores:?}");
        let mut same = [1, -2, 3];
        smooth(&mut same, 0);
        assert_eq!(same, [1, -2, 3]);
    }

    #[test]
    fn it_is_the_best_of_all_ways() {
        let scores = [700, -900, 400, -100, 650];
        let switch = 300;
        let worth = |way: u32| -> i32 {
            let keep = |i: usize| way >> i & 1 == 1;
            let own: i32 = (0..5).filter(|&i| keep(i)).map(|i| scores[i]).sum();
            own - (1..5).filter(|&i| keep(i) != keep(i - 1)).map(|_| switch).sum::<i32>()
        };
        let mut got = scores;
        smooth(&mut got, switch);
        for (i, got) in got.into_iter().enumerate() {
            let best = |kept: bool| (0..32).filter(|way| (way >> i & 1 == 1) == kept).map(worth).max().unwrap();
            assert_eq!(got, best(true) - best(false));
        }
    }
}
