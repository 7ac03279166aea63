//! A pair of passages as the rules of differences read it: words, quotations, and surroundings.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Difference, DifferenceKind, DifferenceWeight};
use crate::compare::diff;
use crate::compare::normalize::{self, NormalWord, PairWords, TermId, WordClass};
use crate::compare::{Document, Side, Sides};
use crate::text::Span;

/// The two passages of a pair.
pub(super) struct PairView<'a, 'd> {
    pub(super) documents: &'a Sides<Document<'d>>,
    pub(super) tokens: &'a PairWords,
    /// Places of speakers and cues in each report.
    pub(super) attributions: &'a Sides<Vec<Span>>,
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

    /// Whether a word of content near word `left` of the left side stands near word `right` of the right side too.
    pub(super) fn same_surroundings(&self, words: Sides<usize>, reach: usize) -> bool {
        let near = |side: Side| -> BTreeSet<TermId> {
            let from = words[side].saturating_sub(reach);
            let tokens = self.words(side).iter().enumerate();
            let tokens = tokens.skip(from).take(2 * reach + 1);
            tokens
                .filter(|(at, token)| *at != words[side] && token.weight == WordClass::Content)
                .filter(|(_, token)| !self.is_attribution(side, token))
                .map(|(_, token)| token.term)
                .collect()
        };
        !near(Side::Left).is_disjoint(&near(Side::Right))
    }

    /// Whether one of the words names a speaker or a cue.
    pub(super) fn tells_speaker(&self, side: Side, words: &[NormalWord]) -> bool {
        words.iter().any(|token| self.is_attribution(side, token))
    }

    /// Whether the word names a speaker or a cue.
    fn is_attribution(&self, side: Side, token: &NormalWord) -> bool {
        let spans = &self.attributions[side];
        let next = spans.partition_point(|span| span.end <= token.span.start);
        let next = spans.get(next);
        next.is_some_and(|span| span.overlaps(token.span))
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

/// Returns the places of all speakers and cues of a report, in order and apart.
pub(super) fn attributions(document: &Document<'_>) -> Vec<Span> {
    let quotes = document.quotes.iter();
    let quotes = quotes.map(|quote| (&quote.speaker, quote.cue));
    let statements = document.statements.iter();
    let statements = statements.map(|told| (&told.speaker, told.cue));
    let mut spans: Vec<Span> = quotes
        .chain(statements)
        .flat_map(|(speaker, cue)| [speaker.as_ref().map(|speaker| speaker.mention), cue])
        .flatten()
        .collect();
    spans.sort_unstable();
    diff::joined(spans, |last, next| next.start < last.end)
}

/// Returns the place from the first to the last word.
pub(super) fn span_of(words: &[NormalWord]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Span::new(first.span.start, last.span.end))
}
