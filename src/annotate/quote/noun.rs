//! Noun phrases with their exact bounds: titles, owners, joined names and the nouns beside them.
//!
//! A phrase that ends with a person's name is known by that name alone; an institution keeps its whole name.

use super::phrase::{Chunk, ChunkKind, MentionKind, NounPhrase, SentenceTokens};
use super::tokens::{self, SentenceToken};
use super::verb::verb_group;
use super::words;
use crate::text::tokens::TokenKind;

/// Letters of the longest title that is short for another word: Sens.
const SHORT_TITLE: usize = 4;
/// Most tokens of a noun phrase.
const LONGEST_PHRASE: usize = 16;

impl SentenceTokens<'_> {
    /// Returns the phrase that begins with the token `at`.
    pub(super) fn phrase_from(&self, at: usize) -> Option<NounPhrase> {
        phrase_at(*self, at)
    }
}

/// Returns the noun phrase that begins at `at`.
pub(super) fn noun_phrase(sentence: SentenceTokens<'_>, at: usize) -> Option<Chunk> {
    let token = sentence.token(at)?;
    let phrase = |kind, last| Chunk {
        kind,
        first: at,
        last,
    };
    if is_pronoun(sentence, at, token) {
        return Some(phrase(ChunkKind::Noun(MentionKind::Pronoun), at));
    }
    let mut last = None;
    let mut index = at;
    while index - at < LONGEST_PHRASE && goes_on(sentence, at, index) {
        if !sentence.is(index, words::AUXILIARY) || sentence.is(index, words::DETERMINER) {
            last = Some(index);
        }
        index += 1;
    }
    let mut last = last?;
    // A possessive ending ends no phrase, and neither does "of".
    while last > at && sentence.kind(last) == Some(TokenKind::Possessive) {
        last -= 1;
    }
    let head = sentence.token(last)?;
    let kind = if head.is(words::TIME) && (!head.is_name() || at == last) {
        ChunkKind::Time
    } else if head.is_name() || (head.is(words::SUFFIX) && last > at) {
        ChunkKind::Noun(MentionKind::Name)
    } else {
        ChunkKind::Noun(MentionKind::Noun)
    };
    Some(phrase(kind, last))
}

/// Whether the token is a pronoun by itself: she, him; her, where it owns nothing.
fn is_pronoun(sentence: SentenceTokens<'_>, at: usize, token: &SentenceToken<'_>) -> bool {
    if token.kind != TokenKind::Word || token.is(words::RELATIVE) {
        return false;
    }
    if token.is_word("her") {
        return !sentence
            .token(at + 1)
            .is_some_and(SentenceToken::is_nounish);
    }
    token.is(words::PRONOUN) || token.is_object_pronoun()
}

/// Whether the phrase that begins at `start` goes on with the token `at`.
fn goes_on(sentence: SentenceTokens<'_>, start: usize, at: usize) -> bool {
    let Some(token) = sentence.token(at) else {
        return false;
    };
    let before = (at > start).then(|| sentence.before(at)).flatten();
    let wordlike_next = || sentence.is_wordlike(at + 1);
    if token.quote.is_some() {
        return before.is_some() && is_marked_adjective(sentence, at, token);
    }
    match token.kind {
        TokenKind::Possessive => before.is_some() && wordlike_next(),
        TokenKind::Number => true,
        TokenKind::Word => goes_on_with_word(sentence, start, at, token),
        TokenKind::Dash => joins_words(sentence, at),
        TokenKind::Other => {
            let sign = matches!(token.word, "&" | "%" | "$" | "£" | "€" | "/" | "#");
            sign && (before.is_some() || wordlike_next())
        }
        _ => false,
    }
}

/// Whether words in marks stand as an adjective in a phrase: the "law and order" issue.
fn is_marked_adjective(sentence: SentenceTokens<'_>, at: usize, quote: &SentenceToken<'_>) -> bool {
    let next = sentence.token(at + 1);
    let noun =
        next.is_some_and(|next| next.is_nounish() && !next.is_name() && !next.is_word("according"));
    noun && !tokens::ends_with_pause(quote) && verb_group(sentence, at + 1).is_none()
}

/// Whether the phrase that begins at `start` goes on with the word at `at`.
fn goes_on_with_word(
    sentence: SentenceTokens<'_>,
    start: usize,
    at: usize,
    token: &SentenceToken<'_>,
) -> bool {
    let before = (at > start).then(|| sentence.before(at)).flatten();
    if token.is_name() {
        return before.is_none_or(|before| name_joins(sentence, start, at, before));
    }
    if joins_names(sentence, start, at) {
        return true;
    }
    let time_next = sentence.is(at + 1, words::TIME);
    let small = words::PREPOSITION | words::CONJUNCTION | words::RELATIVE | words::PRONOUN;
    if token.is_any_word(&["last", "this", "next"]) && before.is_some() && time_next {
        return false;
    }
    if token.is(words::DETERMINER) && !token.is(words::RELATIVE) {
        let led = before.is_none_or(|before| {
            before.is(words::DETERMINER) || before.kind == TokenKind::Possessive
        });
        return (led || at > 0 && sentence.is_word(at - 1, "of")) && !token.is_object_pronoun();
    }
    if token.is(small) || token.is_object_pronoun() {
        return false;
    }
    if token.is(words::AUXILIARY) {
        // The deeply pessimistic vision.
        let adverb = !token.is(words::BE | words::HAVE | words::MODAL);
        let opened = before.is_some_and(|before| before.is(words::DETERMINER));
        return adverb
            && opened
            && sentence
                .token(at + 1)
                .is_some_and(SentenceToken::is_nounish);
    }
    // "Tuesday Clinton said", "Clinton Tuesday said"
    let day = token.is(words::TIME) && token.capital;
    verb_group(sentence, at).is_none() && !(day && before.is_some_and(SentenceToken::is_name))
}

/// Whether a dash without blanks joins the capitals beside it: A.F.L.-C.I.O.
fn joins_words(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let (Some(before), Some(dash), Some(next)) = (
        sentence.before(at),
        sentence.token(at),
        sentence.token(at + 1),
    ) else {
        return false;
    };
    let gap = dash.span.start - before.span.end;
    before.is_name() && next.is_name() && gap <= 1 && dash.span.end == next.span.start
}

/// Whether a name goes on with a phrase: not after a noun of time, or after several things: `the comments (Clinton made)`.
fn name_joins(
    sentence: SentenceTokens<'_>,
    start: usize,
    at: usize,
    before: &SentenceToken<'_>,
) -> bool {
    if before.is_name() || before.kind != TokenKind::Word {
        return true;
    }
    if before.is(words::TIME) {
        return false;
    }
    let people = before.is(words::TITLE | words::ROLE | words::DETERMINER | words::PARTICLE);
    let joined = at > start + 1 && joins_names(sentence, start, at - 1);
    // "at the party convention Sen. Solis said"
    let titled = sentence.is(at, words::TITLE)
        && sentence
            .token(at)
            .is_some_and(|title| title.word.len() <= SHORT_TITLE);
    if titled
        && sentence.is_placed(start)
        && !before.is(words::TITLE | words::ROLE | words::DETERMINER)
    {
        return false;
    }
    people || joined || !before.is_plural_noun()
}

/// Whether a small word joins the capitals of one name: `Department of Finance`, `Ursula von der Leyen`, `Globe and Mail`.
fn joins_names(sentence: SentenceTokens<'_>, start: usize, at: usize) -> bool {
    let Some(token) = sentence.token(at) else {
        return false;
    };
    if at == start {
        return false;
    }
    let left = sentence.before(at);
    let named = left.is_some_and(SentenceToken::is_name);
    let next_name = sentence.is_name(at + 1);
    if token.is(words::PARTICLE) {
        let behind =
            next_name || (sentence.is(at + 1, words::PARTICLE) && sentence.is_name(at + 2));
        return behind && (named || left.is_some_and(|left| left.is(words::PARTICLE)));
    }
    if !named {
        let article = token.is_word("the") && sentence.is_word(at - 1, "of") && at >= start + 2;
        return article && next_name && joins_names(sentence, start, at - 1);
    }
    // "Peter T. King of New York" is a person, "Secretary of State" a role.
    let named_person = at >= start + 2
        && sentence.is_name(at - 2)
        && !sentence.is(at - 2, words::ROLE | words::TITLE | words::ORGANISATION);
    let body = left.is_some_and(|left| {
        left.is(words::ORGANISATION) || (left.is(words::ROLE | words::TITLE) && !named_person)
    });
    if token.is_any_word(&["of", "for"]) {
        // "the Port of Selby Authority"
        let article = at == start + 2 && sentence.is_word(start, "the") && token.is_word("of");
        return (body || article)
            && (next_name || (sentence.is_word(at + 1, "the") && sentence.is_name(at + 2)));
    }
    // the Globe and Mail
    token.is_word("and")
        && at == start + 2
        && sentence.is_word(start, "the")
        && next_name
        && sentence.is(at + 1, words::ORGANISATION)
        && !sentence.is_name(at + 2)
}

/// Returns the phrase that begins at `at`, with those that `and` joins to it, or the name that tells whom it means.
///
/// `said (Ana Solis) and (Rik Holt)`, `said her campaign manager, (Mike Rubin)`.
pub(super) fn phrase_at(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    let chunk = noun_phrase(sentence, at)?;
    let mention = mention_of(sentence, &chunk)?;
    let next = chunk.last + 1;
    let is_name = |at: usize| {
        let chunk = noun_phrase(sentence, at)?;
        let name = mention_of(sentence, &chunk)?;
        (name.kind == MentionKind::Name).then_some(name)
    };
    if sentence.kind(next) == Some(TokenKind::Comma)
        && mention.kind == MentionKind::Noun
        && let Some(name) = is_name(next + 1).filter(|name| name.first < name.last)
    {
        return Some(name);
    }
    if sentence.is_word(next, "and")
        && let Some(other) = noun_phrase(sentence, next + 1)
        && verb_group(sentence, other.last + 1).is_none()
        && let Some(beside) = mention_of(sentence, &other)
        && mention.kind != MentionKind::Pronoun
    {
        let names = mention.kind == MentionKind::Name && beside.kind == MentionKind::Name;
        let modifier = mention.kind == MentionKind::Noun && beside.kind == MentionKind::Name;
        let bare = !sentence.is(mention.first, words::DETERMINER);
        if modifier && bare {
            // oil and gas worker Mike Wiebe
            return Some(beside);
        }
        let kind = if names {
            MentionKind::Name
        } else {
            MentionKind::Noun
        };
        return SentenceTokens::phrase(kind, mention.first, beside.last);
    }
    Some(mention)
}

/// Returns the words of a chunk that name someone: of a name only the name, of another phrase all of it.
pub(super) fn mention_of(sentence: SentenceTokens<'_>, chunk: &Chunk) -> Option<NounPhrase> {
    let ChunkKind::Noun(kind) = chunk.kind else {
        return None;
    };
    let first = if kind == MentionKind::Name {
        name_start(sentence, chunk.first, chunk.last)
    } else {
        chunk.first
    };
    SentenceTokens::phrase(kind, first, chunk.last)
}

/// Returns the phrase before the possessive ending at `at`: (Comey)'s conclusion, (the group)'s claim.
pub(super) fn owner_before(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    let last = at.checked_sub(1)?;
    let from = at.saturating_sub(LONGEST_PHRASE);
    if sentence.is_name(last) {
        return SentenceTokens::phrase(MentionKind::Name, name_start(sentence, from, last), last);
    }
    let the = (from..at)
        .rev()
        .take_while(|index| sentence.is_wordlike(*index))
        .find(|index| sentence.is(*index, words::DETERMINER))?;
    SentenceTokens::phrase(MentionKind::Noun, the, last)
}

/// Returns where the name begins that ends a phrase: `Trump adviser (Sam Clovis)`, `Secretary of State (John Kerry)`.
fn name_start(sentence: SentenceTokens<'_>, first: usize, last: usize) -> usize {
    let mut start = last;
    while start > first {
        let before = start - 1;
        let Some(token) = sentence.token(before) else {
            break;
        };
        let part = token.is_name()
            || token.is(words::SUFFIX)
            || (token.kind == TokenKind::Number && before > first && sentence.is_name(before - 1))
            || token.word == "&"
            || (token.kind == TokenKind::Dash && joins_words(sentence, before));
        let joint = before > first && joins_names(sentence, first, before);
        if joint && is_person_after(sentence, first, before, last) {
            break;
        }
        let owner = token.kind == TokenKind::Possessive
            && sentence.is(last, words::ORGANISATION)
            && before > first
            && sentence.is_name(before - 1);
        if !(part || joint || owner) {
            break;
        }
        start = before;
    }
    start
}

/// Whether the capitals behind `of` are a person with a title: `Secretary of (State John Kerry)`.
fn is_person_after(sentence: SentenceTokens<'_>, first: usize, joint: usize, last: usize) -> bool {
    let titled = joint > first && sentence.is(joint - 1, words::ROLE | words::TITLE);
    titled
        && sentence.is_word(joint, "of")
        && last >= joint + 2
        && !sentence.is(last, words::ORGANISATION)
}
