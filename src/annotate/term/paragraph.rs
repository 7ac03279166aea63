//! One paragraph while it is searched for terms: its tokens, their case, their neighbours, and the parts that are no prose.
//!
//! Sentences and code are worked out only when a candidate asks, so a paragraph without one costs its tokens.

use std::cell::OnceCell;

use super::address;
use super::lexicon_file::{LetterCase, Veto};
use super::tokens::{self, ParagraphTokens, TokenGap};
use crate::text::Span;
use crate::text::sentences::sentences;

/// A paragraph that is searched; its sentences and its code are worked out when a candidate first asks.
pub(super) struct ParagraphScan<'a> {
    text: &'a str,
    paragraphs: &'a [Span],
    number: usize,
    span: Span,
    pub(super) tokens: ParagraphTokens,
    sentences: OnceCell<Vec<Span>>,
    code: OnceCell<Vec<Span>>,
}

impl<'a> ParagraphScan<'a> {
    /// Returns paragraph `number` of `paragraphs`, which are in order.
    pub(super) fn new(text: &'a str, paragraphs: &'a [Span], number: usize) -> Self {
        let span = paragraphs[number];
        Self {
            text,
            paragraphs,
            number,
            span,
            tokens: ParagraphTokens::split(text, span),
            sentences: OnceCell::new(),
            code: OnceCell::new(),
        }
    }

    /// Whether the capitals of the token `first` and those after it are as `case` asks; `exact` is how they are written.
    pub(super) fn case_fits(
        &self,
        case: LetterCase,
        first: usize,
        exact: Option<&[String]>,
    ) -> bool {
        match case {
            LetterCase::Ignored => true,
            LetterCase::Exact => {
                let mut words = (first..).zip(exact.into_iter().flatten());
                words.all(|(token, word)| tokens::exact(self.word(token)) == *word)
            }
            LetterCase::LowerOrStart => {
                !self.word(first).starts_with(char::is_uppercase) || self.begins_sentence(first)
            }
        }
    }

    fn word(&self, token: usize) -> &'a str {
        self.tokens.spans[token].of(self.text)
    }

    /// Whether `token` is the first of a sentence, or of what is quoted inside one.
    fn begins_sentence(&self, token: usize) -> bool {
        let before = Span::new(self.span.start, self.tokens.spans[token].start);
        let quotes = ['"', '“', '‘', '\'', '«', '`'];
        before.of(self.text).ends_with(quotes)
            || token == 0
            || !self.same_sentence(token - 1, token)
    }

    fn same_sentence(&self, first: usize, second: usize) -> bool {
        let start = self.tokens.spans[first].start;
        self.sentence(start) == self.sentence(self.tokens.spans[second].start)
    }

    /// Returns the span from `distance` paragraphs before this one to as many after it.
    pub(super) fn surroundings(&self, distance: usize) -> Span {
        let first = self.number.saturating_sub(distance);
        let last = self.number.saturating_add(distance);
        let last = last.min(self.paragraphs.len() - 1);
        Span::new(self.paragraphs[first].start, self.paragraphs[last].end)
    }

    /// Returns the sentence that byte `at` of the text is in.
    pub(super) fn sentence(&self, at: usize) -> Span {
        let sentences = self.sentences.get_or_init(|| {
            let found = sentences(self.span.of(self.text)).into_iter();
            found.map(|one| one.shifted(self.span.start)).collect()
        });
        let next = sentences.partition_point(|sentence| sentence.start <= at);
        let sentence = sentences.get(next.wrapping_sub(1));
        sentence.copied().unwrap_or(self.span)
    }

    /// Whether the words of `veto` stand just before token `first`.
    pub(super) fn stands_before(&self, veto: &Veto, first: usize) -> bool {
        let start = first.checked_sub(veto.len());
        start.is_some_and(|start| self.are(veto, start) && self.hang_together(start, first))
    }

    /// Whether the words of `veto` stand just after token `last`.
    pub(super) fn stands_after(&self, veto: &Veto, last: usize) -> bool {
        self.are(veto, last + 1) && self.hang_together(last, last + veto.len())
    }

    fn are(&self, veto: &Veto, start: usize) -> bool {
        (start..).zip(veto).all(|(token, word)| {
            let key = self.tokens.key(token);
            key.is_some_and(|key| word == "*" || word == key)
        })
    }

    /// Whether no comma, colon, bracket or end of a sentence stands between two tokens.
    fn hang_together(&self, first: usize, last: usize) -> bool {
        (first + 1..=last).all(|token| self.tokens.gap_before(token) != TokenGap::Break)
            && self.same_sentence(first, last)
    }

    /// Whether `span` is part of an address or of code.
    pub(super) fn is_no_prose(&self, span: Span) -> bool {
        let find = || address::code(self.text, self.span);
        let code = self.code.get_or_init(find);
        let next = code.partition_point(|code| code.end <= span.start);
        code.get(next).is_some_and(|code| code.overlaps(span))
            || address::in_address(self.text, self.span, span)
    }
}
