//! The reporting verbs of one sentence, each with the one who speaks.
//!
//! A verb inside the words of another one (`Cardin said that Republicans rejected ...`) is marked as embedded: the words belong to
//! the outer speaker more often than not.

use super::chunk;
use super::clause::{self, ClauseKind, ClauseVerb};
use super::noun;
use super::phrase::{Chunk, ChunkKind, MentionKind, NounPhrase, SentenceTokens};
use super::tokens::{self, SentenceToken};
use super::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// A verb with its subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportingVerb {
    /// Its token in the sentence.
    pub(super) at: usize,
    /// The one who speaks.
    pub(super) subject: Option<NounPhrase>,
    /// The subject before the verb, also where the one who speaks stands behind it.
    own_subject: Option<NounPhrase>,
    /// Whether another verb reports it.
    pub(super) embedded: bool,
    /// The one by whom the speaker is said to speak: Voss accused Holt of saying.
    pub(super) told_by: Option<NounPhrase>,
    /// The place of its clause among the others.
    pub(super) clause: ClauseKind,
    /// did not say
    pub(super) negated: bool,
    /// was told
    pub(super) passive: bool,
}

/// The verbs of a sentence outside its quotations, each list in order.
#[derive(Debug, Default)]
pub(super) struct SentenceVerbs {
    /// Verbs of speech.
    pub(super) reporting: Vec<ReportingVerb>,
    /// All others, which report only where a quotation stands beside them.
    pub(super) others: Vec<ReportingVerb>,
    /// The phrases, with whether a preposition stands before each.
    phrases: Vec<(NounPhrase, bool)>,
    /// The first phrase without a preposition.
    first_phrase: Option<NounPhrase>,
}

impl SentenceVerbs {
    /// Adds a verb that is not one of speech, among those where it stands as they do.
    fn add_other(&mut self, sentence: SentenceTokens<'_>, clause: &ClauseVerb) {
        let at = clause.group.main;
        let inverted = inverted_after_pause(sentence, at);
        let verb = verb_of(clause, inverted.or(clause.subject));
        let speaks = clause.subject.is_some_and(|subject| {
            stands_behind_quote(sentence, subject, at) || leads_in(sentence, at)
        });
        if inverted.is_some() || (speaks && clause.kind == ClauseKind::Main) {
            self.reporting.push(verb);
        } else {
            self.others.push(verb);
        }
    }

    /// Returns the first phrase before the token `end` without a preposition: the subject of the sentence more often than not.
    pub(super) fn first_phrase(&self, end: usize) -> Option<NounPhrase> {
        self.first_phrase.filter(|phrase| phrase.last < end)
    }

    /// Returns where the name ends that begins at the token `at`.
    pub(super) fn name_from(&self, at: usize) -> Option<usize> {
        let found = self
            .phrases
            .partition_point(|(phrase, _)| phrase.first < at);
        let (phrase, _) = self.phrases.get(found)?;
        (phrase.first == at && phrase.kind == MentionKind::Name).then_some(phrase.last)
    }

    /// Returns the one from whom the words come that a sentence leads in: And from Chairwoman (Kell):
    pub(super) fn phrase_before_colon(&self, sentence: SentenceTokens<'_>) -> Option<NounPhrase> {
        let colon = sentence.tokens.len().checked_sub(1)?;
        let leads = sentence.kind(colon) == Some(TokenKind::Colon);
        let (phrase, placed) = self.phrases.last().filter(|_| leads)?;
        let from = sentence
            .range(0..phrase.first)
            .iter()
            .any(|token| token.is_word("from"));
        (*placed && from && phrase.last + 1 == colon).then_some(*phrase)
    }

    /// Returns the verb at the token `at`.
    fn verb_at(&self, at: usize) -> Option<&ReportingVerb> {
        [&self.reporting, &self.others]
            .into_iter()
            .find_map(|list| {
                let found = list.binary_search_by_key(&at, |verb| verb.at).ok()?;
                list.get(found)
            })
    }

    /// Returns the one who acts in the verb at the token `at`.
    pub(super) fn subject_at(&self, at: usize) -> Option<NounPhrase> {
        self.verb_at(at)?.subject
    }

    /// Returns the subject before the verb at the token `at`, also where the one who speaks stands behind it.
    pub(super) fn own_subject_at(&self, at: usize) -> Option<NounPhrase> {
        self.verb_at(at)?.own_subject
    }

    /// Whether the verb at the token `at` is one of speech.
    pub(super) fn reports(&self, at: usize) -> bool {
        self.reporting
            .binary_search_by_key(&at, |verb| verb.at)
            .is_ok()
    }

    /// Returns the last verb of speech before the token `at`, and the first behind it.
    pub(super) fn nearest(&self, at: usize) -> [Option<&ReportingVerb>; 2] {
        let behind = self.reporting.partition_point(|verb| verb.at < at);
        let before = behind.checked_sub(1);
        [before, Some(behind)].map(|near| self.reporting.get(near?))
    }

    /// Returns the phrase that ends right before the token `end`.
    pub(super) fn phrase_before(&self, end: usize) -> Option<NounPhrase> {
        let found = self
            .phrases
            .partition_point(|(phrase, _)| phrase.last + 1 < end);
        let (phrase, placed) = self.phrases.get(found)?;
        (phrase.last + 1 == end && !placed).then_some(*phrase)
    }
}

/// Most small titles between a quotation and its speaker's name.
const TITLES_BEFORE: usize = 6;
/// A participle among so many tokens at the head of a sentence leads it.
const LEADING_TOKENS: usize = 3;

/// Returns the verbs of a sentence.
pub(super) fn find_verbs(sentence: SentenceTokens<'_>) -> SentenceVerbs {
    let chunks = chunk::chunks(sentence);
    let mut clauses = clause::read_clauses(sentence, &chunks);
    let phrases = all_phrases(sentence, &chunks);
    let first = phrases.iter().find(|(_, placed)| !placed);
    let mut found = SentenceVerbs {
        first_phrase: first.map(|(phrase, _)| *phrase),
        phrases,
        ..SentenceVerbs::default()
    };
    clauses.sort_by_key(|clause| clause.group.main);
    let mut next = 0;
    for at in 0..sentence.tokens.len() {
        while clauses
            .get(next)
            .is_some_and(|clause| clause.group.main < at)
        {
            next += 1;
        }
        let clause = clauses.get(next).filter(|clause| clause.group.main == at);
        if is_according_to(sentence, at) || sentence.is_verb(at) {
            found.reporting.push(reporting_verb(sentence, at, clause));
        } else if let Some(clause) = clause {
            found.add_other(sentence, clause);
        }
    }
    // "Calling it a disgrace, Trump said": a participle that leads takes the subject of the next verb.
    let mut next = None;
    for verb in found.reporting.iter_mut().rev() {
        let leads = verb.at < LEADING_TOKENS && sentence.is(verb.at, words::ING);
        if verb.subject.is_none() && leads {
            verb.subject = next;
        }
        next = verb.subject;
    }
    found
}

/// Returns the phrases of a sentence, with whether a preposition stands before each.
fn all_phrases(sentence: SentenceTokens<'_>, chunks: &[Chunk]) -> Vec<(NounPhrase, bool)> {
    let mut placed = false;
    let mut found = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let phrase = noun::mention_of(sentence, chunk);
        found.extend(phrase.map(|phrase| (phrase, placed)));
        placed = chunk.kind == ChunkKind::Preposition;
    }
    found
}

fn verb_of(clause: &ClauseVerb, subject: Option<NounPhrase>) -> ReportingVerb {
    ReportingVerb {
        at: clause.group.main,
        subject,
        own_subject: clause.subject,
        embedded: clause.embedded,
        told_by: clause.told_by,
        clause: clause.kind,
        negated: clause.group.negated,
        passive: clause.group.passive,
    }
}

fn reporting_verb(
    sentence: SentenceTokens<'_>,
    at: usize,
    clause: Option<&ClauseVerb>,
) -> ReportingVerb {
    let Some(clause) = clause else {
        let subject =
            inverted_subject(sentence, at).or_else(|| inverted_after_clause(sentence, at));
        return ReportingVerb {
            at,
            subject,
            own_subject: None,
            embedded: false,
            told_by: None,
            clause: ClauseKind::Main,
            negated: false,
            passive: false,
        };
    };
    let inverted = inverted_subject(sentence, at).or_else(|| {
        let free = clause.subject.is_none();
        free.then(|| inverted_after_clause(sentence, at)).flatten()
    });
    let subject = inverted.or(clause.subject);
    let verb = verb_of(clause, subject);
    if inverted.is_some() {
        return ReportingVerb {
            embedded: false,
            clause: ClauseKind::Main,
            ..verb
        };
    }
    verb
}

/// Returns the one who speaks, where the verb stands first: `said Smith`, `according to Smith`.
fn inverted_subject(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    let token = sentence.token(at)?;
    if token.is_word("according") {
        return sentence.phrase_from(at + 2);
    }
    if at == 0 && token.is(words::INVERTED) {
        return sentence.phrase_from(1);
    }
    inverted_after_quote(sentence, at, token).or_else(|| inverted_after_pause(sentence, at))
}

fn is_according_to(sentence: SentenceTokens<'_>, at: usize) -> bool {
    sentence.is_word(at, "according") && sentence.is_word(at + 1, "to")
}

/// Returns the place of the reporting words that begin at token `at`: `said`, `according to`.
pub(super) fn cue_span(sentence: SentenceTokens<'_>, at: usize) -> Span {
    let two_words = sentence.is_word(at, "according") && sentence.token(at + 1).is_some();
    sentence.span_of(at, at + usize::from(two_words))
}

/// Returns the subject behind any verb right after a quotation with a pause: `"...," grouses Smith`, `"...," chimed in Smith`.
fn inverted_after_pause(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    let quote = sentence.before(at)?;
    let copula = words::BE | words::HAVE | words::MODAL;
    let ends = quote.quote.is_some() && tokens::ends_with_pause(quote);
    if !ends || sentence.is(at, copula) {
        return None;
    }
    let particle = usize::from(is_particle(sentence, at + 1));
    let found = sentence.phrase_from(at + 1 + particle);
    found.filter(|found| {
        found.kind == MentionKind::Name || sentence.is(found.first, words::DETERMINER)
    })
}

/// Whether the token goes with the verb before it: hit back, chimed in, let slip.
fn is_particle(sentence: SentenceTokens<'_>, at: usize) -> bool {
    const PARTICLES: [&str; 10] = [
        "in", "out", "back", "up", "off", "on", "away", "down", "forth", "slip",
    ];
    sentence
        .token(at)
        .is_some_and(|token| token.is_any_word(&PARTICLES))
}

/// Whether only its subject stands between a quotation with a pause and the verb: `"...," Smith hit back`.
fn stands_behind_quote(sentence: SentenceTokens<'_>, subject: NounPhrase, at: usize) -> bool {
    let from = subject.first.saturating_sub(TITLES_BEFORE);
    let title = sentence
        .range(from..subject.first)
        .iter()
        .rposition(|token| token.quote.is_some())
        .map(|title| from + title);
    let copula = words::BE | words::HAVE | words::MODAL;
    title.is_some_and(|quote| {
        let near = sentence.range(quote + 1..subject.first);
        let led = near
            .iter()
            .all(|token| token.is(words::TITLE | words::DETERMINER | words::NATION));
        let pause = sentence.token(quote).is_some_and(tokens::ends_with_pause);
        pause && led && subject.last < at && !sentence.is(at, copula)
    })
}

/// Whether a comma or colon and a whole quotation follow the verb: `Smith retaliated: "..."`.
fn leads_in(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let next = at + 1 + usize::from(is_particle(sentence, at + 1));
    let sign = matches!(
        sentence.kind(next),
        Some(TokenKind::Comma | TokenKind::Colon)
    );
    let quote = sentence
        .token(next + 1)
        .filter(|token| token.quote.is_some());
    sign && quote
        .is_some_and(|quote| tokens::inner_words(quote.word).starts_with(char::is_uppercase))
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
        .phrase_from(at + 1)
        .filter(|found| !sentence.is_word(found.first, "it"))
}

/// Returns the subject behind the verb without marks: `Cruz will have a harder time, said James Henson, director of ...`.
fn inverted_after_clause(sentence: SentenceTokens<'_>, at: usize) -> Option<NounPhrase> {
    let comma = sentence.before(at)?;
    if comma.kind != TokenKind::Comma || !sentence.is(at, words::INVERTED) {
        return None;
    }
    let found = sentence
        .phrase_from(at + 1)
        .filter(|found| found.kind != MentionKind::Pronoun)?;
    let ends = sentence.token(found.last + 1).is_none_or(|next| {
        matches!(
            next.kind,
            TokenKind::Comma | TokenKind::FullStop | TokenKind::Semicolon | TokenKind::OpenBracket
        ) || next.is(words::PREPOSITION)
    });
    ends.then_some(found)
}
