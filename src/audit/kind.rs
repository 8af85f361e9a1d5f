//! What a kind of dirt is.

use std::fmt;
use std::ops::Range;

use super::dice::Dice;
use super::ground::Ground;
use crate::types::Span;

/// A kind of dirt. A plug-in is a `pub(crate) static` of this type.
pub struct Kind {
    /// Its name, in the table.
    pub id: &'static str,
    /// One line for the help and the schema.
    pub summary: &'static str,
    /// Plants one piece in a document, or says that it cannot.
    pub plant: fn(&Site<'_>, &mut Dice) -> Option<Planted>,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Where something is to be planted.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The document.
    pub here: &'a Ground,
    /// Those that are read before it.
    pub before: &'a [Ground],
}

/// A change that makes a clean text dirty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Text that should go again.
    Dirt {
        /// Byte of the document's text at which it is put.
        at: usize,
        /// What is put, with what stands between it and the text.
        put: String,
        /// Bytes of `put` that should go.
        dirt: Range<usize>,
        /// Where it stands, in words, for kinds that stand in several places.
        place: &'static str,
        /// What may go for it: the paragraph of the document of which it is a copy.
        source: Option<Span>,
    },
    /// Damage that should be mended.
    Damage {
        /// Bytes of the document's text that are replaced.
        at: Span,
        /// By what.
        put: String,
    },
    /// A document that should go for this one, or this one for it.
    Copy {
        /// Its text.
        text: String,
    },
}

impl Planted {
    /// The document's text with what was planted; none when a document of its own was.
    pub fn text(&self, text: &str) -> Option<String> {
        let (span, put) = self.edit()?;
        Some([&text[..span.start as usize], put, &text[span.end as usize..]].concat())
    }

    /// What of the document's text is replaced by what.
    pub fn edit(&self) -> Option<(Span, &str)> {
        match self {
            Self::Dirt { at, put, .. } => Some((Span::new(*at, *at), put)),
            Self::Damage { at, put } => Some((*at, put)),
            Self::Copy { .. } => None,
        }
    }

    /// The same, as a copy of what stands before it in the document.
    #[must_use]
    pub fn copied_from(mut self, span: Option<Span>) -> Self {
        if let Self::Dirt { source, .. } = &mut self {
            *source = span;
        }
        self
    }

    /// Puts `dirt` below the paragraph that ends at `at`.
    pub fn below(here: &Ground, at: usize, dirt: &str, place: &'static str) -> Self {
        let dirt = dirt.replace('\n', here.newline);
        let put = format!("{}{dirt}", here.gap);
        Self::Dirt { at, dirt: here.gap.len()..put.len(), put, place, source: None }
    }
}

/// Name of the place between two paragraphs.
pub const AMID: &str = "amid the text";
/// Name of the place after the last paragraph.
pub const BELOW: &str = "below the text";

/// Says a wording of `name` in the document's language, amid the text or below it.
pub fn say(site: &Site<'_>, dice: &mut Dice, name: &str) -> Option<Planted> {
    let here = site.here;
    let (ends, place) = if dice.below(2) == 0 { (here.amid(), AMID) } else { (Vec::new(), BELOW) };
    let (at, place) = match dice.pick(&ends) {
        Some(at) => (*at, place),
        None => (here.below()?, BELOW),
    };
    Some(Planted::below(here, at, &here.wordings.say(name, dice), place))
}
