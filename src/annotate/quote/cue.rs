//! The reporting verbs of one sentence, each with the one who speaks.
//!
//! A verb inside what another one reports (`Cardin said that Republicans rejected ...`) is marked as embedded: the words belong to
//! the outer speaker more often than not.

use super::phrase::{Clause, Naming, Phrase};
use super::tokens::{self, Sort, Token};
use super::words::{self, keys};
use crate::text::Span;

/// A reporting verb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Its token in the sentence.
    pub(super) at: usize,
    /// Who speaks.
    pub(super) subject: Option<Phrase>,
    /// Whether it stands in what another verb reports.
    pub(super) embedded: bool,
}

/// Fills `cues` with the reporting verbs of a sentence outside its quotations.
pub(super) fn find(clause: Clause<'_>, cues: &mut Vec<Cue>) {
    cues.clear();
    for (at, token) in clause.tokens.iter().enumerate() {
        if is_according(clause, at, token) || clause.is_verb(at) {
            let subject = subject_of(clause, at, cues);
            let embedded = subject.is_some_and(|subject| is_embedded(clause, cues, at, subject));
            cues.push(Cue {
                at,
                subject,
                embedded,
            });
        }
    }
    // "Calling it a disgrace, Trump said": a participle that leads takes the subject of the next verb.
    for index in (0..cues.len().saturating_sub(1)).rev() {
        let next = cues.get(index + 1).and_then(|next| next.subject);
        if let Some(cue) = cues
            .get_mut(index)
            .filter(|cue| cue.subject.is_none() && cue.at < 3)
        {
            cue.subject = next;
        }
    }
}

fn is_according(clause: Clause<'_>, at: usize, token: &Token) -> bool {
    token.key == keys::ACCORDING && clause.key(at + 1) == keys::TO
}

/// The place of the cue that begins at token `at`.
pub(super) fn span(clause: Clause<'_>, at: usize) -> Span {
    let Some(token) = clause.token(at) else {
        return Span::default();
    };
    match clause.token(at + 1) {
        Some(to) if token.key == keys::ACCORDING => Span::new(token.start, to.end),
        _ => token.span(),
    }
}

/// Whether `subject` stands in what one of `earlier` reports: after it, with no new clause between.
fn is_embedded(clause: Clause<'_>, earlier: &[Cue], at: usize, subject: Phrase) -> bool {
    if subject.first > at {
        return false;
    }
    let Some(outer) = earlier
        .iter()
        .rev()
        .take(6)
        .find(|cue| cue.at < subject.first)
    else {
        return earlier
            .iter()
            .rev()
            .take(6)
            .any(|cue| cue.embedded && cue.subject == Some(subject));
    };
    let between = clause
        .tokens
        .get(outer.at + 1..subject.first)
        .unwrap_or_default();
    let direct = between.is_empty() || between.last().is_some_and(|token| token.key == keys::THAT);
    let reports = clause
        .token(outer.at)
        .is_some_and(|token| token.is(words::STRONG) && token.key != keys::ACCORDING);
    let new_clause = between.iter().any(|token| {
        token.quote().is_some()
            || token.is(words::JOINER)
            || matches!(token.sort, Sort::Semicolon | Sort::Dash | Sort::Comma)
    });
    direct || (reports && !new_clause)
}

fn subject_of(clause: Clause<'_>, at: usize, earlier: &[Cue]) -> Option<Phrase> {
    let token = clause.token(at)?;
    if token.key == keys::ACCORDING {
        return clause.right(at + 2);
    }
    if token.is(words::ING) && !token.is(words::PAST.with(words::PRESENT)) {
        return subject_of_participle(clause, at, earlier);
    }
    if at == 0 && token.is(words::INVERTED) {
        return clause.inverted(1);
    }
    if let Some(found) = inverted(clause, at, token) {
        return Some(found);
    }
    if let Some(found) = inverted_after_clause(clause, at, token) {
        return Some(found);
    }
    let after_sign = at
        .checked_sub(1)
        .and_then(|before| clause.token(before))
        .is_some_and(|before| matches!(before.sort, Sort::Comma | Sort::Dash));
    let found = clause.subject(at).or_else(|| {
        if after_sign {
            clause.right(at + 1)
        } else {
            None
        }
    })?;
    (!token.is(words::NOUN) || may_act(clause, found)).then_some(found)
}

/// `"...," said Smith`: the subject after the verb, right behind a quotation.
fn inverted(clause: Clause<'_>, at: usize, token: &Token) -> Option<Phrase> {
    let before = clause.tokens.get(..at)?;
    let quote = before
        .iter()
        .rev()
        .find(|token| !matches!(token.sort, Sort::Comma | Sort::Dash))
        .filter(|token| token.quote().is_some())?;
    let finite = token.is(words::PAST.with(words::PRESENT));
    let ends_open = || {
        matches!(
            tokens::inner_end(clause.text, quote),
            ',' | '?' | '!' | '…' | '-' | '—'
        )
    };
    let found = if token.is(words::INVERTED) || (finite && ends_open()) {
        clause.inverted(at + 1)
    } else {
        None
    };
    found.filter(|found| clause.key(found.first) != keys::IT)
}

/// `Cruz will have a harder time, said James Henson, director of ...`: the same without marks.
fn inverted_after_clause(clause: Clause<'_>, at: usize, token: &Token) -> Option<Phrase> {
    let comma = at.checked_sub(1).and_then(|before| clause.token(before))?;
    let quoted = clause
        .tokens
        .iter()
        .take(at)
        .rev()
        .take(40)
        .any(|token| token.quote().is_some());
    if comma.sort != Sort::Comma || quoted || !token.is(words::INVERTED) {
        return None;
    }
    let found = clause
        .inverted(at + 1)
        .filter(|found| found.naming != Naming::Pronoun)?;
    let ends = clause.token(found.last + 1).is_none_or(|next| {
        matches!(
            next.sort,
            Sort::Comma | Sort::Stop | Sort::Semicolon | Sort::Open
        ) || next.is(words::PREPOSITION)
    });
    ends.then_some(found)
}

/// `critics claim` but not `fake emails`: before a word that may be a noun, a bare small word must be a plural.
fn may_act(clause: Clause<'_>, subject: Phrase) -> bool {
    let Some(last) = clause.token(subject.last) else {
        return false;
    };
    let bare = subject.naming == Naming::Noun && subject.first == subject.last && !last.capital;
    !bare || last.span().of(clause.text).ends_with('s') || last.is(words::NOT_NAME)
}

fn subject_of_participle(clause: Clause<'_>, at: usize, earlier: &[Cue]) -> Option<Phrase> {
    let before = at.checked_sub(1).and_then(|before| clause.token(before))?;
    if before.is(words::AUXILIARY) {
        return clause.subject(at);
    }
    if before.sort != Sort::Comma
        && let Some(beside) = clause
            .left(at - 1)
            .and_then(|beside| beside_participle(clause, beside))
    {
        return Some(beside);
    }
    if before.is(words::JOINER)
        && let Some(joined) = earlier.last().and_then(|cue| cue.subject)
    {
        return Some(joined);
    }
    let outer = earlier.iter().rev().find(|cue| {
        !cue.embedded
            && clause
                .token(cue.at)
                .is_some_and(|token| !token.is(words::ING))
    });
    outer
        .and_then(|cue| cue.subject)
        .or_else(|| clause.first(at))
}

/// The phrase right before a participle, if it is the one that speaks: `with Carney and his team insisting`.
fn beside_participle(clause: Clause<'_>, beside: Phrase) -> Option<Phrase> {
    if let Some(whole) = clause.joined(beside) {
        return Some(whole);
    }
    let joint = beside.first.checked_sub(1).map(|joint| clause.key(joint));
    match beside.naming {
        Naming::Noun => (joint == Some(keys::WITH)).then_some(beside),
        // "responded on Facebook writing": a name after a preposition is no speaker, but for "with Trump saying".
        Naming::Name => {
            let placed = beside.first > 0
                && clause
                    .token(beside.first - 1)
                    .is_some_and(|token| token.is(words::PREPOSITION));
            (!placed || joint == Some(keys::WITH)).then_some(beside)
        }
        Naming::Pronoun => {
            (![keys::IT, keys::WHO].contains(&clause.key(beside.first))).then_some(beside)
        }
    }
}
