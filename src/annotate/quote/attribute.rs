//! Who said the words between the marks: the nearest fitting reporting verb and its subject, pronouns by who was last meant,
//! and, where a quotation stands alone, the speaker of its neighbours.
//!
//! Each attribution says how it was found, and what could not be found stays unknown.

use std::ops::Range;

use super::Basis;
use super::acronyms::Acronyms;
use super::cue::{self, Cue};
use super::marks::Marked;
use super::people::{Gender, People, PersonId, name_seen};
use super::phrase::{Clause, Naming, Phrase};
use super::roles::Roles;
use super::source;
use super::statement::{self, Said};
use super::tokens::{self, Sort, Token};
use super::words;
use crate::text::Span;

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Who {
    /// The words here.
    pub(super) mention: Span,
    pub(super) naming: Naming,
    /// The person meant, where one is known.
    pub(super) person: Option<PersonId>,
    /// The long name, of capital letters that stand for one.
    pub(super) long: Option<Span>,
    /// The last word of the mention.
    pub(super) head: u64,
}

/// What is known about one stretch between marks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Attribution {
    pub(super) who: Option<Who>,
    pub(super) cue: Option<Span>,
    pub(super) basis: Option<Basis>,
    /// How far-fetched the cue of the own sentence is; `None` without one.
    pub(super) cost: Option<f32>,
    /// Whether its paragraph is a headline, where every word has a capital.
    pub(super) headline: bool,
    /// Whether the speaker is that of a quotation of the same paragraph.
    pub(super) beside: bool,
    /// The sentence, as a range of the paragraph's tokens, and the token in it.
    pub(super) token: usize,
    pub(super) sentence: (usize, usize),
}

impl Attribution {
    /// Whether the speaker is only the subject of the sentence, without a reporting verb.
    pub(super) fn is_subject_only(&self) -> bool {
        self.cost.is_some_and(|cost| cost >= source::WITHOUT_VERB)
    }

    fn voice(&self) -> Option<Voice> {
        self.who.map(|who| Voice { who, cue: self.cue })
    }

    /// Takes a voice from elsewhere, where it has none of its own; returns whether it did.
    fn take(&mut self, voice: Option<Voice>, basis: Basis) -> bool {
        let (None, Some(voice)) = (self.who, voice) else {
            return false;
        };
        self.who = Some(voice.who);
        self.cue = voice.cue;
        self.basis = Some(basis);
        true
    }
}

/// What somebody is said to have said, without marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stated {
    pub(super) span: Span,
    pub(super) who: Who,
    pub(super) cue: Span,
}

/// Someone who speaks or acts, with the reporting words.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Voice {
    who: Who,
    cue: Option<Span>,
}

/// What a paragraph leaves behind for the next.
#[derive(Clone, Copy, Debug, Default)]
struct Carried {
    /// Speaker of its last quotation.
    speaker: Option<Voice>,
    /// Whether that quotation was left open.
    open: bool,
    /// Whether its last sentence ends with a colon.
    colon: bool,
    /// Whom the last sentence was about.
    subject: Option<Voice>,
}

/// A line of more tokens than this signs no quotation.
const SIGNATURE: usize = 16;

/// Reads a report paragraph by paragraph.
pub(super) struct Attributor<'a> {
    text: &'a str,
    pub(super) people: People,
    roles: Roles,
    acronyms: Acronyms,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Range<usize>>,
    /// Sentences read so far.
    sentence: usize,
    carried: Carried,
    /// Whether the paragraph at hand is a headline.
    headline: bool,
    found: Vec<Attribution>,
    stated: Vec<Stated>,
    cues: Vec<Cue>,
    said: Vec<Said>,
}

impl<'a> Attributor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            people: People::default(),
            roles: Roles::default(),
            acronyms: Acronyms::default(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            sentence: 0,
            carried: Carried::default(),
            headline: false,
            found: Vec::new(),
            stated: Vec::new(),
            cues: Vec::new(),
            said: Vec::new(),
        }
    }

    /// What is known of each stretch between marks of the paragraph read last.
    pub(super) fn found(&self) -> &[Attribution] {
        &self.found
    }

    /// Hands over what was stated without marks in the paragraph read last.
    pub(super) fn stated(&mut self) -> std::vec::Drain<'_, Stated> {
        self.stated.drain(..)
    }

    /// Who signs, with the dash, if the paragraph read last is nothing but `— Mark Carney, prime minister`.
    pub(super) fn signature(&self) -> Option<(Who, Span)> {
        let clause = Clause {
            text: self.text,
            tokens: &self.tokens,
        };
        let dash = self.tokens.first().filter(|dash| dash.sort == Sort::Dash)?;
        let subject = clause.right(1).filter(|name| name.naming == Naming::Name)?;
        let named = clause.name_end(1) == subject.last;
        let ends = clause.token(subject.last + 1).is_none_or(|next| {
            let sign = matches!(next.sort, Sort::Comma | Sort::Stop | Sort::Open);
            sign && self.tokens.len() <= SIGNATURE
        });
        let seen = name_seen(clause, subject.first, subject.last)?;
        let person = seen.words > 1 || self.people.find(&seen).is_some();
        (named && ends && person && !seen.organisation)
            .then(|| (self.who(clause, subject), dash.span()))
    }

    /// Reads the next paragraph.
    pub(super) fn read(&mut self, paragraph: Span, marked: &[Marked]) {
        self.found.clear();
        self.found.resize(marked.len(), Attribution::default());
        if paragraph.of(self.text).trim().is_empty() {
            self.tokens.clear();
            return;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        let mut sentences = std::mem::take(&mut self.sentences);
        tokens::tokenize(self.text, paragraph, marked, &mut tokens);
        self.headline = tokens::settle_capitals(self.text, paragraph, &mut tokens);
        tokens::sentences(self.text, &tokens, &mut sentences);
        let mut subject = None;
        let mut led_by = None;
        for range in &sentences {
            let Some(tokens) = tokens.get(range.clone()) else {
                continue;
            };
            self.sentence += 1;
            let first_quote = tokens.iter().find_map(Token::quote);
            if led_by.is_none() && first_quote.is_some() {
                led_by = Some(subject);
            }
            if let Some(acting) = self.sentence(
                Clause {
                    text: self.text,
                    tokens,
                },
                range,
            ) {
                subject = Some(acting);
            }
        }
        self.carry_over(led_by.flatten());
        self.leave(paragraph, marked, subject);
        self.tokens = tokens;
        self.sentences = sentences;
    }

    /// Reads one sentence and returns whom it is about.
    fn sentence(&mut self, clause: Clause<'_>, range: &Range<usize>) -> Option<Voice> {
        let mut cues = std::mem::take(&mut self.cues);
        cue::find(clause, &mut cues);
        let first_quote = clause
            .tokens
            .iter()
            .position(|token| token.quote().is_some());
        self.meet_people(clause, first_quote);
        let voice = if first_quote.is_some() {
            self.take_quotes(clause, range, &cues)
        } else {
            self.take_statements(clause, &cues);
            self.acting(clause, &cues)
        };
        self.remember(clause, &cues, voice);
        self.cues = cues;
        voice
    }

    /// Finds the source of each quotation of a sentence, and returns that of the last.
    fn take_quotes(
        &mut self,
        clause: Clause<'_>,
        range: &Range<usize>,
        cues: &[Cue],
    ) -> Option<Voice> {
        let mut last = None;
        for (at, token) in clause.tokens.iter().enumerate() {
            let Some(number) = token.quote() else {
                continue;
            };
            let source = source::best(clause, cues, at);
            let voice = source.map(|source| Voice {
                who: self.who(clause, source.subject),
                cue: source.cue.map(|cue| cue::span(clause, cue)),
            });
            let verb = source
                .is_some_and(|source| source.cost < source::WITHOUT_VERB && source.cue.is_some());
            if let Some(found) = self.found.get_mut(number) {
                *found = Attribution {
                    who: voice.map(|voice| voice.who),
                    cue: voice.and_then(|voice| voice.cue),
                    basis: voice.map(|_| if verb { Basis::Cue } else { Basis::Sentence }),
                    cost: source.map(|source| source.cost),
                    headline: self.headline,
                    beside: false,
                    token: range.start + at,
                    sentence: (range.start, range.end),
                };
            }
            last = voice.or(last);
        }
        last
    }

    /// Whom a sentence without quotations is about: the subject of its last finite reporting verb, else its first phrase.
    fn acting(&self, clause: Clause<'_>, cues: &[Cue]) -> Option<Voice> {
        let is_finite = |cue: &&Cue| {
            clause
                .token(cue.at)
                .is_some_and(|token| !token.is(words::ING))
        };
        let finite = cues.iter().rev().find(is_finite);
        let subject = match finite {
            Some(cue) => cue.subject,
            None => clause.first(clause.tokens.len()),
        };
        let verb = finite.or(cues.last());
        Some(Voice {
            who: self.who(clause, subject?),
            cue: verb.map(|cue| cue::span(clause, cue.at)),
        })
    }

    /// Remembers who spoke and who acted: pronouns mean them more often than others.
    fn remember(&mut self, clause: Clause<'_>, cues: &[Cue], voice: Option<Voice>) {
        for subject in cues.iter().filter_map(|cue| cue.subject) {
            let who = self.who(clause, subject);
            if let Some(person) = who.person {
                self.people.mention(person, self.sentence, 3.0);
                if let Some(gender) = clause.token(subject.first).and_then(gender_of_pronoun)
                    && who.naming == Naming::Pronoun
                {
                    self.people.call(person, gender);
                }
            } else if who.naming == Naming::Noun {
                self.roles.hold_unnamed(clause, subject.first, subject.last);
            }
        }
        if let Some(person) = voice.and_then(|voice| voice.who.person) {
            self.people.mention(person, self.sentence, 3.0);
        }
    }

    fn take_statements(&mut self, clause: Clause<'_>, cues: &[Cue]) {
        let mut said = std::mem::take(&mut self.said);
        statement::find(clause, cues, &mut said);
        for said in said.drain(..) {
            self.stated.push(Stated {
                span: said.span,
                who: self.who(clause, said.subject),
                cue: cue::span(clause, said.cue),
            });
        }
        self.said = said;
    }

    /// Takes note of the names of a sentence outside its quotations.
    fn meet_people(&mut self, clause: Clause<'_>, first_quote: Option<usize>) {
        let mut at = 0;
        let mut first = true;
        let mut long = 0;
        while at < clause.tokens.len() {
            if !clause.is_name(at) {
                at += 1;
                continue;
            }
            let last = clause.name_end(at);
            if at >= long {
                long = self.acronyms.meet(clause, at) + 1;
            }
            if let Some(seen) = name_seen(clause, at, last) {
                let known = self.people.find(&seen);
                let telling = seen.words > 1 || seen.gender.is_some() || known.is_some() || at > 0;
                if telling && !seen.organisation {
                    let person = self.people.meet(&seen);
                    self.roles.introduce(clause, seen.at..last + 1, person);
                    let placed = at > 0
                        && clause
                            .token(at - 1)
                            .is_some_and(|token| token.is(words::PREPOSITION));
                    let leads = first && !placed && first_quote.is_none_or(|quote| at < quote);
                    self.people
                        .mention(person, self.sentence, if leads { 2.2 } else { 1.0 });
                    first = false;
                }
            }
            at = last + 1;
        }
    }

    /// Resolves a phrase to a person or a long name where it can.
    pub(super) fn who(&self, clause: Clause<'_>, phrase: Phrase) -> Who {
        let (first, last) = (phrase.first, phrase.last);
        let in_role = || self.roles.meant(clause, &self.people, first, last);
        let person = match phrase.naming {
            Naming::Pronoun => clause
                .token(first)
                .and_then(gender_of_pronoun)
                .and_then(|gender| self.people.meant_by(gender, self.sentence)),
            Naming::Name => in_role().or_else(|| {
                name_seen(clause, first, last).and_then(|seen| self.people.find(&seen))
            }),
            Naming::Noun => in_role(),
        };
        let letters = first == last || (last == first + 1 && clause.key(first) == words::keys::THE);
        Who {
            mention: clause.span(phrase),
            naming: phrase.naming,
            person,
            long: letters.then(|| self.acronyms.long(clause, last)).flatten(),
            head: clause.key(last),
        }
    }

    /// Gives quotations that stand alone the speaker of a neighbour in the paragraph, or of the paragraph before.
    fn carry_over(&mut self, led_by: Option<Voice>) {
        let mut last: Option<Voice> = None;
        for found in &mut self.found {
            found.beside |= found.take(last, Basis::Chain);
            last = found.voice().or(last);
        }
        let mut next: Option<Voice> = None;
        for found in self.found.iter_mut().rev() {
            found.beside |= found.take(next, Basis::Neighbour);
            next = found.voice().or(next);
        }
        let before = self.carried;
        let (voice, basis) = match led_by {
            Some(subject) => (Some(subject), Basis::Paragraph),
            None if before.open && before.speaker.is_some() => (before.speaker, Basis::Chain),
            None if before.colon => (before.subject, Basis::Neighbour),
            None => (before.subject.or(before.speaker), Basis::Paragraph),
        };
        for found in &mut self.found {
            found.take(voice, basis);
        }
    }

    fn leave(&mut self, paragraph: Span, marked: &[Marked], subject: Option<Voice>) {
        let words = paragraph.of(self.text).trim_end();
        let end = paragraph.start + words.len();
        let speaker = self.found.last().and_then(Attribution::voice);
        let subject = subject.or(speaker).or(self.carried.subject);
        self.carried = Carried {
            open: marked
                .last()
                .is_some_and(|last| !last.closed && last.span.end >= end),
            speaker: if marked.is_empty() { subject } else { speaker },
            colon: words.ends_with(':'),
            subject,
        };
    }
}

fn gender_of_pronoun(token: &Token) -> Option<Gender> {
    if token.is(words::HE) {
        Some(Gender::He)
    } else if token.is(words::SHE) {
        Some(Gender::She)
    } else {
        None
    }
}
