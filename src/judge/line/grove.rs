//! All trees, asked of sixteen lines at a time: what several trees ask is asked once.

use std::collections::BTreeMap;

use super::forest::{Question, Tree};
use super::sheet::{LANES, Sheet};
use crate::text::simd::Path;

/// Trees in the order in which they are asked.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    trees: Vec<Tree>,
    first: Grove,
    rest: Grove,
}

/// One part of so many of the trees is asked first.
const FIRST: usize = 4;

impl Forest {
    /// Of these trees.
    pub fn new(trees: Vec<Tree>) -> Self {
        let (first, rest) = trees.split_at(trees.len() / FIRST);
        let (first, rest) = (Grove::new(first), Grove::new(rest));
        Self { trees, first, rest }
    }

    /// All of them.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// Adds what they say to the score of each line; those beyond the first part are asked only where `doubtful` finds reason to
    /// in the scores so far.
    pub fn add(&self, sheet: &Sheet, scores: &mut [i32], doubtful: impl Fn(&[i32]) -> bool) {
        let path = Path::chosen();
        self.first.add(path, sheet, scores);
        if doubtful(scores) {
            self.rest.add(path, sheet, scores);
        }
    }
}

/// Trees that are asked together.
#[derive(Clone, Debug, Default)]
struct Grove {
    /// What they ask, each question once.
    questions: Vec<Question>,
    trees: Vec<Four>,
    /// Those of more than four questions.
    deep: Vec<Tree>,
}

/// A tree of four questions, by their numbers.
#[derive(Clone, Debug)]
struct Four {
    asks: [u32; 4],
    leaves: [i16; 16],
}

impl Grove {
    fn new(trees: &[Tree]) -> Self {
        let is_deep = |tree: &&Tree| tree.questions.len() > 4;
        let deep = trees.iter().filter(is_deep).cloned().collect();
        let mut questions = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut number = |question: &Question| {
            let of = (question.column as usize, question.off, question.least);
            *numbers.entry(of).or_insert_with(|| {
                questions.push(*question);
                u32::try_from(questions.len() - 1).unwrap_or(u32::MAX)
            })
        };
        let four = |tree: &Tree| {
            // What is not asked makes no difference: whatever is answered, the leaf is the same.
            let mut asks = [0; 4];
            asks.iter_mut().zip(&tree.questions).for_each(|(ask, question)| *ask = number(question));
            Four { asks, leaves: std::array::from_fn(|answers| tree.leaves[answers % tree.leaves.len()]) }
        };
        let trees = trees.iter().filter(|tree| !is_deep(tree)).map(four).collect();
        Self { questions, trees, deep }
    }

    fn add(&self, path: Path, sheet: &Sheet, scores: &mut [i32]) {
        let asked: Vec<(usize, i16)> = self.questions.iter().map(|q| (sheet.place(q.column, q.off), q.least)).collect();
        let mut answers: Vec<Lanes> = vec![NONE; asked.len()];
        for (from, scores) in (0..).step_by(LANES).zip(scores.chunks_mut(LANES)) {
            for (answers, &(place, least)) in answers.iter_mut().zip(&asked) {
                *answers = answer(sheet.lanes(place + from), least);
            }
            let sums = sums(path, &self.trees, &answers);
            scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum);
        }
        let mut answers = Vec::new();
        self.deep.iter().for_each(|tree| tree.add(sheet, &mut answers, scores));
    }
}

/// What is answered for each of some lines: all bits are set, or none.
type Lanes = [u8; LANES];

/// What the trees say of each line, given the answers to their questions.
fn sums(path: Path, trees: &[Four], answers: &[Lanes]) -> [i32; LANES] {
    #[cfg(target_arch = "x86_64")]
    #[expect(unsafe_code, reason = "a leaf for each of sixteen answers at once: three times as fast")]
    if path != Path::Plain {
        // SAFETY: a path is chosen only when the processor has it, and all others have AVX2.
        return unsafe { wide::sums(trees, answers) };
    }
    let mut sums = [0i32; LANES];
    for Four { asks: [a, b, c, d], leaves } in trees {
        let (a, b, c, d) = (of(answers, *a), of(answers, *b), of(answers, *c), of(answers, *d));
        for lane in 0..LANES {
            let answer = a[lane] & 1 | b[lane] & 2 | c[lane] & 4 | d[lane] & 8;
            sums[lane] += i32::from(leaves[usize::from(answer)]);
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
mod wide {
    //! AVX2.

    use super::{Four, LANES, Lanes, of};
    use std::arch::x86_64::{
        __m128i, _mm_and_si128, _mm_or_si128, _mm_packus_epi16, _mm_set1_epi8, _mm_set1_epi16, _mm_shuffle_epi8,
        _mm_srli_epi16, _mm_unpackhi_epi8, _mm_unpacklo_epi8, _mm256_add_epi32, _mm256_cvtepi16_epi32,
        _mm256_setzero_si256,
    };

    #[target_feature(enable = "avx2")]
    pub(super) fn sums(trees: &[Four], answers: &[Lanes]) -> [i32; LANES] {
        let bit = |ask: u32, bit: i8| _mm_and_si128(bytemuck::cast(*of(answers, ask)), _mm_set1_epi8(bit));
        let (mut first, mut second) = (_mm256_setzero_si256(), _mm256_setzero_si256());
        for Four { asks: [a, b, c, d], leaves } in trees {
            let (a, b, c, d) = (bit(*a, 1), bit(*b, 2), bit(*c, 4), bit(*d, 8));
            let answer = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
            // The bytes of the leaves, lower and upper: an answer finds either by a shuffle.
            let leaves: [__m128i; 2] = bytemuck::cast(*leaves);
            let low = |leaves| _mm_and_si128(leaves, _mm_set1_epi16(0xFF));
            let low = _mm_shuffle_epi8(_mm_packus_epi16(low(leaves[0]), low(leaves[1])), answer);
            let high = |leaves| _mm_srli_epi16::<8>(leaves);
            let high = _mm_shuffle_epi8(_mm_packus_epi16(high(leaves[0]), high(leaves[1])), answer);
            first = _mm256_add_epi32(first, _mm256_cvtepi16_epi32(_mm_unpacklo_epi8(low, high)));
            second = _mm256_add_epi32(second, _mm256_cvtepi16_epi32(_mm_unpackhi_epi8(low, high)));
        }
        bytemuck::cast([first, second])
    }
}

/// The answers to a question.
#[inline]
fn of(answers: &[Lanes], ask: u32) -> &Lanes {
    answers.get(ask as usize).unwrap_or(&NONE)
}

/// What is answered where nothing is asked.
static NONE: Lanes = [0; LANES];

/// For each number whether it is large enough: all bits are set, or none.
#[inline]
fn answer(numbers: &[i16; LANES], least: i16) -> Lanes {
    let mut answers = [0; LANES];
    for lane in 0..LANES {
        answers[lane] = if numbers[lane] >= least { u8::MAX } else { 0 };
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::super::column::Column;
    use super::*;

    #[test]
    fn sixteen_lines_at_a_time_are_scored_as_one() {
        for (lines, most) in [(1, 4), (16, 4), (17, 2), (50, 6)] {
            let mut state = 7u64;
            let mut next = move |below: usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as usize % below
            };
            let mut sheet = Sheet::new(lines);
            for column in Column::ALL {
                sheet.cells_mut(*column).fill_with(|| i16::try_from(next(9)).unwrap());
            }
            let trees: Vec<Tree> = (0..40)
                .map(|_| {
                    let deep = next(most + 1);
                    let question = |_| Question {
                        column: Column::ALL[next(Column::ALL.len())],
                        off: i8::try_from(next(7)).unwrap() - 3,
                        least: i16::try_from(next(9)).unwrap(),
                    };
                    let questions: Vec<Question> = (0..deep).map(question).collect();
                    Tree { questions, leaves: (0..1 << deep).map(|leaf| 301 * leaf - 7000).collect() }
                })
                .collect();
            let mut wanted = vec![5; lines];
            for tree in &trees {
                tree.add(&sheet, &mut Vec::new(), &mut wanted);
            }
            let forest = Forest::new(trees);
            for path in Path::ALL.into_iter().filter(|path| path.is_here()) {
                let mut got = vec![5; lines];
                forest.first.add(path, &sheet, &mut got);
                forest.rest.add(path, &sheet, &mut got);
                assert_eq!(got, wanted, "{lines} lines, {}", path.name());
            }
        }
    }
}
