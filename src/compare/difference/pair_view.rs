//! A pair of passages as the rules of differences read it: words, quotations, and surroundings.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Difference, DifferenceKind, DifferenceWeight};
use crate::compare::normalize::{self, NormalWord, PairWords, TermId};
use crate::compare::{Document, Side, Sides};
use crate::text::Span;

/// The two passages of a pair.
pub(super) struct PairView<'a, 'd> {
    pub(super) documents: &'a Sides<Document<'d>>,
    pub(super) tokens: &'a PairWords,
    /// The number of the passage of each side.
    pub(super) at: Sides<usize>,
}

impl<'a, 'd> PairView<'a, 'd> {
    pub(super) fn text(&self, side: Side) -> &'d str {
        self.documents[side].text
    }

    pub(super) fn passage(&self, side: Side) -> Span {
        let passage = self.documents[side].passages.get(self.at[side]);
        passage.map_or(Span::default(), |passage| passage.span)
    }

    pub(super) fn words(&self, side: Side) -> &'a [NormalWord] {
        self.tokens.words(side, self.at[side])
    }

    /// Returns the word as written, in small letters, as most are.
    pub(super) fn written(&self, side: Side, token: &NormalWord) -> Cow<'d, str> {
        let word = self.documents[side].words_of(token.span);
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Cow::Borrowed(word);
        }
        Cow::Owned(word.to_lowercase().replace('’', "'"))
    }

    /// Returns the terms of content of a side.
    pub(super) fn content(&self, side: Side) -> BTreeSet<TermId> {
        let content = normalize::content(self.words(side));
        content.map(|token| token.term).collect()
    }

    /// Returns the difference between two places.
    pub(super) fn between(&self, kind: DifferenceKind, left: Span, right: Span) -> Difference {
        self.difference(kind, Sides::new(Some(left), Some(right)))
    }

    /// Returns the difference whose words are `spans`, as written.
    pub(super) fn difference(
        &self,
        kind: DifferenceKind,
        spans: Sides<Option<Span>>,
    ) -> Difference {
        let words = Sides::from_fn(|side| {
            let span = spans[side].unwrap_or_default();
            span.of(self.text(side)).to_owned()
        });
        Difference {
            kind,
            at: self.at,
            words,
            spans: spans.map(|span| span.into_iter().collect()),
            common: String::new(),
            weight: DifferenceWeight::Main,
            confidence: 1.0,
        }
    }
}

/// Returns the place from the first to the last word.
pub(super) fn span_of(words: &[NormalWord]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Span::new(first.span.start, last.span.end))
}
