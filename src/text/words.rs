//! Words and where they stand.

use super::fold::Folding;
use super::packed::{DIGIT, ONLY_DIGITS, Packed, WIDTH, hash_of};
use super::scan::{Visit, scan};

/// One word of a text: where it stands, and the hash of its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Hash of the folded form. Its lowest bit tells whether the word holds a digit, so that the numbers of two texts
    /// can be compared when their letters are gone; the next one, whether it holds nothing else.
    pub hash: u64,
}

/// The [`Word::key`] of every word of digits only.
pub const NUMBER: u64 = 0;

impl Word {
    /// Whether the word holds a digit.
    #[inline]
    pub fn is_number(&self) -> bool {
        self.hash & DIGIT != 0
    }

    /// What lists of phrases know the word by: its hash, and [`NUMBER`] for every word of digits only. The list must be
    /// read with the same [`Folding`].
    #[inline]
    pub fn key(&self) -> u64 {
        if self.hash & ONLY_DIGITS == 0 { self.hash } else { NUMBER }
    }
}

/// Appends all words of `text` to `out`. What lies beyond 4 GiB of text is left out.
pub fn words(text: &str, folding: Folding, out: &mut Vec<Word>) {
    let most = u32::MAX as usize;
    let text = (most - 3..=most).rev().find_map(|end| text.get(..end)).unwrap_or(text);
    if folding.digits {
        scan(text, &mut Collect::<true>(out));
    } else {
        scan(text, &mut Collect::<false>(out));
    }
}

/// Lists words, with all digits made zeros or as they are.
struct Collect<'a, const DIGITS: bool>(&'a mut Vec<Word>);

impl<const DIGITS: bool> Collect<'_, DIGITS> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the hottest loop")]
    #[expect(clippy::cast_possible_truncation, reason = "the text was cut to what fits")]
    fn push(&mut self, start: usize, end: usize, hash: u64) {
        self.0.push(Word { start: start as u32, end: end as u32, hash });
    }
}

impl<const DIGITS: bool> Visit for Collect<'_, DIGITS> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the hottest loop")]
    fn ascii(&mut self, start: usize, end: usize, word: Packed) {
        let word = if DIGITS { word.one_digit() } else { word };
        self.push(start, end, word.ascii_hash());
    }

    fn short(&mut self, start: usize, end: usize, word: Packed) {
        let word = if DIGITS { word.one_digit() } else { word };
        self.push(start, end, word.hash());
    }

    fn long(&mut self, start: usize, end: usize, folded: &mut [u8]) {
        fold_digits(folded, DIGITS);
        self.push(start, end, hash_of(folded));
    }
}

/// Calls `visit(start, end, folded)` for each word of `text`, in order.
pub fn each_word(text: &str, folding: Folding, visit: impl FnMut(usize, usize, &[u8])) {
    scan(text, &mut Each { visit, folding });
}

struct Each<F> {
    visit: F,
    folding: Folding,
}

impl<F: FnMut(usize, usize, &[u8])> Visit for Each<F> {
    #[inline]
    fn ascii(&mut self, start: usize, end: usize, word: Packed) {
        self.short(start, end, word);
    }

    #[inline]
    fn short(&mut self, start: usize, end: usize, word: Packed) {
        let word = if self.folding.digits { word.one_digit() } else { word };
        let (bytes, len) = word.folded();
        (self.visit)(start, end, &bytes[..len]);
    }

    fn long(&mut self, start: usize, end: usize, folded: &mut [u8]) {
        fold_digits(folded, self.folding.digits);
        (self.visit)(start, end, folded);
    }
}

fn fold_digits(folded: &mut [u8], digits: bool) {
    if digits {
        folded.iter_mut().filter(|b| b.is_ascii_digit()).for_each(|b| *b = b'0');
    }
}

/// The hashes of those of the words that hold a digit, in order.
pub fn numbers(words: &[Word]) -> Vec<u64> {
    words.iter().filter(|word| word.is_number()).map(|word| word.hash).collect()
}

/// Number of words in `text`.
pub fn count(text: &str) -> u64 {
    let mut count = Count(0);
    scan(text, &mut count);
    count.0
}

struct Count(u64);

impl Visit for Count {
    #[inline]
    fn ascii(&mut self, _: usize, _: usize, _: Packed) {
        self.0 += 1;
    }

    #[inline]
    fn short(&mut self, _: usize, _: usize, _: Packed) {
        self.0 += 1;
    }

    fn long(&mut self, _: usize, _: usize, _: &mut [u8]) {
        self.0 += 1;
    }
}

/// The folded words of `text`, joined by single spaces; a word of digits only becomes `#` when `number_sign` is set.
pub fn folded(text: &str, number_sign: bool) -> String {
    let mut join = Join { out: Vec::with_capacity(text.len() + 2 * WIDTH), number_sign };
    scan(text, &mut join);
    join.out.pop();
    String::from_utf8(join.out).unwrap_or_default()
}

struct Join {
    out: Vec<u8>,
    number_sign: bool,
}

impl Visit for Join {
    #[inline]
    fn ascii(&mut self, start: usize, end: usize, word: Packed) {
        self.short(start, end, word);
    }

    #[inline]
    fn short(&mut self, _: usize, _: usize, word: Packed) {
        if self.number_sign && word.is_digits() {
            self.out.extend_from_slice(b"# ");
            return;
        }
        // All of the register is written and the surplus taken back: cheaper than as many bytes as there are.
        let (bytes, len) = word.folded();
        let end = self.out.len() + len;
        self.out.extend_from_slice(&bytes);
        self.out.truncate(end);
        self.out.push(b' ');
    }

    fn long(&mut self, _: usize, _: usize, folded: &mut [u8]) {
        if self.number_sign && folded.iter().all(u8::is_ascii_digit) {
            self.out.push(b'#');
        } else {
            self.out.extend_from_slice(folded);
        }
        self.out.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::super::fold::{Class, fold};
    use super::*;

    /// The words of `text` by the definition, a character at a time.
    fn by_definition(text: &str, digits: bool) -> Vec<(usize, usize, String)> {
        let class = |c: char| if c.is_ascii_alphanumeric() { Class::Word } else { fold(c.into()).class() };
        let mut spans = Vec::new();
        let (mut start, mut end) = (0, 0);
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let next = at + c.len_utf8();
            match class(c) {
                Class::Word => end = next,
                Class::Ignored => {}
                Class::Gap | Class::Solo => {
                    spans.push((start, end));
                    if class(c) == Class::Solo {
                        spans.push((at, next));
                    }
                    (start, end) = (next, next);
                }
            }
        }
        let lower = |word: &str| {
            let folded =
                word.nfkc().flat_map(char::to_lowercase).filter(|&c| matches!(class(c), Class::Word | Class::Solo));
            folded.map(|c| if digits && c.is_ascii_digit() { '0' } else { c }).collect::<String>()
        };
        let words = spans.into_iter().filter(|(start, end)| start < end).map(|(s, e)| (s, e, lower(&text[s..e])));
        words.filter(|(_, _, word)| !word.is_empty()).collect()
    }

    /// Letters, digits, marks and signs that are treated in different ways.
    const PIECES: &str = concat!(
        "a|Z|_|7|word|WORDS|2021| | | |\n|.|-|\0|\u{7f}|@|[|`|{|/|:|’|“|”|—|…|\u{a0}|«|»|\u{ad}|\u{200b}|",
        "\u{feff}|\u{34f}|é|É|ß|ẞ|İ|ı|Σ|ς|ж|Ж|Й|и\u{306}|e\u{301}|\u{301}|\u{323}|\u{327}|ﬁ|½|²|ª|７|Ａ|＿|北|京|。|",
        "ア|ｱ|ﾞ|が|か\u{3099}|ไ|ท|ำ|่|ລ|ຳ|ខ|្|ម|မ|ြ|한|ᄒ\u{1161}|हि|न्|दी|क\u{93c}|שׁ|ש\u{5c1}\u{5b0}|عَ|ﷺ|𝐀|𠀀|丽|",
        "豈|😀|ǅ|ŉ|K|Å|ſ|٣|Donaudampfschifffahrt|восемнадцатибуквенное|0123456789abcdef",
    );

    /// Texts of these pieces, of all lengths, the same each time.
    fn odd_texts() -> impl Iterator<Item = String> {
        let pieces: Vec<&str> = PIECES.split('|').collect();
        let mut state = 1u64;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        (0..6000).map(move |_| {
            let (many, first, kinds) = (next(60), next(pieces.len()), 1 + next(pieces.len()));
            (0..many).map(|_| pieces[(first + next(kinds)) % pieces.len()]).collect()
        })
    }

    #[test]
    fn the_fast_way_finds_the_words_of_the_definition() {
        let mut texts = 0;
        let mut hashes: std::collections::BTreeMap<u64, String> = std::collections::BTreeMap::new();
        for text in odd_texts() {
            for digits in [false, true] {
                let expected = by_definition(&text, digits);
                let mut got = Vec::new();
                let folding = Folding { digits };
                each_word(&text, folding, |s, e, word| got.push((s, e, String::from_utf8(word.to_vec()).unwrap())));
                assert_eq!(got, expected, "{text:?}");
                let mut list = Vec::new();
                words(&text, folding, &mut list);
                assert_eq!(list.len(), expected.len(), "{text:?}");
                for (word, (start, end, form)) in list.iter().zip(&expected) {
                    assert_eq!((word.start as usize, word.end as usize), (*start, *end), "{text:?}");
                    assert_eq!(word.hash, hash_of(form.as_bytes()), "{form} in {text:?}");
                    assert_eq!(word.is_number(), form.contains(|c: char| c.is_ascii_digit()), "{form}");
                    assert_eq!(word.key() == NUMBER, form.bytes().all(|b| b.is_ascii_digit()), "{form}");
                    let first = hashes.entry(word.hash).or_insert_with(|| form.clone());
                    assert_eq!(first, form, "one hash of two words");
                }
                assert_eq!(count(&text), expected.len() as u64);
                if !digits {
                    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
                    let plain: Vec<&str> = expected.iter().map(|(_, _, word)| word.as_str()).collect();
                    let signs: Vec<&str> = plain.iter().map(|word| if number(word) { "#" } else { word }).collect();
                    assert_eq!((folded(&text, false), folded(&text, true)), (plain.join(" "), signs.join(" ")));
                }
            }
            texts += usize::from(!text.is_ascii());
        }
        assert!(texts > 5000 && hashes.len() > 10_000, "{texts} texts, {} words", hashes.len());
    }

    #[test]
    fn folds_case_form_quotes_and_invisible_characters() {
        let same = [
            "Organization’s “ABILITY” — to",
            "organization's \"ability\" - to",
            "Orga\u{AD}nization's ａｂｉｌｉｔｙ…to",
        ];
        for text in same {
            assert_eq!(folded(text, false), "organization s ability to", "{text}");
        }
        assert_eq!(folded("Straße ÄRGER É e\u{301}", false), "straße ärger é é");
        assert_eq!(folded("12 Comments, 3rd", true), "# comments 3rd");
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        assert_eq!(folded("北京abc東京", false), "北 京 abc 東 京");
        assert_eq!(count("ประเทศ"), 6);
    }

    #[test]
    fn spans_point_at_the_words() {
        let text = "«Ça va?» 50% naïve.";
        let mut out = Vec::new();
        words(text, Folding::default(), &mut out);
        let got: Vec<_> = out.iter().map(|w| &text[w.start as usize..w.end as usize]).collect();
        assert_eq!(got, ["Ça", "va", "50", "naïve"]);
    }

    #[test]
    fn digits_are_folded_only_when_asked() {
        let hash = |text: &str, digits| {
            let mut out = Vec::new();
            words(text, Folding { digits }, &mut out);
            out[0].hash
        };
        assert_ne!(hash("2021", false), hash("2022", false));
        assert_eq!(hash("2021", true), hash("2022", true));
        assert_eq!(hash("2nd", false) & 1, 1);
        assert_eq!(hash("second", false) & 1, 0);
    }

    #[test]
    fn all_numbers_share_a_key_and_no_word_has_it() {
        let mut out = Vec::new();
        words("2021 ７ 3rd third THIRD", Folding::default(), &mut out);
        let keys: Vec<u64> = out.iter().map(Word::key).collect();
        assert_eq!(keys[..2], [NUMBER, NUMBER]);
        assert_eq!(keys[3], keys[4]);
        assert!(keys[2] != keys[3] && !keys[2..].contains(&NUMBER));
        assert_ne!(out[0].hash, out[1].hash);
    }
}
