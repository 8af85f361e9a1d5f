//! Folding for matching: what counts as the same word.
//!
//! A word is folded to Unicode compatibility form (NFKC) and lower case; joiners, soft hyphens and other invisible
//! characters vanish. Quotes, dashes, punctuation and white space stand between words and so never matter.

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// What the user lets matching ignore beyond the fixed folding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// Whether all digits count as the same digit.
    pub digits: bool,
}

/// How a character takes part in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stands between words.
    Gap = 0,
    /// Part of a word.
    Word,
    /// A word of its own: scripts that write no spaces.
    Solo,
    /// Invisible, as if it were not there.
    Ignored,
}

/// How a character takes part in words.
pub fn class(c: char) -> Class {
    fold(c.into()).class()
}

/// How a character is folded: from the lowest bit on, up to three bytes of UTF-8, their number, the class, whether the
/// character is folded by itself, whatever stands next to it, and whether it is a mark whose order among marks matters.
#[derive(Clone, Copy)]
pub(super) struct Fold(u32);

const LEN: u32 = 24;
const CLASS: u32 = 26;
const PLAIN: u32 = 28;
const MARK: u32 = 29;
const WORD: u32 = 30;

/// How each character of the Basic Multilingual Plane is folded, so that the hot loop asks no Unicode property twice.
/// A page of 256 characters is made when its first one is met: most texts need few of them.
static PAGES: [OnceLock<Box<[Fold; 256]>>; 256] = [const { OnceLock::new() }; 256];

/// How the character with this code point is folded.
#[inline]
pub(super) fn fold(code: u32) -> Fold {
    let [low, page, 0, 0] = code.to_le_bytes() else { return Fold::of(code) };
    let page = PAGES[usize::from(page)].get_or_init(|| make_page(page));
    page[usize::from(low)]
}

#[cold]
fn make_page(page: u8) -> Box<[Fold; 256]> {
    Box::new(std::array::from_fn(|low| Fold::of(u32::from(page) << 8 | u32::try_from(low).unwrap_or_default())))
}

impl Fold {
    fn of(code: u32) -> Self {
        let Some(c) = char::from_u32(code) else { return Self(0) };
        let class = classify(c);
        let mark = canonical_combining_class(c) != 0;
        let fold = Self((class as u32) << CLASS | u32::from(mark) << MARK | u32::from(class == Class::Word) << WORD);
        // A character that NFKC leaves alone and that no neighbour changes.
        let alone = is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes;
        let mut lower = c.to_lowercase();
        match (class, lower.next(), lower.next()) {
            (Class::Ignored, ..) if alone => Self(fold.0 | 1 << PLAIN),
            (Class::Word | Class::Solo, Some(l), None)
                if alone && l.len_utf8() <= 3 && matches!(classify(l), Class::Word | Class::Solo) =>
            {
                let mut bytes = [0; 4];
                let len = u32::try_from(l.encode_utf8(&mut bytes).len()).unwrap_or_default();
                Self(fold.0 | u32::from_le_bytes(bytes) | len << LEN | 1 << PLAIN)
            }
            _ => fold,
        }
    }

    /// How the character takes part in words.
    #[inline]
    pub(super) fn class(self) -> Class {
        match self.0 >> CLASS & 3 {
            0 => Class::Gap,
            1 => Class::Word,
            2 => Class::Solo,
            _ => Class::Ignored,
        }
    }

    /// Whether its class is [`Class::Word`], as a bit of its own: asked first, it spares most characters a jump by table.
    #[inline]
    pub(super) fn is_word(self) -> bool {
        self.0 >> WORD & 1 == 1
    }

    /// Whether [`Fold::utf8`] is what becomes of the character in any word.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        self.0 >> PLAIN & 1 == 1
    }

    /// Whether NFKC sorts it among others of its kind; one by itself stays.
    #[inline]
    pub(super) fn is_mark(self) -> bool {
        self.0 >> MARK & 1 == 1
    }

    /// What it becomes, the first byte lowest.
    #[inline]
    pub(super) fn utf8(self) -> u32 {
        self.0 & 0xFF_FFFF
    }

    /// Number of bytes that it becomes.
    #[inline]
    pub(super) fn len(self) -> usize {
        (self.0 >> LEN & 3) as usize
    }
}

fn classify(c: char) -> Class {
    match c {
        '\u{AD}'
        | '\u{34F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => Class::Ignored,
        // Thai, Lao, Myanmar, Khmer, kana, ideographs: no spaces between words, so a character is a word.
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
            if c.is_alphanumeric() =>
        {
            Class::Solo
        }
        _ if c.is_alphanumeric() || c == '_' || is_combining_mark(c) => Class::Word,
        _ => Class::Gap,
    }
}

/// Appends the folded form of a word that is not pure ASCII.
pub(super) fn fold_word(word: &str, out: &mut Vec<u8>) {
    let mut push = |c: char| {
        let mut bytes = [0; 4];
        if matches!(fold(c.into()).class(), Class::Word | Class::Solo) {
            out.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
        }
    };
    if is_nfkc_quick(word.chars()) == IsNormalized::Yes {
        word.chars().flat_map(char::to_lowercase).for_each(&mut push);
    } else {
        word.nfkc().flat_map(char::to_lowercase).for_each(&mut push);
    }
}

/// Appends the folded form of a word in which each character is folded by itself.
pub(super) fn fold_plain(word: &str, out: &mut Vec<u8>) {
    for c in word.chars() {
        let fold = fold(c.into());
        if c.is_ascii() {
            out.push((c as u8).to_ascii_lowercase());
        } else {
            out.extend_from_slice(&fold.utf8().to_le_bytes()[..fold.len()]);
        }
    }
}
