//! Reported speech without marks: the words of a sentence that somebody is said to have said.
//!
//! Only the clause counts, not the reporting words: `Carney said (Canada has a team)`, `(Canada has a team), Carney said`,
//! `according to Carney, (Canada has a team)`. Quoted words may stand in a clause; what is wholly in marks is no statement.

use std::ops::Range;

use super::cue::{self, SentenceVerbs};
use super::phrase::{NounPhrase, SentenceTokens};
use super::words;
use crate::text::Span;
pub(super) use clause::ReportedClause;
use clause::span_without_signs;
use cues::{CueKind, StatementCue};
pub(super) use spoken::{is_label_of_person, spoken_line};

mod after;
mod before;
mod clause;
mod cues;
mod ends;
mod shape;
mod speaker;
mod spoken;

/// Fewest words of a statement.
const FEWEST_WORDS: usize = 3;
/// Fewest words outside marks of a statement with quoted words in it.
const FEWEST_UNQUOTED: usize = 1;
/// Fewest words of a statement that begins with a pronoun: "she would".
const FEWEST_WITH_PRONOUN: usize = 2;

/// Titles before a name, behind which `whether` may stand.
const MOST_TITLES: usize = 3;

/// Returns the clauses that are said in a sentence.
pub(super) fn find_clauses(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
) -> Vec<ReportedClause> {
    let cues = cues::find(sentence, verbs);
    let mut found: Vec<(Vec<Range<usize>>, StatementCue)> = Vec::new();
    // A cue behind its clause has all of it, whatever brings words in there: "he said it was late, the captain added".
    let mut free = 0;
    for (index, cue) in cues.iter().enumerate() {
        let later = cues.get(index + 1..).unwrap_or_default();
        if let Some(parts) = parts_around(sentence, cue, later, free) {
            free = parts.last().map_or(free, |part| part.end).max(cue.last + 1);
            found.push((parts, *cue));
        }
    }
    let mut taken: Vec<Range<usize>> = found
        .iter()
        .filter_map(|(parts, _)| Some(parts.first()?.start..parts.last()?.end))
        .collect();
    let mut free = 0;
    for (index, cue) in cues.iter().enumerate() {
        let inside = taken.iter().any(|range| range.contains(&cue.at));
        if cue.at < free || inside {
            continue;
        }
        let later = cues.get(index + 1..).unwrap_or_default();
        if let Some(part) = part_behind(sentence, cue, later) {
            let limit = taken
                .iter()
                .map(|range| range.start)
                .find(|start| *start > cue.at);
            let part = part.start..part.end.min(limit.unwrap_or(part.end));
            free = part.end;
            let subject = own_subject(sentence, cue);
            found.push((vec![part], StatementCue { subject, ..*cue }));
        }
    }
    taken.clear();
    found.sort_by_key(|(_, cue)| cue.at);
    found
        .into_iter()
        .filter_map(|(parts, cue)| reported(sentence, parts, cue))
        .collect()
}

/// Returns the one who speaks before the cue: what stands behind it belongs to the clause.
fn own_subject(sentence: SentenceTokens<'_>, cue: &StatementCue) -> Option<NounPhrase> {
    match cue.subject {
        Some(subject) if subject.first > cue.at && cue.kind == CueKind::Verb => {
            speaker::of_verb(sentence, cue.at, cue.own_subject)
        }
        subject => subject,
    }
}

fn part_behind(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    later: &[StatementCue],
) -> Option<Range<usize>> {
    if cue.kind == CueKind::According {
        return None;
    }
    let start = after::start(sentence, cue)?;
    if !may_state(sentence, cue, start) {
        return None;
    }
    Some(start..ends::end(sentence, cue, start, later))
}

/// Whether words behind the cue are likely somebody's: a finite verb has a subject, or `that` right behind it.
fn may_state(sentence: SentenceTokens<'_>, cue: &StatementCue, start: usize) -> bool {
    let Some(verb) = sentence.token(cue.at) else {
        return false;
    };
    if cue.kind != CueKind::Verb {
        return true;
    }
    let Some(subject) = cue.subject else {
        let that = start == cue.last + 2 && !verb.is(words::NOUN);
        return verb.is(words::ING) || that;
    };
    // "to questions whether Falk had said that": nobody says that she has.
    let asked = (1..=MOST_TITLES).any(|back| {
        let at = subject.first.checked_sub(back);
        at.is_some_and(|at| sentence.is_word(at, "whether"))
    });
    let nobody = sentence
        .token(subject.first)
        .is_some_and(|token| token.is_any_word(&["there", "it", "one"]));
    let meant = sentence.is_word(cue.at.saturating_sub(1), "to")
        || sentence.is_word(subject.first, "there");
    let alone = subject.first == subject.last;
    let could = sentence.is(cue.at.saturating_sub(1), words::FINITE)
        && sentence.is_word(subject.first, "one");
    !asked && !(nobody && alone && (meant || could))
}

fn parts_around(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    later: &[StatementCue],
    free: usize,
) -> Option<Vec<Range<usize>>> {
    if cue.kind != CueKind::According && after::start(sentence, cue).is_some() {
        return None;
    }
    let around = before::around(sentence, cue, free)?;
    let mut parts = vec![around.before];
    if let Some(start) = around.goes_on {
        let end = ends::end(sentence, cue, start, later);
        parts.push(start..end);
    }
    Some(parts)
}

fn reported(
    sentence: SentenceTokens<'_>,
    parts: Vec<Range<usize>>,
    cue: StatementCue,
) -> Option<ReportedClause> {
    let tokens = || parts.iter().flat_map(|part| sentence.range(part.clone()));
    let count = tokens().filter(|token| token.is_wordlike()).count();
    let quoted = tokens().any(|token| token.quote.is_some());
    let pronoun = tokens()
        .next()
        .is_some_and(|token| token.is(words::PRONOUN));
    let fewest = match (quoted, pronoun) {
        (true, _) => FEWEST_UNQUOTED,
        (false, true) => FEWEST_WITH_PRONOUN,
        (false, false) => FEWEST_WORDS,
    };
    if count < fewest {
        return None;
    }
    let pieces = parts
        .iter()
        .map(|part| span_without_signs(sentence.range(part.clone())));
    let pieces: Vec<Span> = pieces.filter(|piece| !piece.is_empty()).collect();
    let span = Span::new(pieces.first()?.start, pieces.last()?.end);
    let words = if cue.kind == CueKind::According {
        cue::cue_span(sentence, cue.at)
    } else {
        sentence.span_of(cue.at, cue.last)
    };
    Some(ReportedClause {
        span,
        pieces: if pieces.len() > 1 { pieces } else { Vec::new() },
        verb: cue.at,
        cue: words,
        subject: cue.subject,
    })
}

#[cfg(test)]
mod tests;
