//! Tells speech from other words in marks, and a whole utterance from a fragment in the reporter's sentence.
//!
//! Only the paragraph itself is looked at, so that another paragraph never makes a quotation come or go. No single sign decides:
//! the weights of all that hold are added. Gold has some titles as speech and some speech as terms: a third of the terms cannot
//! be told from speech.

use super::attribute::{ParagraphReading, QuoteAttribution};
use super::tokens::{SentenceToken, is_mark};
use super::words;
use super::{QuoteKind, SpeakerBasis};
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// Sum of weights above which words are speech; the lower, the fewer quotations are missed.
///
/// Fitted on the dev half of the quotations gold. The weights are those of a logistic regression over it, rounded.
const SPEECH_FROM: f32 = -2.25;

/// More words than this are rarely a title or a term.
const MANY_WORDS: usize = 6;
/// Longer words in marks are no title.
const LONGEST_TITLE: usize = 11;
/// Characters in which a digit is looked for.
const DIGIT_WITHIN: usize = 80;
/// Tokens before the marks in which a word such as `titled` is looked for.
const NAMING_WITHIN: usize = 3;
/// Tokens before the marks in which a noun of speech is looked for.
const SPEECH_NOUN_WITHIN: usize = 7;

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
    let weight = place.weight_of_source(attribution)
        + place.weight_of_words(span.of(text))
        + place.weight_around()
        + place.weight_of_title();
    if weight <= SPEECH_FROM {
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

/// A quotation with the words around it.
struct QuotePlace<'a> {
    /// The words without the marks and blanks around them.
    inner: &'a str,
    /// The tokens of its sentence before it.
    before: &'a [SentenceToken<'a>],
    /// The tokens of its sentence after it.
    after: &'a [SentenceToken<'a>],
    /// The reporting verb of its sentence.
    cue: Option<&'a SentenceToken<'a>>,
    /// Whether that verb stands before it.
    cue_before: bool,
    /// Whether no sign such as a comma ends it.
    ends_open: bool,
    headline: bool,
    alone_in_paragraph: bool,
}

impl<'a> QuotePlace<'a> {
    fn new(
        text: &'a str,
        reading: &'a ParagraphReading<'_>,
        span: Span,
        attribution: &QuoteAttribution,
    ) -> Self {
        let (tokens, at) = (&reading.tokens, attribution.token);
        let inner = span
            .of(text)
            .trim_matches(|c: char| c.is_whitespace() || is_mark(c));
        let speaker = attribution.speaker;
        let cue = speaker.filter(|speaker| speaker.basis == SpeakerBasis::Cue);
        let cue = cue.and_then(|speaker| {
            let cue = speaker.cue?;
            tokens.get(tokens.partition_point(|token| token.span.start < cue.start))
        });
        let sentence = &attribution.sentence;
        Self {
            inner,
            before: tokens.get(sentence.start..at).unwrap_or_default(),
            after: tokens.get(at + 1..sentence.end).unwrap_or_default(),
            cue,
            cue_before: cue.is_some_and(|cue| cue.span.start < span.start),
            ends_open: !inner.ends_with([',', '.', '!', '?']),
            headline: reading.headline,
            alone_in_paragraph: tokens.len() == 1,
        }
    }

    /// Whether one of the last `within` tokens before the quotation is in any of these classes.
    fn is_near(&self, within: usize, classes: words::WordClasses) -> bool {
        let mut near = self.before.iter().rev().take(within);
        near.any(|token| token.is(classes))
    }

    // The rows of the next four functions are signs, or several that hold at once, with the weights that were fitted to all of them
    // together, as told at `SPEECH_FROM`.

    /// Returns the weight of the speaker that was found, and of the reporting verb.
    fn weight_of_source(&self, attribution: &QuoteAttribution) -> f32 {
        let first = self.before.is_empty();
        let cue_after = self.cue.is_some() && !self.cue_before;
        let speaker = attribution.speaker;
        let own = speaker.is_some_and(|speaker| speaker.is_in_sentence());
        sum_of(&[
            // "...," she said
            (cue_after && first, 1.7),
            // She said "..."
            (self.cue_before, 1.6),
            (cue_after, 0.9),
            // said, not says
            (self.cue.is_some_and(|cue| cue.is(words::PAST)), 0.3),
            // Its speaker is only a subject in the sentence.
            (own && self.cue.is_none(), -0.9),
            // Its speaker is another paragraph's or nobody.
            (!own && !attribution.beside, -1.5),
        ])
    }

    /// Returns the weight of the words in the marks; `marked` is both.
    fn weight_of_words(&self, marked: &str) -> f32 {
        let count = self.inner.split_whitespace().take(MANY_WORDS + 1).count();
        let mut begin = self.inner.chars().take(DIGIT_WITHIN);
        let single = marked.starts_with(['\'', '‘']) && !marked.starts_with("''");
        sum_of(&[
            (count > MANY_WORDS, 0.5),
            (begin.any(|c| c.is_ascii_digit()), -0.6),
            // "..." was what she called it
            (self.before.is_empty() && self.ends_open, -1.6),
            // A whole paragraph in single marks.
            (single && self.alone_in_paragraph, -5.6),
        ])
    }

    /// Returns the weight of words that are a title, well-known or by their capitals.
    fn weight_of_title(&self) -> f32 {
        let inner = self.inner;
        if inner.split_whitespace().nth(LONGEST_TITLE).is_some() {
            return 0.0;
        }
        let work = words::is_work(inner) || words::is_work(inner.trim_end_matches([',', '.']));
        let titled = !self.headline && is_titled(inner);
        let (before, after) = (self.before.last(), self.after.first());
        let owner = before.is_some_and(|token| token.kind == TokenKind::Possessive);
        let naming = self.is_near(NAMING_WITHIN, words::NAMING);
        let names =
            before.is_some_and(SentenceToken::is_name) && after.is_some_and(SentenceToken::is_name);
        sum_of(&[
            // A well-known programme, film or book.
            (work, -2.5),
            (titled && self.cue_before, -1.2),
            // on "The Late Show"
            (titled && before.is_some_and(is_preposition), -1.7),
            // After a word such as titled, show, phrase, author.
            (titled && naming, -2.1),
            // NBC's "Meet the Press"
            (titled && owner, -3.4),
            // "Meet the Press" begins the sentence.
            (titled && before.is_none(), -2.9),
            // her book, "The Long Road"
            (titled && is_owned_work(self.before), -9.0),
            // Juan "Chico" Manriquez
            (titled && names && self.ends_open, -5.0),
        ])
    }

    /// Returns the weight of the words and signs beside it, and of its place in the sentence and the paragraph.
    fn weight_around(&self) -> f32 {
        let (before, after) = (self.before.last(), self.after.first());
        let alone = before.is_none() && after.is_none();
        let last = after.is_none_or(|token| token.kind == TokenKind::FullStop);
        let verb = after.is_some_and(|token| token.is(words::CUE) && !token.is(words::NOUN));
        let dashed = before.is_some_and(|token| token.kind == TokenKind::Dash);
        let by = after.is_some_and(|token| token.is_word("by"));
        let mut next = self.after.iter().take(2);
        let so_called = is_so_called(self.before);
        sum_of(&[
            // First in the sentence.
            (before.is_none(), 1.4),
            // his claim that "..."
            (self.is_near(SPEECH_NOUN_WITHIN, words::SPEECH), 1.1),
            // "..." says the mayor
            (verb, 1.1),
            // Last in the sentence.
            (last, 0.9),
            // A sentence of its own among others.
            (alone && !self.alone_in_paragraph, 0.9),
            // "..." was the slogan
            (next.any(|token| token.is(words::NAMING)), -0.2),
            // the "law and order" issue
            (after.is_some_and(is_noun_like), -0.9),
            // A headline with its author: "..." — by the Post's Jennifer Smith.
            (dashed && by, -4.0),
            // the so-called "..."
            (so_called, -9.0),
            // At the end, after a reporting verb, it is speech all the same.
            (so_called && self.cue_before && last, 9.0),
        ])
    }
}

/// Adds the weights of the signs that hold.
fn sum_of(signs: &[(bool, f32)]) -> f32 {
    let hold = signs.iter().filter(|(holds, _)| *holds);
    hold.map(|(_, weight)| weight).sum()
}

/// Whether each word but the smallest begins with a capital or a digit: `The Big Short`, `Jeb Can Fix It`.
fn is_titled(inner: &str) -> bool {
    const SMALL: [&str; 15] = [
        "of", "the", "and", "a", "an", "in", "to", "for", "on", "with", "is", "at", "by", "or", "&",
    ];
    inner
        .split_whitespace()
        .all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}

/// Whether the words right before say that it is a name for something: `the so-called`, `known as`.
fn is_so_called(before: &[SentenceToken<'_>]) -> bool {
    match before {
        [.., last] if last.is_word("so-called") => true,
        [.., first, last] => {
            (first.is_word("so") && last.is_word("called"))
                || (first.is_word("known") && last.is_word("as"))
        }
        _ => false,
    }
}

/// Whether somebody's work and the comma before its title come before: `his latest book,`.
fn is_owned_work(before: &[SentenceToken<'_>]) -> bool {
    let [led @ .., work, comma] = before else {
        return false;
    };
    let owner = |token: &SentenceToken<'_>| {
        let owns = token.is(words::DETERMINER) && token.is(words::HE | words::SHE);
        owns || token.kind == TokenKind::Possessive
    };
    let owned = led.iter().rev().take(2).any(owner);
    comma.kind == TokenKind::Comma && work.is(words::WORK) && owned
}

fn is_preposition(token: &SentenceToken<'_>) -> bool {
    token.is(words::PREPOSITION) && !token.is(words::CUE | words::DETERMINER | words::JOINER)
}

/// Whether the token goes with the words in marks as a noun does: the "law and order" issue.
fn is_noun_like(token: &SentenceToken<'_>) -> bool {
    let small = words::PREPOSITION
        | words::CONJUNCTION
        | words::AUXILIARY
        | words::DETERMINER
        | words::PRONOUN;
    token.kind == TokenKind::Word && !token.is_name() && !token.is(small)
}
