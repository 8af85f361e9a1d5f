//! In which script a text is written.

use unicode_script::{Script, UnicodeScript};

use crate::judge::signs::Signs;

/// Whether most letters of `text`, which has these signs, are of a script with marks at the ends of sentences, and with spaces between words or a
/// word a sign. Of the others no page was ever labelled, and what is measured of a line means nothing there.
pub(super) fn shows_sentences(text: &str, signs: &Signs) -> bool {
    // The letters in question take three bytes each, of which the first is one of these.
    let is_first = |byte: u8| matches!(byte, 0xE0 | 0xE1 | 0xEA);
    if !signs.any(is_first) {
        return true;
    }
    let first = text.bytes().filter(|&byte| is_first(byte)).count();
    if 6 * first < text.len() {
        return true;
    }
    let (mut hidden, mut all) = (0usize, 0usize);
    for script in
        text.chars().map(|c| c.script()).filter(|script| !matches!(script, Script::Common | Script::Inherited))
    {
        all += 1;
        hidden += usize::from(matches!(
            script,
            Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar | Script::Tibetan | Script::Javanese
        ));
    }
    2 * hidden <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        for text in
            ["", "Ça va? 12 345", "… — “”", "東京のニュース。", "Новости (RSS)", "होम पेज", "ข่าว and more of the news"]
        {
            assert!(shows_sentences(text, &Signs::of(text)), "{text}");
        }
        for text in ["หน้าแรก of ข่าววันนี้", "ຂ່າວ", "ព័ត៌មាន", "သတင်း"]
        {
            assert!(!shows_sentences(text, &Signs::of(text)), "{text}");
        }
    }
}
