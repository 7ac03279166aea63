//! A quotation with the words and signs beside it.

use crate::annotate::quote::SpeakerBasis;
use crate::annotate::quote::attribute::{ParagraphReading, QuoteAttribution};
use crate::annotate::quote::tokens::{self, SentenceToken};
use crate::annotate::quote::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// A quotation with the words around it.
pub(super) struct QuotePlace<'a> {
    /// The words without the marks and blanks around them.
    pub(super) inner: &'a str,
    /// The tokens of its sentence before it.
    pub(super) before: &'a [SentenceToken<'a>],
    /// The tokens of its sentence after it.
    pub(super) after: &'a [SentenceToken<'a>],
    /// The reporting verb of its sentence.
    pub(super) cue: Option<&'a SentenceToken<'a>>,
    /// Whether that verb stands before it.
    pub(super) cue_before: bool,
    /// Whether no sign such as a comma ends it.
    pub(super) ends_open: bool,
    pub(super) headline: bool,
    pub(super) alone_in_paragraph: bool,
}

impl<'a> QuotePlace<'a> {
    pub(super) fn new(
        text: &'a str,
        reading: &'a ParagraphReading<'_>,
        span: Span,
        attribution: &QuoteAttribution,
    ) -> Self {
        let (tokens, at) = (&reading.tokens, attribution.token);
        let inner = tokens::inner_words(span.of(text));
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

    /// Whether it stands inside a name: Juan "Chico" Manriquez.
    pub(super) fn is_nickname(&self) -> bool {
        let is_name = |token: Option<&SentenceToken<'_>>| token.is_some_and(SentenceToken::is_name);
        is_name(self.before.last())
            && is_name(self.after.first())
            && self.ends_open
            && self.is_titled()
    }

    /// Whether it is the title of somebody's work: her book, "The Long Road".
    pub(super) fn is_owned_title(&self) -> bool {
        is_owned_work(self.before) && self.is_titled()
    }

    /// Whether its words have the capitals of a title.
    pub(super) fn is_titled(&self) -> bool {
        !self.headline && is_titled(self.inner)
    }

    /// Whether nothing but a full stop follows it in its sentence.
    pub(super) fn is_last(&self) -> bool {
        let after = self.after.first();
        after.is_none_or(|token| token.kind == TokenKind::FullStop)
    }

    /// Whether one of the last `within` tokens before the quotation is in any of these classes.
    pub(super) fn is_near(&self, within: usize, classes: words::WordClasses) -> bool {
        let mut near = self.before.iter().rev().take(within);
        near.any(|token| token.is(classes))
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

/// Whether each word but the smallest begins with a capital or a digit: `The Big Short`, `Jeb Can Fix It`.
fn is_titled(inner: &str) -> bool {
    const SMALL: [&str; 15] = [
        "of", "the", "and", "a", "an", "in", "to", "for", "on", "with", "is", "at", "by", "or", "&",
    ];
    inner
        .split_whitespace()
        .all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}
