//! Lines of a transcript: `FALK: The ferry is late.`

use crate::annotate::quote::phrase::{MentionKind, SentenceTokens};
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

use super::clause::{ReportedClause, span_without_signs};
use super::shape;

/// Labels of those who ask and answer, where nobody is named.
const ROLES: [&str; 4] = ["q", "a", "question", "answer"];
/// Most words of a label.
const LONGEST_LABEL: usize = 4;
/// Fewest words that are spoken.
const FEWEST_WORDS: usize = 3;
/// Tokens among which the spoken words have a verb.
const VERB_WITHIN: usize = 40;

/// Returns what the one before the colon says, if the paragraph begins with a label that may name one who speaks.
pub(in crate::annotate::quote) fn spoken_line(
    paragraph: SentenceTokens<'_>,
) -> Option<ReportedClause> {
    let colon = (1..=LONGEST_LABEL).find(|at| paragraph.kind(*at) == Some(TokenKind::Colon))?;
    let label = paragraph.range(0..colon);
    let role = colon == 1 && label.first()?.is_any_word(&ROLES);
    if !role && !label.iter().all(|token| token.is_name()) {
        return None;
    }
    let spoken = paragraph.range(colon + 1..paragraph.tokens.len());
    let words = spoken.iter().filter(|token| token.is_wordlike()).count();
    let end = paragraph.tokens.len().min(colon + VERB_WITHIN);
    if words < FEWEST_WORDS || !shape::has_finite(paragraph, colon + 1..end) {
        return None;
    }
    Some(ReportedClause {
        span: span_without_signs(spoken),
        pieces: Vec::new(),
        verb: colon,
        cue: paragraph.span_of(colon, colon),
        subject: SentenceTokens::phrase(MentionKind::Name, 0, colon - 1),
    })
}

/// Whether the label before the colon is one of a person by itself: a listed first name, or `Q`.
pub(in crate::annotate::quote) fn is_label_of_person(
    paragraph: SentenceTokens<'_>,
    colon: usize,
) -> bool {
    let Some(first) = paragraph.token(0) else {
        return false;
    };
    let role = colon == 1 && first.is_any_word(&ROLES);
    role || (colon > 1 && first.is(words::MALE | words::FEMALE))
}
