//! The signs that tell a quotation's source from the other phrases of its sentence.

use crate::annotate::quote::clause::ClauseKind;
use crate::annotate::quote::cue::{ReportingVerb, SentenceVerbs};
use crate::annotate::quote::phrase::{MentionKind, NounPhrase, SentenceTokens};
use crate::annotate::quote::signs::{Signs, signs};
use crate::annotate::quote::tokens::{self, SentenceToken};
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

/// Tokens before a quotation in which the one before it is looked for.
const SAME_SENTENCE_REACH: usize = 60;
/// Words of a quotation that is short.
const SHORT: usize = 3;

signs! {
    /// A sign for or against a source.
    pub(super) enum SourceSign {
        // The verb.
        /// said, told
        Strong = 1.04,
        /// spoke, smiled
        Weak = -0.60,
        /// No verb of speech.
        OtherVerb = -1.71,
        /// is, has
        Copula = -1.01,
        /// according to
        According = 2.65,
        /// did not say
        Negated = -1.09,
        /// was told
        Passive = -1.30,
        // Its clause.
        /// The reporter's own clause.
        Main = 1.96,
        /// who said
        Relative = 1.23,
        /// as he said
        Subordinate = 1.24,
        /// Another verb reports it.
        Embedded = -1.09,
        /// accused Holt of saying
        ToldBy = -0.73,
        /// The only verb of speech of the sentence.
        OnlyReporting = 0.43,
        /// The nearest verb of speech on its side.
        Nearest = -0.26,
        // The subject.
        /// he, she
        HeShe = 0.60,
        /// it, they, we
        Vague = -0.25,
        /// A name.
        Name = 0.78,
        /// One thing without article: record
        BareNoun = -1.61,
        /// the letter
        Document = -0.40,
        /// A preposition stands before it.
        Placed = -0.27,
        // A verb behind the quotation.
        After = -0.89,
        /// "...," said
        AfterAdjacent = -1.14,
        /// Logarithm of the tokens from one to the other.
        AfterDistance = -0.47,
        /// said Smith
        AfterInverted = 1.52,
        /// "...," Smith said
        AfterPauseNear = 1.13,
        /// Only the subject stands between.
        AfterSubjectBetween = 0.57,
        /// "..." and said
        AfterJoiner = -0.76,
        /// "..." on Monday, said
        AfterComma = 0.96,
        /// "..." on Monday, calling
        AfterParticiple = -1.55,
        /// Behind a short quotation.
        AfterShort = -0.69,
        /// "...," the mayor grouses
        OtherPause = -0.49,
        // A verb before the quotation.
        /// Another quotation stands between.
        BeforeQuoted = -0.18,
        /// said on Monday, in Rome, that "..."
        BeforeComma = -0.96,
        /// Before a short quotation.
        BeforeShort = 0.40,
        /// said, "..."
        LeadInDirect = 0.53,
        /// A comma or colon, then a capital.
        CapitalLedIn = 0.11,
        /// A capital, but no comma or colon.
        CapitalOpen = -0.19,
        /// the mayor groused, "..."
        OtherLedIn = 0.65,
        /// the mayor backs "..."
        OtherAdjacent = -0.74,
        // No verb.
        /// Smith on wages: "..."
        Colon = -0.81,
        /// Smith: "..."
        ColonNamed = 0.24,
        /// Smith on wages: Rivals are "..."
        HeadColon = 0.48,
        /// Smith: Rivals are "..."
        HeadNamed = 0.70,
        /// Smith's claim that "..."
        Owner = -0.41,
        /// Logarithm of the tokens from the noun to the quotation.
        OwnerDistance = 0.76,
        /// The first phrase of the sentence.
        FirstPhrase = -0.64,
        /// The same where no verb of speech stands in it.
        FirstPhraseAlone = -1.26,
        /// "..." - Smith
        DashAfter = -0.51,
        /// called "..." by Smith
        Agent = 1.28,
        // The speaker of the quotation before.
        Carry = -0.02,
        /// No verb of speech stands in the sentence.
        CarryNoVerb = 0.60,
        /// The quotation before stands in the same sentence.
        CarrySameSentence = -0.31,
        /// A short quotation.
        CarryShort = -0.90,
    }
}

/// A quotation as its verbs see it.
pub(super) struct QuoteShape {
    /// Its token in the sentence.
    at: usize,
    /// Whether it has few words.
    short: bool,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether it ends with a comma or a question.
    pause: bool,
}

impl QuoteShape {
    pub(super) fn new(sentence: SentenceTokens<'_>, at: usize) -> Self {
        let token = sentence.token(at);
        let inner = token.map_or("", |quote| tokens::inner_words(quote.word));
        Self {
            at,
            short: inner.split_whitespace().nth(SHORT).is_none(),
            capital: inner.starts_with(char::is_uppercase),
            pause: token.is_some_and(tokens::ends_with_pause),
        }
    }
}

/// Returns the signs of the phrase that may name the speaker.
pub(super) fn subject_signs(sentence: SentenceTokens<'_>, subject: NounPhrase) -> Signs {
    let mut signs = Signs::default();
    let pronoun = subject.kind == MentionKind::Pronoun;
    let first = sentence.token(subject.first);
    let vague = ["it", "i", "we", "they", "you"];
    let mut inside = sentence.range(subject.first..subject.last).iter();
    let determined =
        inside.any(|token| token.kind == TokenKind::Possessive || token.is(words::DETERMINER));
    let plural = sentence.token(subject.last);
    let plural = plural.is_some_and(|token| token.word.ends_with('s'));
    signs.add(
        SourceSign::HeShe,
        pronoun && sentence.is(subject.first, words::HE | words::SHE),
    );
    signs.add(
        SourceSign::Vague,
        pronoun && first.is_some_and(|token| token.is_any_word(&vague)),
    );
    signs.add(SourceSign::Name, subject.kind == MentionKind::Name);
    signs.add(
        SourceSign::BareNoun,
        subject.kind == MentionKind::Noun && !determined && !plural,
    );
    signs.add(
        SourceSign::Document,
        sentence.is(subject.last, words::DOCUMENT | words::SPEECH),
    );
    signs.add(SourceSign::Placed, sentence.is_placed(subject.first));
    signs
}

/// Returns the signs of a verb with its subject.
pub(super) fn verb_signs(
    sentence: SentenceTokens<'_>,
    verbs: &SentenceVerbs,
    verb: &ReportingVerb,
    subject: NounPhrase,
    quote: &QuoteShape,
) -> Signs {
    let mut signs = subject_signs(sentence, subject);
    let is = |classes| sentence.is(verb.at, classes);
    let listed = verbs.reports(verb.at);
    let strong = listed && is(words::STRONG);
    signs.add(SourceSign::Strong, strong);
    signs.add(SourceSign::Weak, listed && is(words::WEAK) && !strong);
    signs.add(SourceSign::OtherVerb, !listed);
    let copula = words::BE | words::HAVE | words::MODAL;
    signs.add(SourceSign::Copula, !listed && is(copula));
    signs.add(
        SourceSign::According,
        sentence.is_word(verb.at, "according"),
    );
    signs.add(SourceSign::Negated, verb.negated);
    signs.add(SourceSign::Passive, verb.passive);
    signs.add(SourceSign::Main, verb.clause == ClauseKind::Main);
    signs.add(SourceSign::Relative, verb.clause == ClauseKind::Relative);
    signs.add(
        SourceSign::Subordinate,
        verb.clause == ClauseKind::Subordinate,
    );
    signs.add(SourceSign::Embedded, verb.embedded);
    signs.add(SourceSign::ToldBy, verb.told_by.is_some());
    let only = verbs.reporting.len() == 1 && listed;
    signs.add(SourceSign::OnlyReporting, only);
    let [before, behind] = verbs.nearest(quote.at);
    let near = if verb.at > quote.at {
        add_signs_behind(sentence, verb, subject, quote, &mut signs);
        behind
    } else {
        add_signs_before(sentence, verb, listed, quote, &mut signs);
        before
    };
    signs.add(
        SourceSign::Nearest,
        near.is_some_and(|near| near.at == verb.at),
    );
    let pause = verb.at > quote.at && quote.pause;
    let beside = is_beside(sentence, verb, subject, quote);
    signs.add(SourceSign::OtherPause, !listed && pause && beside);
    signs
}

/// Whether nothing but the subject stands between the quotation and the verb behind it.
fn is_beside(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    subject: NounPhrase,
    quote: &QuoteShape,
) -> bool {
    verb.at > quote.at
        && (is_adjacent(sentence.range(quote.at + 1..verb.at))
            || is_subject_between(verb, subject, quote))
}

/// Whether only adverbs, commas and dashes stand between a quotation and the verb behind it.
fn is_adjacent(between: &[SentenceToken<'_>]) -> bool {
    between.iter().all(|token| {
        token.is(words::AUXILIARY) || matches!(token.kind, TokenKind::Comma | TokenKind::Dash)
    })
}

fn is_subject_between(verb: &ReportingVerb, subject: NounPhrase, quote: &QuoteShape) -> bool {
    (quote.at + 1..=quote.at + 2).contains(&subject.first) && subject.last < verb.at
}

fn add_signs_behind(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    subject: NounPhrase,
    quote: &QuoteShape,
    signs: &mut Signs,
) {
    let between = sentence.range(quote.at + 1..verb.at);
    let adjacent = is_adjacent(between);
    let subject_between = is_subject_between(verb, subject, quote);
    let mut tokens = between.iter();
    let is_comma = |token: &SentenceToken<'_>| token.kind == TokenKind::Comma;
    signs.add(SourceSign::After, true);
    signs.add(SourceSign::AfterAdjacent, adjacent);
    signs.add(SourceSign::AfterInverted, subject.first > verb.at);
    signs.add(
        SourceSign::AfterPauseNear,
        quote.pause && (subject_between || adjacent),
    );
    signs.add(SourceSign::AfterSubjectBetween, subject_between);
    signs.add(
        SourceSign::AfterJoiner,
        tokens.any(|token| token.is(words::JOINER)),
    );
    signs.add(SourceSign::AfterComma, between.iter().any(is_comma));
    signs.add(
        SourceSign::AfterParticiple,
        sentence.is(verb.at, words::ING | words::ACT_ING),
    );
    signs.add(SourceSign::AfterShort, quote.short);
    signs.add_value(
        SourceSign::AfterDistance,
        ((verb.at - quote.at) as f32).ln(),
    );
}

fn add_signs_before(
    sentence: SentenceTokens<'_>,
    verb: &ReportingVerb,
    listed: bool,
    quote: &QuoteShape,
    signs: &mut Signs,
) {
    let between = sentence.range(verb.at + 1..quote.at);
    let led_in = between.last().is_some_and(is_lead_in);
    let bare = words::AUXILIARY | words::DETERMINER;
    let adjacent = between.iter().all(|token| token.is(bare));
    let inner = between.split_last().map_or(between, |(_, inner)| inner);
    let comma = inner.iter().any(|token| token.kind == TokenKind::Comma);
    let quoted = between.iter().any(|token| token.quote.is_some());
    signs.add(SourceSign::BeforeQuoted, quoted);
    signs.add(SourceSign::BeforeComma, comma);
    signs.add(SourceSign::BeforeShort, quote.short);
    signs.add(SourceSign::LeadInDirect, led_in && inner.is_empty());
    signs.add(SourceSign::CapitalLedIn, led_in && quote.capital);
    signs.add(SourceSign::CapitalOpen, !led_in && quote.capital);
    signs.add(SourceSign::OtherLedIn, !listed && led_in);
    signs.add(SourceSign::OtherAdjacent, !listed && adjacent);
}

pub(super) fn is_lead_in(token: &SentenceToken<'_>) -> bool {
    matches!(token.kind, TokenKind::Comma | TokenKind::Colon)
}

/// Returns the signs for the speaker of the quotation before.
pub(super) fn carry_signs(sentence: SentenceTokens<'_>, verbs: &SentenceVerbs, at: usize) -> Signs {
    let mut signs = Signs::default();
    let before = sentence.range(0..at).iter().rev();
    let mut before = before.take(SAME_SENTENCE_REACH);
    signs.add(SourceSign::Carry, true);
    signs.add(SourceSign::CarryNoVerb, verbs.reporting.is_empty());
    signs.add(
        SourceSign::CarrySameSentence,
        before.any(|token| token.quote.is_some()),
    );
    signs.add(SourceSign::CarryShort, QuoteShape::new(sentence, at).short);
    signs
}
