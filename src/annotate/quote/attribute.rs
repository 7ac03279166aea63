//! Finds the speaker of the words between marks: the nearest fitting reporting verb and its subject, pronouns by the person last
//! meant, and, where a quotation stands alone, the speaker of its neighbours.
//!
//! Each attribution says how it was found, and what could not be found stays unknown.

use std::ops::Range;

use super::SpeakerBasis;
use super::acronyms::Acronyms;
use super::cue::{self, ReportingVerb};
use super::marks::MarkedSpan;
use super::people::{Gender, People, PersonId, name_seen};
use super::phrase::{MentionKind, NounPhrase, SentenceTokens};
use super::roles::Roles;
use super::source;
use super::statement;
use super::tokens::{self, SentenceToken};
use super::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// Words that name someone, with the one whom they mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mention {
    /// The place of the words.
    pub(super) span: Span,
    pub(super) kind: MentionKind,
    /// The person meant, where one is known.
    pub(super) person: Option<PersonId>,
    /// The long name, of capital letters that stand for one.
    pub(super) long_name: Option<Span>,
}

/// The speaker of one stretch between marks, and how it was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct QuoteAttribution {
    pub(super) speaker: Option<Mention>,
    /// The reporting words.
    pub(super) cue: Option<Span>,
    pub(super) basis: Option<SpeakerBasis>,
    /// Cost of the best cue in the same sentence; `None` without one.
    pub(super) cost: Option<f32>,
    /// Whether its paragraph is a headline, where every word has a capital.
    pub(super) headline: bool,
    /// Whether the speaker is that of a quotation of the same paragraph.
    pub(super) beside: bool,
    /// The sentence, as a range of the paragraph's tokens.
    pub(super) sentence: Range<usize>,
    /// The quotation's own token in the paragraph.
    pub(super) token: usize,
}

impl QuoteAttribution {
    /// Whether the speaker is only the subject of the sentence, without a reporting verb.
    pub(super) fn is_subject_only(&self) -> bool {
        self.cost.is_some_and(|cost| cost >= source::WITHOUT_VERB)
    }

    fn likely_speaker(&self) -> Option<LikelySpeaker> {
        let cue = self.cue;
        self.speaker.map(|mention| LikelySpeaker { mention, cue })
    }

    /// Takes a speaker from elsewhere, where it has none of its own; returns whether it did.
    fn take_speaker(&mut self, speaker: Option<LikelySpeaker>, basis: SpeakerBasis) -> bool {
        let (None, Some(speaker)) = (self.speaker, speaker) else {
            return false;
        };
        self.speaker = Some(speaker.mention);
        self.cue = speaker.cue;
        self.basis = Some(basis);
        true
    }
}

/// A statement without marks, with the one who made it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AttributedStatement {
    pub(super) span: Span,
    pub(super) speaker: Mention,
    pub(super) cue: Span,
}

/// Someone who speaks or acts, with the reporting words.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LikelySpeaker {
    mention: Mention,
    cue: Option<Span>,
}

/// The facts of a paragraph that the next one needs.
#[derive(Clone, Copy, Debug, Default)]
struct PreviousParagraph {
    /// Speaker of its last quotation.
    speaker: Option<LikelySpeaker>,
    /// Whether that quotation was left open.
    open: bool,
    /// Whether its last sentence ends with a colon.
    colon: bool,
    /// The one whom its last sentence is about.
    subject: Option<LikelySpeaker>,
}

/// Most tokens of a line that signs a quotation; a longer line is prose.
const LONGEST_SIGNATURE: usize = 16;

// Weights of mentions for the pronoun rule, fitted by trial on the dev half of the quotations gold.

/// Weight of the subject of a reporting verb.
const SPEAKER_WEIGHT: f32 = 3.0;
/// Weight of the first name of a sentence, if it leads it.
const LEADING_WEIGHT: f32 = 2.2;
/// Weight of any other name.
const NAME_WEIGHT: f32 = 1.0;

/// One paragraph with what was found in it.
#[derive(Debug, Default)]
pub(super) struct ParagraphReading<'a> {
    pub(super) tokens: Vec<SentenceToken<'a>>,
    /// Whether it is a headline.
    headline: bool,
    /// One for each stretch between marks.
    pub(super) attributions: Vec<QuoteAttribution>,
    pub(super) statements: Vec<AttributedStatement>,
}

/// Reads a report paragraph by paragraph.
#[derive(Default)]
pub(super) struct QuoteAttributor<'a> {
    text: &'a str,
    pub(super) people: People,
    roles: Roles,
    acronyms: Acronyms,
    /// The tokens of the paragraph before, whose memory is used again: one block of it for a report, not one a paragraph.
    pub(super) tokens: Vec<SentenceToken<'a>>,
    /// Sentences read so far.
    sentence: usize,
    previous: PreviousParagraph,
}

impl<'a> QuoteAttributor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Reads the next paragraph, whose stretches between marks are `marked`.
    pub(super) fn read_paragraph(
        &mut self,
        paragraph: Span,
        marked: &[MarkedSpan],
    ) -> ParagraphReading<'a> {
        if paragraph.of(self.text).trim().is_empty() {
            return ParagraphReading::default();
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens::tokenize(self.text, paragraph, marked, &mut tokens);
        let mut reading = ParagraphReading {
            headline: tokens::settle_capitals(self.text, paragraph, &mut tokens),
            attributions: vec![QuoteAttribution::default(); marked.len()],
            ..ParagraphReading::default()
        };
        let mut subject = None;
        let mut subject_before_quotes = None;
        let mut quotes_begun = false;
        for range in tokens::sentences(self.text, paragraph, marked, &tokens) {
            let sentence = SentenceTokens {
                text: self.text,
                tokens: tokens.get(range.clone()).unwrap_or_default(),
            };
            self.sentence += 1;
            if !quotes_begun && sentence.first_quote().is_some() {
                quotes_begun = true;
                subject_before_quotes = subject;
            }
            subject = self
                .read_sentence(sentence, range, &mut reading)
                .or(subject);
        }
        self.carry_speakers(subject_before_quotes, &mut reading.attributions);
        self.leave_paragraph(paragraph, marked, subject, &reading.attributions);
        reading.tokens = tokens;
        reading
    }

    /// Reads one sentence, and returns the one whom it is about.
    fn read_sentence(
        &mut self,
        sentence: SentenceTokens<'_>,
        range: Range<usize>,
        reading: &mut ParagraphReading<'a>,
    ) -> Option<LikelySpeaker> {
        let verbs = cue::find_verbs(sentence);
        self.note_names(sentence);
        let subject = if sentence.first_quote().is_some() {
            self.attribute_quotes(sentence, range, &verbs, reading)
        } else {
            let clauses = statement::find_clauses(sentence, &verbs).into_iter();
            reading
                .statements
                .extend(clauses.map(|clause| AttributedStatement {
                    span: clause.span,
                    speaker: self.mention_of(sentence, clause.subject),
                    cue: cue::cue_span(sentence, clause.verb),
                }));
            self.acting_subject(sentence, &verbs)
        };
        self.note_speakers(sentence, &verbs, subject);
        subject
    }

    /// Finds the source of each quotation of a sentence, and returns that of the last.
    fn attribute_quotes(
        &self,
        sentence: SentenceTokens<'_>,
        range: Range<usize>,
        verbs: &[ReportingVerb],
        reading: &mut ParagraphReading<'a>,
    ) -> Option<LikelySpeaker> {
        let mut last = None;
        for (at, token) in sentence.tokens.iter().enumerate() {
            let Some(found) = token
                .quote
                .and_then(|number| reading.attributions.get_mut(number))
            else {
                continue;
            };
            let source = source::best_source(sentence, verbs, at);
            let speaker = source.map(|source| LikelySpeaker {
                mention: self.mention_of(sentence, source.subject),
                cue: source.cue.map(|cue| cue::cue_span(sentence, cue)),
            });
            let by_verb = source
                .is_some_and(|source| source.cost < source::WITHOUT_VERB && source.cue.is_some());
            let basis = if by_verb {
                SpeakerBasis::Cue
            } else {
                SpeakerBasis::Sentence
            };
            *found = QuoteAttribution {
                cost: source.map(|source| source.cost),
                headline: reading.headline,
                token: range.start + at,
                sentence: range.clone(),
                ..QuoteAttribution::default()
            };
            found.take_speaker(speaker, basis);
            last = speaker.or(last);
        }
        last
    }

    /// Returns the one whom a sentence without quotations is about: the subject of its last finite reporting verb, else its first
    /// phrase.
    fn acting_subject(
        &self,
        sentence: SentenceTokens<'_>,
        verbs: &[ReportingVerb],
    ) -> Option<LikelySpeaker> {
        let is_finite = |verb: &&ReportingVerb| !sentence.is(verb.at, words::ING);
        let finite = verbs.iter().rev().find(is_finite);
        let subject = match finite {
            Some(verb) => verb.subject,
            None => sentence.first_phrase(sentence.tokens.len()),
        };
        let verb = finite.or(verbs.last());
        Some(LikelySpeaker {
            mention: self.mention_of(sentence, subject?),
            cue: verb.map(|verb| cue::cue_span(sentence, verb.at)),
        })
    }

    /// Takes note of who spoke and who acted: pronouns mean them more often than others.
    fn note_speakers(
        &mut self,
        sentence: SentenceTokens<'_>,
        verbs: &[ReportingVerb],
        subject: Option<LikelySpeaker>,
    ) {
        for phrase in verbs.iter().filter_map(|verb| verb.subject) {
            let mention = self.mention_of(sentence, phrase);
            if let Some(person) = mention.person {
                self.people
                    .note_mention(person, self.sentence, SPEAKER_WEIGHT);
                let gender = sentence.token(phrase.first).and_then(gender_of_pronoun);
                if let (MentionKind::Pronoun, Some(gender)) = (mention.kind, gender) {
                    self.people.note_pronoun(person, gender);
                }
            } else if mention.kind == MentionKind::Noun {
                self.roles.note_unnamed(sentence, phrase.first, phrase.last);
            }
        }
        if let Some(person) = subject.and_then(|subject| subject.mention.person) {
            self.people
                .note_mention(person, self.sentence, SPEAKER_WEIGHT);
        }
    }

    /// Takes note of the names of a sentence outside its quotations.
    fn note_names(&mut self, sentence: SentenceTokens<'_>) {
        let first_quote = sentence.first_quote();
        let mut at = 0;
        let mut first = true;
        let mut long_name_end = 0;
        while at < sentence.tokens.len() {
            if !sentence.is_name(at) {
                at += 1;
                continue;
            }
            let last = sentence.name_end(at);
            if at >= long_name_end {
                long_name_end = self.acronyms.note_names(sentence, at) + 1;
            }
            if let Some(seen) = name_seen(sentence, at, last) {
                // A capital that begins a sentence names nobody by itself.
                let known = self.people.find(&seen).is_some();
                let telling = seen.words > 1 || seen.gender.is_some() || known || at > 0;
                if telling && !seen.organisation {
                    let bare = seen.at..last + 1;
                    let person = self.people.note_name(seen);
                    self.roles.note_named(sentence, bare, person);
                    let placed = sentence.is_placed(at);
                    let leads = first && !placed && first_quote.is_none_or(|quote| at < quote);
                    let weight = if leads { LEADING_WEIGHT } else { NAME_WEIGHT };
                    self.people.note_mention(person, self.sentence, weight);
                    first = false;
                }
            }
            at = last + 1;
        }
    }

    /// Resolves a phrase to a person or a long name where it can.
    fn mention_of(&self, sentence: SentenceTokens<'_>, phrase: NounPhrase) -> Mention {
        let (first, last) = (phrase.first, phrase.last);
        let in_role = || self.roles.meant_by(sentence, &self.people, first, last);
        let person = match phrase.kind {
            MentionKind::Pronoun => sentence
                .token(first)
                .and_then(gender_of_pronoun)
                .and_then(|gender| self.people.meant_by(gender, self.sentence)),
            MentionKind::Name => in_role().or_else(|| {
                name_seen(sentence, first, last).and_then(|seen| self.people.find(&seen))
            }),
            MentionKind::Noun => in_role(),
        };
        let one_word = first == last || (last == first + 1 && sentence.is_word(first, "the"));
        let long_name = || self.acronyms.long_name(sentence, last);
        Mention {
            span: sentence.span(phrase),
            kind: phrase.kind,
            person,
            long_name: one_word.then(long_name).flatten(),
        }
    }

    /// Gives quotations that stand alone the speaker of a neighbour in the paragraph, or of the paragraph before.
    fn carry_speakers(&self, leading: Option<LikelySpeaker>, found: &mut [QuoteAttribution]) {
        let mut last: Option<LikelySpeaker> = None;
        for quote in found.iter_mut() {
            quote.beside |= quote.take_speaker(last, SpeakerBasis::Chain);
            last = quote.likely_speaker().or(last);
        }
        let mut next: Option<LikelySpeaker> = None;
        for quote in found.iter_mut().rev() {
            quote.beside |= quote.take_speaker(next, SpeakerBasis::Neighbour);
            next = quote.likely_speaker().or(next);
        }
        let previous = self.previous;
        let (speaker, basis) = match leading {
            Some(subject) => (Some(subject), SpeakerBasis::Paragraph),
            None if previous.open && previous.speaker.is_some() => {
                (previous.speaker, SpeakerBasis::Chain)
            }
            None if previous.colon => (previous.subject, SpeakerBasis::Neighbour),
            None => (
                previous.subject.or(previous.speaker),
                SpeakerBasis::Paragraph,
            ),
        };
        for quote in found {
            quote.take_speaker(speaker, basis);
        }
    }

    fn leave_paragraph(
        &mut self,
        paragraph: Span,
        marked: &[MarkedSpan],
        subject: Option<LikelySpeaker>,
        found: &[QuoteAttribution],
    ) {
        let words = paragraph.trimmed(self.text);
        let speaker = found.last().and_then(QuoteAttribution::likely_speaker);
        let subject = subject.or(speaker).or(self.previous.subject);
        self.previous = PreviousParagraph {
            open: marked
                .last()
                .is_some_and(|last| !last.closed && last.span.end >= words.end),
            speaker: if marked.is_empty() { subject } else { speaker },
            colon: words.of(self.text).ends_with(':'),
            subject,
        };
    }

    /// Returns the one who signs, with the dash, if the paragraph is nothing but `— Mark Carney, prime minister`.
    pub(super) fn signature(&self, paragraph: &ParagraphReading<'_>) -> Option<(Mention, Span)> {
        let tokens = &paragraph.tokens;
        let sentence = SentenceTokens {
            text: self.text,
            tokens,
        };
        let dash = tokens
            .first()
            .filter(|token| token.kind == TokenKind::Dash)?;
        let subject = sentence
            .phrase_from(1)
            .filter(|phrase| phrase.kind == MentionKind::Name)?;
        let named = sentence.name_end(1) == subject.last;
        let ends = match sentence.kind(subject.last + 1) {
            None => true,
            Some(TokenKind::Comma | TokenKind::FullStop | TokenKind::OpenBracket) => {
                tokens.len() <= LONGEST_SIGNATURE
            }
            Some(_) => false,
        };
        let seen = name_seen(sentence, subject.first, subject.last)?;
        let person = seen.words > 1 || self.people.find(&seen).is_some();
        (named && ends && person && !seen.organisation)
            .then(|| (self.mention_of(sentence, subject), dash.span))
    }
}

fn gender_of_pronoun(token: &SentenceToken<'_>) -> Option<Gender> {
    if token.is(words::HE) {
        Some(Gender::He)
    } else if token.is(words::SHE) {
        Some(Gender::She)
    } else {
        None
    }
}
