//! Reported speech without marks: the words of a sentence that somebody is said to have said.
//!
//! Only the clause counts, not the reporting words: `Carney said (Canada has a team)`, `(Canada has a team), Carney said`,
//! `according to Carney, (Canada has a team)`. A sentence with a quotation in it states nothing here.

use std::ops::Range;

use super::cue::ReportingVerb;
use super::phrase::{NounPhrase, SentenceTokens};
use super::tokens::SentenceToken;
use super::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// Forms of the verb after which anything is a clause; after others a clause must show that it is one.
const SAY: [&str; 4] = ["say", "says", "said", "saying"];

// Bounds in tokens, fitted by trial on the dev half of the quotations gold.

/// Fewest words of a statement.
const FEWEST_WORDS: usize = 3;
/// Tokens after the verb in which `that` may stand: told reporters in Ottawa on Wednesday that.
const THAT_WITHIN: usize = 12;
/// Tokens after the speaker in which the comma of `According to X, ...` may stand.
const COMMA_WITHIN: usize = 16;
/// Tokens before the speaker in which the comma of `..., Carney said` may stand.
const COMMA_BEFORE: usize = 6;
/// Tokens after the verb in which an auxiliary shows that a clause follows.
const AUXILIARY_WITHIN: usize = 8;
/// Later verbs that may end the clause.
const LATER_VERBS: usize = 6;
/// Tokens before a later verb in which its clause begins.
const BOUNDARY_REACH: usize = 4;

/// A clause that somebody is said to have said.
pub(super) struct ReportedClause {
    /// The words of the clause, in the text.
    pub(super) span: Span,
    /// The token of the reporting verb.
    pub(super) verb: usize,
    /// The one who says it.
    pub(super) subject: NounPhrase,
}

/// Returns the clauses that are said in a sentence without quotations.
pub(super) fn find_clauses(
    sentence: SentenceTokens<'_>,
    verbs: &[ReportingVerb],
) -> Vec<ReportedClause> {
    let mut found = Vec::new();
    let mut free = 0;
    for (index, verb) in verbs.iter().enumerate() {
        let (Some(subject), false) = (verb.subject, verb.embedded) else {
            continue;
        };
        let later = verbs.get(index + 1..).unwrap_or_default();
        let clause = clause_of(sentence, verb, subject, later);
        let Some(clause) = clause.filter(|clause| clause.start >= free) else {
            continue;
        };
        let end = clause.end;
        let tokens = sentence.range(clause);
        let words = tokens.iter().filter(|token| token.is_wordlike());
        if words.count() >= FEWEST_WORDS {
            free = end;
            found.push(ReportedClause {
                span: span_without_signs(tokens),
                verb: verb.at,
                subject,
            });
        }
    }
    found
}

fn clause_of(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    subject: NounPhrase,
    later: &[ReportingVerb],
) -> Option<Range<usize>> {
    let token = sentence.token(verb.at)?;
    if token.is_word("according") {
        return clause_beside_according(sentence, verb.at, subject);
    }
    let end = end_of_clause(sentence, verb, later);
    if let Some(that) = that_after(sentence, verb.at) {
        return Some(that + 1..end).filter(|_| !token.is(words::WEAK));
    }
    if !token.is(words::STRONG) {
        return None;
    }
    let says = token.is_any_word(&SAY) || has_auxiliary_near(sentence, verb.at + 1);
    let opens = sentence.token(verb.at + 1).is_some_and(opens_clause);
    if subject.first < verb.at && says && opens {
        return Some(verb.at + 1..end);
    }
    clause_before_speaker(sentence, verb, subject)
}

/// Returns the clause of `..., according to X` or `According to X, ...`.
fn clause_beside_according(
    sentence: SentenceTokens<'_>,
    at: usize,
    subject: NounPhrase,
) -> Option<Range<usize>> {
    if at > FEWEST_WORDS {
        return Some(0..at);
    }
    let len = sentence.tokens.len();
    let comma = (subject.last + 1..len.min(subject.last + COMMA_WITHIN))
        .find(|index| is_break(sentence, *index))?;
    Some(comma + 1..len)
}

/// Returns the clause before the comma before the speaker: `CLAUSE, Carney said`.
fn clause_before_speaker(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    subject: NounPhrase,
) -> Option<Range<usize>> {
    let first = subject.first.min(verb.at);
    let comma = (first.saturating_sub(COMMA_BEFORE)..first)
        .rev()
        .find(|index| is_break(sentence, *index))?;
    let mut beside = sentence.range(comma + 1..first).iter();
    beside
        .all(|token| token.capital || token.is(words::TITLE | words::DETERMINER))
        .then_some(0..comma)
}

/// Whether a clause, not a thing, follows: some form of be, have or will is near.
fn has_auxiliary_near(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let rest = sentence.tokens.iter().skip(at);
    rest.take(AUXILIARY_WITHIN)
        .take_while(|token| !token.is(words::RELATIVE))
        .any(|token| token.is(words::AUXILIARY))
}

fn that_after(sentence: SentenceTokens<'_>, at: usize) -> Option<usize> {
    let goes_on = |index: &usize| {
        let token = sentence.token(*index);
        token.is_some_and(|token| token.is_wordlike() && !token.is(words::CUE))
    };
    (at + 1..at + THAT_WITHIN)
        .take_while(goes_on)
        .find(|index| sentence.is_word(*index, "that"))
}

/// Whether a clause may begin with this token: somebody, something, or a small word like there.
fn opens_clause(token: &SentenceToken<'_>) -> bool {
    let small = words::PRONOUN | words::DETERMINER | words::OPENER | words::HE | words::SHE;
    let capital = token.capital && token.kind == TokenKind::Word;
    !token.is(words::RELATIVE | words::DAY)
        && (capital || token.is(small) || token.kind == TokenKind::Number)
}

/// Returns where the clause of a verb ends: at the clause of the next verb that is not in it, or with the sentence.
fn end_of_clause(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    later: &[ReportingVerb],
) -> usize {
    let next = later
        .iter()
        .take(LATER_VERBS)
        .find(|next| !next.embedded && next.subject.is_some() && next.subject == verb.subject);
    let boundary = next.and_then(|next| {
        let boundary = (verb.at + 1..next.at)
            .rev()
            .take(BOUNDARY_REACH)
            .find(|index| is_break(sentence, *index) || sentence.is(*index, words::JOINER))?;
        let mut between = sentence.range(boundary..next.at).iter();
        let relative = between.any(|token| token.is(words::RELATIVE));
        (!relative).then_some(boundary)
    });
    boundary.unwrap_or(sentence.tokens.len())
}

fn is_break(sentence: SentenceTokens<'_>, at: usize) -> bool {
    matches!(sentence.kind(at), Some(TokenKind::Comma | TokenKind::Dash))
}

/// Returns the place of these tokens without the signs at their ends.
fn span_without_signs(tokens: &[SentenceToken<'_>]) -> Span {
    let sides = [
        TokenKind::CloseBracket,
        TokenKind::OpenBracket,
        TokenKind::Other,
    ];
    let mut worded = tokens
        .iter()
        .filter(|token| token.is_wordlike() || sides.contains(&token.kind));
    let first = worded.next().map_or(Span::default(), |token| token.span);
    let last = worded.next_back().map_or(first, |token| token.span);
    Span::new(first.start, last.end)
}
