//! Finds the beginning of the clause behind a cue: after `that`, a question word or nothing, past hearers, days and places.

use crate::annotate::quote::phrase::SentenceTokens;
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

use super::cues::{CueKind, StatementCue};
use super::shape;

/// Forms of the verb after which anything with a verb is a clause; after others a clause must show that it is one.
const SAY: [&str; 4] = ["say", "says", "said", "saying"];
/// Prepositions that tell when, where or to whom something is said; "said of the ferry" is none of these.
const ADJUNCTS: [&str; 20] = [
    "in",
    "on",
    "at",
    "during",
    "after",
    "before",
    "to",
    "from",
    "with",
    "without",
    "via",
    "through",
    "for",
    "by",
    "over",
    "near",
    "outside",
    "aboard",
    "following",
    "under",
];

// Bounds in tokens, fitted by trial on the dev half of the statements gold.

/// Tokens after the cue in which the clause begins.
const START_WITHIN: usize = 18;
/// Tokens of the clause in which its verb stands.
const VERB_WITHIN: usize = 30;
/// Tokens before the cue in which a quotation has its words.
const QUOTE_BEFORE: usize = 6;
/// Most tokens of a hearer: the state's public safety committee.
const LONGEST_HEARER: usize = 7;

/// Returns the token at which the clause behind the cue begins.
pub(super) fn start(sentence: SentenceTokens<'_>, cue: &StatementCue) -> Option<usize> {
    let verb = sentence.token(cue.at)?;
    let first = cue.last + 1;
    if cue.kind == CueKind::Noun {
        return Some(first + 1);
    }
    let inverted = cue.subject.is_some_and(|subject| subject.first > cue.at);
    if inverted && cue.kind == CueKind::Verb {
        // "a deckhand from Selby, said the ferry is late": no inversion, for a clause follows.
        return shape::is_clause(sentence, first)
            .then(|| clause_at(sentence, cue, first, ClauseLead::Direct))
            .flatten();
    }
    let hears = verb.is(words::HEARER_VERB) && cue.kind != CueKind::Passive;
    let direct = clause_at(sentence, cue, first, ClauseLead::Direct);
    // "told the council the ferry is late": the hearer is no subject.
    let asks = sentence.is(first, words::QUESTION_WORD);
    if direct.is_some_and(|found| !hears || asks || found != first) {
        return direct;
    }
    let mut at = first;
    if hears {
        at = hearer_end(sentence, first)?;
        if let Some(found) = clause_at(sentence, cue, at, ClauseLead::Direct) {
            return Some(found);
        }
    }
    behind_adjuncts(sentence, cue, at)
        .or_else(|| that_behind_comma(sentence, at).filter(|_| verb.is(words::THAT_VERB)))
}

/// Returns where the clause begins behind days, places and the like.
fn behind_adjuncts(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    first: usize,
) -> Option<usize> {
    let (mut at, mut place) = (first, ClauseLead::Direct);
    while at < first + START_WITHIN {
        let next = adjunct_end(sentence, at)?;
        if !sentence.is(at, words::AUXILIARY | words::DAY) && time_end(sentence, at).is_none() {
            place = ClauseLead::BehindNoun;
        }
        if sentence.kind(next - 1) == Some(TokenKind::Comma) {
            place = ClauseLead::BehindComma;
        }
        at = next;
        if let Some(found) = clause_at(sentence, cue, at, place) {
            return Some(found);
        }
    }
    None
}

/// Returns where the clause begins whose `that` stands behind a comma, whatever is set in before: "said, without proof, that".
fn that_behind_comma(sentence: SentenceTokens<'_>, first: usize) -> Option<usize> {
    let opening = sentence.token(first)?;
    let sign = matches!(opening.kind, TokenKind::Comma | TokenKind::Dash);
    if !sign && !opening.is(words::PREPOSITION | words::AUXILIARY | words::DAY) {
        return None;
    }
    let goes_on = |at: &usize| {
        sentence.token(*at).is_some_and(|token| {
            token.quote.is_none() && !shape::is_stop(token) && !token.is(words::THAT_VERB)
        })
    };
    let that = (first..first + START_WITHIN)
        .take_while(goes_on)
        .find(|at| shape::is_break(sentence, *at) && sentence.is_word(at + 1, "that"))?;
    let relative = shape::is_relative_that(sentence, that + 1);
    (shape::brings_clause(sentence, that + 1) && !relative).then_some(that + 2)
}

/// The words before a place where the clause may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ClauseLead {
    /// The cue or the one who hears.
    Direct,
    /// A noun that `that` may belong to.
    BehindNoun,
    /// A comma, behind which only `that` brings the clause.
    BehindComma,
}

/// Returns where a clause begins that opens at `at`.
fn clause_at(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    at: usize,
    place: ClauseLead,
) -> Option<usize> {
    let verb = sentence.token(cue.at)?;
    let phrase = cue.last > cue.at;
    if sentence.is_word(at, "that") && (phrase || verb.is(words::THAT_VERB)) {
        let noun = place == ClauseLead::BehindNoun && sentence.is(at - 1, words::OTHER_CLAUSE_NOUN);
        let doubtful = place != ClauseLead::Direct || verb.is(words::NOUN);
        let relative = noun || (doubtful && shape::is_relative_that(sentence, at));
        return (shape::brings_clause(sentence, at) && !relative).then_some(at + 1);
    }
    if place == ClauseLead::BehindComma {
        return None;
    }
    // "said when he arrived" tells when, "would not say when he arrives" what.
    let finite_say = verb.is_any_word(&["said", "says"]);
    let open = !finite_say
        || !sentence
            .token(at)?
            .is_any_word(&["when", "where", "which", "who"]);
    let about = sentence.is_word(cue.last, "about");
    let asks =
        (about || verb.is(words::QUESTION_VERB)) && sentence.is(at, words::QUESTION_WORD) && open;
    if asks && !sentence.is_word(at + 1, "to") {
        let hearer =
            !sentence.is(cue.at, words::HEARER_VERB) || at > cue.last + 1 || verb.is_word("asked");
        return (hearer || cue.kind == CueKind::Passive).then_some(at);
    }
    if about || (!phrase && !verb.is(words::BARE_VERB)) {
        return None;
    }
    (shape::opens_clause(sentence, at) && shows_clause(sentence, cue, at, place)).then_some(at)
}

/// Whether what begins at `at` without `that` is a clause.
fn shows_clause(
    sentence: SentenceTokens<'_>,
    cue: &StatementCue,
    at: usize,
    place: ClauseLead,
) -> bool {
    let verb = sentence.token(cue.at);
    if cue.kind == CueKind::Passive
        && !verb.is_some_and(|verb| verb.is_any_word(&["told", "assured", "reminded"]))
    {
        return false;
    }
    let says = verb.is_some_and(|verb| verb.is_any_word(&SAY)) && place == ClauseLead::Direct;
    // `"...," he said aboard his plane`: the words were quoted, so only a certain clause is another one.
    let quoted = sentence
        .range(cue.at.saturating_sub(QUOTE_BEFORE)..cue.at)
        .iter();
    let quoted = quoted.rev().any(|token| token.quote.is_some());
    // "Falk, a deckhand from Selby, said an officer who was there" may be turned round.
    let apart = sentence
        .before(cue.at)
        .is_some_and(|before| before.kind == TokenKind::Comma);
    if !says || quoted {
        return shape::is_clause(sentence, at) || (says && is_quote_with_words(sentence, at));
    }
    if apart
        && sentence
            .range(at..at + 8)
            .iter()
            .any(|token| token.is_any_word(&["who", "which"]))
    {
        return shape::is_clause(sentence, at);
    }
    let end = sentence.tokens.len().min(at + VERB_WITHIN);
    shape::is_whole(sentence, at..end) || is_quote_with_words(sentence, at)
}

/// Whether the clause begins with quoted words and goes on without marks: `said "the fear is as high as ever" in the harbour`.
fn is_quote_with_words(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let Some(quote) = sentence.token(at).filter(|token| token.quote.is_some()) else {
        return false;
    };
    let small = shape::is_small_quote(quote);
    let goes_on = sentence
        .range(at + 1..at + 3)
        .iter()
        .all(|token| token.kind == TokenKind::Word);
    let open = !matches!(
        crate::annotate::quote::tokens::last_inner_char(quote),
        ',' | '.' | '?' | '!'
    );
    small && open && goes_on && sentence.tokens.len() > at + 3
}

/// Returns the token after the one who hears.
fn hearer_end(sentence: SentenceTokens<'_>, at: usize) -> Option<usize> {
    let token = sentence.token(at)?;
    if token.is(words::PRONOUN | words::HE | words::SHE) || token.is_any_word(&["them", "me", "us"])
    {
        return Some(at + 1);
    }
    let goes_on = |index: &usize| {
        sentence.token(*index).is_some_and(|token| {
            let opens = *index > at && !token.capital && token.is(words::DETERMINER);
            token.is_wordlike()
                && !opens
                && !token.is(words::RELATIVE
                    | words::PREPOSITION
                    | words::PRONOUN
                    | words::QUESTION_WORD)
        })
    };
    let len = if token.is_name() {
        let last = sentence.name_end(at);
        let joined = sentence.is_word(last + 1, "and")
            && sentence
                .token(last + 2)
                .is_some_and(|next| next.is_wordlike() && sentence.is_word(last + 3, "that"));
        last + 1 - at + 2 * usize::from(joined)
    } else if token.is(words::DETERMINER) {
        (at..at + LONGEST_HEARER).take_while(goes_on).count()
    } else {
        // "told reporters"
        let small =
            words::PREPOSITION | words::RELATIVE | words::QUESTION_WORD | words::CONJUNCTION;
        usize::from(!token.is(small))
    };
    (len > 0 && token.is_wordlike()).then_some(at + len)
}

/// Returns the token after "Tuesday night" or "last week".
fn time_end(sentence: SentenceTokens<'_>, at: usize) -> Option<usize> {
    const TIMES: [&str; 8] = [
        "night",
        "morning",
        "afternoon",
        "evening",
        "week",
        "month",
        "year",
        "summer",
    ];
    let token = sentence.token(at)?;
    let leads =
        token.is(words::DAY) || token.is_any_word(&["last", "this", "earlier", "late", "early"]);
    let time = sentence
        .token(at + 1)
        .is_some_and(|next| next.is_any_word(&TIMES));
    (leads && time).then_some(at + 2)
}

/// Returns the token after an adverb, a day, or a place, time or hearer with its preposition.
fn adjunct_end(sentence: SentenceTokens<'_>, at: usize) -> Option<usize> {
    let token = sentence.token(at)?;
    if token.kind == TokenKind::Comma {
        // "said, however, that" and "said in Selby, Ohio, that"
        let goes_on = sentence.is_word(at + 1, "that")
            || sentence.is(at + 1, words::AUXILIARY | words::PREPOSITION)
            || sentence.is_name(at + 1);
        return goes_on.then_some(at + 1);
    }
    if let Some(end) = time_end(sentence, at) {
        return Some(end);
    }
    if token.is(words::DAY) || (token.is(words::AUXILIARY) && !token.is(words::FINITE)) {
        return Some(at + 1);
    }
    if !token.is_any_word(&ADJUNCTS) {
        // A name after a comma goes on with a place: "Selby, Ohio".
        let after_comma = sentence.before(at)?.kind == TokenKind::Comma && token.is_name();
        return after_comma.then(|| sentence.name_end(at) + 1);
    }
    let first = sentence.token(at + 1)?;
    // "agreed to talk on the condition that" and "hinted at that" bring nothing.
    if first.is_word("that") || (token.is_word("to") && first.is(words::CUE | words::BASE)) {
        return None;
    }
    if first.is_name() {
        let mut last = sentence.name_end(at + 1);
        if sentence.kind(last + 1) == Some(TokenKind::Possessive) {
            last = sentence.name_end(last + 2);
        }
        return Some(last + 1);
    }
    let ends = |index: usize| {
        sentence.token(index).is_none_or(|token| {
            !token.is_wordlike()
                || token.is(words::RELATIVE | words::PRONOUN | words::DAY)
                || (token.is(words::PREPOSITION) && !token.is_word("of"))
                || (token.is(words::DETERMINER) && token.kind != TokenKind::Possessive)
        })
    };
    let mut end = at + 2;
    while end < at + LONGEST_HEARER && !ends(end) {
        // "in one of his messages": the preposition brings a determiner of its own.
        end += 1 + usize::from(sentence.is_word(end, "of"));
    }
    let participle = |at: usize| {
        let token = sentence.token(at);
        token.is_some_and(|token| {
            !token.capital && token.word.ends_with("ing") && token.word.len() > 5
        })
    };
    (!participle(end - 1) || sentence.is_word(end - 1, "meeting")).then_some(end)
}
