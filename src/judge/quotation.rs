//! Whether text is what somebody said: it stands in quotation marks, or the paragraph names who said it.

use super::Case;
use super::heard::attribution;
use crate::types::{Block, Role, Span};

/// Words in quotation marks from which they are a quotation, and not a name, a title or a term.
const LEAST: u32 = 5;
/// One of so many words must stand in quotation marks for text that says whose they are.
const SHARE: u32 = 3;
/// Gaps between the last words of a line among which it is said that somebody speaks next.
const ANNOUNCES: usize = 6;

/// Why the text of `span` is a quotation, in words; none when it is none.
pub fn why(case: &Case<'_>, span: Span) -> Option<String> {
    let blocks = &case.page.blocks;
    let from = blocks.partition_point(|b| b.span.end <= span.start);
    let to = from + blocks[from..].partition_point(|b| b.span.start < span.end);
    let paragraph = &blocks[from..to];
    if paragraph.iter().all(|b| b.role == Role::Code) {
        return None;
    }
    let common = |q: Span| Span { start: q.start.max(span.start), end: q.end.min(span.end) };
    let heard = &case.heard()[from..to];
    let in_marks = paragraph.iter().zip(heard).flat_map(|(b, heard)| heard.quoted(|| quoted_in(case, b)));
    let marked: Vec<u32> = in_marks.filter(|q| q.overlaps(span)).map(|&q| spoken(case, common(q))).collect();
    // A list of names in quotation marks is no quotation, however many they are.
    let quoted: u32 = if marked.iter().any(|&words| words >= LEAST) { marked.iter().sum() } else { 0 };
    let words = if quoted > 0 { case.words_in(span) } else { 0 };
    if quoted > 0 && 2 * quoted >= words {
        return Some(format!("{quoted} of its {words} words stand in quotation marks"));
    }
    let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return None };
    let before = Span { start: first.span.start, end: span.start };
    let behind = Span { start: span.end, end: last.span.end };
    let around = || {
        let named = heard[0].attribution(case.text(), first, before);
        named.or_else(|| heard[heard.len() - 1].attribution(case.text(), last, behind))
    };
    if let Some(phrase) = around() {
        return Some(format!("is attributed in the same paragraph: {phrase}"));
    }
    // A line above that announces it.
    let above = from.checked_sub(1).map(|i| blocks[i].span.of(case.text())).filter(|text| text.ends_with([':', '：']));
    if let Some(phrase) = above.and_then(|text| attribution(last_words(text))) {
        return Some(format!("is announced in the line above: {phrase}"));
    }
    // Where most of the words are the reporter's own, and stand elsewhere too, it is the report that was copied.
    let phrase = if SHARE * quoted >= words && quoted > 0 { attribution(span.of(case.text())) } else { None }?;
    Some(format!("holds {quoted} words in quotation marks, and says whose they are: {phrase}"))
}

/// Words of what stands in quotation marks. An address, a path or a name with signs in it counts for one.
fn spoken(case: &Case<'_>, span: Span) -> u32 {
    let text = span.of(case.text());
    let words = case.words_in(span);
    if text.is_ascii() { words.min(u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)) } else { words }
}

/// The span in pieces: each block of it that is a quotation, with the reason, and what stands between them.
pub fn divide(case: &Case<'_>, span: Span) -> Vec<(Span, Option<String>)> {
    let blocks = &case.page.blocks;
    let from = blocks.partition_point(|b| b.span.end <= span.start);
    let mut out: Vec<(Span, Option<String>)> = Vec::new();
    for block in blocks[from..].iter().take_while(|b| b.span.start < span.end) {
        let piece = Span { start: block.span.start.max(span.start), end: block.span.end.min(span.end) };
        match (why(case, piece), out.last_mut()) {
            (None, Some((last, None))) => last.end = piece.end,
            (why, _) => out.push((piece, why)),
        }
    }
    if out.is_empty() {
        out.push((span, None));
    }
    // White space and marks around the blocks belong to the span.
    if let Some((first, _)) = out.first_mut() {
        first.start = span.start;
    }
    if let Some((last, _)) = out.last_mut() {
        last.end = span.end;
    }
    out
}

/// The end of a line: what announces a quotation stands right before its colon.
fn last_words(line: &str) -> &str {
    let from = line.rmatch_indices(char::is_whitespace).nth(ANNOUNCES).map_or(0, |(at, _)| at);
    &line[from..]
}

/// What stands in quotation marks in a block.
fn quoted_in(case: &Case<'_>, block: &Block) -> Vec<Span> {
    let marks = case.quotes().within(block.span);
    if !case.signs().may_hold('＂') {
        return quoted(case.text(), block, marks);
    }
    let wide = block.span.of(case.text()).match_indices('＂').map(|(at, _)| block.span.start as usize + at);
    let mut all: Vec<usize> = marks.iter().copied().chain(wide).collect();
    all.sort_unstable();
    quoted(case.text(), block, &all)
}

/// What stands in quotation marks in a block, with them; `marks` are the places of all such marks but `’`. An opening mark at
/// the start of the block that nothing closes reaches to its end: a speech of several paragraphs is opened in each.
fn quoted(text: &str, block: &Block, marks: &[usize]) -> Vec<Span> {
    let (inside, offset) = (block.span.of(text), block.span.start as usize);
    let char_at = |at: usize| inside[at..].chars().next();
    let mut out = Vec::new();
    let mut done = 0;
    for (nth, from) in marks.iter().map(|mark| mark - offset).enumerate() {
        let Some(mark) = char_at(from).filter(|_| from >= done) else { continue };
        let behind = from + mark.len_utf8();
        let Some(closers) = closers(mark, inside[..from].chars().next_back(), char_at(behind)) else { continue };
        let end = if closers == ['’'] {
            let mut apostrophes = inside[behind..].match_indices('’').map(|(at, _)| behind + at);
            apostrophes.find(|&at| inside[..at].ends_with(ends_speech))
        } else {
            let mut later = marks[nth + 1..].iter().map(|mark| mark - offset);
            later.find(|&at| inside[at..].starts_with(closers))
        };
        let Some(end) = end else { return if from == 0 { vec![block.span] } else { out } };
        done = end + char_at(end).map_or(0, char::len_utf8);
        out.push(Span::new(offset + from, offset + done));
    }
    out
}

/// What closes the quotation that the character opens between these neighbours; none when it opens none.
fn closers(c: char, before: Option<char>, after: Option<char>) -> Option<&'static [char]> {
    // Not behind a sign of code, as in `name="value"`.
    let free =
        |b: char| b.is_whitespace() || matches!(b, '(' | '[' | '-' | '–' | '—' | '…' | '‘' | '“' | '*' | '_' | '\'');
    let begins = before.is_none_or(free) && after.is_some_and(|a| !a.is_whitespace());
    match c {
        '"' if begins => Some(&['"']),
        '“' => Some(&['”', '"']),
        '„' => Some(&['“', '”', '"']),
        // Swedish and Finnish use the closing mark on both sides.
        '”' if begins => Some(&['”']),
        '«' => Some(&['»']),
        '»' if begins => Some(&['«', '»']),
        '‘' if begins => Some(&['’']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        '＂' if begins => Some(&['＂']),
        _ => None,
    }
}

/// Whether an apostrophe behind the character may be a closing mark: speech ends in a sign of punctuation.
fn ends_speech(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::places::QUOTES;

    fn marks(text: &str) -> Vec<usize> {
        text.match_indices(|c| QUOTES.contains(&c) || "‘＂".contains(c)).map(|(at, _)| at).collect()
    }

    fn in_marks(text: &str) -> Vec<&str> {
        let span = Span::new(0, text.len());
        let block = Block { span, line: 1, last_line: 1, role: Role::Text, opens: true };
        quoted(text, &block, &marks(text)).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn marks_of_many_languages_are_known() {
        for (text, wanted) in [
            ("He said \"we will go\" and left.", "\"we will go\""),
            ("He said “we will go” and left.", "“we will go”"),
            ("Er sagte: „Wir gehen“, und ging.", "„Wir gehen“"),
            ("Er sagte: »Wir gehen«, und ging.", "»Wir gehen«"),
            ("Il a dit : « Nous partons » et partit.", "« Nous partons »"),
            ("‘We don’t go,’ he said.", "‘We don’t go,’"),
            ("Hon sade: ”Vi går” och gick.", "”Vi går”"),
            ("他说：「我们走。」", "「我们走。」"),
            ("“We will go, and this paragraph is not the last.", "“We will go, and this paragraph is not the last."),
        ] {
            assert_eq!(in_marks(text), [wanted], "{text}");
        }
        for text in [
            "A pipe of 12\" and one of 6\" were laid.",
            "<a href=\"x y\">",
            "The workers’ rights",
            "It ends “here and goes on",
        ] {
            assert!(in_marks(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_announces_stands_before_the_colon() {
        assert_eq!(
            last_words("It adds a way to do that, and it is done by hand as follows:"),
            " it is done by hand as follows:"
        );
        assert_eq!(last_words("He said:"), "He said:");
    }
}
