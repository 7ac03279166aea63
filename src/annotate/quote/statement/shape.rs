//! Shapes of clauses, as far as single words tell them: where a clause may begin, and whether it has a verb.

use crate::annotate::quote::phrase::SentenceTokens;
use crate::annotate::quote::tokens::SentenceToken;
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

/// Pronouns that are subjects and nothing else.
const SUBJECT_PRONOUNS: [&str; 5] = ["he", "she", "they", "we", "i"];
/// Pronouns that may be subjects or objects.
const OPEN_PRONOUNS: [&str; 4] = ["it", "you", "this", "that"];
/// Tokens of a noun phrase before its verb, where a clause must show that it is one.
const VERB_WITHIN: usize = 10;

/// Whether a comma or dash, which may part two clauses, stands at `at`.
pub(super) fn is_break(sentence: SentenceTokens<'_>, at: usize) -> bool {
    matches!(sentence.kind(at), Some(TokenKind::Comma | TokenKind::Dash))
}

/// Whether the token is a sign that ends a clause for good.
pub(super) fn is_stop(token: &SentenceToken<'_>) -> bool {
    matches!(
        token.kind,
        TokenKind::FullStop | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Exclamation
    )
}

/// Whether the token at `at` is a finite verb, or reads as one: is, 's after a pronoun, argues, opened.
pub(super) fn is_finite(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let Some(token) = sentence.token(at) else {
        return false;
    };
    let Some(before) = sentence.before(at) else {
        return false;
    };
    if before.is_word("to") {
        return false;
    }
    if token.kind == TokenKind::Possessive {
        return before.is(words::PRONOUN) || before.is_any_word(&["there", "that", "here", "what"]);
    }
    if token.kind != TokenKind::Word {
        return false;
    }
    let contracted = token.word.starts_with(['\'', '’']) || is_negated(token.word);
    if contracted || token.is(words::FINITE) {
        return true;
    }
    is_past(sentence, at)
}

/// Whether the token reads as a past form, which may be a participle as well: opened, said.
fn is_past(sentence: SentenceTokens<'_>, at: usize) -> bool {
    const PARTICIPLES: [&str; 4] = ["based", "led", "called", "named"];
    const DEGREES: [&str; 5] = ["more", "most", "less", "very", "so"];
    let (Some(token), Some(before)) = (sentence.token(at), sentence.before(at)) else {
        return false;
    };
    let adjective =
        before.is(words::DETERMINER | words::PREPOSITION) || before.is_any_word(&DEGREES);
    if token.capital
        || adjective
        || token.kind != TokenKind::Word
        || token.is_any_word(&PARTICIPLES)
    {
        return false;
    }
    let reports = token.is(words::PAST | words::PRESENT) && sentence.is_verb(at);
    reports
        || (token.word.len() > 4 && token.word.ends_with("ed") && !sentence.is_word(at + 1, "by"))
}

fn is_negated(word: &str) -> bool {
    word.len() > 3 && (word.ends_with("n't") || word.ends_with("n’t"))
}

/// Whether any of the tokens is a finite verb.
pub(super) fn has_finite(sentence: SentenceTokens<'_>, range: std::ops::Range<usize>) -> bool {
    let pronoun = |at: usize| {
        let token = sentence.token(at);
        token.is_some_and(|token| token.is_any_word(&SUBJECT_PRONOUNS))
    };
    range.into_iter().any(|at| {
        let plain =
            at > 0 && sentence.is(at, words::PLAIN_FINITE) && !sentence.is_word(at - 1, "to");
        is_finite(sentence, at) || is_present(sentence, at) || plain || pronoun(at)
    })
}

/// Whether the token reads as a verb of the third person: "the ferry sails on Friday".
pub(super) fn is_present(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let ends = |token: &SentenceToken<'_>| {
        token.kind == TokenKind::Word
            && !token.capital
            && token.word.len() > 3
            && token.word.ends_with('s')
            && !token.word.ends_with("ss")
            && !token.is(words::DETERMINER | words::PREPOSITION | words::PRONOUN)
    };
    let subject = |token: &SentenceToken<'_>| {
        token.kind == TokenKind::Word
            && !token.is(words::DETERMINER | words::PREPOSITION | words::CONJUNCTION)
            && !token.word.ends_with('s')
    };
    let goes_on = sentence.token(at + 1).is_some_and(|next| {
        next.is(words::DETERMINER | words::PREPOSITION | words::PRONOUN | words::AUXILIARY)
            || next.is_name()
            || next.quote.is_some()
    });
    goes_on && sentence.token(at).is_some_and(ends) && sentence.before(at).is_some_and(subject)
}

/// Whether somebody or something that may be the subject of a clause begins at `at`.
pub(super) fn opens_clause(sentence: SentenceTokens<'_>, at: usize) -> bool {
    const NO_SUBJECTS: [&str; 8] = ["them", "him", "me", "us", "when", "as", "before", "after"];
    let Some(token) = sentence.token(at) else {
        return false;
    };
    if token.quote.is_some() || token.kind == TokenKind::Number {
        return true;
    }
    token.kind == TokenKind::Word
        && !token.is_any_word(&NO_SUBJECTS)
        && !token.is(words::DAY)
        && (!token.is(words::RELATIVE | words::AUXILIARY)
            || token.word.ends_with("ing")
            || token.is(words::DETERMINER)
            || token.capital)
        && (token.is(words::SUBORDINATOR) || !token.is(words::PREPOSITION) || token.capital)
}

/// Whether a clause begins at `at` for certain: a subject pronoun, or a noun phrase with its verb behind it.
pub(super) fn is_clause(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let Some(token) = sentence.token(at) else {
        return false;
    };
    if token.is_any_word(&SUBJECT_PRONOUNS) || token.is_word("there") {
        return true;
    }
    if token.is_any_word(&OPEN_PRONOUNS) && is_finite(sentence, at + 1) {
        return true;
    }
    let mut placed = token.is(words::PREPOSITION);
    for index in at + 1..at + VERB_WITHIN {
        let Some(token) = sentence.token(index) else {
            return false;
        };
        let ends = !token.is_wordlike() && token.quote.is_none();
        let parts = token.is(words::RELATIVE | words::SUBORDINATOR | words::QUESTION_WORD);
        if ends || (parts && !token.capital) || token.is_word("but") {
            return false;
        }
        // Behind a preposition a past form is as often a participle: "a video from a man called".
        if is_finite(sentence, index) && !(placed && is_past(sentence, index)) {
            return true;
        }
        placed |= token.is(words::PREPOSITION);
    }
    false
}

/// Whether `that` at `at` brings a clause, not stands for a thing: the next word is no verb and no sign.
pub(super) fn brings_clause(sentence: SentenceTokens<'_>, at: usize) -> bool {
    sentence.is_word(at, "that")
        && sentence.token(at + 1).is_some_and(|next| {
            next.is_wordlike() || next.quote.is_some() || next.kind == TokenKind::Comma
        })
}

/// Whether `that` at `at`, behind a noun, rather belongs to it: the rust that had eaten.
pub(super) fn is_relative_that(sentence: SentenceTokens<'_>, at: usize) -> bool {
    // "on Wednesday that talks would go on"
    let day = sentence
        .before(at)
        .is_some_and(|before| before.is(words::DAY));
    if day || sentence.is(at + 2, words::FINITE) {
        return false;
    }
    is_finite(sentence, at + 1)
        || is_present(sentence, at + 1)
        || sentence.token(at + 1).is_some_and(|next| {
            next.is(words::AUXILIARY) || (!next.capital && next.word.ends_with("ed"))
        })
}

/// Whether a quotation begins in small letters, as words of a longer sentence do.
pub(super) fn is_small_quote(quote: &SentenceToken<'_>) -> bool {
    quote
        .word
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with(char::is_lowercase)
}

/// Whether these words are a clause: they have a verb, or quoted words that may hold it.
pub(super) fn is_whole(sentence: SentenceTokens<'_>, range: std::ops::Range<usize>) -> bool {
    let mut quotes = sentence.range(range.clone()).iter().skip(1);
    let quoted = quotes.any(|token| token.quote.is_some() && is_small_quote(token));
    quoted || has_finite(sentence, range)
}
