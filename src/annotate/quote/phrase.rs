//! The tokens of a sentence, and the phrases and chunks that they make.

use std::ops::Range;

use super::tokens::SentenceToken;
use super::words::{self, WordClasses};
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// The kind of words that name someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MentionKind {
    /// he, she, they
    Pronoun,
    /// Carney
    Name,
    /// the spokesman
    Noun,
}

/// Words that name someone, as tokens of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NounPhrase {
    pub(super) kind: MentionKind,
    /// The first token.
    pub(super) first: usize,
    /// The last token.
    pub(super) last: usize,
}

/// The form of a group of verbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbForm {
    /// said, has said, will say
    Finite,
    /// saying
    Participle,
    /// to say
    Infinitive,
}

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VerbGroup {
    /// The token of the verb itself, or of a form of be or have that stands alone.
    pub(super) main: usize,
    pub(super) form: VerbForm,
    /// was told
    pub(super) passive: bool,
    /// did not say
    pub(super) negated: bool,
    /// A past form without auxiliaries, which may be a participle: linked.
    pub(super) bare_past: bool,
}

/// The kind of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChunkKind {
    /// A noun phrase: the one who acts, or a thing.
    Noun(MentionKind),
    /// last week
    Time,
    Verb(VerbGroup),
    Preposition,
    That,
    /// who, which
    Relative,
    /// because
    Subordinator,
    /// and, but
    Joiner,
    /// A comma, a dash or a bracket left open.
    Comma,
    /// A colon, a semicolon or a full stop.
    Stop,
    Quote,
}

/// Tokens of a sentence that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) kind: ChunkKind,
    /// The first token.
    pub(super) first: usize,
    /// The last token.
    pub(super) last: usize,
}

impl Chunk {
    /// Returns the verbs of the chunk, if it is such.
    pub(super) fn verb(&self) -> Option<VerbGroup> {
        match self.kind {
            ChunkKind::Verb(group) => Some(group),
            _ => None,
        }
    }
}

/// Longest name, particles and suffixes among it.
const LONGEST_NAME: usize = 12;

/// The tokens of one sentence.
#[derive(Clone, Copy)]
pub(super) struct SentenceTokens<'a> {
    /// The whole text, which tokens are places of.
    pub(super) text: &'a str,
    pub(super) tokens: &'a [SentenceToken<'a>],
}

impl<'a> SentenceTokens<'a> {
    /// Returns the token with that number.
    pub(super) fn token(&self, at: usize) -> Option<&'a SentenceToken<'a>> {
        self.tokens.get(at)
    }

    /// Returns the tokens in that range, which are none where it does not fit.
    pub(super) fn range(&self, range: Range<usize>) -> &'a [SentenceToken<'a>] {
        self.tokens.get(range).unwrap_or_default()
    }

    /// Returns the token before the one with that number.
    pub(super) fn before(&self, at: usize) -> Option<&'a SentenceToken<'a>> {
        self.tokens.get(at.checked_sub(1)?)
    }

    /// Whether the token `at` is in any of these classes.
    pub(super) fn is(&self, at: usize, classes: WordClasses) -> bool {
        self.token(at).is_some_and(|token| token.is(classes))
    }

    /// Whether the token `at` is this word, which is given in small letters.
    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| token.is_word(word))
    }

    /// Whether the token `at` may be a part of a name.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.token(at).is_some_and(SentenceToken::is_name)
    }

    /// Whether a preposition stands before the token `at`.
    pub(super) fn is_placed(&self, at: usize) -> bool {
        at > 0 && self.is(at - 1, words::PREPOSITION)
    }

    /// Returns the kind of the token `at`.
    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    /// Whether the token `at` is a word, a number or a possessive ending.
    pub(super) fn is_wordlike(&self, at: usize) -> bool {
        self.token(at).is_some_and(SentenceToken::is_wordlike)
    }

    /// Returns the token of the first quotation.
    pub(super) fn first_quote(&self) -> Option<usize> {
        self.tokens.iter().position(|token| token.quote.is_some())
    }

    /// Returns the place of the tokens from `first` to `last` in the text.
    pub(super) fn span_of(&self, first: usize, last: usize) -> Span {
        match (self.token(first), self.token(last)) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    pub(super) fn phrase(kind: MentionKind, first: usize, last: usize) -> Option<NounPhrase> {
        Some(NounPhrase { kind, first, last })
    }

    /// Whether the name that has come to `at` goes on with the next token.
    fn name_goes_on(&self, at: usize) -> bool {
        let particle = self.is(at + 1, words::PARTICLE) && self.is_name(at + 2);
        let suffix = self.is(at + 1, words::SUFFIX);
        self.is_name(at + 1) || particle || suffix
    }

    /// Returns the last token of the name that begins at `at`.
    pub(super) fn name_end(&self, at: usize) -> usize {
        let mut last = at;
        while self.name_goes_on(last) && last - at < LONGEST_NAME {
            last += 1;
        }
        last
    }
}
