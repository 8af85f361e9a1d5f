//! Bytes of a text → lines and columns, as editors count them.

use crate::types::Point;

/// The points at which the bytes of `text` stand; `at` is sorted. A byte within a character stands behind it, one past the
/// end at the end. Between `\r` and `\n` nothing stands: that is the end of the line.
pub fn points(text: &str, at: &[usize]) -> Vec<Point> {
    let mut out = Vec::with_capacity(at.len());
    let mut here = Point::FIRST;
    let mut chars = text.char_indices().peekable();
    for &at in at {
        while let Some((_, c)) = chars.next_if(|&(place, _)| place < at) {
            let ends = c == '\n' || c == '\r' && chars.peek().is_none_or(|&(_, next)| next != '\n');
            here = if ends { Point { line: here.line + 1, ..Point::FIRST } } else { step(here, c) };
        }
        out.push(here);
    }
    out
}

/// One character further on the line; the first half of a line end takes no room.
fn step(at: Point, c: char) -> Point {
    match c {
        '\r' => at,
        _ => Point { column: at.column + 1, utf16: at.utf16 + c.len_utf16() as u64, ..at },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_those_of_editors() {
        let text = "é😀x\r\ny\rz\n\n";
        let all: Vec<usize> = (0..=text.len() + 1).filter(|&at| text.is_char_boundary(at) || at > text.len()).collect();
        let got: Vec<_> = points(text, &all).iter().map(|p| (p.line, p.column, p.utf16)).collect();
        let line1 = [(1, 1, 1), (1, 2, 2), (1, 3, 4), (1, 4, 5), (1, 4, 5)];
        let rest = [(2, 1, 1), (2, 2, 2), (3, 1, 1), (3, 2, 2), (4, 1, 1), (5, 1, 1), (5, 1, 1)];
        assert_eq!(got, [line1.as_slice(), &rest].concat());
    }
}
