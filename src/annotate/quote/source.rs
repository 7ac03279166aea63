//! The reporting verb that a quotation belongs to, and the likeliest speaker where there is none.
//!
//! A cost is a number of words between verb and quotation, with some added for what makes the pair unlikely.

use super::SpeakerBasis;
use super::cue::ReportingVerb;
use super::phrase::{MentionKind, NounPhrase, SentenceTokens};
use super::tokens::{self, SentenceToken};
use super::words;
use crate::text::tokens::TokenKind;

/// The origin of a quotation's words: the likeliest of those that its sentence offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteSource {
    /// A cue, or only the sentence's subject.
    pub(super) basis: SpeakerBasis,
    /// The token of the reporting word.
    pub(super) cue: Option<usize>,
    /// The one who speaks.
    pub(super) subject: NounPhrase,
}

impl QuoteSource {
    fn by_cue(cue: usize, subject: NounPhrase) -> Self {
        Self {
            basis: SpeakerBasis::Cue,
            cue: Some(cue),
            subject,
        }
    }
}

// Costs, and the bounds of the walks in tokens: fitted by trial on the dev half of the quotations gold.

/// Cost from which a verb is no better than the sentence's subject alone.
const DOUBTFUL_VERB: f32 = 20.0;
/// Tokens before the quotation in which its passive verb stands.
const PASSIVE_REACH: usize = 4;

/// Tokens between a reporting verb and a quotation that may belong together.
const VERB_REACH: usize = 60;
/// Cost of a verb in the words of another one.
const EMBEDDED: f32 = 6.0;
/// Cost of `it`, `I`, `we` and `they`, whose words are seldom quoted.
const VAGUE_SUBJECT: f32 = 1.0;
/// Cost of a verb after `to`, which is meant, asked or refused rather than said: to further explain.
const AFTER_TO: f32 = 6.0;
/// Cost of a plain form after an auxiliary, which nobody has said yet: she would ask Mr. Biden to lead.
const MODAL: f32 = 6.0;
/// Cost of a verb of speech that need not bring words.
const WEAK_VERB: f32 = 4.5;
/// Cost of any other verb that is not among the strong ones.
const PLAIN_VERB: f32 = 2.5;

/// Cost of another quotation between a quotation and the verb behind it, which has that one's words.
const QUOTE_BEFORE_VERB: f32 = 15.0;
/// Words from which a verb behind a quotation is far from it ...
const FAR_VERB_FROM: f32 = 14.0;
/// ... and the cost of that, where it is weak or a comma begins the way to it.
const FAR_VERB: f32 = 10.0;
/// Cost of `and` or `but` before the verb: described it as "good" but also warned.
const JOINED_VERB: f32 = 6.0;
/// Cost of a participle behind a quotation, which brings its own words: "at length" on Monday, calling it.
const PARTICIPLE_AFTER: f32 = 6.0;
/// Gain of a quotation that ends with a comma or a question, if the verb behind it ...
const OPEN_END: f32 = -6.0;
/// ... is no further than this.
const OPEN_END_REACH: f32 = 12.0;

/// Cost of a word between a verb and the quotation behind it: less than one, because verbs come first as a rule.
const WORD_AFTER_VERB: f32 = 0.8;
/// Cost of another quotation between a verb and the quotation behind it.
const QUOTE_AFTER_VERB: f32 = 2.0;
/// Cost of another verb between a verb and the quotation behind it.
const OTHER_VERB_BETWEEN: f32 = 1.0;
/// Gain of a comma or colon right before the quotation.
const LED_IN: f32 = -3.0;
/// Gain of a verb with nothing but that sign before the quotation: someone shouted, "Cruz," Smith joked.
const LED_IN_DIRECTLY: f32 = -7.0;

/// Tokens after a subject in which its verb is looked for.
const OWN_VERB_REACH: usize = 8;
/// Tokens before a quotation in which a noun of speech is looked for.
const NOUN_REACH: usize = 16;
/// Tokens before that noun in which its owner is looked for.
const OWNER_REACH: usize = 4;
/// Fewest tokens of a sentence whose subject is taken for the speaker.
const FEWEST_TOKENS: usize = 3;

/// Returns the likeliest source of the quotation at token `at`.
pub(super) fn best_source(
    sentence: SentenceTokens<'_>,
    verbs: &[ReportingVerb],
    at: usize,
) -> Option<QuoteSource> {
    if let Some(source) = passive_source(sentence, verbs, at) {
        return Some(source);
    }
    let from = verbs.partition_point(|verb| verb.at + VERB_REACH < at);
    let near = verbs.get(from..).unwrap_or_default().iter();
    let best = near
        .take_while(|verb| verb.at <= at + VERB_REACH)
        .filter_map(|verb| {
            let subject = verb.subject?;
            let cost = verb_cost(sentence, verbs, verb, at)
                + cost_if(verb.embedded, EMBEDDED)
                + cost_if(is_vague(sentence, subject), VAGUE_SUBJECT);
            Some((cost, QuoteSource::by_cue(verb.at, subject)))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((cost, source)) if cost < DOUBTFUL_VERB => Some(source),
        Some((_, source)) => Some(QuoteSource {
            basis: SpeakerBasis::Sentence,
            ..source
        }),
        None => source_without_verb(sentence, at),
    }
}

fn cost_if(holds: bool, cost: f32) -> f32 {
    if holds { cost } else { 0.0 }
}

/// Returns the agent of a passive verb: `labeled "top secret" by the State Department`.
fn passive_source(
    sentence: SentenceTokens<'_>,
    verbs: &[ReportingVerb],
    at: usize,
) -> Option<QuoteSource> {
    if !sentence.is_word(at + 1, "by") {
        return None;
    }
    let nearest = verbs.partition_point(|verb| verb.at < at).checked_sub(1)?;
    let verb = verbs.get(nearest)?;
    let passive = at - verb.at <= PASSIVE_REACH && sentence.is(verb.at, words::PAST);
    let subject = sentence.phrase_from(at + 2).filter(|_| passive)?;
    Some(QuoteSource::by_cue(verb.at, subject))
}

/// Whether the subject is one of `it`, `I`, `we` and `they`.
fn is_vague(sentence: SentenceTokens<'_>, subject: NounPhrase) -> bool {
    let vague = ["it", "i", "we", "they"];
    subject.kind == MentionKind::Pronoun
        && sentence
            .token(subject.first)
            .is_some_and(|token| token.is_any_word(&vague))
}

fn verb_cost(
    sentence: SentenceTokens<'_>,
    verbs: &[ReportingVerb],
    verb: &ReportingVerb,
    at: usize,
) -> f32 {
    let strong = sentence.is(verb.at, words::STRONG) || sentence.is_word(verb.at, "according");
    let distance = if verb.at > at {
        cost_after_quote(sentence, verb, at, strong)
    } else {
        cost_before_quote(sentence, verbs, verb, at)
    };
    let to = is_after_to(sentence, verb.at);
    distance + doubt_of_verb(sentence, verb.at, strong) + cost_if(to, AFTER_TO)
}

/// Returns the cost of a verb behind the quotation: near it, or it has words of its own.
fn cost_after_quote(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    at: usize,
    strong: bool,
) -> f32 {
    let between = sentence.range(at + 1..verb.at);
    let distance = (verb.at - at) as f32;
    let first = between.first();
    let comma_first = first.is_some_and(|token| token.kind == TokenKind::Comma);
    let joined = first.is_some_and(|token| token.is(words::JOINER));
    let far = distance > FAR_VERB_FROM && (!strong || between.is_empty() || comma_first);
    let quoted = between.iter().any(|token| token.quote.is_some());
    let joiner = between.iter().any(|token| token.is(words::JOINER));
    let participle = sentence.is(verb.at, words::ING);
    let inner_end = sentence.token(at).map_or(' ', tokens::last_inner_char);
    let open_end = matches!(inner_end, ',' | '?' | '!') && distance <= OPEN_END_REACH && !joined;
    distance
        + cost_if(quoted, QUOTE_BEFORE_VERB)
        + cost_if(far, FAR_VERB)
        + cost_if(joiner, JOINED_VERB)
        + cost_if(participle, PARTICIPLE_AFTER)
        + cost_if(open_end && !participle, OPEN_END)
}

fn cost_before_quote(
    sentence: SentenceTokens<'_>,
    verbs: &[ReportingVerb],
    verb: &ReportingVerb,
    at: usize,
) -> f32 {
    let between = sentence.range(verb.at + 1..at);
    let quoted = between.iter().any(|token| token.quote.is_some());
    let later = verbs.partition_point(|other| other.at <= verb.at);
    let later = verbs.get(later..).unwrap_or_default().iter();
    let other_verb = later
        .take_while(|other| other.at < at)
        .any(|other| !sentence.is(other.at, words::ING));
    let led_in = match between {
        [sign] if is_lead_in(sign) => LED_IN_DIRECTLY,
        [.., sign] if is_lead_in(sign) => LED_IN,
        _ => 0.0,
    };
    (at - verb.at) as f32 * WORD_AFTER_VERB
        + cost_if(quoted, QUOTE_AFTER_VERB)
        + cost_if(other_verb, OTHER_VERB_BETWEEN)
        + led_in
}

fn is_lead_in(token: &SentenceToken<'_>) -> bool {
    matches!(token.kind, TokenKind::Comma | TokenKind::Colon)
}

/// Returns the cost of a verb that may bring no words.
fn doubt_of_verb(sentence: SentenceTokens<'_>, at: usize, strong: bool) -> f32 {
    let plain_form = sentence.is(at, words::BASE) && !sentence.is(at, words::PAST);
    let after_auxiliary = at > 0 && sentence.is(at - 1, words::AUXILIARY);
    if plain_form && after_auxiliary {
        MODAL
    } else if sentence.is(at, words::WEAK) {
        WEAK_VERB
    } else {
        cost_if(!strong, PLAIN_VERB)
    }
}

/// Whether `to` leads to the verb, adverbs between them left out: `to say`, `to further explain`.
fn is_after_to(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let before = sentence.range(0..at).iter().rev();
    before
        .take(3)
        .find(|token| !token.is(words::AUXILIARY))
        .is_some_and(|token| token.is_word("to"))
}

/// Returns the source in a sentence without a reporting verb.
///
/// `Smith: "..."`, `"..." - Smith`, `Smith's claim that ... "..."`, or the subject of the sentence.
fn source_without_verb(sentence: SentenceTokens<'_>, at: usize) -> Option<QuoteSource> {
    if sentence.tokens.len() < FEWEST_TOKENS {
        return None;
    }
    if let Some(subject) = subject_before_colon(sentence, at) {
        let named = subject.last + 2 == at;
        let verb = verb_of(sentence, subject, at).filter(|_| !named);
        return Some(QuoteSource::by_cue(verb.unwrap_or(at - 1), subject));
    }
    if let Some(source) = owner_of_words(sentence, at) {
        return Some(source);
    }
    let subject = sentence
        .first_phrase(at)
        .filter(|subject| at > 0 && !is_vague(sentence, *subject));
    if let Some(subject) = subject {
        return Some(QuoteSource {
            basis: SpeakerBasis::Sentence,
            cue: verb_of(sentence, subject, at),
            subject,
        });
    }
    let dash = sentence.kind(at + 1) == Some(TokenKind::Dash);
    let subject = sentence.phrase_from(at + 2).filter(|_| dash)?;
    Some(QuoteSource::by_cue(at + 1, subject))
}

/// Returns the verb of a sentence that has no reporting verb, as far as its ending tells: launched into, focuses on.
fn verb_of(sentence: SentenceTokens<'_>, subject: NounPhrase, at: usize) -> Option<usize> {
    let small = words::PREPOSITION
        | words::DETERMINER
        | words::PRONOUN
        | words::CONJUNCTION
        | words::AUXILIARY;
    let is_verb = |token: &SentenceToken<'_>| {
        let ending = token.word.ends_with('s') || token.word.ends_with("ed");
        token.kind == TokenKind::Word && !token.capital && ending && !token.is(small)
    };
    let end = at.min(subject.last + OWN_VERB_REACH);
    (subject.last + 1..end).find(|index| sentence.token(*index).is_some_and(is_verb))
}

/// Returns the subject before a colon: `Smith: "..."`, `Perez lobbies for a higher minimum wage: "..."`.
fn subject_before_colon(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    let colon = at.checked_sub(1)?;
    if sentence.kind(colon) != Some(TokenKind::Colon) {
        return None;
    }
    let begins = |phrase: &NounPhrase| {
        let before = sentence.before(phrase.first);
        before.is_none_or(|before| !before.is_wordlike())
    };
    let beside = sentence.phrase_before(colon).filter(begins);
    beside.or_else(|| sentence.first_phrase(at))
}

/// Returns the owner of a noun of speech: `Comey's conclusion that her actions were "extremely careless"`.
fn owner_of_words(sentence: SentenceTokens<'_>, at: usize) -> Option<QuoteSource> {
    let noun = (at.saturating_sub(NOUN_REACH)..at)
        .rev()
        .take_while(|index| {
            let token = sentence.token(*index);
            token.is_some_and(SentenceToken::is_wordlike)
        })
        .find(|index| sentence.is(*index, words::SPEECH))?;
    let owner_at = |index: usize| {
        if sentence.is(index, words::HE | words::SHE) {
            return SentenceTokens::phrase(MentionKind::Pronoun, index, index);
        }
        let possessive = sentence.kind(index) == Some(TokenKind::Possessive);
        sentence.phrase_before(index).filter(|_| possessive)
    };
    let subject = (noun.saturating_sub(OWNER_REACH)..noun)
        .rev()
        .find_map(owner_at)?;
    Some(QuoteSource::by_cue(noun, subject))
}
