//! The subject of a verb: what stands before it once adverbs, appositions and relative clauses are stepped over.

use super::{Clause, Naming, Phrase, REACH};
use crate::annotate::quote::tokens::{Sort, Token};
use crate::annotate::quote::words::{self, keys};

impl Clause<'_> {
    /// Steps left over adverbs and auxiliaries; returns the token before them.
    fn over_adverbs(&self, mut at: usize) -> Option<usize> {
        loop {
            let token = self.token(at)?;
            let bracketed = token.sort == Sort::Comma
                && at >= 2
                && self.is(at - 1, words::AUXILIARY)
                && self.sort(at - 2) == Some(Sort::Comma);
            if bracketed {
                at = at.checked_sub(3)?;
                continue;
            }
            if !token.is(words::AUXILIARY) || token.is_name() {
                return Some(at);
            }
            at = at.checked_sub(1)?;
        }
    }

    /// The subject of the verb at `verb`.
    pub(in crate::annotate::quote) fn subject(&self, verb: usize) -> Option<Phrase> {
        let found = self.subject_within(verb, 3)?;
        let owned = self.is(found.first, words::HE.with(words::SHE));
        let whole = self.joined(found).filter(|whole| {
            let before = whole.first.checked_sub(1);
            owned
                && before.is_none_or(|at| !self.is_wordlike(at) || self.is(at, words::CONJUNCTION))
        });
        Some(whole.unwrap_or(found))
    }

    fn is_wordlike(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_wordlike)
    }

    /// `Carney and his team`: a noun phrase with the name that it is joined to.
    pub(in crate::annotate::quote) fn joined(&self, found: Phrase) -> Option<Phrase> {
        let name = found.first.checked_sub(2)?;
        let joint = self.key(found.first - 1) == keys::AND && self.is_name(name);
        let whole = |name: Phrase| Phrase {
            naming: Naming::Noun,
            first: name.first,
            last: found.last,
        };
        self.left(name)
            .filter(|_| joint && found.naming == Naming::Noun)
            .map(whole)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<Phrase> {
        let at = self.over_adverbs(verb.checked_sub(1)?)?;
        let token = self.token(at)?;
        if token.sort == Sort::Word && !token.capital {
            if token.is(words::JOINER) {
                return self.coordinated(at, depth);
            }
            if token.key == keys::BY {
                return None;
            }
            if token.key == keys::TO {
                return self.controller(at);
            }
        }
        if token.sort == Sort::Comma {
            return self.over_apposition(verb, at);
        }
        if token.is(words::RELATIVE) {
            return self.antecedent(at);
        }
        self.head_of(at, depth)
            .map(|found| self.named_before(found))
    }

    /// `X rose and said`: the subject of the verb before, else of the sentence.
    fn coordinated(&self, and: usize, depth: usize) -> Option<Phrase> {
        let finite = words::PAST.with(words::PRESENT);
        let mut tries = 2;
        for index in (and.saturating_sub(REACH)..and).rev() {
            let token = self.token(index)?;
            if matches!(token.sort, Sort::Stop | Sort::Semicolon) {
                break;
            }
            if token.is(finite) && depth > 0 && tries > 0 && self.is_verb(index) {
                tries -= 1;
                if let Some(found) = self.subject_within(index, depth - 1) {
                    return Some(found);
                }
            }
        }
        self.first(and)
    }

    /// `X used to say`: who is meant to do it.
    fn controller(&self, to: usize) -> Option<Phrase> {
        for index in (to.saturating_sub(6)..to).rev() {
            let token = self.token(index)?;
            if matches!(
                token.sort,
                Sort::Stop | Sort::Semicolon | Sort::Comma | Sort::Quote(_)
            ) {
                break;
            }
            if token.is(words::NATION) && self.is_plain_noun(index + 1) {
                return self.left(index + 1);
            }
            if token.is_name() || token.is(words::PRONOUN) {
                return self.left(index);
            }
        }
        self.first(to)
    }

    /// `X, a spokesman for Y, said` and `X, who ..., said`.
    fn over_apposition(&self, verb: usize, comma: usize) -> Option<Phrase> {
        for index in (comma.saturating_sub(REACH)..comma).rev() {
            let token = self.token(index)?;
            if token.quote().is_some() && comma - index < 3 {
                break;
            }
            if token.sort != Sort::Comma {
                continue;
            }
            let Some(found) = index
                .checked_sub(1)
                .and_then(|before| self.head_of(before, 2))
            else {
                continue;
            };
            // "Tom Fitton, the president of Judicial Watch, a group that ..., said": the first of the chain is the one.
            let apposed = found.first > 1 && self.sort(found.first - 1) == Some(Sort::Comma);
            match found.naming {
                Naming::Noun
                    if apposed || index > 9 || self.sort(found.last) == Some(Sort::Number) => {}
                _ if found.first > 0 && self.is(found.first - 1, words::PREPOSITION) => {}
                _ => return Some(found),
            }
        }
        comma
            .checked_sub(1)
            .and_then(|before| self.left(before))
            .or_else(|| self.first(verb))
    }

    fn antecedent(&self, relative: usize) -> Option<Phrase> {
        let mut before = relative.checked_sub(1)?;
        if self.sort(before) == Some(Sort::Comma) {
            before = before.checked_sub(1)?;
        }
        self.left(before)
            .filter(|found| found.naming != Naming::Pronoun)
            .map(|found| self.named_before(found))
            .or_else(|| self.first(relative))
    }

    /// `Braynard, a South Carolina native who writes`: the name that the phrase is in apposition to.
    fn named_before(&self, found: Phrase) -> Phrase {
        let role = (found.first..=found.last).all(|index| self.is(index, words::TITLE));
        if found.naming != Naming::Noun && !role {
            return found;
        }
        let beside = words::TITLE.with(words::JOINER).with(words::DETERMINER);
        let mut comma = found.first;
        while role && comma > 0 && found.first - comma < 5 && self.is(comma - 1, beside) {
            comma -= 1;
        }
        let name = comma
            .checked_sub(2)
            .filter(|_| self.sort(comma - 1) == Some(Sort::Comma))
            .and_then(|before| self.left(before))
            .filter(|name| name.naming == Naming::Name);
        name.unwrap_or(found)
    }

    /// The phrase that ends at `at`, or what it hangs on: `a spokesman for Trump`.
    fn head_of(&self, at: usize, depth: usize) -> Option<Phrase> {
        let found = self.left(at)?;
        let the = found.first > 0 && self.is(found.first - 1, words::DETERMINER);
        let first = found.first - usize::from(the);
        let Some(joint) = first.checked_sub(1).and_then(|before| self.token(before)) else {
            return Some(found);
        };
        let joins = !joint.capital && keys::JOINTS.contains(&joint.key);
        // "Beck, who has in the past described": the phrase only says when.
        if joins && depth > 0 && first >= 2 && self.is(first - 2, words::AUXILIARY) {
            return self.subject_within(first - 1, depth - 1);
        }
        if joins && depth > 0 {
            let head = first
                .checked_sub(2)
                .and_then(|before| self.head_of(before, depth - 1));
            return head
                .filter(|head| head.naming != Naming::Pronoun)
                .or(Some(found));
        }
        Some(found)
    }

    /// `Republican leaders`: the name says what kind, the small words after it say who.
    fn noun_run(&self, first: usize, end: usize) -> Option<Phrase> {
        let mut last = first;
        while last + 1 < end && last - first < 4 && self.is_plain_noun(last + 1) {
            last += 1;
        }
        if self.is_name(last + 1) && last + 1 < end {
            return Self::phrase(Naming::Name, last + 1, self.name_end(last + 1));
        }
        Self::phrase(Naming::Noun, first, last)
    }

    /// The first phrase of the sentence, left of `end`: its subject more often than not.
    pub(in crate::annotate::quote) fn first(&self, end: usize) -> Option<Phrase> {
        let mut at = 0;
        while at < end.min(REACH) {
            let token = self.token(at)?;
            if token.is(words::PRONOUN) && !token.is(words::RELATIVE) && token.sort == Sort::Word {
                return Self::phrase(Naming::Pronoun, at, at);
            }
            if token.is_name() {
                let last = self.name_end(at).min(end.saturating_sub(1));
                let placed = at > 0 && self.is(at - 1, words::PREPOSITION);
                let owner = self.sort(last + 1) == Some(Sort::Possessive);
                if !placed && last == at && self.is(at, words::NATION) && self.is_plain_noun(at + 1)
                {
                    return self.noun_run(at, end);
                }
                if !placed && !owner {
                    return Self::phrase(Naming::Name, at, last);
                }
                at = last + 1;
            } else {
                at += 1;
            }
        }
        if self.is(0, words::DETERMINER) {
            self.right(0)
        } else {
            None
        }
    }
}
