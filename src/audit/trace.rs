//! Traces: what a run did to one document.

use std::collections::BTreeSet;

use crate::report::DocumentEntry;
use crate::report::model::Fate;
use crate::types::Span;

/// What was done to a document; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Whether it went as a whole.
    pub dropped: bool,
    /// What was changed, in text order, disjoint.
    pub touched: Vec<Touch>,
    /// Rules that had it go.
    pub by: BTreeSet<String>,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Touch {
    /// What went.
    pub span: Span,
    /// What came.
    pub put: String,
    /// For which rules.
    pub by: BTreeSet<String>,
}

impl Trace {
    /// Reads an entry of the report.
    pub fn of(entry: &DocumentEntry<'_>) -> Self {
        let rule = |number: &u32| Some(entry.findings.get(*number as usize)?.rule.to_string());
        let touched = entry.edits.iter().map(|edit| Touch {
            span: edit.span,
            put: edit.put.to_string(),
            by: edit.findings.iter().filter_map(rule).collect(),
        });
        let dropped = entry.fate == Fate::Drop;
        let by = entry.findings.iter().filter(|finding| dropped && finding.done).map(|f| f.rule.to_string()).collect();
        Self { dropped, touched: touched.collect(), by }
    }

    /// The changes that touch a span.
    fn within(&self, span: Span) -> impl Iterator<Item = &Touch> {
        let first = self.touched.partition_point(|touch| touch.span.end <= span.start);
        self.touched[first..].iter().take_while(move |touch| touch.span.start < span.end)
    }

    /// Whether anything of the span went or was replaced.
    pub fn touches(&self, span: Span) -> bool {
        self.dropped || self.within(span).next().is_some()
    }

    /// The rules for which something of the span was touched.
    pub fn rules(&self, span: Span) -> BTreeSet<&str> {
        let touches = self.within(span).flat_map(|touch| &touch.by);
        self.by.iter().chain(touches).map(String::as_str).collect()
    }

    /// What stands now where `span` of the text stood; none when that is gone, or ends within a change.
    pub fn after(&self, text: &str, span: Span) -> Option<String> {
        let (mut out, mut at) = (String::new(), span.start);
        for touch in self.within(span) {
            if self.dropped || touch.span.start < span.start || touch.span.end > span.end {
                return None;
            }
            out.push_str(Span { start: at, end: touch.span.start }.of(text));
            out.push_str(&touch.put);
            at = touch.span.end;
        }
        (!self.dropped).then(|| out + Span { start: at, end: span.end }.of(text))
    }
}

#[cfg(test)]
impl Trace {
    /// One that had these spans go.
    pub fn cutting(spans: &[Span]) -> Self {
        let touch = |span: &Span| Touch { span: *span, put: String::new(), by: BTreeSet::from(["test".into()]) };
        Self { touched: spans.iter().map(touch).collect(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_touched_from_their_first_byte_to_their_last() {
        let trace = Trace::cutting(&[Span::new(3, 6), Span::new(8, 9)]);
        for (start, end, touched) in [(0, 3, false), (2, 4, true), (4, 5, true), (6, 8, false), (6, 9, true)] {
            assert_eq!(trace.touches(Span::new(start, end)), touched, "{start}..{end}");
        }
        assert_eq!(trace.after("0123456789", Span::new(1, 10)).as_deref(), Some("12679"));
        assert_eq!(trace.after("0123456789", Span::new(4, 10)), None);
        assert!(trace.rules(Span::new(0, 3)).is_empty() && trace.rules(Span::new(0, 4)).contains("test"));
    }
}
