//! The reporting verbs of one sentence, each with the one who speaks.
//!
//! A verb inside the words of another one (`Cardin said that Republicans rejected ...`) is marked as embedded: the words belong to
//! the outer speaker more often than not.

use super::phrase::{MentionKind, NounPhrase, SentenceTokens};
use super::tokens::{self, SentenceToken};
use super::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// A reporting verb with its subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportingVerb {
    /// Its token in the sentence.
    pub(super) at: usize,
    /// The one who speaks.
    pub(super) subject: Option<NounPhrase>,
    /// Whether another verb reports it.
    pub(super) embedded: bool,
}

/// Verbs before a subject that may be the one that reports it; bounds the work in a sentence of nothing but verbs.
const EARLIER_VERBS: usize = 6;
/// A participle among so many tokens at the head of a sentence leads it.
const LEADING_TOKENS: usize = 3;
/// Tokens before an inverted verb in which a quotation makes it that quotation's.
const QUOTE_REACH: usize = 40;

/// Returns the reporting verbs of a sentence outside its quotations.
pub(super) fn find_verbs(sentence: SentenceTokens<'_>) -> Vec<ReportingVerb> {
    let mut verbs = Vec::new();
    for at in 0..sentence.tokens.len() {
        if is_according_to(sentence, at) || sentence.is_verb(at) {
            let subject = subject_of(sentence, at, &verbs);
            let embedded =
                subject.is_some_and(|subject| is_embedded(sentence, &verbs, at, subject));
            verbs.push(ReportingVerb {
                at,
                subject,
                embedded,
            });
        }
    }
    // "Calling it a disgrace, Trump said": a participle that leads takes the subject of the next verb.
    let mut next = None;
    for verb in verbs.iter_mut().rev() {
        if verb.subject.is_none() && verb.at < LEADING_TOKENS {
            verb.subject = next;
        }
        next = verb.subject;
    }
    verbs
}

fn is_according_to(sentence: SentenceTokens<'_>, at: usize) -> bool {
    sentence.is_word(at, "according") && sentence.is_word(at + 1, "to")
}

/// Returns the place of the reporting words that begin at token `at`: `said`, `according to`.
pub(super) fn cue_span(sentence: SentenceTokens<'_>, at: usize) -> Span {
    let two_words = sentence.is_word(at, "according") && sentence.token(at + 1).is_some();
    sentence.span_of(at, at + usize::from(two_words))
}

/// Whether `subject` stands in what one of the `earlier` verbs reports: after it, with no new clause between.
fn is_embedded(
    sentence: SentenceTokens<'_>,
    earlier: &[ReportingVerb],
    at: usize,
    subject: NounPhrase,
) -> bool {
    if subject.first > at {
        return false;
    }
    let mut near = earlier.iter().rev().take(EARLIER_VERBS);
    let Some(outer) = near.clone().find(|verb| verb.at < subject.first) else {
        return near.any(|verb| verb.embedded && verb.subject == Some(subject));
    };
    let between = sentence.range(outer.at + 1..subject.first);
    let direct = between.last().is_none_or(|token| token.is_word("that"));
    let reports = sentence
        .token(outer.at)
        .is_some_and(|token| token.is(words::STRONG) && !token.is_word("according"));
    let new_clause = between.iter().any(|token| {
        token.quote.is_some()
            || token.is(words::JOINER)
            || matches!(
                token.kind,
                TokenKind::Semicolon | TokenKind::Dash | TokenKind::Comma
            )
    });
    direct || (reports && !new_clause)
}

fn subject_of(
    sentence: SentenceTokens<'_>,
    at: usize,
    earlier: &[ReportingVerb],
) -> Option<NounPhrase> {
    let token = sentence.token(at)?;
    if token.is_word("according") {
        return sentence.phrase_from(at + 2);
    }
    if token.is(words::ING) && !token.is(words::PAST | words::PRESENT) {
        return subject_of_participle(sentence, at, earlier);
    }
    if at == 0 && token.is(words::INVERTED) {
        return sentence.inverted_subject(1);
    }
    if let Some(found) = inverted_after_quote(sentence, at, token)
        .or_else(|| inverted_after_clause(sentence, at, token))
    {
        return Some(found);
    }
    let after_sign = sentence
        .before(at)
        .is_some_and(|before| matches!(before.kind, TokenKind::Comma | TokenKind::Dash));
    let found = match sentence.subject_of_verb(at) {
        None if after_sign => sentence.phrase_from(at + 1)?,
        found => found?,
    };
    (!token.is(words::NOUN) || may_act(sentence, found)).then_some(found)
}

/// Returns the subject behind the verb right after a quotation: `"...," said Smith`.
fn inverted_after_quote(
    sentence: SentenceTokens<'_>,
    at: usize,
    token: &SentenceToken<'_>,
) -> Option<NounPhrase> {
    let quote = sentence
        .range(0..at)
        .iter()
        .rev()
        .find(|token| !matches!(token.kind, TokenKind::Comma | TokenKind::Dash))
        .filter(|token| token.quote.is_some())?;
    let finite = token.is(words::PAST | words::PRESENT);
    let ends_open = matches!(
        tokens::last_inner_char(quote),
        ',' | '?' | '!' | '…' | '-' | '—'
    );
    let inverts = token.is(words::INVERTED) || (finite && ends_open);
    if !inverts {
        return None;
    }
    sentence
        .inverted_subject(at + 1)
        .filter(|found| !sentence.is_word(found.first, "it"))
}

/// Returns the subject behind the verb without marks: `Cruz will have a harder time, said James Henson, director of ...`.
fn inverted_after_clause(
    sentence: SentenceTokens<'_>,
    at: usize,
    token: &SentenceToken<'_>,
) -> Option<NounPhrase> {
    let comma = sentence.before(at)?;
    let quoted = sentence
        .range(0..at)
        .iter()
        .rev()
        .take(QUOTE_REACH)
        .any(|token| token.quote.is_some());
    if comma.kind != TokenKind::Comma || quoted || !token.is(words::INVERTED) {
        return None;
    }
    let found = sentence
        .inverted_subject(at + 1)
        .filter(|found| found.kind != MentionKind::Pronoun)?;
    let ends = sentence.token(found.last + 1).is_none_or(|next| {
        matches!(
            next.kind,
            TokenKind::Comma | TokenKind::FullStop | TokenKind::Semicolon | TokenKind::OpenBracket
        ) || next.is(words::PREPOSITION)
    });
    ends.then_some(found)
}

/// Whether the subject acts in a word that may be a noun: `critics claim` but not `fake emails`.
///
/// A bare small word must be a plural.
fn may_act(sentence: SentenceTokens<'_>, subject: NounPhrase) -> bool {
    let Some(last) = sentence.token(subject.last) else {
        return false;
    };
    let bare = subject.kind == MentionKind::Noun && subject.first == subject.last && !last.capital;
    !bare || last.word.ends_with('s') || last.is(words::NOT_NAME)
}

fn subject_of_participle(
    sentence: SentenceTokens<'_>,
    at: usize,
    earlier: &[ReportingVerb],
) -> Option<NounPhrase> {
    let before = sentence.before(at)?;
    if before.is(words::AUXILIARY) {
        return sentence.subject_of_verb(at);
    }
    if before.kind != TokenKind::Comma
        && let Some(beside) = sentence
            .phrase_before(at)
            .and_then(|beside| speaker_beside_participle(sentence, beside))
    {
        return Some(beside);
    }
    if before.is(words::JOINER)
        && let Some(joined) = earlier.last().and_then(|verb| verb.subject)
    {
        return Some(joined);
    }
    let outer = earlier
        .iter()
        .rev()
        .find(|verb| !verb.embedded && !sentence.is(verb.at, words::ING));
    outer
        .and_then(|verb| verb.subject)
        .or_else(|| sentence.first_phrase(at))
}

/// Returns the phrase right before a participle, if it is the one that speaks: `with Carney and his team insisting`.
fn speaker_beside_participle(
    sentence: SentenceTokens<'_>,
    beside: NounPhrase,
) -> Option<NounPhrase> {
    if let Some(whole) = sentence.joined_with_name(beside) {
        return Some(whole);
    }
    let after_with = beside.first > 0 && sentence.is_word(beside.first - 1, "with");
    let speaks = match beside.kind {
        MentionKind::Noun => after_with,
        // "responded on Facebook writing": a name after a preposition is no speaker, but for "with Trump saying".
        MentionKind::Name => !sentence.is_placed(beside.first) || after_with,
        MentionKind::Pronoun => {
            let token = sentence.token(beside.first);
            token.is_some_and(|token| !token.is_any_word(&["it", "who"]))
        }
    };
    speaks.then_some(beside)
}
