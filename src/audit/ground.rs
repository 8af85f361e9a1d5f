//! Ground: a document as the kinds of dirt see it, with the paragraphs that the run leaves alone.

use super::trace::Trace;
use super::wording::{self, Wordings};
use crate::segment::segment;
use crate::text::{Folding, Word, words};
use crate::types::{DocId, Document, Form, Page, Role, Span};

/// Paragraphs that a document must have.
pub const LEAST: usize = 3;

/// Words from which running text is a paragraph.
const PARAGRAPH: usize = 8;

/// A document in which something can be planted.
pub struct Ground {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Paragraphs of running text that the run over the documents as they are leaves alone, in text order.
    pub clean: Vec<Paragraph>,
    /// Wordings in its language.
    pub wordings: &'static Wordings,
    /// What ends a line in it.
    pub newline: &'static str,
    /// What stands between its paragraphs.
    pub gap: String,
}

/// A paragraph of running text.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// Its number among all blocks.
    pub block: usize,
    /// Its words.
    pub words: Vec<Word>,
}

impl Ground {
    /// Takes a document, and what the run over the documents as they are does to it.
    pub fn new(name: &str, text: &str, plain: &Trace) -> Self {
        let id = DocId { source: 0, place: 0 };
        let document = Document { id, name: name.to_owned(), text: text.to_owned(), form: Form::Utf8 };
        let page = segment(document);
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let opening = page.blocks.iter().skip(1).filter(|block| block.opens).count();
        let spaced = 2 * opening + 1 >= page.blocks.len();
        Self {
            name: name.to_owned(),
            clean: clean(&page, plain),
            wordings: wording::of(text),
            newline,
            gap: newline.repeat(1 + usize::from(spaced)),
            text: page.document.text,
        }
    }

    /// The text of a paragraph.
    pub fn of(&self, paragraph: &Paragraph) -> &str {
        paragraph.span.of(&self.text)
    }

    /// Ends of clean paragraphs that are followed by another: text put there stands amid running text.
    pub fn amid(&self) -> Vec<usize> {
        let followed = self.clean.windows(2).filter(|pair| pair[0].block + 1 == pair[1].block);
        followed.map(|pair| pair[0].span.end as usize).collect()
    }

    /// The end of the last clean paragraph.
    pub fn below(&self) -> Option<usize> {
        self.clean.last().map(|last| last.span.end as usize)
    }
}

fn clean(page: &Page, plain: &Trace) -> Vec<Paragraph> {
    let text = page.document.text.as_str();
    let mut all = Vec::new();
    words(text, Folding::default(), &mut all);
    let mut out = Vec::new();
    for (number, block) in page.blocks.iter().enumerate() {
        let first = all.partition_point(|word| word.start < block.span.start);
        let inside = all[first..].iter().take_while(|word| word.start < block.span.end);
        let running = block.role == Role::Text && ends_sentence(block.span.of(text));
        let words: Vec<Word> = if running { inside.copied().collect() } else { Vec::new() };
        if words.len() >= PARAGRAPH && !plain.touches(block.span) {
            out.push(Paragraph { span: block.span, block: number, words });
        }
    }
    out
}

fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | ')' | ']' | '」' | '』' | ' ');
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_running_text_that_is_left_alone() {
        let text = "A headline\n\nThe council voted on Tuesday to close the old bridge.\n\nShort one.\n\n\
                    Shop owners said that they had not been asked about it.\n\nReaders had collected nine hundred names by then.";
        let at = text.find("Readers").unwrap();
        let plain = Trace::cutting(&[Span::new(at, at + 7)]);
        let ground = Ground::new("a", text, &plain);
        let firsts: Vec<&str> = ground.clean.iter().map(|p| &ground.of(p)[..4]).collect();
        assert_eq!(firsts, ["The ", "Shop"]);
        assert_eq!((ground.gap.as_str(), ground.amid(), ground.below()), ("\n\n", vec![], text.find("\n\nReaders")));
        assert_eq!(Ground::new("b", "a b\nc d\ne f", &Trace::default()).gap, "\n");
    }
}
