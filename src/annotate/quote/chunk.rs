//! Splits a sentence into chunks: noun phrases, groups of verbs, and the small words and signs between them.
//!
//! No grammar is parsed: lists of words, endings and the neighbours of a word tell what it is. Adverbs and brackets are stepped
//! over. Who does what is told from the chunks by [`super::clause`].

use super::noun::noun_phrase;
use super::phrase::{Chunk, ChunkKind, SentenceTokens, VerbForm};
use super::tokens::SentenceToken;
use super::verb::verb_group;
use super::words;
use crate::text::tokens::TokenKind;

/// Most tokens in brackets that are stepped over.
const LONGEST_BRACKET: usize = 20;
/// Most phrases with a preposition between a subject and its verb.
const PHRASES_BEFORE_VERB: usize = 3;

/// Splits a sentence into chunks, in order.
pub(super) fn chunks(sentence: SentenceTokens<'_>) -> Vec<Chunk> {
    let mut found = Vec::with_capacity(sentence.tokens.len());
    let mut at = 0;
    while at < sentence.tokens.len() {
        at = match chunk_at(sentence, at) {
            Some(chunk) => {
                found.push(chunk);
                chunk.last + 1
            }
            None => end_of_bracket(sentence, at) + 1,
        };
    }
    found
}

fn chunk_at(sentence: SentenceTokens<'_>, at: usize) -> Option<Chunk> {
    let token = sentence.token(at)?;
    let one = |kind| Chunk {
        kind,
        first: at,
        last: at,
    };
    if token.quote.is_some() {
        return Some(one(ChunkKind::Quote));
    }
    let left_open = token.kind == TokenKind::OpenBracket && end_of_bracket(sentence, at) == at;
    match token.kind {
        TokenKind::Comma | TokenKind::Dash | TokenKind::CloseBracket => {
            return Some(one(ChunkKind::Comma));
        }
        _ if left_open => return Some(one(ChunkKind::Comma)),
        TokenKind::Colon | TokenKind::Semicolon | TokenKind::FullStop | TokenKind::Exclamation => {
            return Some(one(ChunkKind::Stop));
        }
        _ => {}
    }
    let adverb = token.is_any_word(&["both", "all", "each"])
        && sentence.before(at).is_some_and(SentenceToken::is_wordlike)
        && verb_group(sentence, at + 1).is_some();
    if adverb {
        return None;
    }
    verb_group(sentence, at)
        .or_else(|| small_word(sentence, at, token).map(one))
        .or_else(|| noun_phrase(sentence, at))
}

/// Returns the last token of the bracket without quotations that opens at `at`, else `at`.
fn end_of_bracket(sentence: SentenceTokens<'_>, at: usize) -> usize {
    if sentence.kind(at) != Some(TokenKind::OpenBracket) {
        return at;
    }
    (at..at + LONGEST_BRACKET)
        .take_while(|index| {
            sentence
                .token(*index)
                .is_some_and(|token| token.quote.is_none())
        })
        .find(|index| sentence.kind(*index) == Some(TokenKind::CloseBracket))
        .unwrap_or(at)
}

/// Returns the kind of a small word between phrases.
fn small_word(
    sentence: SentenceTokens<'_>,
    at: usize,
    token: &SentenceToken<'_>,
) -> Option<ChunkKind> {
    if token.kind != TokenKind::Word {
        return None;
    }
    if token.is_word("that") {
        // "that year" is a phrase, "said that he" is not.
        let next = sentence.token(at + 1);
        let phrase = next.is_some_and(|next| next.is(words::TIME) && !next.capital);
        return (!phrase).then_some(ChunkKind::That);
    }
    if token.is_any_word(&["who", "which", "whom", "whose", "where", "when"]) {
        return Some(ChunkKind::Relative);
    }
    if token.is_any_word(&["and", "but", "or", "nor"]) {
        return Some(ChunkKind::Joiner);
    }
    if token.is(words::CLAUSE_OPENER) && !token.is_name() {
        let preposition = token.is_any_word(&["as", "after", "before", "since", "until", "than"])
            && !opens_clause(sentence, at + 1);
        return Some(if preposition {
            ChunkKind::Preposition
        } else {
            ChunkKind::Subordinator
        });
    }
    // "about four in ten"
    let counted = token.is_any_word(&["about", "around", "over", "under", "nearly"])
        && (sentence.kind(at + 1) == Some(TokenKind::Number) || sentence.is(at + 1, words::LONE));
    (token.is(words::PREPOSITION) && !token.is_name() && !counted).then_some(ChunkKind::Preposition)
}

/// Whether a clause, not a noun, follows `as` or `before`: its subject and, soon after, a finite verb.
fn opens_clause(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let is_finite = |at: usize| {
        let verb = verb_group(sentence, at).and_then(|chunk| chunk.verb());
        verb.is_some_and(|verb| verb.form == VerbForm::Finite)
    };
    let Some(subject) = noun_phrase(sentence, at) else {
        return is_finite(at);
    };
    if sentence.is_word(at - 1, "as")
        && sentence.is_name(subject.last)
        && sentence.kind(subject.last + 1) == Some(TokenKind::Comma)
    {
        // "As Akhil Amar, professor of law at Yale, put it"
        return true;
    }
    let mut next = after_bracket(sentence, subject.last + 1);
    let mut apposition = false;
    for _ in 0..PHRASES_BEFORE_VERB {
        if apposition && sentence.kind(next) == Some(TokenKind::Comma) && is_finite(next + 1) {
            next += 1;
        }
        let apposed = !apposition
            && sentence.kind(next) == Some(TokenKind::Comma)
            && sentence.is_name(next - 1);
        apposition |= apposed;
        let placed = sentence.is(next, words::PREPOSITION) && !sentence.is_name(next);
        if !apposed && !placed {
            break;
        }
        let Some(phrase) = noun_phrase(sentence, next + 1) else {
            break;
        };
        next = phrase.last + 1;
    }
    is_finite(next)
}

/// Returns the token behind a bracket that opens at `at`, else `at`.
fn after_bracket(sentence: SentenceTokens<'_>, at: usize) -> usize {
    let end = end_of_bracket(sentence, at);
    if end == at { at } else { end + 1 }
}
