//! Noun phrases before and after a place of a sentence, and the subject of a verb.
//!
//! No grammar is parsed. A name is a run of capitalised words, a noun phrase begins with a determiner or after a sign.
//! Every walk is bounded, so that a sentence without end costs no more than its length.

mod subject;

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

// Bounds of the walks, in tokens, fitted by trial on the dev half of the quotations gold.

/// Longest walk from a verb to its subject.
const SUBJECT_REACH: usize = 60;
/// Longest name, particles and suffixes among it.
const LONGEST_NAME: usize = 12;
/// Longest bracket that is stepped over.
const LONGEST_BRACKET: usize = 20;
/// Most words of a noun phrase with a determiner or an owner.
const LONGEST_NOUN: usize = 7;
/// Most words of a noun phrase that nothing determines.
const LONGEST_BARE_NOUN: usize = 4;
/// Most small words between an organisation and a person: `Trump campaign adviser Sam Clovis`.
const NOUNS_BEFORE_NAME: usize = 4;
/// Tokens after an inverted verb in which its subject's name is looked for.
const INVERTED_REACH: usize = 9;
/// Owners of owners that are followed: `Clinton's campaign's manager`.
const OWNERS: usize = 3;
/// Words before a word that may be a noun or a verb, in which its owner is looked for.
const OWNER_REACH: usize = 4;

/// Small words that end a noun phrase.
const PHRASE_ENDS: WordClasses = words::PREPOSITION
    .with(words::RELATIVE)
    .with(words::CONJUNCTION);

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

    /// Returns the first token of the name that ends at `at`.
    fn name_start(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(before) = self.before(first) {
            let particle = before.is(words::PARTICLE) && first >= 2 && self.is_name(first - 2);
            let comma = before.kind == TokenKind::Comma && self.is(first, words::SUFFIX);
            if at - first >= LONGEST_NAME || !(before.is_name() || particle || comma) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Returns the first token of the name that ends at `at`, with its owner where it is an organisation's.
    ///
    /// `the Prime Minister's Office` takes its owner in; a person's name does not.
    fn owned_name_start(&self, at: usize) -> usize {
        let first = self.name_start(at);
        let owned = first >= 2
            && self.is(at, words::ORGANISATION)
            && self.kind(first - 1) == Some(TokenKind::Possessive)
            && self.is_name(first - 2);
        if owned {
            self.name_start(first - 2)
        } else {
            first
        }
    }

    /// Whether the token is a reporting verb here, not the noun of the same letters.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.is(words::CUE)) else {
            return false;
        };
        let Some(before) = self.before(at) else {
            return true;
        };
        let adjective = before.is(words::DETERMINER) || before.kind == TokenKind::Possessive;
        if token.capital
            || (adjective && token.is(words::PAST))
            || (token.is(words::NOUN) && self.is_noun(at, before))
        {
            return false;
        }
        // A plain form is a verb after a pronoun, an auxiliary or "to".
        let only_base = token.is(words::BASE) && !token.is(words::PAST | words::PRESENT);
        let verbal = before.is(words::PRONOUN | words::AUXILIARY) || before.is_word("to");
        let strong = token.is(words::STRONG) && !token.is(words::NOUN);
        let next = self.token(at + 1);
        let reports = next.is_some_and(|next| next.quote.is_some() || next.is_word("that"));
        !only_base || strong || verbal || reports
    }

    /// Whether a word is a noun after `before`: `the claims`, `his recent remarks`; but `the lawsuit claims that`.
    fn is_noun(&self, at: usize, before: &SentenceToken<'_>) -> bool {
        let is_owner = |token: &SentenceToken<'_>| {
            token.is(words::DETERMINER | words::PREPOSITION) || token.kind == TokenKind::Possessive
        };
        if is_owner(before) {
            return true;
        }
        if before.capital || before.kind != TokenKind::Word {
            return false;
        }
        let near = self.range(at.saturating_sub(OWNER_REACH)..at).iter().rev();
        let owned = near
            .take_while(|token| token.is_wordlike() && !token.is(words::PRONOUN))
            .any(is_owner);
        let verb_like = self.token(at + 1).is_some_and(|next| {
            next.quote.is_some()
                || next.is_any_word(&["that", "for"])
                || matches!(next.kind, TokenKind::Colon | TokenKind::Comma)
                || next.is(words::PRONOUN | words::DETERMINER)
                || next.is_name()
        });
        owned && !verb_like
    }

    /// Returns the phrase that ends with the token `at`.
    pub(super) fn phrase_to(&self, at: usize) -> Option<NounPhrase> {
        let token = self.token(at).filter(|token| token.quote.is_none())?;
        if token.is(words::PRONOUN) && token.kind == TokenKind::Word {
            return Self::phrase(MentionKind::Pronoun, at, at);
        }
        if token.kind == TokenKind::CloseBracket {
            let open = (at.saturating_sub(LONGEST_BRACKET)..at)
                .rev()
                .find(|index| self.kind(*index) == Some(TokenKind::OpenBracket))?;
            // One bracket is stepped over, not a page of them: each step is a call of its own.
            let bracket = self.before(open)?.kind == TokenKind::CloseBracket;
            return (!bracket).then(|| self.phrase_before(open)).flatten();
        }
        if token.is_name() || token.is(words::SUFFIX) {
            return Self::phrase(MentionKind::Name, self.owned_name_start(at), at);
        }
        token.is_wordlike().then(|| self.noun_to(at)).flatten()
    }

    /// Returns the phrase that ends right before the token `at`.
    pub(super) fn phrase_before(&self, at: usize) -> Option<NounPhrase> {
        self.phrase_to(at.checked_sub(1)?)
    }

    /// Returns the noun phrase with a determiner, or the bare one after a sign, that ends at `at`.
    fn noun_to(&self, at: usize) -> Option<NounPhrase> {
        let small = words::AUXILIARY | words::PREPOSITION | words::CONJUNCTION;
        if self.is_mere_verb(at) || self.is(at, small) {
            return None;
        }
        let mut first = at + 1;
        while let Some(before) = self.before(first) {
            let words = at + 1 - first;
            if words >= LONGEST_NOUN || !before.is_wordlike() {
                break;
            }
            if before.is(words::DETERMINER) && before.kind != TokenKind::Possessive {
                let twice = first >= 2 && self.is(first - 2, words::DETERMINER);
                let from = if twice { first - 2 } else { first - 1 };
                return Self::phrase(MentionKind::Noun, from, at);
            }
            if (words > 0 && self.is_mere_verb(first - 1)) || before.is(PHRASE_ENDS) {
                break;
            }
            first -= 1;
        }
        self.bare_noun(first, at)
    }

    /// Whether the token is a form of a reporting verb and never a noun.
    fn is_mere_verb(&self, at: usize) -> bool {
        self.is(at, words::CUE) && !self.is(at, words::NOUN)
    }

    /// Returns the phrase of the tokens from `first` to `at`, which nothing determines.
    fn bare_noun(&self, first: usize, at: usize) -> Option<NounPhrase> {
        let len = (at + 1).checked_sub(first)?;
        if len == 0 || len > LONGEST_NOUN {
            return None;
        }
        let owner = self.name_end(first);
        let owned = self.is_name(first)
            && self.kind(owner + 1) == Some(TokenKind::Possessive)
            && owner + 1 < at;
        if owned {
            return Self::phrase(MentionKind::Noun, first, at);
        }
        let free = self
            .before(first)
            .is_none_or(|before| !before.is_wordlike() || before.is(words::CONJUNCTION));
        if len > LONGEST_BARE_NOUN || !free {
            return None;
        }
        if self.is_name(first) {
            let mut last = first;
            while last < at && self.is_name(last + 1) {
                last += 1;
            }
            // "Republican leaders": the name only says what kind they are.
            if last < at && self.is(last, words::NATION) {
                return Self::phrase(MentionKind::Noun, first, at);
            }
            return Self::phrase(MentionKind::Name, first, last);
        }
        if self.is(first, words::PRONOUN) {
            return Self::phrase(MentionKind::Pronoun, first, first);
        }
        let noun = len < LONGEST_BARE_NOUN && self.kind(at) != Some(TokenKind::Number);
        Self::phrase(MentionKind::Noun, first, at).filter(|_| noun)
    }

    /// Returns the phrase that begins with the token `at`.
    pub(super) fn phrase_from(&self, at: usize) -> Option<NounPhrase> {
        self.phrase_from_within(at, OWNERS)
    }

    fn phrase_from_within(&self, at: usize, owners: usize) -> Option<NounPhrase> {
        let token = self.token(at).filter(|token| token.quote.is_none())?;
        if token.is(words::PRONOUN) && !token.is(words::RELATIVE) {
            return Self::phrase(MentionKind::Pronoun, at, at);
        }
        let named = token.is_name() || (token.is(words::TITLE) && !token.capital);
        let name = named.then(|| self.name_from(at, owners)).flatten();
        name.or_else(|| self.noun_from(at))
    }

    /// Returns the name that begins at `at` or that the words there lead to.
    ///
    /// `former secretary of state Hillary Clinton`, `Clinton's campaign manager Robby Mook`, `Trump adviser Sam Clovis`.
    fn name_from(&self, at: usize, owners: usize) -> Option<NounPhrase> {
        let name = (at..=at + LONGEST_NOUN).find(|index| !self.leads_to_name(*index, at))?;
        if !self.is_name(name) {
            return None;
        }
        let last = self.name_end(name);
        if self.kind(last + 1) == Some(TokenKind::Possessive) && owners > 0 {
            return self.owned_phrase(at, last + 2, owners);
        }
        let mut after = last + 1;
        while after - last <= NOUNS_BEFORE_NAME && self.is_plain_noun(after) {
            after += 1;
        }
        if after > last + 1 && self.is_name(after) {
            return Self::phrase(MentionKind::Name, after, self.name_end(after));
        }
        let group = self.is(last, words::ORGANISATION);
        if after > last + 1 && group && !self.is(after, words::RELATIVE) {
            return Self::phrase(MentionKind::Noun, at, after - 1);
        }
        Self::phrase(MentionKind::Name, name, last)
    }

    /// Whether the token is a small title, or a small word between titles, before a name that begins the phrase at `start`.
    fn leads_to_name(&self, at: usize, start: usize) -> bool {
        let joint = at > start && self.is(at, words::PREPOSITION | words::DETERMINER);
        (self.is(at, words::TITLE) || joint) && !self.is_name(at)
    }

    /// Returns the phrase at `at` that the name at `first` owns: the person of that name, or the noun with its owner.
    fn owned_phrase(&self, first: usize, at: usize, owners: usize) -> Option<NounPhrase> {
        let owned = self.phrase_from_within(at, owners - 1);
        let last = match owned.filter(|owned| owned.kind != MentionKind::Pronoun) {
            Some(owned) if owned.kind == MentionKind::Name => return Some(owned),
            Some(owned) => owned.last,
            None => at.min(self.tokens.len().saturating_sub(1)),
        };
        Self::phrase(MentionKind::Noun, first, last)
    }

    /// Whether a small word may stand in a noun phrase: no verb, preposition or adverb that is known.
    fn is_plain_noun(&self, at: usize) -> bool {
        let small = PHRASE_ENDS | words::AUXILIARY | words::DETERMINER | words::PRONOUN;
        self.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && !token.capital
                && !token.is(small)
                && !self.is_mere_verb(at)
        })
    }

    /// Returns the noun phrase that begins at `at`, or the name that it ends with.
    fn noun_from(&self, at: usize) -> Option<NounPhrase> {
        let determined = self.is(at, words::DETERMINER);
        if !determined && !self.is_plain_noun(at) {
            return None;
        }
        let goes_on = |index: &usize| {
            self.token(*index).is_some_and(|token| {
                token.is_wordlike()
                    && !token.is(PHRASE_ENDS)
                    && (*index == at || !token.is(words::AUXILIARY))
            })
        };
        let len = (at..=at + LONGEST_NOUN).take_while(goes_on).count();
        if !determined && len > LONGEST_BARE_NOUN {
            return None;
        }
        let last = at + len.checked_sub(1)?;
        if self.is_name(last) && !self.is(last, words::ORGANISATION) {
            let first = self.name_start(last).max(at);
            if first > at && self.kind(first) == Some(TokenKind::Word) {
                return Self::phrase(MentionKind::Name, first, last);
            }
        }
        Self::phrase(MentionKind::Noun, at, last)
    }

    /// Returns the subject after an inverted verb.
    ///
    /// `said election lawyer Joe Birkenstock`, `said the campaign's spokesman, Brian Fallon`.
    pub(super) fn inverted_subject(&self, at: usize) -> Option<NounPhrase> {
        let plain = self.phrase_from(at);
        if plain.is_some_and(|phrase| phrase.kind != MentionKind::Noun) {
            return plain;
        }
        let mut index = at;
        while index - at < INVERTED_REACH
            && let Some(token) = self.token(index)
        {
            if !token.is_wordlike() && token.kind != TokenKind::Dash
                || token.is(words::RELATIVE)
                || (index > at && token.is(words::CONJUNCTION) && !token.is(words::PREPOSITION))
            {
                break;
            }
            if token.is_name() && index > at {
                let last = self.name_end(index);
                let person = !self.is_placed(index) && !self.is(last, words::ORGANISATION);
                if person && self.ends_phrase(last) {
                    return Self::phrase(MentionKind::Name, index, last);
                }
                index = last;
            }
            index += 1;
        }
        let apposed = self.kind(index) == Some(TokenKind::Comma)
            && self.is_name(index + 1)
            && self.is_name(index + 2);
        let apposed = apposed.then(|| self.phrase_from(index + 1)).flatten();
        apposed.or(plain)
    }

    /// Whether the name that ends at `last` is not a part of a longer phrase.
    fn ends_phrase(&self, last: usize) -> bool {
        self.kind(last + 1) != Some(TokenKind::Possessive) && !self.is_plain_noun(last + 1)
    }
}
