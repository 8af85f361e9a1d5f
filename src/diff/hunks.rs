//! One file before and after as a unified diff: the one door to `imara-diff`, which says which lines and words changed.

use std::io;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::name::quoted;
use super::pen::Pen;

/// Lines around a change that stay as they are.
const CONTEXT: u32 = 3;

/// Writes the diff of a file of that name and mode; without an `after`, the file goes. Lines end with `\n` and with nothing
/// else, and all other bytes are themselves, as git has it.
pub(super) fn file(pen: &mut Pen<'_>, name: &[u8], mode: &str, before: &[u8], after: Option<&[u8]>) -> io::Result<()> {
    let side = |side: &[u8]| quoted(&[side, name].concat());
    let (from, to) = (side(b"a/"), side(b"b/"));
    pen.head(&[b"diff --git ", from.as_slice(), b" ", &to].concat())?;
    if after.is_none() {
        pen.head(&[b"deleted file mode ", mode.as_bytes()].concat())?;
    }
    if before.is_empty() {
        return Ok(());
    }
    // A name with white space ends at a tab.
    let end: &[u8] = if name.iter().any(u8::is_ascii_whitespace) { b"\t" } else { b"" };
    pen.head(&[b"--- ", from.as_slice(), end].concat())?;
    pen.head(&if after.is_none() { b"+++ /dev/null".to_vec() } else { [b"+++ ", to.as_slice(), end].concat() })?;

    let input = InternedInput::new(before, after.unwrap_or_default());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let lines = |tokens: &[imara_diff::Token], range: Range<u32>| -> Vec<&[u8]> {
        tokens[range.start as usize..range.end as usize].iter().map(|&token| input.interner[token]).collect()
    };
    let number = u32::try_from(input.before.len()).unwrap_or(u32::MAX);
    let changes: Vec<(Range<u32>, Range<u32>)> = diff.hunks().map(|change| (change.before, change.after)).collect();
    for near in changes.chunk_by(|one, next| next.0.start - one.0.end <= 2 * CONTEXT) {
        let (Some(first), Some(last)) = (near.first(), near.last()) else { continue };
        let above = first.0.start.min(CONTEXT);
        let below = (number - last.0.end).min(CONTEXT);
        let old = first.0.start - above..last.0.end + below;
        let new = first.1.start - above..last.1.end + below;
        pen.place(&format!("@@ -{} +{} @@", place(&old), place(&new)))?;
        let mut at = old.start;
        for (removed, added) in near {
            pen.same(&lines(&input.before, at..removed.start))?;
            pen.change(&lines(&input.before, removed.clone()), &lines(&input.after, added.clone()))?;
            at = removed.end;
        }
        pen.same(&lines(&input.before, at..old.end))?;
    }
    Ok(())
}

/// Where lines stand, from 1; of none, the line before.
fn place(lines: &Range<u32>) -> String {
    match lines.end - lines.start {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        number => format!("{},{number}", lines.start + 1),
    }
}

/// Which of the pieces before and after have no counterpart.
pub(super) fn unlike(before: &[&str], after: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let mut input = InternedInput::default();
    input.update_before(before.iter().copied());
    input.update_after(after.iter().copied());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let numbers = |pieces: &[&str]| 0..u32::try_from(pieces.len()).unwrap_or(u32::MAX);
    (
        numbers(before).map(|piece| diff.is_removed(piece)).collect(),
        numbers(after).map(|piece| diff.is_added(piece)).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Look;

    fn patch(before: &str, after: Option<&str>) -> String {
        let mut out = Vec::new();
        let mut pen = Pen { out: &mut out, look: Look::Plain };
        file(&mut pen, b"x", "100644", before.as_bytes(), after.map(str::as_bytes)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn changes_that_are_near_share_a_hunk() {
        let before: String = ('a'..='z').flat_map(|c| [c, '\n']).collect();
        let after = before.replace("b\n", "").replace("i\n", "I\n").replace("q\n", "").replace("z\n", "z");
        let head = "diff --git a/x b/x\n--- a/x\n+++ b/x\n";
        let hunks = "@@ -1,12 +1,11 @@\n a\n-b\n c\n d\n e\n f\n g\n h\n-i\n+I\n j\n k\n l\n\
                     @@ -14,7 +13,6 @@\n n\n o\n p\n-q\n r\n s\n t\n\
                     @@ -23,4 +21,4 @@\n w\n x\n y\n-z\n+z\n\\ No newline at end of file\n";
        assert_eq!(patch(&before, Some(&after)), format!("{head}{hunks}"));
    }

    #[test]
    fn files_become_empty_or_go() {
        assert!(patch("a\rb\n", Some("")).ends_with("\n--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\rb\n"));
        let gone = "diff --git a/x b/x\ndeleted file mode 100644\n";
        assert_eq!(patch("", None), gone);
        let hunk = "--- a/x\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n\\ No newline at end of file\n";
        assert_eq!(patch("a\nb", None), format!("{gone}{hunk}"));
    }
}
