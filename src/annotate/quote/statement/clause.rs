//! A clause that is stated, as a place in the text.

use crate::annotate::quote::phrase::NounPhrase;
use crate::annotate::quote::tokens::SentenceToken;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// A clause that somebody is said to have said.
#[derive(Debug)]
pub(in crate::annotate::quote) struct ReportedClause {
    /// The words of the clause, in the text; the reporting words among them where they stand in the middle.
    pub(in crate::annotate::quote) span: Span,
    /// The parts of a clause that the reporting words break up; else none.
    pub(in crate::annotate::quote) pieces: Vec<Span>,
    /// The token of the reporting verb.
    pub(in crate::annotate::quote) verb: usize,
    /// The reporting words.
    pub(in crate::annotate::quote) cue: Span,
    /// The one who says it, if the sentence tells.
    pub(in crate::annotate::quote) subject: Option<NounPhrase>,
}

/// Returns the place of these tokens without the signs at their ends.
pub(super) fn span_without_signs(tokens: &[SentenceToken<'_>]) -> Span {
    let sides = [
        TokenKind::CloseBracket,
        TokenKind::OpenBracket,
        TokenKind::Other,
    ];
    let mut worded = tokens
        .iter()
        .filter(|token| token.is_wordlike() || sides.contains(&token.kind));
    let first = worded.next().map_or(Span::default(), |token| token.span);
    let last = worded.next_back().map_or(first, |token| token.span);
    Span::new(first.start, last.end)
}
