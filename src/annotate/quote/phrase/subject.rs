//! The subject of a verb: the phrase before it once adverbs, appositions and relative clauses are stepped over.

use super::{MentionKind, NounPhrase, SUBJECT_REACH, SentenceTokens};
use crate::annotate::quote::tokens::SentenceToken;
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

// Bounds of the walks, fitted by trial on the dev half of the quotations gold.

/// Clauses and prepositions that are followed from one verb to another one's subject.
const DEPTH: usize = 3;
/// Verbs that are tried as the one whose subject is shared: `X rose and said`.
const SHARED_TRIES: usize = 2;
/// Tokens before `to` in which the one who acts is looked for: `X used to say`.
const CONTROLLER_REACH: usize = 6;
/// A noun that an apposition hangs on stands among the first tokens of its sentence.
const LAST_APPOSED_NOUN: usize = 9;
/// Titles before a name that a role is in apposition to.
const TITLES_REACH: usize = 5;
/// Most small words after the name of a nation or party.
const LONGEST_NOUN_RUN: usize = 4;

impl SentenceTokens<'_> {
    /// Steps left over adverbs and auxiliaries, and returns the token before them.
    fn before_adverbs(&self, mut at: usize) -> Option<usize> {
        loop {
            let token = self.token(at)?;
            // "X, however, said"
            let bracketed = token.kind == TokenKind::Comma
                && at >= 2
                && self.is(at - 1, words::AUXILIARY)
                && self.kind(at - 2) == Some(TokenKind::Comma);
            if bracketed {
                at = at.checked_sub(3)?;
            } else if !token.is(words::AUXILIARY) || token.is_name() {
                return Some(at);
            } else {
                at = at.checked_sub(1)?;
            }
        }
    }

    /// Returns the subject of the verb at `verb`.
    pub(in crate::annotate::quote) fn subject_of_verb(&self, verb: usize) -> Option<NounPhrase> {
        let found = self.subject_within(verb, DEPTH)?;
        let owned = self.is(found.first, words::HE | words::SHE);
        let whole = self.joined_with_name(found).filter(|whole| {
            let before = self.before(whole.first);
            owned
                && before
                    .is_none_or(|before| !before.is_wordlike() || before.is(words::CONJUNCTION))
        });
        Some(whole.unwrap_or(found))
    }

    /// Returns a noun phrase with the name that it is joined to: `Carney and his team`.
    pub(in crate::annotate::quote) fn joined_with_name(
        &self,
        found: NounPhrase,
    ) -> Option<NounPhrase> {
        let and = found.first.checked_sub(1)?;
        let joined = self.is_word(and, "and") && self.before(and)?.is_name();
        let name = self.phrase_before(and)?;
        let whole = Self::phrase(MentionKind::Noun, name.first, found.last);
        whole.filter(|_| joined && found.kind == MentionKind::Noun)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<NounPhrase> {
        let at = self.before_adverbs(verb.checked_sub(1)?)?;
        let token = self.token(at)?;
        if token.kind == TokenKind::Word && !token.capital {
            if token.is(words::JOINER) {
                return self.shared_subject(at, depth);
            }
            if token.is_word("by") {
                return None;
            }
            if token.is_word("to") {
                return self.controller(at);
            }
        }
        if token.kind == TokenKind::Comma {
            return self.before_apposition(verb, at);
        }
        if token.is(words::RELATIVE) {
            return self.antecedent(at);
        }
        self.head_before(at + 1, depth)
            .map(|found| self.name_before_role(found))
    }

    /// Returns the subject of the verb before `and`, else of the sentence: `X rose and said`.
    fn shared_subject(&self, and: usize, depth: usize) -> Option<NounPhrase> {
        let mut tries = SHARED_TRIES;
        for index in (and.saturating_sub(SUBJECT_REACH)..and).rev() {
            let token = self.token(index)?;
            if matches!(token.kind, TokenKind::FullStop | TokenKind::Semicolon) {
                break;
            }
            let finite = token.is(words::PAST | words::PRESENT) && self.is_verb(index);
            if finite && depth > 0 && tries > 0 {
                tries -= 1;
                if let Some(found) = self.subject_within(index, depth - 1) {
                    return Some(found);
                }
            }
        }
        self.first_phrase(and)
    }

    /// Returns the one who is meant to act before `to`: `X used to say`.
    fn controller(&self, to: usize) -> Option<NounPhrase> {
        for index in (to.saturating_sub(CONTROLLER_REACH)..to).rev() {
            let token = self.token(index)?;
            let stops = matches!(
                token.kind,
                TokenKind::FullStop | TokenKind::Semicolon | TokenKind::Comma
            );
            if stops || token.quote.is_some() {
                break;
            }
            if token.is(words::NATION) && self.is_plain_noun(index + 1) {
                return self.phrase_to(index + 1);
            }
            if token.is_name() || token.is(words::PRONOUN) {
                return self.phrase_to(index);
            }
        }
        self.first_phrase(to)
    }

    /// Returns the phrase that an apposition belongs to: `X, a spokesman for Y, said` and `X, who ..., said`.
    fn before_apposition(&self, verb: usize, comma: usize) -> Option<NounPhrase> {
        for index in (comma.saturating_sub(SUBJECT_REACH)..comma).rev() {
            let token = self.token(index)?;
            if token.quote.is_some() && comma - index < 3 {
                break;
            }
            if token.kind != TokenKind::Comma {
                continue;
            }
            let Some(found) = self.head_before(index, DEPTH - 1) else {
                continue;
            };
            // "Tom Fitton, the president of Judicial Watch, a group that ..., said": the first of the chain is the one.
            let apposed = found.first > 1 && self.kind(found.first - 1) == Some(TokenKind::Comma);
            let doubtful = apposed
                || index > LAST_APPOSED_NOUN
                || self.kind(found.last) == Some(TokenKind::Number);
            if !(found.kind == MentionKind::Noun && doubtful || self.is_placed(found.first)) {
                return Some(found);
            }
        }
        self.phrase_before(comma)
            .or_else(|| self.first_phrase(verb))
    }

    /// Returns the phrase that `who` or `which` stands for.
    fn antecedent(&self, relative: usize) -> Option<NounPhrase> {
        let comma = self.before(relative)?.kind == TokenKind::Comma;
        self.phrase_before(relative - usize::from(comma))
            .filter(|found| found.kind != MentionKind::Pronoun)
            .map(|found| self.name_before_role(found))
            .or_else(|| self.first_phrase(relative))
    }

    /// Returns the name that the phrase is in apposition to, else the phrase: `Braynard, a South Carolina native who writes`.
    fn name_before_role(&self, found: NounPhrase) -> NounPhrase {
        let role = (found.first..=found.last).all(|index| self.is(index, words::TITLE));
        if found.kind != MentionKind::Noun && !role {
            return found;
        }
        let beside = words::TITLE | words::JOINER | words::DETERMINER;
        let mut first = found.first;
        while role && found.first - first < TITLES_REACH {
            if !self.before(first).is_some_and(|before| before.is(beside)) {
                break;
            }
            first -= 1;
        }
        let comma = self
            .before(first)
            .filter(|before| before.kind == TokenKind::Comma);
        let name = comma.and_then(|_| self.phrase_before(first - 1));
        name.filter(|name| name.kind == MentionKind::Name)
            .unwrap_or(found)
    }

    /// Returns the phrase that ends right before `end`, or the one that it hangs on: `a spokesman for Trump`.
    fn head_before(&self, end: usize, depth: usize) -> Option<NounPhrase> {
        let found = self.phrase_before(end)?;
        let the = self
            .before(found.first)
            .is_some_and(|before| before.is(words::DETERMINER));
        let first = found.first - usize::from(the);
        let joins = self
            .before(first)
            .is_some_and(|joint| !joint.capital && joint.is(words::JOINT));
        if !joins || depth == 0 {
            return Some(found);
        }
        // "Beck, who has in the past described": the phrase only says when.
        if first >= 2 && self.is(first - 2, words::AUXILIARY) {
            return self.subject_within(first - 1, depth - 1);
        }
        let head = self.head_before(first - 1, depth - 1);
        head.filter(|head| head.kind != MentionKind::Pronoun)
            .or(Some(found))
    }

    /// Returns the small words after a nation or party, or the name behind them: `Republican leaders`.
    fn noun_of_nation(&self, first: usize, end: usize) -> Option<NounPhrase> {
        let mut last = first;
        while last + 1 < end && last - first < LONGEST_NOUN_RUN && self.is_plain_noun(last + 1) {
            last += 1;
        }
        if self.is_name(last + 1) && last + 1 < end {
            return Self::phrase(MentionKind::Name, last + 1, self.name_end(last + 1));
        }
        Self::phrase(MentionKind::Noun, first, last)
    }

    /// Returns the first phrase of the sentence before `end`: its subject more often than not.
    pub(in crate::annotate::quote) fn first_phrase(&self, end: usize) -> Option<NounPhrase> {
        let mut at = 0;
        while at < end.min(SUBJECT_REACH) {
            let token = self.token(at)?;
            if is_subject_pronoun(token) {
                return Self::phrase(MentionKind::Pronoun, at, at);
            }
            if !token.is_name() {
                at += 1;
                continue;
            }
            let last = self.name_end(at).min(end.saturating_sub(1));
            let nation = last == at && self.is(at, words::NATION) && self.is_plain_noun(at + 1);
            let owner = self.kind(last + 1) == Some(TokenKind::Possessive);
            if !self.is_placed(at) {
                if nation {
                    return self.noun_of_nation(at, end);
                }
                if !owner {
                    return Self::phrase(MentionKind::Name, at, last);
                }
            }
            at = last + 1;
        }
        let determined = self.is(0, words::DETERMINER);
        determined.then(|| self.phrase_from(0)).flatten()
    }
}

fn is_subject_pronoun(token: &SentenceToken<'_>) -> bool {
    token.is(words::PRONOUN) && !token.is(words::RELATIVE) && token.kind == TokenKind::Word
}
