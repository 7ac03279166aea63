//! Who does what in one sentence: noun phrases left and right of a place, and the subject of a verb.
//!
//! No grammar is parsed. A name is a run of capitalised words, a noun phrase begins with a determiner or after a sign.
//! Every walk is bounded, so that a sentence without end costs no more than its length.

mod subject;

use super::tokens::{Sort, Token};
use super::words::{self, Classes, keys};
use crate::text::Span;

/// What kind of words name someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// he, she, they
    Pronoun,
    /// Carney
    Name,
    /// the spokesman
    Noun,
}

/// Words that name someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) naming: Naming,
    /// First token, in the sentence.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
}

/// How far a subject is looked for, in tokens.
const REACH: usize = 60;

/// The tokens of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Clause<'a> {
    /// The whole text, which tokens are places of.
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
}

impl<'a> Clause<'a> {
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    fn before(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at.checked_sub(1)?)
    }

    fn is(&self, at: usize, classes: Classes) -> bool {
        self.token(at).is_some_and(|token| token.is(classes))
    }

    fn sort(&self, at: usize) -> Option<Sort> {
        self.token(at).map(|token| token.sort)
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_name)
    }

    pub(super) fn key(&self, at: usize) -> u64 {
        self.token(at).map_or(0, |token| token.key)
    }

    /// The place of a phrase in the text.
    pub(super) fn span(&self, phrase: Phrase) -> Span {
        match (self.token(phrase.first), self.token(phrase.last)) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }

    fn phrase(naming: Naming, first: usize, last: usize) -> Option<Phrase> {
        Some(Phrase {
            naming,
            first,
            last,
        })
    }

    /// Whether the name running on at `at` goes on with the next token.
    fn name_goes_on(&self, at: usize) -> bool {
        let particle = self.is(at + 1, words::PARTICLE) && self.is_name(at + 2);
        let suffix = self.is(at + 1, words::SUFFIX);
        self.is_name(at + 1) || particle || suffix
    }

    /// The last token of the name that begins at `at`.
    pub(super) fn name_end(&self, at: usize) -> usize {
        let mut last = at;
        while self.name_goes_on(last) && last - at < 12 {
            last += 1;
        }
        last
    }

    fn name_start(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(before) = self.before(first) {
            let particle = before.is(words::PARTICLE) && first >= 2 && self.is_name(first - 2);
            let comma = before.sort == Sort::Comma && self.is(first, words::SUFFIX);
            if at - first >= 12 || !(before.is_name() || particle || comma) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Whether the token is a reporting verb here, not the noun of the same letters.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.is(words::CUE)) else {
            return false;
        };
        let Some(before) = self.before(at) else {
            return true;
        };
        let adjective = before.is(words::DETERMINER) || before.sort == Sort::Possessive;
        if token.capital
            || (adjective && token.is(words::PAST))
            || (token.is(words::NOUN) && self.is_noun(at, before))
        {
            return false;
        }
        // A plain form is a verb after a pronoun, an auxiliary or "to".
        let only_base = token.is(words::BASE) && !token.is(words::PAST.with(words::PRESENT));
        let verbal = before.is(words::PRONOUN.with(words::AUXILIARY)) || before.key == keys::TO;
        let strong = token.is(words::STRONG) && !token.is(words::NOUN);
        let reports = || {
            self.token(at + 1)
                .is_some_and(|next| next.quote().is_some() || next.key == keys::THAT)
        };
        !only_base || strong || verbal || reports()
    }

    /// `the claims`, `his recent remarks`; but `the lawsuit claims that`.
    fn is_noun(&self, at: usize, before: &Token) -> bool {
        let owner = |token: &Token| {
            token.is(words::DETERMINER.with(words::PREPOSITION)) || token.sort == Sort::Possessive
        };
        if owner(before) {
            return true;
        }
        if before.capital || before.sort != Sort::Word {
            return false;
        }
        let owned = (at.saturating_sub(4)..at)
            .rev()
            .filter_map(|index| self.token(index))
            .take_while(|token| token.is_wordlike() && !token.is(words::PRONOUN))
            .any(owner);
        let verb_like = self.token(at + 1).is_some_and(|next| {
            next.quote().is_some()
                || [keys::THAT, keys::FOR].contains(&next.key)
                || matches!(next.sort, Sort::Colon | Sort::Comma)
                || next.is(words::PRONOUN.with(words::DETERMINER))
                || next.is_name()
        });
        owned && !verb_like
    }

    /// `the Prime Minister's Office`: an organisation's name takes its owner in; a person's does not.
    fn owned_name_start(&self, at: usize) -> usize {
        let first = self.name_start(at);
        let owned = first >= 2
            && self.is(at, words::ORGANISATION)
            && self.sort(first - 1) == Some(Sort::Possessive)
            && self.is_name(first - 2);
        if owned {
            self.name_start(first - 2)
        } else {
            first
        }
    }

    /// The phrase that ends with the token `at`.
    pub(super) fn left(&self, at: usize) -> Option<Phrase> {
        let token = self.token(at)?;
        if token.quote().is_some() {
            return None;
        }
        if token.is(words::PRONOUN) && token.sort == Sort::Word {
            return Self::phrase(Naming::Pronoun, at, at);
        }
        if token.sort == Sort::Close {
            let open = (at.saturating_sub(20)..at)
                .rev()
                .find(|index| self.sort(*index) == Some(Sort::Open))?;
            let before = open.checked_sub(1)?;
            // One bracket is stepped over, not a page of them.
            let bracket = self.sort(before) == Some(Sort::Close);
            return if bracket { None } else { self.left(before) };
        }
        if token.is_name() || token.is(words::SUFFIX) {
            return Self::phrase(Naming::Name, self.owned_name_start(at), at);
        }
        if token.is_wordlike() {
            self.noun_left(at)
        } else {
            None
        }
    }

    /// A noun phrase with a determiner, or a bare one after a sign, that ends at `at`.
    fn noun_left(&self, at: usize) -> Option<Phrase> {
        let small = words::AUXILIARY
            .with(words::PREPOSITION)
            .with(words::CONJUNCTION);
        let verb = self.is(at, words::CUE) && !self.is(at, words::NOUN);
        if verb || self.is(at, small) {
            return None;
        }
        let mut first = at + 1;
        while let Some(before) = self.before(first) {
            let words = at + 1 - first;
            if words >= 7 || !before.is_wordlike() {
                break;
            }
            if before.is(words::DETERMINER) && before.sort != Sort::Possessive {
                let twice = first >= 2 && self.is(first - 2, words::DETERMINER);
                let from = if twice { first - 2 } else { first - 1 };
                return Self::phrase(Naming::Noun, from, at);
            }
            let verb = words > 0 && before.is(words::CUE) && !before.is(words::NOUN);
            if verb
                || before.is(words::RELATIVE)
                || before.is(words::CONJUNCTION)
                || before.is(words::PREPOSITION)
            {
                break;
            }
            first -= 1;
        }
        self.bare_left(first, at)
    }

    fn bare_left(&self, first: usize, at: usize) -> Option<Phrase> {
        let len = (at + 1).checked_sub(first)?;
        if len == 0 || len > 7 {
            return None;
        }
        let owned = self.is_name(first)
            && self.sort(self.name_end(first) + 1) == Some(Sort::Possessive)
            && self.name_end(first) + 1 < at;
        if owned {
            return Self::phrase(Naming::Noun, first, at);
        }
        let free = self
            .before(first)
            .is_none_or(|before| !before.is_wordlike() || before.is(words::CONJUNCTION));
        if len >= 5 || !free {
            return None;
        }
        if self.is_name(first) {
            let mut last = first;
            while last < at && self.is_name(last + 1) {
                last += 1;
            }
            if last < at && self.is(last, words::NATION) {
                return Self::phrase(Naming::Noun, first, at);
            }
            return Self::phrase(Naming::Name, first, last);
        }
        if self.is(first, words::PRONOUN) {
            return Self::phrase(Naming::Pronoun, first, first);
        }
        let number = self.sort(at) == Some(Sort::Number);
        (len < 4 && !number).then_some(Phrase {
            naming: Naming::Noun,
            first,
            last: at,
        })
    }

    /// The phrase that begins with the token `at`.
    pub(super) fn right(&self, at: usize) -> Option<Phrase> {
        self.right_within(at, 3)
    }

    fn right_within(&self, at: usize, depth: usize) -> Option<Phrase> {
        let token = self.token(at)?;
        if token.quote().is_some() {
            return None;
        }
        if token.is(words::PRONOUN) && !token.is(words::RELATIVE) {
            return Self::phrase(Naming::Pronoun, at, at);
        }
        let named = token.is_name() || (token.is(words::TITLE) && !token.capital);
        let name = if named {
            self.name_right(at, depth)
        } else {
            None
        };
        name.or_else(|| self.noun_right(at))
    }

    /// `former secretary of state Hillary Clinton`, `Clinton's campaign manager Robby Mook`, `Trump adviser Sam Clovis`.
    fn name_right(&self, at: usize, depth: usize) -> Option<Phrase> {
        let mut name = at;
        while name - at < 7
            && (self.is(name, words::TITLE) && !self.is_name(name)
                || (name > at
                    && self.is(name, words::PREPOSITION.with(words::DETERMINER))
                    && !self.is_name(name)))
        {
            name += 1;
        }
        if !self.is_name(name) {
            return None;
        }
        let last = self.name_end(name);
        if self.sort(last + 1) == Some(Sort::Possessive) && depth > 0 {
            return self.possessed(at, last + 2, depth);
        }
        let mut after = last + 1;
        while after - last <= 4 && self.is_plain_noun(after) {
            after += 1;
        }
        if after > last + 1 && self.is_name(after) {
            return Self::phrase(Naming::Name, after, self.name_end(after));
        }
        let group = self.is(last, words::ORGANISATION);
        if after > last + 1 && group && !self.is(after, words::RELATIVE) {
            return Self::phrase(Naming::Noun, at, after - 1);
        }
        Self::phrase(Naming::Name, name, last)
    }

    fn possessed(&self, first: usize, at: usize, depth: usize) -> Option<Phrase> {
        match self.right_within(at, depth - 1) {
            Some(phrase) if phrase.naming == Naming::Name => Some(phrase),
            Some(phrase) if phrase.naming == Naming::Noun => {
                Self::phrase(Naming::Noun, first, phrase.last)
            }
            _ => Self::phrase(
                Naming::Noun,
                first,
                at.min(self.tokens.len().saturating_sub(1)),
            ),
        }
    }

    /// A small word that may stand in a noun phrase: no verb, preposition or adverb that is known.
    fn is_plain_noun(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.sort == Sort::Word
                && !token.capital
                && !token.is(words::PREPOSITION
                    .with(words::AUXILIARY)
                    .with(words::RELATIVE)
                    .with(words::CONJUNCTION)
                    .with(words::DETERMINER)
                    .with(words::PRONOUN))
                && (!token.is(words::CUE) || token.is(words::NOUN))
        })
    }

    fn noun_right(&self, at: usize) -> Option<Phrase> {
        let token = self.token(at)?;
        let determined = token.is(words::DETERMINER);
        let stop = words::PREPOSITION
            .with(words::RELATIVE)
            .with(words::CONJUNCTION);
        if !determined && !self.is_plain_noun(at) {
            return None;
        }
        let mut end = at;
        while end - at < 8
            && self
                .token(end)
                .is_some_and(|token| token.is_wordlike() && !token.is(stop))
        {
            if end > at && self.is(end, words::AUXILIARY) {
                break;
            }
            end += 1;
        }
        if !determined && end - at > 4 {
            return None;
        }
        let last = end.checked_sub(1).filter(|last| *last >= at)?;
        if self.is_name(last) && !self.is(last, words::ORGANISATION) {
            let first = self.name_start(last).max(at);
            if first > at && self.sort(first) == Some(Sort::Word) {
                return Self::phrase(Naming::Name, first, last);
            }
        }
        Self::phrase(Naming::Noun, at, last)
    }

    /// The phrase after an inverted verb: `said election lawyer Joe Birkenstock`, `said the campaign's spokesman, Brian Fallon`.
    pub(super) fn inverted(&self, at: usize) -> Option<Phrase> {
        let plain = self.right(at);
        if plain.is_some_and(|phrase| phrase.naming != Naming::Noun) {
            return plain;
        }
        let mut index = at;
        while index - at < 9 {
            let Some(token) = self.token(index) else {
                break;
            };
            if !token.is_wordlike() && token.sort != Sort::Dash
                || token.is(words::RELATIVE)
                || (index > at && token.is(words::CONJUNCTION) && !token.is(words::PREPOSITION))
            {
                break;
            }
            let of = index > at && self.is(index - 1, words::PREPOSITION);
            if token.is_name() && index > at {
                let last = self.name_end(index);
                if !of && !self.is(last, words::ORGANISATION) && self.stands_free(last) {
                    return Self::phrase(Naming::Name, index, last);
                }
                index = last;
            }
            index += 1;
        }
        if self.sort(index) == Some(Sort::Comma)
            && self.is_name(index + 1)
            && self.is_name(index + 2)
        {
            return self.right(index + 1).or(plain);
        }
        plain
    }

    /// Whether the name that ends at `last` is not a part of a longer phrase.
    fn stands_free(&self, last: usize) -> bool {
        self.sort(last + 1) != Some(Sort::Possessive) && !self.is_plain_noun(last + 1)
    }
}
