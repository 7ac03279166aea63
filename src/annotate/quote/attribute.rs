//! Finds the speaker of the words between marks: the nearest fitting reporting verb and its subject, pronouns by the person last
//! meant, and, where a quotation stands alone, the speaker of its neighbours.
//!
//! Each attribution says how it was found, and what could not be found stays unknown.

use std::ops::Range;

use super::acronyms::Acronyms;
use super::clause::ClauseKind;
use super::cue::{self, ReportingVerb, SentenceVerbs};
use super::marks::MarkedSpan;
use super::people::{Gender, People, PersonId, name_seen};
use super::phrase::{MentionKind, NounPhrase, SentenceTokens};
use super::roles::Roles;
use super::source::{self, QuoteSource};
use super::statement::{self, ReportedClause};
use super::tokens::{self, SentenceToken};
use super::words;
use super::{Speaker, SpeakerBasis};
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// Someone who speaks or acts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LikelySpeaker {
    /// The words that name them.
    mention: Span,
    /// The person meant, where one is known.
    person: Option<PersonId>,
    /// The long name, of capital letters that stand for one.
    long_name: Option<Span>,
    /// The reporting words.
    pub(super) cue: Option<Span>,
    /// The way in which a quotation comes to them.
    pub(super) basis: SpeakerBasis,
    /// Whether that is as good as certain.
    sure: bool,
    /// The one by whom they are said to speak, with the person meant.
    told_by: Option<(Span, Option<PersonId>)>,
}

impl LikelySpeaker {
    /// Returns the speaker for a quotation that takes it from another one; only a continued quotation is as sure as the other.
    fn carried(self, basis: SpeakerBasis) -> Self {
        let sure = self.sure && basis == SpeakerBasis::Chain;
        Self {
            basis,
            sure,
            told_by: None,
            ..self
        }
    }

    /// Whether the quotation's own sentence tells the speaker.
    pub(super) fn is_in_sentence(&self) -> bool {
        matches!(self.basis, SpeakerBasis::Cue | SpeakerBasis::Sentence)
    }
}

/// The speaker of one stretch between marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct QuoteAttribution {
    pub(super) speaker: Option<LikelySpeaker>,
    /// Whether its sentence says that they were not said.
    pub(super) denied: bool,
    /// The weight of its sentence's likeliest source.
    pub(super) source_weight: Option<f32>,
    /// Whether the speaker is that of a quotation of the same paragraph.
    pub(super) beside: bool,
    /// The sentence, as a range of the paragraph's tokens.
    pub(super) sentence: Range<usize>,
    /// The quotation's own token in the paragraph.
    pub(super) token: usize,
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
    /// Whether it is a headline, where every word has a capital.
    pub(super) headline: bool,
    /// Whether a speaker was found for any of its quotations so far.
    spoken: bool,
    /// One for each stretch between marks.
    pub(super) attributions: Vec<QuoteAttribution>,
    /// Clauses without marks, with the one who said each.
    pub(super) statements: Vec<(ReportedClause, Option<LikelySpeaker>)>,
}

/// Reads a report paragraph by paragraph.
#[derive(Default)]
pub(super) struct QuoteAttributor<'a> {
    pub(super) text: &'a str,
    people: People,
    roles: Roles,
    acronyms: Acronyms,
    /// The tokens of the paragraph before, whose memory is used again: one block of it for a report, not one a paragraph.
    pub(super) tokens: Vec<SentenceToken<'a>>,
    /// The one whom the paragraph before is about.
    subject: Option<LikelySpeaker>,
    /// The one to whom the paragraph before leaves a quotation that stands alone in this one.
    carried: Option<LikelySpeaker>,
}

impl<'a> QuoteAttributor<'a> {
    /// Begins a report, whose paragraphs are places in `text`.
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
        let whole = SentenceTokens {
            text: self.text,
            tokens: &tokens,
        };
        let spoken = statement::spoken_line(whole).filter(|line| self.may_speak(whole, line));
        let mut subject = None;
        let mut subject_before_quotes = None;
        let mut quotes_begun = false;
        for range in tokens::sentences(self.text, paragraph, marked, &tokens) {
            let sentence = SentenceTokens {
                text: self.text,
                tokens: tokens.get(range.clone()).unwrap_or_default(),
            };
            let found = self.read_sentence(sentence, range, &mut reading);
            subject = found.or(subject);
            quotes_begun |= sentence.first_quote().is_some();
            if !quotes_begun {
                subject_before_quotes = subject;
            }
        }
        if let Some(line) = spoken {
            // The outer speaker has all that is told in the line.
            let speaker = line
                .subject
                .map(|subject| self.speaker(whole, subject, Some(line.verb), SpeakerBasis::Cue));
            reading.statements = vec![(line, speaker)];
        }
        carry_speakers(reading.attributions.iter_mut(), SpeakerBasis::Chain);
        carry_speakers(
            reading.attributions.iter_mut().rev(),
            SpeakerBasis::Neighbour,
        );
        for quote in &mut reading.attributions {
            if !quote.denied {
                let carried = subject_before_quotes.or(self.carried);
                quote.speaker = quote.speaker.or(carried);
            }
        }
        self.leave_paragraph(paragraph, marked, subject, &reading.attributions);
        reading.tokens = tokens;
        reading
    }

    /// Whether the label of a line of a transcript names a person: by a listed first name, or one named before.
    fn may_speak(&self, paragraph: SentenceTokens<'_>, line: &ReportedClause) -> bool {
        let known = |subject: NounPhrase| {
            let seen = name_seen(paragraph, subject.first, subject.last)?;
            self.people.find(&seen)
        };
        statement::is_label_of_person(paragraph, line.verb)
            || line.subject.is_some_and(|subject| known(subject).is_some())
    }

    /// Reads one sentence, and returns the one whom it is about.
    fn read_sentence(
        &mut self,
        sentence: SentenceTokens<'_>,
        range: Range<usize>,
        reading: &mut ParagraphReading<'a>,
    ) -> Option<LikelySpeaker> {
        self.people.begin_sentence();
        let verbs = cue::find_verbs(sentence);
        self.note_names(sentence, &verbs);
        let clauses = statement::find_clauses(sentence, &verbs).into_iter();
        reading.statements.extend(clauses.map(|clause| {
            let cue = Some(clause.verb);
            let speaker = |subject| self.speaker(sentence, subject, cue, SpeakerBasis::Cue);
            let speaker = clause.subject.map(speaker);
            (clause, speaker)
        }));
        let subject = if sentence.first_quote().is_some() {
            self.attribute_quotes(sentence, range, &verbs, reading)
        } else {
            self.acting_subject(sentence, &verbs)
        };
        self.note_speakers(sentence, &verbs.reporting, subject);
        subject
    }

    /// Finds the source of each quotation of a sentence, and returns that of the last.
    fn attribute_quotes(
        &self,
        sentence: SentenceTokens<'_>,
        range: Range<usize>,
        verbs: &SentenceVerbs,
        reading: &mut ParagraphReading<'_>,
    ) -> Option<LikelySpeaker> {
        let ParagraphReading {
            attributions,
            spoken,
            ..
        } = reading;
        let mut last = None;
        for (at, token) in sentence.tokens.iter().enumerate() {
            let quote = token.quote.and_then(|number| attributions.get_mut(number));
            let Some(found) = quote else {
                continue;
            };
            let source = source::best_source(sentence, verbs, at, *spoken);
            let denied = source.is_some_and(|source| source.denied);
            *found = QuoteAttribution {
                speaker: source
                    .filter(|_| !denied)
                    .map(|source| self.source_speaker(sentence, source)),
                denied,
                source_weight: source.map(|source| source.weight),
                token: range.start + at,
                sentence: range.clone(),
                ..QuoteAttribution::default()
            };
            *spoken |= found.speaker.is_some();
            last = found.speaker.or(last);
        }
        last
    }

    /// Returns the one whom a sentence without quotations is about: the subject of its last finite reporting verb that nobody
    /// reports, else its first phrase.
    fn acting_subject(
        &self,
        sentence: SentenceTokens<'_>,
        verbs: &SentenceVerbs,
    ) -> Option<LikelySpeaker> {
        let own = |verb: &&ReportingVerb| {
            let finite = !sentence.is(verb.at, words::ING) && verb.subject.is_some();
            finite && !verb.embedded && verb.clause == ClauseKind::Main
        };
        let last = verbs.reporting.iter().rev().find(own);
        let subject = match last {
            Some(verb) => verb.subject,
            None => verbs.first_phrase(sentence.tokens.len()),
        };
        // "And from Chairwoman Kell:" leads in what she says.
        let lead_in = || verbs.phrase_before_colon(sentence);
        let subject = lead_in().or(subject);
        let cue = last.or(verbs.reporting.last()).map(|verb| verb.at);
        Some(self.speaker(sentence, subject?, cue, SpeakerBasis::Paragraph))
    }

    /// Takes note of who spoke and who acted: pronouns mean them more often than others.
    fn note_speakers(
        &mut self,
        sentence: SentenceTokens<'_>,
        verbs: &[ReportingVerb],
        subject: Option<LikelySpeaker>,
    ) {
        for phrase in verbs.iter().filter_map(|verb| verb.subject) {
            if let Some(person) = self.person_meant(sentence, phrase) {
                self.people.note_mention(person, SPEAKER_WEIGHT);
                if let Some(gender) = gender_of_pronoun(sentence, phrase) {
                    self.people.note_pronoun(person, gender);
                }
            } else if phrase.kind == MentionKind::Noun {
                self.roles.note_unnamed(sentence, phrase);
            }
        }
        if let Some(person) = subject.and_then(|subject| subject.person) {
            self.people.note_mention(person, SPEAKER_WEIGHT);
        }
    }

    /// Takes note of the names of a sentence outside its quotations.
    fn note_names(&mut self, sentence: SentenceTokens<'_>, verbs: &SentenceVerbs) {
        let first_quote = sentence.first_quote();
        let mut at = 0;
        let mut first = true;
        let mut long_name_end = 0;
        while at < sentence.tokens.len() {
            if !sentence.is_name(at) {
                at += 1;
                continue;
            }
            let last = verbs.name_from(at).unwrap_or(sentence.name_end(at));
            if at >= long_name_end {
                long_name_end = self.acronyms.note_names(sentence, at) + 1;
            }
            let leads = first && !sentence.is_placed(at);
            let leads = leads && first_quote.is_none_or(|quote| at < quote);
            first &= !self.note_name(sentence, at, last, leads);
            at = last + 1;
        }
    }

    /// Takes note of the name from `at` to `last`, if it is a person's; `leads` says that it is the first of its sentence.
    fn note_name(
        &mut self,
        sentence: SentenceTokens<'_>,
        at: usize,
        last: usize,
        leads: bool,
    ) -> bool {
        let Some(seen) = name_seen(sentence, at, last).filter(|seen| !seen.organisation) else {
            return false;
        };
        // A capital that begins a sentence names nobody by itself.
        let known = self.people.find(&seen).is_some();
        let telling = seen.words > 1 || seen.gender.is_some() || known || at > 0;
        let bare = seen.at..last + 1;
        let person = telling.then(|| self.people.note_name(seen)).flatten();
        if let Some(person) = person {
            self.roles.note_named(sentence, bare, person);
            let weight = if leads { LEADING_WEIGHT } else { NAME_WEIGHT };
            self.people.note_mention(person, weight);
        }
        person.is_some()
    }

    /// Returns the person whom a phrase means, where one is known.
    fn person_meant(&self, sentence: SentenceTokens<'_>, phrase: NounPhrase) -> Option<PersonId> {
        let in_role = || self.roles.meant_by(sentence, &self.people, phrase);
        match phrase.kind {
            MentionKind::Pronoun => self.people.meant_by(gender_of_pronoun(sentence, phrase)?),
            MentionKind::Name => in_role().or_else(|| {
                let seen = name_seen(sentence, phrase.first, phrase.last)?;
                (!seen.organisation)
                    .then(|| self.people.find(&seen))
                    .flatten()
            }),
            MentionKind::Noun => in_role(),
        }
    }

    /// Returns the speaker whom a phrase names, with the reporting words that begin at token `cue`.
    fn speaker(
        &self,
        sentence: SentenceTokens<'_>,
        phrase: NounPhrase,
        cue: Option<usize>,
        basis: SpeakerBasis,
    ) -> LikelySpeaker {
        let the = phrase.last == phrase.first + 1 && sentence.is_word(phrase.first, "the");
        let one_word = phrase.first == phrase.last || the;
        let long_name = || self.acronyms.long_name(sentence, phrase.last);
        LikelySpeaker {
            mention: sentence.span_of(phrase.first, phrase.last),
            person: self.person_meant(sentence, phrase),
            long_name: one_word.then(long_name).flatten(),
            cue: cue.map(|cue| cue::cue_span(sentence, cue)),
            basis,
            sure: basis == SpeakerBasis::Cue,
            told_by: None,
        }
    }

    /// Returns the speaker of a source, with the one who tells it.
    fn source_speaker(&self, sentence: SentenceTokens<'_>, source: QuoteSource) -> LikelySpeaker {
        let told_by = source.told_by.map(|phrase| {
            let mention = sentence.span_of(phrase.first, phrase.last);
            (mention, self.person_meant(sentence, phrase))
        });
        LikelySpeaker {
            told_by,
            sure: source.sure,
            ..self.speaker(sentence, source.subject, source.cue, source.basis)
        }
    }

    /// Returns the one by whom a speaker is said to speak, if anybody.
    pub(super) fn told_by(&self, speaker: LikelySpeaker) -> Option<Speaker> {
        let (mention, person) = speaker.told_by?;
        Some(self.named(LikelySpeaker {
            mention,
            person,
            long_name: None,
            ..speaker
        }))
    }

    /// Returns a speaker with the full name, else with the words as written; asked when the whole report is read.
    pub(super) fn named(&self, speaker: LikelySpeaker) -> Speaker {
        let person = speaker.person.and_then(|person| self.people.name(person));
        let name = speaker.long_name.or(person.map(|name| name.place));
        Speaker {
            name: name.unwrap_or(speaker.mention).of(self.text).to_owned(),
            mention: speaker.mention,
            basis: speaker.basis,
            sure: speaker.sure,
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
        let goes_on = |last: &MarkedSpan| !last.closed && last.span.end >= words.end;
        let last = found.last().and_then(|quote| quote.speaker);
        self.subject = subject.or(last).or(self.subject);
        let (speaker, basis) = if last.is_some() && marked.last().is_some_and(goes_on) {
            (last, SpeakerBasis::Chain)
        } else if words.of(self.text).ends_with(':') {
            (self.subject, SpeakerBasis::Neighbour)
        } else {
            (self.subject, SpeakerBasis::Paragraph)
        };
        self.carried = speaker.map(|speaker| speaker.carried(basis));
    }

    /// Returns the one who signs, with the dash, if the paragraph is nothing but `— Mark Carney, prime minister`.
    pub(super) fn signature(&self, paragraph: &ParagraphReading<'_>) -> Option<LikelySpeaker> {
        let tokens = &paragraph.tokens;
        let text = self.text;
        let sentence = SentenceTokens { text, tokens };
        if sentence.kind(0) != Some(TokenKind::Dash) {
            return None;
        }
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
        (named && ends && person && !seen.organisation).then(|| LikelySpeaker {
            sure: true,
            ..self.speaker(sentence, subject, Some(0), SpeakerBasis::Neighbour)
        })
    }
}

/// Gives each of the `quotes` that stands alone the speaker of the one before it in this order.
fn carry_speakers<'q>(quotes: impl Iterator<Item = &'q mut QuoteAttribution>, basis: SpeakerBasis) {
    let mut near: Option<LikelySpeaker> = None;
    for quote in quotes {
        if let (None, Some(speaker), false) = (quote.speaker, near, quote.denied) {
            quote.speaker = Some(speaker.carried(basis));
            quote.beside = true;
        }
        near = quote.speaker.or(near.filter(|_| quote.denied));
    }
}

fn gender_of_pronoun(sentence: SentenceTokens<'_>, phrase: NounPhrase) -> Option<Gender> {
    if phrase.kind != MentionKind::Pronoun {
        None
    } else if sentence.is(phrase.first, words::HE) {
        Some(Gender::He)
    } else {
        let she = sentence.is(phrase.first, words::SHE);
        she.then_some(Gender::She)
    }
}
