//! Cuts a passage at its marks; the pieces joined give the passage back.

use crate::compare::PassageMark;
use crate::text::Span;

/// Words of a passage, all marked or all plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MarkedPiece<'a> {
    /// The mark on the words, if any.
    pub(crate) mark: Option<PassageMark>,
    /// The words.
    pub(crate) words: &'a str,
}

/// Cuts `span` of `text` at `marks`, which are in order; a mark that reaches out of the span is cut off, and one that goes on
/// after a blank is one with the mark before.
pub(crate) fn pieces<'a>(
    text: &'a str,
    span: Span,
    marks: &[(Span, PassageMark)],
) -> Vec<MarkedPiece<'a>> {
    let marks = joined(text, marks);
    let mut out = Vec::new();
    let mut push = |from, to, mark| {
        let words = Span::new(from, to).of(text);
        if !words.is_empty() {
            out.push(MarkedPiece { mark, words });
        }
    };
    let mut at = span.start;
    for (marked, mark) in marks {
        // A mark may begin before the passage, or inside the mark before it.
        let start = marked.start.clamp(at, span.end);
        let end = marked.end.clamp(start, span.end);
        push(at, start, None);
        push(start, end, Some(mark));
        at = end;
    }
    push(at, span.end, None);
    out
}

fn joined(text: &str, marks: &[(Span, PassageMark)]) -> Vec<(Span, PassageMark)> {
    let mut joined: Vec<(Span, PassageMark)> = Vec::with_capacity(marks.len());
    for (span, mark) in marks {
        match joined.last_mut() {
            Some((last, before))
                if before == mark && Span::new(last.end, span.start).of(text).trim().is_empty() =>
            {
                last.end = span.end;
            }
            _ => joined.push((*span, *mark)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_joined_give_the_passage_back() {
        let text = "But that's the type of talk.";
        let at = text.find("type").unwrap();
        let marks = [
            (Span::new(at, at + 4), PassageMark::Changed),
            (Span::new(20, 99), PassageMark::Shared),
        ];
        let cut = pieces(text, Span::new(4, text.len()), &marks);
        let joined: String = cut.iter().map(|piece| piece.words).collect();
        assert_eq!(joined, "that's the type of talk.");
        assert_eq!(
            cut[1],
            MarkedPiece {
                mark: Some(PassageMark::Changed),
                words: "type"
            }
        );
    }
}
