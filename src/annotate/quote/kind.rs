//! Whether words in marks are speech, and whether they are a whole utterance or a fragment in the reporter's sentence.
//!
//! Only the paragraph itself is looked at, so that another paragraph never makes a quotation come or go.

use super::Kind;
use super::attribute::Attribution;
use super::marks::Marked;
use super::tokens::{Token, is_mark};
use crate::text::Span;

/// Whether somebody is said to have said the words.
pub(super) fn is_quotation(
    text: &str,
    _tokens: &[Token],
    marked: &Marked,
    attribution: &Attribution,
) -> bool {
    if attribution.cost.is_some_and(|cost| cost < 19.0) {
        return true;
    }
    let inner = inner(text, marked.span);
    let words: Vec<&str> = inner.split_whitespace().take(9).collect();
    let small = [
        "of", "the", "and", "a", "in", "to", "for", "on", "with", "is",
    ];
    let titled = words.len() <= 8
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) || small.contains(word))
        && !ends_as_speech(text, marked.span);
    !titled && words.len() > 1
}

/// Whether the words are a whole utterance or a fragment.
pub(super) fn kind(
    text: &str,
    tokens: &[Token],
    marked: &Marked,
    attribution: &Attribution,
) -> Kind {
    let whole =
        inner(text, marked.span).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let (first, _) = attribution.sentence;
    let before = attribution
        .token
        .checked_sub(1)
        .filter(|before| *before >= first);
    let led_in = before
        .and_then(|before| tokens.get(before))
        .is_none_or(|before| !before.is_wordlike() || before.is(super::words::CUE));
    if led_in && (whole || ends_as_speech(text, marked.span)) {
        Kind::Direct
    } else {
        Kind::Mixed
    }
}

/// The words less marks and signs.
fn inner(text: &str, span: Span) -> &str {
    span.of(text)
        .trim_matches(|c: char| c.is_whitespace() || is_mark(c))
}

fn ends_as_speech(text: &str, span: Span) -> bool {
    inner(text, span).ends_with([',', '.', '?', '!'])
}
