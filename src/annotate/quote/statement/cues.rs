//! The words of a sentence that may bring reported speech: verbs, phrases, nouns, `according to`.

use crate::annotate::quote::cue::SentenceVerbs;
use crate::annotate::quote::noun;
use crate::annotate::quote::phrase::{MentionKind, NounPhrase, SentenceTokens};
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

use super::{shape, speaker};

/// The kind of words that bring a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueKind {
    /// said, made clear
    Verb,
    /// was told, is said
    Passive,
    /// according to
    According,
    /// her claim
    Noun,
}

/// Words that bring a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatementCue {
    pub(super) kind: CueKind,
    /// The first token: the verb.
    pub(super) at: usize,
    /// The last token.
    pub(super) last: usize,
    /// The one who speaks, where the sentence tells.
    pub(super) subject: Option<NounPhrase>,
    /// The subject before the verb, where another one stands behind it.
    pub(super) own_subject: Option<NounPhrase>,
}

/// Tokens before a noun in which its owner stands: Falk's latest claim.
const OWNER_REACH: usize = 4;
/// Tokens after a noun in which its `that` stands: claims by the council that.
const THAT_WITHIN: usize = 6;
/// Adverbs between an auxiliary and its participle that are stepped over.
const ADVERBS: usize = 3;

/// Returns the cues of a sentence, in order.
pub(super) fn find(sentence: SentenceTokens<'_>, verbs: &SentenceVerbs) -> Vec<StatementCue> {
    let mut cues: Vec<StatementCue> = Vec::new();
    for (at, token) in sentence.tokens.iter().enumerate() {
        if cues.last().is_some_and(|last| at <= last.last) {
            continue;
        }
        let found = if token.is_word("according") && sentence.is_word(at + 1, "to") {
            Some(StatementCue {
                kind: CueKind::According,
                at,
                last: at + 1,
                subject: speaker::after_according(sentence, at + 2, verbs.subject_at(at)),
                own_subject: None,
            })
        } else {
            verb(sentence, verbs, at).or_else(|| noun(sentence, at))
        };
        cues.extend(found);
    }
    cues
}

fn verb(sentence: SentenceTokens<'_>, verbs: &SentenceVerbs, at: usize) -> Option<StatementCue> {
    let frames = words::THAT_VERB | words::QUESTION_VERB | words::PHRASE_HEAD;
    let token = sentence.token(at).filter(|token| token.is(frames))?;
    let phrase = || {
        let len = words::phrase_len(|word| Some(sentence.token(at + word)?.word))?;
        Some(at + len - 1)
    };
    let phrase = token.is(words::PHRASE_HEAD).then(phrase).flatten();
    let framed = token.is(words::THAT_VERB | words::QUESTION_VERB);
    if phrase.is_none() && !(framed && is_verb_here(sentence, at)) {
        return None;
    }
    let passive = is_passive(sentence, at) || is_bare_participle(sentence, at);
    let kind = if passive {
        CueKind::Passive
    } else {
        CueKind::Verb
    };
    let subject = if passive {
        agent(sentence, at)
    } else {
        speaker::of_verb(sentence, at, verbs.subject_at(at))
    };
    Some(StatementCue {
        kind,
        at,
        last: phrase.unwrap_or(at),
        subject,
        own_subject: verbs.own_subject_at(at),
    })
}

/// Whether the token, which may be a verb that brings a clause, is no noun and no adjective here.
fn is_verb_here(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let (Some(token), before) = (sentence.token(at), sentence.before(at)) else {
        return false;
    };
    let owner = before.is_some_and(|before| {
        let of_pronoun = at >= 2 && sentence.is(at - 2, words::PRONOUN);
        before.is(words::DETERMINER) || (before.kind == TokenKind::Possessive && !of_pronoun)
    });
    if !token.is(words::CUE) {
        return !owner
            && !token.capital
            && !before.is_some_and(|before| before.is(words::PREPOSITION));
    }
    // "many said": no adjective.
    let several =
        before.is_some_and(|before| before.is(words::QUANTIFIER)) && token.is(words::STRONG);
    let opens = at == 1
        || at >= 2
            && sentence
                .token(at - 2)
                .is_some_and(|token| !token.is_wordlike() || token.is(words::JOINER));
    if several && opens {
        return true;
    }
    let counted = before.is_some_and(|before| {
        let lists =
            before.kind == TokenKind::Comma || before.is(words::JOINER) || before.is_word("or");
        before.is(words::FINITE) || (lists && token.is(words::PRESENT))
    });
    let noun = (owner && token.is(words::ING)) || (counted && token.is(words::NOUN));
    sentence.is_verb(at) && !noun
}

/// Whether a form of be stands before the participle: was told, has been widely reported.
fn is_passive(sentence: SentenceTokens<'_>, at: usize) -> bool {
    const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "am"];
    if !sentence.is(at, words::PAST) {
        return false;
    }
    let before = sentence.range(at.saturating_sub(ADVERBS)..at).iter().rev();
    let mut adverbs = before.skip_while(|token| {
        token.is(words::AUXILIARY) && !token.is(words::FINITE) && !token.is_any_word(&BE)
    });
    adverbs
        .next()
        .is_some_and(|token| token.is_any_word(&BE) && token.kind == TokenKind::Word)
}

/// Whether a participle without its verb leads to a question: "asked whether the ferry sails, Falk".
fn is_bare_participle(sentence: SentenceTokens<'_>, at: usize) -> bool {
    if !sentence.is_word(at, "asked") {
        return false;
    }
    sentence.before(at).is_none_or(|before| {
        before.is(words::SUBORDINATOR) || (before.is(words::JOINER) && at == 1)
    })
}

/// Returns the one who acts in a passive: was told by the captain.
fn agent(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    sentence
        .is_word(at + 1, "by")
        .then(|| sentence.phrase_from(at + 2))
        .flatten()
}

/// Returns a noun with its owner, if a clause with `that` follows: Falk's warning that.
fn noun(sentence: SentenceTokens<'_>, at: usize) -> Option<StatementCue> {
    let token = sentence
        .token(at)
        .filter(|token| token.is(words::CLAUSE_NOUN))?;
    let that = that_of_noun(sentence, at)?;
    if token.is(words::CUE) && sentence.is_verb(at) {
        return None;
    }
    let owner_at = |index: usize| {
        if sentence.is(index, words::HE | words::SHE) || sentence.is_word(index, "their") {
            return SentenceTokens::phrase(MentionKind::Pronoun, index, index);
        }
        let possessive = sentence.kind(index) == Some(TokenKind::Possessive);
        possessive
            .then(|| noun::owner_before(sentence, index))
            .flatten()
    };
    let owner = (at.saturating_sub(OWNER_REACH)..at)
        .rev()
        .find_map(owner_at);
    Some(StatementCue {
        kind: CueKind::Noun,
        at,
        last: that - 1,
        subject: owner.or_else(|| agent(sentence, at)),
        own_subject: None,
    })
}

/// Returns the `that` of a noun, behind a place or the one who speaks: "claims by the council that".
fn that_of_noun(sentence: SentenceTokens<'_>, noun: usize) -> Option<usize> {
    let placed = sentence
        .token(noun + 1)
        .is_some_and(|next| next.is_any_word(&["by", "from", "in", "on", "at"]));
    let reach = if placed { THAT_WITHIN } else { 1 };
    let goes_on = |at: &usize| {
        sentence
            .token(*at)
            .is_some_and(|token| token.is_wordlike() && !token.is(words::CUE))
    };
    let that = (noun + 1..=noun + reach)
        .take_while(goes_on)
        .find(|at| sentence.is_word(*at, "that"))?;
    let brings = shape::brings_clause(sentence, that) && !shape::is_relative_that(sentence, that);
    brings.then_some(that)
}
