//! Which words of changed lines are the change.

use std::borrow::Cow;
use std::ops::Range;

use super::hunks::unlike;
use crate::text::Folding;
use crate::text::words::each_word;

/// Places within lines that have no counterpart on the other side: a list for each line, in order. No lists where marks
/// would help nobody.
#[derive(Default)]
pub(super) struct Marked {
    pub(super) before: Vec<Vec<Range<usize>>>,
    pub(super) after: Vec<Vec<Range<usize>>>,
}

/// Of the words on both sides, this part must be common: else one text stands in the place of another, and marking all of
/// it would only be louder.
const COMMON: usize = 4;
/// Words, and what stands between them, that are compared at most: where a text repeats itself, the time grows with the square
/// of their number, and nobody reads a change of a hundred pages word by word.
const MOST: usize = 1 << 16;

/// Marks the words that changed. Places are those of the lines read as UTF-8, what is none replaced.
pub(super) fn marked(before: &[&[u8]], after: &[&[u8]]) -> Marked {
    if before.is_empty() || after.is_empty() {
        return Marked::default();
    }
    let (before, after) = (Side::new(before), Side::new(after));
    if before.pieces.len() + after.pieces.len() > MOST {
        return Marked::default();
    }
    let (old, new) = (before.pieces(), after.pieces());
    let (gone, come) = unlike(&old, &new);
    let (words, common) = (before.count(|_| true), before.count(|piece| !gone[piece]));
    if common * COMMON < words.min(after.count(|_| true)) {
        return Marked::default();
    }
    Marked { before: before.marks(&gone), after: after.marks(&come) }
}

/// The lines of one side, in pieces: words, and what stands between them.
struct Side<'a> {
    lines: Vec<Cow<'a, str>>,
    /// Line, place in it, and whether it is a word.
    pieces: Vec<(usize, Range<usize>, bool)>,
}

impl<'a> Side<'a> {
    fn new(lines: &[&'a [u8]]) -> Self {
        let lines: Vec<Cow<'a, str>> = lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
        let mut pieces = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let mut at = 0;
            let mut piece = |place: Range<usize>, word| {
                if !place.is_empty() {
                    pieces.push((number, place, word));
                }
            };
            each_word(line, Folding::default(), |start, end, _| {
                piece(at..start, false);
                piece(start..end, true);
                at = end;
            });
            piece(at..line.len(), false);
        }
        Self { lines, pieces }
    }

    fn pieces(&self) -> Vec<&str> {
        self.pieces.iter().map(|(line, place, _)| &self.lines[*line][place.clone()]).collect()
    }

    /// Number of words whose pieces are wanted.
    fn count(&self, wanted: impl Fn(usize) -> bool) -> usize {
        self.pieces.iter().enumerate().filter(|(number, (.., word))| *word && wanted(*number)).count()
    }

    /// The places of the marked pieces by lines, neighbours as one; line ends are never marked, nor are lines of which all
    /// words would be: their colour says so.
    fn marks(&self, marked: &[bool]) -> Vec<Vec<Range<usize>>> {
        let mut out: Vec<Vec<Range<usize>>> = vec![Vec::new(); self.lines.len()];
        for ((line, place, _), _) in self.pieces.iter().zip(marked).filter(|(_, marked)| **marked) {
            let end = place.end.min(self.lines[*line].trim_end_matches(['\r', '\n']).len());
            match out[*line].last_mut() {
                Some(last) if last.end == place.start => last.end = end,
                _ if place.start < end => out[*line].push(place.start..end),
                _ => {}
            }
        }
        let stays = self.pieces.iter().zip(marked).filter(|((.., word), marked)| *word && !**marked);
        let mut partly = vec![false; self.lines.len()];
        stays.for_each(|((line, ..), _)| partly[*line] = true);
        out.iter_mut().zip(partly).filter(|(_, partly)| !partly).for_each(|(marks, _)| marks.clear());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_across_lines() {
        let before: [&[u8]; 3] = [b"the bridge over the ri-\n", b"ver was closed, they said\n", b"Share this\n"];
        let after: [&[u8]; 1] = [b"the bridge over the river was closed, he said\n"];
        let Marked { before, after } = marked(&before, &after);
        assert_eq!(format!("{before:?}"), "[[20..23], [0..3, 16..20], []]");
        assert_eq!(format!("{after:?}"), "[[20..25, 38..40]]");
    }

    #[test]
    fn another_text_is_not_marked() {
        let Marked { before, after } = marked(&[b"one two three four five\n"], &[b"six seven eight nine five\n"]);
        assert!(before.is_empty() && after.is_empty());
    }

    #[test]
    fn in_very_many_words_none_is_marked() {
        let line = |words: usize| ["one ".repeat(words), "two\n".into()].concat().into_bytes();
        for (words, some) in [(MOST / 4 - 2, true), (MOST / 4, false)] {
            let (before, after) = (line(words), line(words - 1));
            let Marked { before, after } = marked(&[&before], &[&after]);
            assert_eq!(before.concat().len() + after.concat().len() > 0, some);
        }
    }
}
