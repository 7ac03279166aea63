//! Finds the end of the clause behind a cue: that of the sentence, unless the reporter speaks on in it.

use crate::annotate::quote::phrase::SentenceTokens;
use crate::annotate::quote::tokens::{self, SentenceToken};
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

use super::cues::{CueKind, StatementCue};
use super::shape;

/// Tokens after a sign in which the verb of the next report stands: ", while other voters said".
const NEXT_VERB_WITHIN: usize = 9;

/// Tokens of a noun's clause in which a second verb is looked for.
const NOUN_CLAUSE_WITHIN: usize = 30;
/// Tokens at the head of a sentence among which a word stands that makes it a leading clause: "However, while".
const LEADING_WITHIN: usize = 4;

/// Returns the token before which the clause that begins at `start` ends; `later` are the cues behind its own.
pub(super) fn end(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    start: usize,
    later: &[StatementCue],
) -> usize {
    let len = sentence.tokens.len();
    let setting = setting(sentence, cue);
    let mut commas = 0;
    for at in start + 1..len {
        let Some(token) = sentence.token(at) else {
            break;
        };
        if token.kind == TokenKind::FullStop && ends_before_quote(sentence, at) {
            return at;
        }
        let quoted = token.quote.is_some() && tokens::last_inner_char(token) == ',';
        if token.kind == TokenKind::Comma || quoted {
            commas += 1;
            let ends = match setting {
                Setting::Leading => true,
                Setting::Inserted => commas == 1 && resumes(sentence, at + 1),
                Setting::Main => false,
            };
            if ends && at > start + 1 {
                return at + usize::from(quoted);
            }
        }
        if cue.kind == CueKind::Noun && is_second_verb(sentence, start, at) {
            return at;
        }
        if at > start + 1 && parts(sentence, cue, at, later) {
            return at;
        }
    }
    len
}

/// Whether the verb at `at` is that of the sentence, not of a noun's clause from `start`: "her claim that it sank (went) unheard".
fn is_second_verb(sentence: SentenceTokens<'_>, start: usize, at: usize) -> bool {
    if !sentence.is(at, words::FINITE) || sentence.is(at - 1, words::AUXILIARY | words::PRONOUN) {
        return false;
    }
    let before = sentence.range(start.max(at.saturating_sub(NOUN_CLAUSE_WITHIN))..at);
    let opens = words::JOINER | words::RELATIVE | words::SUBORDINATOR | words::QUESTION_WORD;
    let plain = before
        .iter()
        .all(|token| token.is_wordlike() && !token.is(opens));
    plain && before.iter().any(|token| token.is(words::FINITE))
}

/// The surroundings of the cue's own clause, which tell where its content may end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// The sentence.
    Main,
    /// A clause that leads to the main one: "while Falk said".
    Leading,
    /// A clause set into another one, behind its subject: "who says".
    Inserted,
}

fn setting(sentence: SentenceTokens<'_>, cue: &StatementCue) -> Setting {
    let first = cue
        .subject
        .map_or(cue.at, |subject| subject.first.min(cue.at));
    let head = sentence.range(0..first.min(LEADING_WITHIN)).iter();
    let mut head = head.filter(|token| token.is(words::SUBORDINATOR));
    let leads = head.next().is_some()
        && !sentence
            .range(LEADING_WITHIN..first)
            .iter()
            .any(|token| token.kind == TokenKind::Comma);
    let mut near = sentence.range(cue.at.saturating_sub(3)..cue.at).iter();
    let participle = sentence.is(cue.at, words::ING) || cue.kind == CueKind::Passive;
    if leads || (participle && cue.at == 0) {
        Setting::Leading
    } else if participle || cue.kind == CueKind::Noun || near.any(|token| token.is(words::RELATIVE))
    {
        Setting::Inserted
    } else {
        Setting::Main
    }
}

/// Whether the sentence goes on with its own verb at `at`: ", was just the latest".
fn resumes(sentence: SentenceTokens<'_>, at: usize) -> bool {
    shape::is_finite(sentence, at)
}

/// Whether a quotation that stands alone follows a full stop or colon.
fn ends_before_quote(sentence: SentenceTokens<'_>, at: usize) -> bool {
    sentence
        .token(at + 1)
        .is_some_and(|next| next.quote.is_some())
}

/// Whether the reporter speaks on behind the sign or joiner at `at`.
fn parts(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    at: usize,
    later: &[StatementCue],
) -> bool {
    let Some(token) = sentence.token(at) else {
        return false;
    };
    if token.kind == TokenKind::Colon {
        return ends_before_quote(sentence, at);
    }
    let sign = matches!(
        token.kind,
        TokenKind::Comma | TokenKind::Dash | TokenKind::Semicolon
    );
    let joins = token.is(words::JOINER) && !token.capital;
    if !sign && !joins {
        return false;
    }
    let next = at + 1;
    if sign && sentence.is_word(next, "while") && !sentence.is(next + 1, words::ING) {
        return true;
    }
    // A whole sentence in marks is somebody's own.
    let quote = sentence.token(next).filter(|next| next.quote.is_some());
    if sign && quote.is_some_and(|quote| !shape::is_small_quote(quote)) {
        return true;
    }
    next_verb(sentence, cue, at, sign) || next_report(sentence, cue, at, later)
}

/// Whether the speaker's next reporting verb follows at once: ", calling it", ", and accused".
fn next_verb(sentence: SentenceTokens<'_>, cue: &StatementCue, at: usize, sign: bool) -> bool {
    let joiner = usize::from(sign && sentence.is(at + 1, words::JOINER));
    let next = at + 1 + joiner;
    let Some(verb) = sentence.token(next).filter(|verb| verb.is(words::CUE)) else {
        return false;
    };
    if !sign || verb.is(words::WEAK) || !sentence.is_verb(next) {
        return false;
    }
    let participle = verb.is(words::ING) && joiner == 0;
    participle || joiner == 1 && form(sentence, next) == form(sentence, cue.at)
}

/// Returns which of the forms of a verb the token may be.
fn form(sentence: SentenceTokens<'_>, at: usize) -> [bool; 3] {
    [words::PAST, words::PRESENT, words::ING].map(|form| sentence.is(at, form))
}

/// Whether the next report begins at the sign or joiner at `at`: "and called", ", saying that", ", while others say".
fn next_report(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    at: usize,
    later: &[StatementCue],
) -> bool {
    let first = later.partition_point(|next| next.at <= at);
    let Some(next) = later.get(first) else {
        return false;
    };
    if next.at > at + NEXT_VERB_WITHIN || next.kind != CueKind::Verb {
        return false;
    }
    let between = sentence.range(at + 1..next.at);
    let mut words_between = between
        .iter()
        .filter(|token| !token.is(words::JOINER | words::AUXILIARY) && token.is_wordlike());
    let sign = !sentence.is(at, words::JOINER);
    let participle = sentence.is(next.at, words::ING);
    if words_between.clone().next().is_none() {
        // ", saying that" goes on from the same speaker; "and said" if both verbs are of one form.
        return if participle {
            sign
        } else {
            form(sentence, next.at) == form(sentence, cue.at)
        };
    }
    if participle
        || between
            .iter()
            .any(|token| token.is(words::RELATIVE) || token.quote.is_some())
    {
        return false;
    }
    let begins = next.subject.is_some_and(|subject| {
        subject.first > at && sentence.range(at + 1..subject.first).iter().all(is_lead)
    });
    let signs = between.iter().any(|token| !token.is_wordlike());
    sign && begins && !signs && words_between.next().is_some()
}

/// Whether the token may lead to a subject.
fn is_lead(token: &SentenceToken<'_>) -> bool {
    token.is(words::JOINER | words::AUXILIARY | words::DETERMINER | words::TITLE | words::OPENER)
        || token.capital
}
