//! The one who states something, where the general rules find nobody or a part of a longer phrase.
//!
//! The words between the beginning of a clause and its verb are the subject with what hangs on it: `several people at the pier
//! said`, `nine in ten voters say`, `critics who like the ferry agree`. Its first noun phrase is the one who speaks.

use crate::annotate::quote::phrase::{MentionKind, NounPhrase, SentenceTokens};
use crate::annotate::quote::tokens::SentenceToken;
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

use super::shape;

/// Tokens before a verb in which its subject begins.
const SUBJECT_WITHIN: usize = 24;
/// Adverbs and auxiliaries before a verb that are stepped over.
const MOST_ADVERBS: usize = 6;
/// Tokens of the examples that hang on a phrase.
const LONGEST_LIST: usize = 14;
/// Tokens of a noun phrase at most.
const LONGEST_PHRASE: usize = 10;
/// Tokens before a sentence's own subject at most: a dateline, a place, a day.
const LEAD_WITHIN: usize = 24;

/// Returns the subject of the verb at `verb`, for which the general rules gave `found`.
pub(super) fn of_verb(
    sentence: SentenceTokens<'_>,
    verb: usize,
    found: Option<NounPhrase>,
) -> Option<NounPhrase> {
    if sentence.is(verb, words::ING) && !sentence.is(verb, words::PAST | words::PRESENT) {
        return of_participle(sentence, verb, found);
    }
    if found.is_some_and(|found| found.first > verb) {
        return found;
    }
    let end = before_adverbs(sentence, verb);
    if let Some(head) = head_of_list(sentence, end) {
        return Some(head);
    }
    let begin = clause_start(sentence, end);
    let own = phrase_at(sentence, begin, end);
    match (found, own) {
        (Some(found), Some(own)) if is_better(sentence, found, own, begin, end) => Some(own),
        (None, own) => own,
        (found, _) => found,
    }
}

/// Returns the source behind `according to`, which begins at `first` and for which the general rules gave `found`.
pub(super) fn after_according(
    sentence: SentenceTokens<'_>,
    first: usize,
    found: Option<NounPhrase>,
) -> Option<NounPhrase> {
    let end = sentence.tokens.len().min(first + LONGEST_PHRASE);
    let own = phrase_at(sentence, first, end);
    match (found, own) {
        (Some(found), Some(own)) => {
            let person = found.kind == MentionKind::Name && found.last >= own.last;
            Some(if person { found } else { own })
        }
        (found, own) => found.or(own),
    }
}

/// Whether the clause's own first phrase says more than the one that the general rules found.
fn is_better(
    sentence: SentenceTokens<'_>,
    found: NounPhrase,
    own: NounPhrase,
    begin: usize,
    end: usize,
) -> bool {
    // A phrase of another clause, or one that hangs on the first: "a spokesman for the (council)".
    let other = found.last < begin || found.first > own.last;
    // Only the first word of a longer phrase: "(Crime) experts".
    let cut = found.first >= own.first
        && found.last < own.last
        && own.last + 1 == end
        && own.kind == MentionKind::Noun
        && !sentence.is(own.last, words::SUFFIX);
    other || cut
}

/// Returns the phrase whose examples end before `end`: "(retailers) such as Bolton, Harrow and Pike said".
fn head_of_list(sentence: SentenceTokens<'_>, end: usize) -> Option<NounPhrase> {
    let floor = end.saturating_sub(LONGEST_LIST);
    let in_list = |at: &usize| {
        let token = sentence.token(*at);
        token.is_some_and(|token| {
            token.is_name() || token.kind == TokenKind::Comma || token.is_word("and")
        })
    };
    let first = (floor..end).rev().take_while(in_list).last()?;
    let such =
        first >= 2 && sentence.is_word(first - 1, "as") && sentence.is_word(first - 2, "such");
    if !such && !sentence.is_word(first.checked_sub(1)?, "including") {
        return None;
    }
    let head = first - 1 - usize::from(such);
    let comma = head > 0 && sentence.kind(head - 1) == Some(TokenKind::Comma);
    let last = head - usize::from(comma);
    phrase_at(sentence, clause_start(sentence, last), last)
}

/// Returns the token behind the subject: adverbs, auxiliaries and days before the verb are stepped over.
fn before_adverbs(sentence: SentenceTokens<'_>, verb: usize) -> usize {
    let mut end = verb;
    while let Some(before) = sentence.before(end) {
        let time = before.is_any_word(&["week", "month", "year", "night"])
            && end >= 2
            && sentence
                .token(end - 2)
                .is_some_and(|token| token.is_any_word(&["last", "this", "next"]));
        if time {
            end -= 2;
            continue;
        }
        let day = before.is(words::DAY) && end >= 2;
        let small =
            before.is(words::AUXILIARY | words::FINITE) || before.is_any_word(&["since", "to"]);
        if day && sentence.is_word(end - 2, "on") {
            end -= 2;
        } else if (day || (small && !before.is_name())) && verb - end < MOST_ADVERBS {
            end -= 1;
        } else {
            break;
        }
    }
    end
}

/// Returns where the clause begins that ends at `end`: behind a sign, a joiner or `that`.
fn clause_start(sentence: SentenceTokens<'_>, end: usize) -> usize {
    let floor = end.saturating_sub(SUBJECT_WITHIN);
    let is_edge = |at: &usize| {
        sentence.token(*at).is_some_and(|token| {
            let sign = !token.is_wordlike() && !is_inner_sign(token);
            let joins =
                token.is_any_word(&["but", "that", "whether"]) || token.is(words::SUBORDINATOR);
            sign || token.quote.is_some() || (joins && !token.is(words::AUXILIARY))
        })
    };
    (floor..end)
        .rev()
        .find(is_edge)
        .map_or(floor, |edge| edge + 1)
}

fn is_inner_sign(token: &SentenceToken<'_>) -> bool {
    token.kind == TokenKind::Other
        && token.quote.is_none()
        && matches!(token.word, "%" | "$" | "€" | "£" | "&" | "/")
}

/// Returns the noun phrase that begins the clause, before `end`.
fn phrase_at(sentence: SentenceTokens<'_>, begin: usize, end: usize) -> Option<NounPhrase> {
    let skipped = sentence.range(begin..end).iter().take_while(|token| {
        token.is(words::JOINER)
            || (token.is(words::AUXILIARY) && !token.is(words::DETERMINER | words::FINITE))
    });
    let first = begin + skipped.count();
    let opening = sentence.token(first).filter(|_| first < end)?;
    if opening.is(words::PREPOSITION | words::RELATIVE | words::SUBORDINATOR | words::CUE)
        && !opening.is(words::NOUN)
    {
        return None;
    }
    if opening.is(words::PRONOUN) {
        return SentenceTokens::phrase(MentionKind::Pronoun, first, first);
    }
    let ends = |at: &usize| {
        sentence.token(*at).is_none_or(|token| {
            let participle = *at > first + usize::from(opening.is(words::DETERMINER))
                && !token.capital
                && (token.word.ends_with("ing") || token.word.ends_with("ed"));
            token.is(words::PREPOSITION | words::RELATIVE | words::PRONOUN | words::FINITE)
                || participle
                || shape::is_finite(sentence, *at)
                || (!token.is_wordlike() && !is_inner_sign(token))
        })
    };
    let last = (first..end.min(first + LONGEST_PHRASE))
        .take_while(|at| !ends(at))
        .last()?;
    let named = (first..=last).all(|at| sentence.is_name(at));
    let kind = if named {
        MentionKind::Name
    } else {
        MentionKind::Noun
    };
    SentenceTokens::phrase(kind, first, last)
}

/// Returns the subject of a participle behind a comma: that of the sentence, if the general rules found none or one that hangs
/// on another phrase.
fn of_participle(
    sentence: SentenceTokens<'_>,
    verb: usize,
    found: Option<NounPhrase>,
) -> Option<NounPhrase> {
    let doubtful = found.is_none_or(|found| {
        sentence.is_placed(found.first)
            || sentence.kind(found.last + 1) == Some(TokenKind::Dash)
            || !sentence.is_name(found.first) && found.kind == MentionKind::Name
    });
    let apart = sentence
        .before(verb)
        .is_none_or(|before| before.kind == TokenKind::Comma);
    if !doubtful || !apart {
        return found;
    }
    main_subject(sentence, verb).or(found)
}

/// Returns the subject of the sentence, behind a dateline and what leads to it.
fn main_subject(sentence: SentenceTokens<'_>, end: usize) -> Option<NounPhrase> {
    let mut first = 0;
    let dash = (0..end.min(LEAD_WITHIN / 2)).find(|at| sentence.kind(*at) == Some(TokenKind::Dash));
    if let Some(dash) = dash
        && sentence
            .range(0..dash)
            .iter()
            .all(|token| !token.is_wordlike() || token.capital || token.kind == TokenKind::Number)
    {
        first = dash + 1;
    }
    let opening = sentence.token(first)?;
    if opening.is(words::PREPOSITION | words::SUBORDINATOR | words::ING)
        || opening.word.ends_with("ing")
    {
        let comma = (first..end.min(first + LEAD_WITHIN))
            .find(|at| sentence.kind(*at) == Some(TokenKind::Comma))?;
        first = comma + 1;
    }
    sentence.phrase_from(first).filter(|found| found.last < end)
}
