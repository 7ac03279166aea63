//! Tells speech from other words in marks, and a whole utterance from a fragment in the reporter's sentence.
//!
//! Only the paragraph itself is looked at, so that another paragraph never makes a quotation come or go. No single sign decides:
//! the weights of all that hold are added, which are those of a logistic regression over the dev half of the quotations gold. Gold has
//! some titles as speech and some speech as terms: a third of the terms cannot be told from speech.

mod place;
mod sign;

use super::QuoteKind;
use super::attribute::{ParagraphReading, QuoteAttribution};
use super::tokens::SentenceToken;
use super::words;
use crate::text::Span;
use place::QuotePlace;

/// Sum of weights above which words are speech; the lower, the fewer quotations are missed.
const SPEECH_FROM: f32 = -0.6;

/// Tells a whole utterance from a fragment; `None` where nobody is said to have said the words in marks.
pub(super) fn quote_kind(
    text: &str,
    reading: &ParagraphReading<'_>,
    span: Span,
    attribution: &QuoteAttribution,
) -> Option<QuoteKind> {
    let place = QuotePlace::new(text, reading, span, attribution);
    let inner = place.inner;
    if !inner.contains(char::is_alphanumeric) {
        return None;
    }
    let said_last = place.cue_before && place.is_last();
    let only_named = is_called_so(place.before) && !said_last;
    if only_named || is_name(place.before) || place.is_nickname() || place.is_owned_title() {
        return None;
    }
    let signs = place.signs(span.of(text), attribution);
    if signs.weight() <= SPEECH_FROM {
        return None;
    }
    let whole = inner.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let led_in = place
        .before
        .last()
        .is_none_or(|before| !before.is_wordlike() || before.is(words::CUE));
    if led_in && (whole || !place.ends_open) {
        Some(QuoteKind::Direct)
    } else {
        Some(QuoteKind::Mixed)
    }
}

/// Whether the words right before say that others call it so: `the so-called`, `known as`.
fn is_called_so(before: &[SentenceToken<'_>]) -> bool {
    ends_with_any(
        before,
        &[&["so-called"], &["so", "called"], &["known", "as"]],
    )
}

/// Whether the words right before say that it is a name: `goes by the name`.
fn is_name(before: &[SentenceToken<'_>]) -> bool {
    ends_with_any(
        before,
        &[&["the", "name"], &["the", "nickname"], &["name", "of"]],
    )
}

fn ends_with_any(before: &[SentenceToken<'_>], endings: &[&[&str]]) -> bool {
    endings.iter().any(|words| {
        let from = before.len().checked_sub(words.len());
        let tail = from.and_then(|from| before.get(from..));
        tail.is_some_and(|tail| {
            tail.iter()
                .zip(*words)
                .all(|(token, word)| token.is_word(word))
        })
    })
}
