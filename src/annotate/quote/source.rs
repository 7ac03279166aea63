//! The source of a quotation: the likeliest of those that its sentence offers.
//!
//! Each verb near the quotation, each name before a colon and each owner of a noun of speech is a candidate, and so is the speaker of
//! the quotation before. Signs speak for or against each, with the weights of a logistic choice between the candidates of a quotation,
//! fitted on the dev half of the quotations gold; with a fifth of its articles left out in turn, as many are right.

mod sign;

use super::SpeakerBasis;
use super::cue::{ReportingVerb, SentenceVerbs};
use super::noun;
use super::phrase::{MentionKind, NounPhrase, SentenceTokens};
use super::signs::Signs;
use super::words;
use crate::text::tokens::TokenKind;
use sign::{QuoteShape, SourceSign, subject_signs, verb_signs};

/// The origin of a quotation's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteSource {
    /// A cue, or only the sentence's subject.
    pub(super) basis: SpeakerBasis,
    /// The token of the reporting word.
    pub(super) cue: Option<usize>,
    /// The one who speaks.
    pub(super) subject: NounPhrase,
    /// The one by whom the subject is said to speak.
    pub(super) told_by: Option<NounPhrase>,
    /// Whether the sentence says that they did not say it.
    pub(super) denied: bool,
    /// Whether it is far likelier than all others.
    pub(super) sure: bool,
    /// The sum of the weights of its signs.
    pub(super) weight: f32,
}

impl QuoteSource {
    fn new(basis: SpeakerBasis, cue: Option<usize>, subject: NounPhrase) -> Self {
        Self {
            basis,
            cue,
            subject,
            told_by: None,
            denied: false,
            sure: false,
            weight: 0.0,
        }
    }

    fn by_cue(cue: usize, subject: NounPhrase) -> Self {
        Self::new(SpeakerBasis::Cue, Some(cue), subject)
    }
}

/// A source that a sentence offers, with the signs for it.
struct SourceCandidate {
    /// `None` is the speaker of the quotation before.
    source: Option<QuoteSource>,
    signs: Signs,
}

// Bounds of the walks in tokens, fitted by trial on the dev half of the quotations gold.

/// Tokens before the quotation in which its passive verb stands.
const PASSIVE_REACH: usize = 4;
/// Tokens between a verb and a quotation that may belong together.
const VERB_REACH: usize = 60;
/// Most verbs on one side of a quotation that are weighed; bounds the work in a sentence of nothing but verbs.
const MOST_VERBS: usize = 10;
/// Tokens after a subject in which its verb is looked for.
const OWN_VERB_REACH: usize = 8;
/// Tokens before a quotation in which a noun of speech is looked for.
const NOUN_REACH: usize = 16;
/// Tokens before that noun in which its owner is looked for.
const OWNER_REACH: usize = 4;
/// Tokens in which the colon of a headline is looked for.
const HEAD_REACH: usize = 12;
/// Tokens before a headline's first name.
const HEAD_START: usize = 3;
/// Likelihood from which a source is sure: in five parts of the dev half, each left out of the fit in turn, 96 of 100 of these are right.
const SURE_FROM: f32 = 0.6;
/// Fewest tokens of a sentence whose subject is taken for the speaker.
const FEWEST_TOKENS: usize = 3;

/// Returns the likeliest source of the quotation at token `at`; `None` where it is that of the quotation before, of which there is
/// one in the paragraph if it `has_previous`, or nobody.
pub(super) fn best_source(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    at: usize,
    has_previous: bool,
) -> Option<QuoteSource> {
    if let Some(source) = named_by(sentence, verbs, at) {
        return Some(source);
    }
    let mut found = candidates(sentence, verbs, at);
    if has_previous {
        found.push(SourceCandidate {
            source: None,
            signs: sign::carry_signs(sentence, verbs, at),
        });
    }
    let best = found
        .iter()
        .map(|candidate| (candidate.signs.weight(), candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let (weight, best) = best?;
    let source = best.source?;
    let likely = likelihood(&found, weight, source.subject) >= SURE_FROM;
    let best = QuoteSource {
        weight,
        sure: likely && source.basis == SpeakerBasis::Cue,
        ..source
    };
    // "Voss accused Holt of saying it was ...": the words are Holt's, and Voss says so. "Voss praised her, calling her ...": calling
    // brings the words.
    let later = found.iter().rev().filter_map(|candidate| candidate.source);
    let ascribed = later
        .filter(|source| source.basis == SpeakerBasis::Cue && best.basis == SpeakerBasis::Cue)
        .filter(|source| source.told_by == Some(best.subject) || source.subject == best.subject)
        .find(|source| source.cue > best.cue && source.cue < Some(at));
    Some(ascribed.map_or(best, |source| QuoteSource {
        weight,
        sure: best.sure,
        ..source
    }))
}

fn candidates(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    at: usize,
) -> Vec<SourceCandidate> {
    let quote = QuoteShape::new(sentence, at);
    let mut found = Vec::new();
    for verb in near(&verbs.reporting, at) {
        offer_verb(sentence, verbs, verb, SpeakerBasis::Cue, &quote, &mut found);
    }
    for verb in near(&verbs.others, at) {
        offer_verb(
            sentence,
            verbs,
            verb,
            SpeakerBasis::Sentence,
            &quote,
            &mut found,
        );
    }
    if sentence.tokens.len() >= FEWEST_TOKENS {
        offer_without_verb(sentence, verbs, at, &mut found);
    }
    if let Some(source) = passive_source(sentence, &verbs.reporting, at) {
        let mut signs = subject_signs(sentence, source.subject);
        signs.add(SourceSign::Agent, true);
        found.push(SourceCandidate {
            source: Some(source),
            signs,
        });
    }
    found
}

/// Returns the verbs that are near enough to the quotation at token `at`, some on each side.
fn near(verbs: &[ReportingVerb], at: usize) -> &[ReportingVerb] {
    let from = verbs.partition_point(|verb| verb.at + VERB_REACH < at);
    let behind = verbs.partition_point(|verb| verb.at < at);
    let end = verbs.partition_point(|verb| verb.at <= at + VERB_REACH);
    let first = from.max(behind.saturating_sub(MOST_VERBS));
    let last = end.min(behind + MOST_VERBS);
    verbs.get(first..last).unwrap_or_default()
}

fn offer_verb(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    verb: &ReportingVerb,
    basis: SpeakerBasis,
    quote: &QuoteShape,
    found: &mut Vec<SourceCandidate>,
) {
    let Some(subject) = verb.subject else { return };
    let source = QuoteSource {
        told_by: verb.told_by,
        denied: verb.negated && is_denial(sentence, verb.at),
        ..QuoteSource::new(basis, Some(verb.at), subject)
    };
    found.push(SourceCandidate {
        source: Some(source),
        signs: verb_signs(sentence, verbs, verb, subject, quote),
    });
}

/// Returns how likely the source of this `weight` is among those of its quotation; candidates of one subject count together.
fn likelihood(found: &[SourceCandidate], weight: f32, subject: NounPhrase) -> f32 {
    let share = |candidate: &SourceCandidate| (candidate.signs.weight() - weight).exp();
    let same = |candidate: &&SourceCandidate| {
        candidate
            .source
            .is_some_and(|source| source.subject == subject)
    };
    let all: f32 = found.iter().map(share).sum();
    found.iter().filter(same).map(share).sum::<f32>() / all
}

/// Returns those who call something so: `Solis praised what (aides) called "the long road"`.
fn named_by(sentence: SentenceTokens<'_>, verbs: &SentenceVerbs, at: usize) -> Option<QuoteSource> {
    let before = verbs.reporting.partition_point(|verb| verb.at < at);
    let verb = verbs.reporting.get(before.checked_sub(1)?)?;
    let subject = verb.subject?;
    let what = subject.first > 0 && sentence.is_word(subject.first - 1, "what");
    let mut between = sentence.range(verb.at + 1..at).iter();
    let adjacent = between.all(|token| token.is(words::DETERMINER | words::AUXILIARY));
    let named = what && adjacent && subject.kind != MentionKind::Pronoun;
    named.then(|| QuoteSource::by_cue(verb.at, subject))
}

/// Whether `did not` before this verb means that the words were not said: say, call, but not regret.
fn is_denial(sentence: SentenceTokens<'_>, at: usize) -> bool {
    const SAID: [&str; 12] = [
        "say",
        "said",
        "saying",
        "call",
        "called",
        "tell",
        "told",
        "use",
        "used",
        "describe",
        "described",
        "write",
    ];
    sentence
        .token(at)
        .is_some_and(|token| token.is_any_word(&SAID))
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

/// Adds the sources that need no reporting verb.
///
/// `Smith: "..."`, `"..." - Smith`, `Smith's claim that ... "..."`, `Smith: Rivals are "..."`, and the first phrase of the sentence.
fn offer_without_verb(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    at: usize,
    found: &mut Vec<SourceCandidate>,
) {
    let mut offer = |source: QuoteSource, own: &[(SourceSign, f32)]| {
        let mut signs = subject_signs(sentence, source.subject);
        for (sign, value) in own {
            signs.add_value(*sign, *value);
        }
        found.push(SourceCandidate {
            source: Some(source),
            signs,
        });
    };
    let holds = |holds: bool| f32::from(u8::from(holds));
    if let Some(subject) = subject_before_colon(sentence, verbs, at) {
        let named = subject.last + 2 == at;
        let verb = verb_of(sentence, subject, at).filter(|_| !named);
        let source = QuoteSource::by_cue(verb.unwrap_or(at - 1), subject);
        let named = (SourceSign::ColonNamed, holds(named));
        offer(source, &[(SourceSign::Colon, 1.0), named]);
    }
    if let Some((subject, colon)) = subject_of_headline(sentence, verbs, at) {
        let named = (SourceSign::HeadNamed, holds(subject.last + 1 == colon));
        let source = QuoteSource::by_cue(colon, subject);
        offer(source, &[(SourceSign::HeadColon, 1.0), named]);
    }
    if let Some((noun, owner)) = owner_of_words(sentence, at) {
        let distance = (SourceSign::OwnerDistance, ((at - noun) as f32).ln());
        let source = QuoteSource::by_cue(noun, owner);
        offer(source, &[(SourceSign::Owner, 1.0), distance]);
    }
    if let Some(subject) = verbs.first_phrase(at) {
        let cue = verb_of(sentence, subject, at);
        let source = QuoteSource::new(SpeakerBasis::Sentence, cue, subject);
        let alone = (
            SourceSign::FirstPhraseAlone,
            holds(verbs.reporting.is_empty()),
        );
        offer(source, &[(SourceSign::FirstPhrase, 1.0), alone]);
    }
    let dash = sentence.kind(at + 1) == Some(TokenKind::Dash);
    if let Some(subject) = sentence.phrase_from(at + 2).filter(|_| dash) {
        let source = QuoteSource::by_cue(at + 1, subject);
        offer(source, &[(SourceSign::DashAfter, 1.0)]);
    }
}

/// Returns the verb of a sentence that has no reporting verb, as far as its ending tells: launched into, focuses on.
fn verb_of(sentence: SentenceTokens<'_>, subject: NounPhrase, at: usize) -> Option<usize> {
    let small = words::PREPOSITION
        | words::DETERMINER
        | words::PRONOUN
        | words::CONJUNCTION
        | words::AUXILIARY;
    let is_verb = |at: usize| {
        sentence.token(at).is_some_and(|token| {
            let ending = token.word.ends_with('s') || token.word.ends_with("ed");
            token.kind == TokenKind::Word && !token.capital && ending && !token.is(small)
        })
    };
    let end = at.min(subject.last + OWN_VERB_REACH);
    (subject.last + 1..end).find(|index| is_verb(*index))
}

/// Returns the subject before a colon: `Smith: "..."`, `Perez lobbies for a higher minimum wage: "..."`.
fn subject_before_colon(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    at: usize,
) -> Option<NounPhrase> {
    let colon = at.checked_sub(1)?;
    if sentence.kind(colon) != Some(TokenKind::Colon) {
        return None;
    }
    let begins = |phrase: &NounPhrase| {
        let before = sentence.before(phrase.first);
        before.is_none_or(|before| !before.is_wordlike())
    };
    let beside = verbs.phrase_before(colon).filter(begins);
    let author = || document_owner(sentence, colon);
    beside.or_else(author).or_else(|| verbs.first_phrase(at))
}

/// Returns the owner of the text before a colon: `From (Keller)'s Facebook post: "..."`.
fn document_owner(sentence: SentenceTokens<'_>, colon: usize) -> Option<NounPhrase> {
    let text = colon.checked_sub(1)?;
    let possessive = (text.saturating_sub(OWNER_REACH)..text)
        .rev()
        .take_while(|index| sentence.is_wordlike(*index))
        .find(|index| sentence.kind(*index) == Some(TokenKind::Possessive))?;
    sentence
        .is(text, words::DOCUMENT)
        .then(|| noun::owner_before(sentence, possessive))
        .flatten()
}

/// Returns the name that a colon follows at the head of the sentence, and that colon: `Smith: Rivals are "losers"`.
fn subject_of_headline(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    at: usize,
) -> Option<(NounPhrase, usize)> {
    let colon = (1..at.min(HEAD_REACH))
        .find(|index| sentence.kind(*index) == Some(TokenKind::Colon))
        .filter(|colon| colon + 1 < at)?;
    let subject = verbs.first_phrase(colon)?;
    let next = subject.last + 1;
    let acts = words::CUE | words::ACT_PRESENT | words::ACT_PAST | words::PREPOSITION | words::TIME;
    let ends = next == colon
        || sentence.kind(next) == Some(TokenKind::OpenBracket)
        || sentence.is(next, acts);
    (subject.first <= HEAD_START && ends).then_some((subject, colon))
}

/// Returns a noun of speech with its owner: `(Comey)'s (conclusion) that her actions were "..."`, `in the (words) of (an adviser), "..."`.
fn owner_of_words(sentence: SentenceTokens<'_>, at: usize) -> Option<(usize, NounPhrase)> {
    let led_in = sentence.before(at).is_some_and(sign::is_lead_in);
    let end = at - usize::from(led_in);
    let noun = (at.saturating_sub(NOUN_REACH)..end)
        .rev()
        .take_while(|index| sentence.is_wordlike(*index))
        .find(|index| sentence.is(*index, words::SPEECH))?;
    let owner_at = |index: usize| {
        if sentence.is(index, words::HE | words::SHE) {
            return SentenceTokens::phrase(MentionKind::Pronoun, index, index);
        }
        let possessive = sentence.kind(index) == Some(TokenKind::Possessive);
        possessive
            .then(|| noun::owner_before(sentence, index))
            .flatten()
    };
    let before = (noun.saturating_sub(OWNER_REACH)..noun)
        .rev()
        .find_map(owner_at);
    let after = || {
        let of = sentence.is_word(noun + 1, "of") && noun + 2 < end;
        of.then(|| sentence.phrase_from(noun + 2)).flatten()
    };
    Some((noun, before.or_else(after)?))
}
