//! Reported speech without marks: which words of a sentence are what somebody is said to have said.
//!
//! Only the clause counts, not the reporting words: `Carney said (Canada has a team)`, `(Canada has a team), Carney said`,
//! `according to Carney, (Canada has a team)`. A sentence with a quotation in it states nothing here.

use crate::text::lists::key_of;
use std::ops::Range;

use super::cue::Cue;
use super::phrase::{Clause, Phrase};
use super::tokens::{Sort, Token};
use super::words::{self, keys};
use crate::text::Span;

/// A clause that somebody said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) span: Span,
    pub(super) cue: usize,
    pub(super) subject: Phrase,
}

/// Fewer words than this are no statement.
const SHORTEST: usize = 3;

/// What needs no `that` and no proof.
const SAY: [u64; 4] = [
    key_of(b"say"),
    key_of(b"says"),
    key_of(b"said"),
    key_of(b"saying"),
];

/// How far after the verb `that` may stand: told reporters in Ottawa on Wednesday that.
const THAT_WITHIN: usize = 12;

/// Appends what is said in a sentence without quotations.
pub(super) fn find(clause: Clause<'_>, cues: &[Cue], out: &mut Vec<Said>) {
    let mut free = 0;
    for (index, cue) in cues.iter().enumerate() {
        let (Some(subject), false) = (cue.subject, cue.embedded) else {
            continue;
        };
        let later = cues.get(index + 1..).unwrap_or_default();
        let Some(range) = content(clause, cue, subject, later).filter(|range| range.start >= free)
        else {
            continue;
        };
        if words_in(clause, &range) >= SHORTEST {
            free = range.end;
            out.push(Said {
                span: span(clause, &range),
                cue: cue.at,
                subject,
            });
        }
    }
}

fn content(clause: Clause<'_>, cue: &Cue, subject: Phrase, later: &[Cue]) -> Option<Range<usize>> {
    let token = clause.token(cue.at)?;
    if token.key == keys::ACCORDING {
        return beside_according(clause, cue.at, subject);
    }
    let end = end_of_content(clause, cue, later);
    if let Some(that) = that_after(clause, cue.at) {
        return Some(that + 1..end).filter(|_| !token.is(words::WEAK));
    }
    if !token.is(words::STRONG) {
        return None;
    }
    let says = SAY.contains(&token.key) || acts_soon(clause, cue.at + 1);
    if subject.first < cue.at && says && clause.token(cue.at + 1).is_some_and(opens_clause) {
        return Some(cue.at + 1..end);
    }
    before_subject(clause, cue, subject)
}

/// `..., according to X` or `According to X, ...`
fn beside_according(clause: Clause<'_>, at: usize, subject: Phrase) -> Option<Range<usize>> {
    if at > SHORTEST {
        return Some(0..at);
    }
    let comma = (subject.last + 1..clause.tokens.len().min(subject.last + 16))
        .find(|index| is_comma(clause, *index))?;
    Some(comma + 1..clause.tokens.len())
}

/// `CLAUSE, Carney said`: what stands before the comma before the speaker.
fn before_subject(clause: Clause<'_>, cue: &Cue, subject: Phrase) -> Option<Range<usize>> {
    let first = subject.first.min(cue.at);
    let comma = (first.saturating_sub(6)..first)
        .rev()
        .find(|index| is_comma(clause, *index))?;
    let beside = clause
        .tokens
        .get(comma + 1..first)?
        .iter()
        .all(|token| token.capital || token.is(words::TITLE.with(words::DETERMINER)));
    beside.then_some(0..comma)
}

/// Whether a clause, not a thing, follows: some form of be, have or will is near.
fn acts_soon(clause: Clause<'_>, at: usize) -> bool {
    let near = clause
        .tokens
        .get(at..clause.tokens.len().min(at + 8))
        .unwrap_or_default();
    near.iter()
        .take_while(|token| !token.is(words::RELATIVE))
        .any(|token| token.is(words::AUXILIARY))
}

fn that_after(clause: Clause<'_>, at: usize) -> Option<usize> {
    let end = clause.tokens.len().min(at + THAT_WITHIN);
    let that = (at + 1..end)
        .take_while(|index| {
            clause
                .token(*index)
                .is_some_and(|token| token.is_wordlike() && !token.is(words::CUE))
        })
        .find(|index| clause.key(*index) == keys::THAT)?;
    Some(that)
}

/// Whether a clause may begin with this token: somebody, something, or a small word like there.
fn opens_clause(token: &Token) -> bool {
    let small = words::PRONOUN
        .with(words::DETERMINER)
        .with(words::OPENER)
        .with(words::HE)
        .with(words::SHE);
    let named = token.is_name() || (token.capital && token.sort == Sort::Word);
    !token.is(words::RELATIVE)
        && !keys::DAYS.contains(&token.key)
        && (named || token.is(small) || token.sort == Sort::Number)
}

/// Up to where the content of a verb goes: to the clause of the next verb that is not in it, or the end of the sentence.
fn end_of_content(clause: Clause<'_>, cue: &Cue, later: &[Cue]) -> usize {
    let next = later
        .iter()
        .take(6)
        .find(|next| !next.embedded && next.subject.is_some() && next.subject == cue.subject);
    let Some(next) = next else {
        return clause.tokens.len();
    };
    let boundary = (cue.at + 1..next.at).rev().take(4).find(|index| {
        is_comma(clause, *index)
            || clause
                .token(*index)
                .is_some_and(|token| token.is(words::JOINER))
    });
    let boundary = boundary.filter(|boundary| {
        let between = clause.tokens.get(*boundary..next.at).unwrap_or_default();
        !between.iter().any(|token| token.is(words::RELATIVE))
    });
    boundary.unwrap_or(clause.tokens.len())
}

fn is_comma(clause: Clause<'_>, at: usize) -> bool {
    clause
        .token(at)
        .is_some_and(|token| matches!(token.sort, Sort::Comma | Sort::Dash))
}

fn words_in(clause: Clause<'_>, range: &Range<usize>) -> usize {
    let tokens = clause.tokens.get(range.clone()).unwrap_or_default();
    tokens.iter().filter(|token| token.is_wordlike()).count()
}

/// The place of these tokens, less the signs at their ends.
fn span(clause: Clause<'_>, range: &Range<usize>) -> Span {
    let tokens = clause.tokens.get(range.clone()).unwrap_or_default();
    let worded = |token: &&Token| {
        token.is_wordlike() || matches!(token.sort, Sort::Close | Sort::Open | Sort::Other)
    };
    let first = tokens.iter().find(worded);
    let last = tokens.iter().rev().find(worded);
    match (first, last) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::default(),
    }
}
