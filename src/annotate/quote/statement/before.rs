//! The clause before a cue, or on both sides of it: `the ferry, Falk said, is late`.

use std::ops::Range;

use crate::annotate::quote::phrase::{MentionKind, NounPhrase, SentenceTokens};
use crate::annotate::quote::tokens;
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

use super::cues::{CueKind, StatementCue};
use super::shape;

/// Tokens before the speaker in which the comma of `..., Carney said` may stand.
const COMMA_BEFORE: usize = 8;
/// Tokens of a clause before its cue at most.
const LONGEST_BEFORE: usize = 150;
/// Tokens after the speaker in which the comma of `According to X, ...` may stand.
const COMMA_WITHIN: usize = 18;

/// Tokens of the one who hears at most.
const LONGEST_HEARER: usize = 7;

/// A clause before a cue, and what goes on behind the cue.
#[derive(Clone, Debug)]
pub(super) struct AroundCue {
    pub(super) before: Range<usize>,
    /// The part behind the cue, if there is one.
    pub(super) goes_on: Option<usize>,
}

/// Returns the clause before the cue, which begins no earlier than `free`.
pub(super) fn around(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    free: usize,
) -> Option<AroundCue> {
    match cue.kind {
        CueKind::According => around_according(sentence, cue, free),
        CueKind::Verb => around_verb(sentence, cue, free),
        CueKind::Passive | CueKind::Noun => None,
    }
}

fn around_according(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    free: usize,
) -> Option<AroundCue> {
    let last = cue.subject.map_or(cue.last + 1, |subject| subject.last);
    let comma = comma_after(sentence, last);
    let leads = cue.at <= free
        || sentence
            .range(free..cue.at)
            .iter()
            .all(|token| !token.is_wordlike() || token.is(words::JOINER | words::AUXILIARY));
    if leads {
        return Some(AroundCue {
            before: cue.at..cue.at,
            goes_on: Some(comma? + 1),
        });
    }
    // Quoted words may be a part here: `"...," Falk said, according to the Courier`.
    let before = start_before(sentence, free, cue.at, false)..cue.at;
    let sign = usize::from(shape::is_break(sentence, cue.at.saturating_sub(1)));
    let opens = words::SUBORDINATOR | words::PREPOSITION | words::CONJUNCTION;
    if sentence.is(cue.at.saturating_sub(1 + sign), opens) {
        // "because, according to Falk, the ferry is late"
        return Some(AroundCue {
            before: cue.at..cue.at,
            goes_on: Some(comma? + 1),
        });
    }
    let whole = shape::is_whole(sentence, before.clone());
    let goes_on = comma.map(|comma| comma + 1).filter(|next| {
        let joined = sentence.is(*next, words::JOINER);
        joined || shape::is_finite(sentence, *next) || !whole
    });
    (whole || goes_on.is_some()).then_some(AroundCue { before, goes_on })
}

/// Returns the first comma or dash behind the one who is named.
fn comma_after(sentence: SentenceTokens<'_>, last: usize) -> Option<usize> {
    let end = sentence.tokens.len().min(last + COMMA_WITHIN);
    (last + 1..end).find(|at| shape::is_break(sentence, *at))
}

fn around_verb(sentence: SentenceTokens<'_>, cue: &StatementCue, free: usize) -> Option<AroundCue> {
    let verb = sentence.token(cue.at)?;
    let subject = cue.subject?;
    let finite =
        verb.is(words::PAST | words::PRESENT | words::BASE) && verb.is(words::CLOSING_VERB);
    if !finite || cue.last > cue.at {
        return None;
    }
    let first = subject.first.min(cue.at);
    let inverted = subject.first > cue.at;
    if inverted && !may_invert(sentence, cue.at, subject) {
        return None;
    }
    if let Some(comma) = comma_of_leading_as(sentence, first, subject.last.max(cue.at), free) {
        return Some(AroundCue {
            before: cue.at..cue.at,
            goes_on: Some(comma + 1),
        });
    }
    let edge = edge_before(sentence, first)?;
    let last = subject.last.max(cue.at);
    if edge < free || !closes(sentence, last + 1, verb.is(words::HEARER_VERB)) {
        return None;
    }
    let before = start_before(sentence, free, edge, true)..edge;
    if before.is_empty() {
        return None;
    }
    let goes_on = if subject.first < cue.at && !sentence.is_word(edge + 1, "as") {
        goes_on_at(sentence, last + 1)
    } else {
        None
    };
    let whole = shape::is_whole(sentence, before.clone());
    if sentence.is(edge.saturating_sub(1), words::RELATIVE) {
        return None;
    }
    let mut opener = sentence.range(before.clone()).iter();
    let subordinate = opener
        .next()
        .is_some_and(|token| token.is(words::SUBORDINATOR))
        && !opener.any(|token| token.kind == TokenKind::Comma);
    (whole && !subordinate || goes_on.is_some()).then_some(AroundCue { before, goes_on })
}

/// Returns the comma behind `as Falk noted`, where that leads the clause: "and as Falk noted, the ferry is late".
fn comma_of_leading_as(
    sentence: SentenceTokens<'_>,
    first: usize,
    last: usize,
    free: usize,
) -> Option<usize> {
    let the = first > 0 && sentence.is(first - 1, words::DETERMINER);
    let at = (first - usize::from(the)).checked_sub(1)?;
    let leads = sentence.is_word(at, "as") && at >= free && leads_clause(sentence, free, at);
    (leads && sentence.kind(last + 1) == Some(TokenKind::Comma)).then_some(last + 1)
}

/// Whether nothing but a joiner or adverb stands before `at` in its clause.
fn leads_clause(sentence: SentenceTokens<'_>, free: usize, at: usize) -> bool {
    let before = sentence.range(free..at).iter().rev();
    let mut lead = before
        .skip_while(|token| token.is(words::JOINER | words::AUXILIARY) && !token.is(words::FINITE));
    lead.next()
        .is_none_or(|token| token.kind == TokenKind::Semicolon)
        || sentence.is(at.saturating_sub(1), words::JOINER)
}

/// Whether a verb behind a clause without marks may stand before this subject: "said some deckhands", "argued Falk".
fn may_invert(sentence: SentenceTokens<'_>, verb: usize, subject: NounPhrase) -> bool {
    let quoted = sentence
        .range(verb.saturating_sub(2)..verb)
        .iter()
        .any(|token| token.quote.is_some());
    let says = sentence
        .token(verb)
        .is_some_and(|token| token.is_any_word(&["said", "says", "say"]));
    quoted || says || subject.kind == MentionKind::Name
}

/// Returns the end of what stands before the speaker: the comma, or the token behind a quotation that a comma ends.
fn edge_before(sentence: SentenceTokens<'_>, first: usize) -> Option<usize> {
    for at in (first.saturating_sub(COMMA_BEFORE)..first).rev() {
        let token = sentence.token(at)?;
        if shape::is_break(sentence, at) {
            return Some(at);
        }
        if token.quote.is_some() {
            let open = matches!(tokens::last_inner_char(token), ',' | '?' | '!' | '-' | '—');
            return open.then_some(at + 1);
        }
        let beside = token.is_wordlike() && !token.is(words::CUE | words::RELATIVE | words::FINITE);
        let small = token.is(words::PREPOSITION) && !token.is_any_word(&["of", "for", "like"]);
        let leads = token.is(words::SUBORDINATOR) && !token.is_word("as");
        if !beside || (small && !token.is_word("as")) || leads {
            return None;
        }
    }
    None
}

/// Whether nothing that could be what is said follows the verb at once.
fn closes(sentence: SentenceTokens<'_>, at: usize, hears: bool) -> bool {
    let Some(token) = sentence.token(at) else {
        return true;
    };
    // `Falk said, "..."` has the quotation's words.
    let quoted = |at: usize| {
        sentence
            .token(at)
            .is_some_and(|token| token.quote.is_some())
    };
    if quoted(at) || (!token.is_wordlike() && quoted(at + 1)) {
        return false;
    }
    let placed = token.is(words::PREPOSITION)
        && !token.is_any_word(&["of", "about", "like", "against", "by"])
        && (hears || !token.is_word("to"));
    let time = token.is(words::DAY) || (token.is(words::AUXILIARY) && !token.is(words::FINITE));
    let heard = hears && closes_behind_hearer(sentence, at);
    let sign = !token.is_wordlike() && token.kind != TokenKind::Colon;
    sign || placed || time || heard
}

/// Whether the one who hears follows, and nothing that could be what is said behind: "told a council panel Wednesday".
fn closes_behind_hearer(sentence: SentenceTokens<'_>, at: usize) -> bool {
    const TOLD: [&str; 5] = ["story", "tale", "truth", "lie", "joke"];
    let Some(token) = sentence.token(at) else {
        return true;
    };
    if token.is_name() || token.is_word("reporters") {
        return true;
    }
    if !token.is(words::DETERMINER) {
        return false;
    }
    let goes_on = |at: &usize| {
        let token = sentence.token(*at);
        token.is_some_and(|token| {
            let small = words::PREPOSITION | words::RELATIVE | words::DAY;
            token.is_wordlike() && !token.is(small) && !token.is_any_word(&TOLD)
        })
    };
    let len = (at..at + LONGEST_HEARER).take_while(goes_on).count();
    sentence.token(at + len).is_none_or(|next| {
        !next.is_wordlike()
            || next.is(words::DAY)
            || next.is_any_word(&["on", "in", "at", "during"])
    })
}

/// Returns where the clause goes on behind `, Falk said,`.
fn goes_on_at(sentence: SentenceTokens<'_>, at: usize) -> Option<usize> {
    if !shape::is_break(sentence, at) {
        return None;
    }
    let next = sentence.token(at + 1)?;
    let apart = next.is(words::ING)
        || next.is(words::RELATIVE) && !next.is_any_word(&["that", "when", "where"])
        || next.quote.is_some()
        || next.word.ends_with("ing") && next.word.len() > 5
        || next.is_any_word(&["a", "an", "according", "citing"]);
    (!apart).then_some(at + 1)
}

/// Returns where the clause that ends at `edge` begins: behind the last colon, semicolon or quotation of its own.
fn start_before(sentence: SentenceTokens<'_>, free: usize, edge: usize, spoken: bool) -> usize {
    let mut start = free.max(edge.saturating_sub(LONGEST_BEFORE));
    let mut at = start;
    while let Some(token) = sentence.token(at).filter(|_| at < edge) {
        let alone = spoken && token.quote.is_some() && is_alone(sentence, at, start);
        at += 1;
        if shape::is_stop(token) || alone {
            start = at;
        }
    }
    start
}

/// Whether the quotation at `at` is no part of the sentence around it: it begins it, or a comma or colon leads to it.
fn is_alone(sentence: SentenceTokens<'_>, at: usize, start: usize) -> bool {
    let Some(quote) = sentence.token(at) else {
        return false;
    };
    let small = shape::is_small_quote(quote);
    let first = sentence
        .range(start..at)
        .iter()
        .all(|token| !token.is_wordlike());
    let led = sentence.before(at).is_some_and(|before| {
        matches!(
            before.kind,
            TokenKind::Comma | TokenKind::Colon | TokenKind::Dash
        )
    });
    let open = !matches!(tokens::last_inner_char(quote), ',' | '.' | '?' | '!');
    let next = sentence.token(at + 1);
    let goes_on = open && next.is_some_and(|next| next.is_wordlike() && !next.is(words::CUE));
    (first && !goes_on) || (!first && led && !small)
}
