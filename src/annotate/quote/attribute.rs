//! Who said the words between the marks: the nearest fitting reporting verb and its subject, pronouns by who was last meant,
//! and, where a quotation stands alone, the speaker of its neighbours.
//!
//! Costs are counted in words between verb and quotation, with some added for what makes a pair unlikely. The figures were
//! found by trying on reports with hand-made gold; halves of that gold agree within half a point.

use std::ops::Range;

use super::Basis;
use super::marks::Marked;
use super::people::{self, Gender, NameSeen, People, PersonId};
use super::phrase::{Clause, Naming, Phrase};
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
    /// The sentence, as a range of the paragraph's tokens, and the token in it.
    pub(super) token: usize,
    pub(super) sentence: (usize, usize),
}

/// What a paragraph leaves behind for the next.
#[derive(Clone, Copy, Debug, Default)]
struct Carried {
    /// Speaker of its last quotation.
    speaker: Option<Who>,
    /// Whether that quotation was left open.
    open: bool,
    /// Whom the last sentence was about, if it ends with a colon.
    before_colon: Option<Who>,
    /// Whom the last sentence was about.
    subject: Option<Who>,
}

/// Reads a report paragraph by paragraph.
pub(super) struct Attributor<'a> {
    text: &'a str,
    pub(super) people: People,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Range<usize>>,
    /// Sentences read so far.
    sentence: usize,
    carried: Carried,
    found: Vec<Attribution>,
    cues: Vec<Cue>,
}

/// A reporting verb of the sentence at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Its token in the sentence.
    pub(super) at: usize,
    pub(super) subject: Option<Phrase>,
}

/// A reporting verb as the source of a quotation.
#[derive(Clone, Copy)]
struct Source {
    cost: f32,
    cue: Option<usize>,
    subject: Phrase,
}

/// How far a reporting verb may stand from a quotation, in tokens.
const NEAR: usize = 60;

impl<'a> Attributor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            people: People::default(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            sentence: 0,
            carried: Carried::default(),
            found: Vec::new(),
            cues: Vec::new(),
        }
    }

    /// What is known of each stretch between marks of the paragraph read last.
    pub(super) fn found(&self) -> &[Attribution] {
        &self.found
    }

    /// Reads the next paragraph.
    pub(super) fn read(&mut self, paragraph: Span, marked: &[Marked]) {
        self.found.clear();
        self.found.resize(marked.len(), Attribution::default());
        if paragraph.of(self.text).trim().is_empty() {
            return;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        let mut sentences = std::mem::take(&mut self.sentences);
        tokens::tokenize(self.text, paragraph, marked, &mut tokens);
        tokens::settle_capitals(self.text, paragraph, &mut tokens);
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
            if let Some(acting) = self.sentence(Clause { tokens }, range) {
                subject = Some(acting);
            }
        }
        self.carry_over(led_by.flatten());
        self.leave(paragraph, marked, subject);
        self.tokens = tokens;
        self.sentences = sentences;
    }

    /// Reads one sentence and returns whom it is about.
    fn sentence(&mut self, clause: Clause<'_>, range: &Range<usize>) -> Option<Who> {
        let mut cues = std::mem::take(&mut self.cues);
        find_cues(clause, &mut cues);
        find_subjects(clause, &mut cues);
        let first_quote = clause
            .tokens
            .iter()
            .position(|token| token.quote().is_some());
        self.meet_people(clause, first_quote);
        let mut last = None;
        for (at, token) in clause.tokens.iter().enumerate() {
            let Some(number) = token.quote() else {
                continue;
            };
            let source = best_source(self.text, clause, &cues, at);
            let who = source.map(|source| self.who(clause, source.subject));
            if let Some(found) = self.found.get_mut(number) {
                found.who = who;
                found.cost = source.map(|source| source.cost);
                found.cue = source
                    .and_then(|source| source.cue)
                    .map(|cue| cue_span(clause, cue));
                found.basis = source.map(|source| {
                    if source.cue.is_some() {
                        Basis::Cue
                    } else {
                        Basis::Sentence
                    }
                });
                found.token = range.start + at;
                found.sentence = (range.start, range.end);
            }
            last = who.or(last);
        }
        if first_quote.is_none() {
            let finite = cues.iter().rev().find(|cue| {
                !clause
                    .tokens
                    .get(cue.at)
                    .is_some_and(|token| token.is(words::ING))
            });
            let subject = match finite {
                Some(cue) => cue.subject,
                None => clause.first(clause.tokens.len()),
            };
            last = subject.map(|subject| self.who(clause, subject));
        }
        for cue in &cues {
            if let Some(person) = cue
                .subject
                .and_then(|subject| self.who(clause, subject).person)
            {
                self.people.mention(person, self.sentence, 3.0);
            }
        }
        if let Some(person) = last.and_then(|who| who.person) {
            self.people.mention(person, self.sentence, 3.0);
        }
        self.cues = cues;
        last
    }

    /// Takes note of the names of a sentence outside its quotations.
    fn meet_people(&mut self, clause: Clause<'_>, first_quote: Option<usize>) {
        let mut at = 0;
        let mut first = true;
        while at < clause.tokens.len() {
            if !clause.is_name(at) {
                at += 1;
                continue;
            }
            let last = clause.name_end(at);
            if let Some(seen) = name_seen(clause, at, last) {
                let known = self.people.find(&seen);
                let telling = seen.words > 1 || seen.gender.is_some() || known.is_some() || at > 0;
                if telling && !seen.organisation {
                    let person = self.people.meet(&seen);
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

    /// Resolves a phrase to a person where it can.
    pub(super) fn who(&self, clause: Clause<'_>, phrase: Phrase) -> Who {
        let person = match phrase.naming {
            Naming::Pronoun => clause
                .token(phrase.first)
                .and_then(gender_of_pronoun)
                .and_then(|gender| self.people.meant_by(gender, self.sentence)),
            Naming::Name => name_seen(clause, phrase.first, phrase.last)
                .and_then(|seen| self.people.find(&seen)),
            Naming::Noun => None,
        };
        Who {
            mention: clause.span(phrase),
            naming: phrase.naming,
            person,
            head: clause.key(phrase.last),
        }
    }

    /// Gives quotations that stand alone the speaker of a neighbour in the paragraph, or of the paragraph before.
    fn carry_over(&mut self, led_by: Option<Who>) {
        let mut last: Option<Attribution> = None;
        for found in &mut self.found {
            if found.who.is_some() {
                last = Some(*found);
            } else if let Some(before) = last {
                found.who = before.who;
                found.cue = before.cue;
                found.basis = Some(Basis::Chain);
            }
        }
        let mut next: Option<Attribution> = None;
        for found in self.found.iter_mut().rev() {
            if found.who.is_some() {
                next = Some(*found);
            } else if let Some(after) = next {
                found.who = after.who;
                found.cue = after.cue;
                found.basis = Some(Basis::Neighbour);
            }
        }
        let carried = self.carried;
        let (who, basis) = match (led_by, carried) {
            (Some(subject), _) => (Some(subject), Basis::Paragraph),
            (
                None,
                Carried {
                    open: true,
                    speaker: Some(speaker),
                    ..
                },
            ) => (Some(speaker), Basis::Chain),
            (
                None,
                Carried {
                    before_colon: Some(subject),
                    ..
                },
            ) => (Some(subject), Basis::Neighbour),
            (
                None,
                Carried {
                    subject, speaker, ..
                },
            ) => (subject.or(speaker), Basis::Paragraph),
        };
        for found in self.found.iter_mut().filter(|found| found.who.is_none()) {
            found.who = who;
            found.basis = who.map(|_| basis);
        }
    }

    fn leave(&mut self, paragraph: Span, marked: &[Marked], subject: Option<Who>) {
        let words = paragraph.of(self.text).trim_end();
        let end = paragraph.start + words.len();
        let speaker = self.found.last().and_then(|found| found.who);
        let subject = subject.or(speaker).or(self.carried.subject);
        self.carried = Carried {
            open: marked
                .last()
                .is_some_and(|last| !last.closed && last.span.end >= end),
            speaker: if marked.is_empty() { subject } else { speaker },
            before_colon: subject.filter(|_| words.ends_with(':')),
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

/// Reads a run of capitalised words as a name: titles off, gender from title or first name.
fn name_seen(clause: Clause<'_>, first: usize, last: usize) -> Option<NameSeen> {
    let mut start = first;
    let mut gender = None;
    while start < last && clause.token(start)?.is(words::TITLE) {
        gender = gender.or(people::gender_of(clause.token(start)?.classes));
        start += 1;
    }
    let mut end = last;
    while end > start && clause.token(end)?.is(words::SUFFIX) {
        end -= 1;
    }
    let head = clause.token(end)?;
    let opening = clause.token(start)?;
    if head.end - head.start < 2 {
        return None;
    }
    if start < end {
        gender = gender.or(people::gender_of(opening.classes));
    }
    Some(NameSeen {
        name: Span::new(opening.start, clause.token(last)?.end),
        words: end + 1 - start,
        first: opening.key,
        last: head.key,
        gender,
        organisation: head.is(words::ORGANISATION),
    })
}

fn cue_span(clause: Clause<'_>, at: usize) -> Span {
    let Some(token) = clause.token(at) else {
        return Span::default();
    };
    match clause.token(at + 1) {
        Some(to) if token.key == words::key("according") => Span::new(token.start, to.end),
        _ => token.span(),
    }
}

/// Fills `cues` with the reporting verbs of a sentence outside its quotations.
pub(super) fn find_cues(clause: Clause<'_>, cues: &mut Vec<Cue>) {
    cues.clear();
    for (at, token) in clause.tokens.iter().enumerate() {
        let according = token.key == words::key("according")
            && clause
                .token(at + 1)
                .is_some_and(|next| next.key == words::key("to"));
        if according || is_cue(clause, at, token) {
            cues.push(Cue { at, subject: None });
        }
    }
}

fn is_cue(clause: Clause<'_>, at: usize, token: &Token) -> bool {
    if !token.is(words::CUE) || (token.capital && at > 0) {
        return false;
    }
    let before = at.checked_sub(1).and_then(|before| clause.token(before));
    let Some(before) = before else {
        return true;
    };
    let noun_before = words::DETERMINER.with(words::PREPOSITION);
    if token.is(words::NOUN) && (before.is(noun_before) || before.sort == Sort::Possessive) {
        return false;
    }
    let only_base = token.is(words::BASE) && !token.is(words::PAST.with(words::PRESENT));
    !only_base || token.is(words::STRONG) || base_is_verb(before)
}

/// A plain form is a verb after a pronoun, an auxiliary, `to` or a plural.
fn base_is_verb(before: &Token) -> bool {
    before.is(words::PRONOUN.with(words::AUXILIARY)) || before.key == words::key("to")
}

/// Finds the subject of each cue, from left to right.
pub(super) fn find_subjects(clause: Clause<'_>, cues: &mut [Cue]) {
    for index in 0..cues.len() {
        let Some(cue) = cues.get(index).copied() else {
            continue;
        };
        let (earlier, later) = cues.split_at(index);
        let subject = subject_of(clause, cue.at, earlier, later);
        if let Some(cue) = cues.get_mut(index) {
            cue.subject = subject;
        }
    }
    // "Calling it a disgrace, Trump said": a participle that leads takes the subject of the next verb.
    for index in (0..cues.len().saturating_sub(1)).rev() {
        let next = cues.get(index + 1).and_then(|next| next.subject);
        if let Some(cue) = cues
            .get_mut(index)
            .filter(|cue| cue.subject.is_none() && cue.at < 3)
        {
            cue.subject = next;
        }
    }
}

fn subject_of(clause: Clause<'_>, at: usize, earlier: &[Cue], _later: &[Cue]) -> Option<Phrase> {
    let token = clause.token(at)?;
    if token.key == words::key("according") {
        return clause.right(at + 2);
    }
    if token.is(words::ING) && !token.is(words::PAST.with(words::PRESENT)) {
        return subject_of_participle(clause, at, earlier);
    }
    let quote_before = clause
        .tokens
        .get(..at)?
        .iter()
        .rev()
        .find(|token| !matches!(token.sort, Sort::Comma | Sort::Dash))
        .is_some_and(|token| token.quote().is_some());
    let inverted = if quote_before && token.is(words::INVERTED) {
        clause.inverted(at + 1)
    } else {
        None
    };
    let it = words::key("it");
    if let Some(found) = inverted.filter(|found| clause.key(found.first) != it) {
        return Some(found);
    }
    let after_sign = at
        .checked_sub(1)
        .and_then(|before| clause.token(before))
        .is_some_and(|before| matches!(before.sort, Sort::Comma | Sort::Dash));
    clause.subject(at).or_else(|| {
        if after_sign {
            clause.right(at + 1)
        } else {
            None
        }
    })
}

fn subject_of_participle(clause: Clause<'_>, at: usize, earlier: &[Cue]) -> Option<Phrase> {
    let before = at.checked_sub(1).and_then(|before| clause.token(before))?;
    if before.is(words::AUXILIARY) {
        return clause.subject(at);
    }
    let beside = if before.sort == Sort::Comma {
        None
    } else {
        clause.left(at - 1)
    };
    if let Some(beside) = beside {
        let joint = beside
            .first
            .checked_sub(1)
            .and_then(|joint| clause.token(joint));
        if beside.naming == Naming::Noun {
            if joint.is_some_and(|joint| joint.key == words::key("and"))
                && beside.first >= 2
                && clause.is_name(beside.first - 2)
            {
                return clause.left(beside.first - 2).map(|name| Phrase {
                    naming: Naming::Noun,
                    first: name.first,
                    last: beside.last,
                });
            }
            if joint.is_some_and(|joint| joint.key == words::key("with")) {
                return Some(beside);
            }
        } else if beside.naming == Naming::Name || !is_nobody(clause, beside) {
            return Some(beside);
        }
    }
    let finite = earlier.iter().rev().find(|cue| {
        !clause
            .token(cue.at)
            .is_some_and(|token| token.is(words::ING))
    });
    finite
        .and_then(|cue| cue.subject)
        .or_else(|| clause.first(at))
}

fn is_nobody(clause: Clause<'_>, phrase: Phrase) -> bool {
    let key = clause.key(phrase.first);
    key == words::key("it") || key == words::key("who")
}

/// The likeliest source of the quotation at token `at`.
fn best_source(text: &str, clause: Clause<'_>, cues: &[Cue], at: usize) -> Option<Source> {
    let near = cues.iter().filter(|cue| cue.at.abs_diff(at) <= NEAR);
    let best = near
        .filter_map(|cue| {
            let subject = cue.subject?;
            let embedded = if is_embedded(clause, cues, cue, subject) {
                4.0
            } else {
                0.0
            };
            let cost = cost(text, clause, cues, cue, at) + vague(clause, subject) + embedded;
            Some(Source {
                cost,
                cue: Some(cue.at),
                subject,
            })
        })
        .min_by(|a, b| a.cost.total_cmp(&b.cost));
    best.or_else(|| without_verb(clause, at))
}

/// `Carney confirmed that he spoke "at length"`: the outer verb tells whose words they are.
fn is_embedded(clause: Clause<'_>, cues: &[Cue], cue: &Cue, subject: Phrase) -> bool {
    let that = words::key("that");
    subject.first < cue.at
        && subject.first.checked_sub(1).is_some_and(|before| {
            clause.key(before) == that || cues.iter().any(|other| other.at == before)
        })
}

/// `it`, `we` and `they` are seldom the ones whose words are quoted.
fn vague(clause: Clause<'_>, subject: Phrase) -> f32 {
    let key = clause.key(subject.first);
    let vague = ["it", "i", "we", "they"]
        .iter()
        .any(|word| key == words::key(word));
    if subject.naming == Naming::Pronoun && vague {
        1.0
    } else {
        0.0
    }
}

fn cost(text: &str, clause: Clause<'_>, cues: &[Cue], cue: &Cue, at: usize) -> f32 {
    let strong = clause
        .token(cue.at)
        .is_some_and(|token| token.is(words::STRONG) || token.key == words::key("according"));
    let distance = cue.at.abs_diff(at) as f32;
    let between = clause
        .tokens
        .get(cue.at.min(at) + 1..cue.at.max(at))
        .unwrap_or_default();
    let quotes_between = between.iter().any(|token| token.quote().is_some());
    let mut cost;
    if cue.at > at {
        cost = distance + if quotes_between { 15.0 } else { 0.0 };
        let comma_first = between
            .first()
            .is_some_and(|token| token.sort == Sort::Comma);
        if distance > 14.0 && !(strong && !between.is_empty() && !comma_first) {
            cost += 10.0;
        }
        if between.iter().any(|token| token.is(words::JOINER)) {
            // "described it as “good” but also warned ...": what is joined on brings its own words.
            cost += 6.0;
        }
        let inner = clause
            .token(at)
            .map_or(' ', |quote| tokens::inner_end(text, quote));
        if matches!(inner, ',' | '?' | '!') && distance <= 12.0 {
            cost -= 6.0;
        } else if clause
            .token(cue.at)
            .is_some_and(|token| token.is(words::ING))
        {
            // "... “at length” on Monday, calling it a ...": a participle after the words brings its own.
            cost += 6.0;
        }
    } else {
        cost = distance * 0.8 + if quotes_between { 2.0 } else { 0.0 };
        let other_verb = cues.iter().any(|other| {
            other.at > cue.at
                && other.at < at
                && !clause
                    .token(other.at)
                    .is_some_and(|token| token.is(words::ING))
        });
        cost += if other_verb { 1.0 } else { 0.0 };
        let led_in = between
            .last()
            .is_some_and(|token| matches!(token.sort, Sort::Comma | Sort::Colon));
        cost -= if led_in { 3.0 } else { 0.0 };
    }
    let after_to = cue
        .at
        .checked_sub(1)
        .is_some_and(|before| clause.key(before) == words::key("to"));
    cost + faintness(clause, cue.at, strong) + if after_to { 6.0 } else { 0.0 }
}

fn faintness(clause: Clause<'_>, at: usize, strong: bool) -> f32 {
    match clause.token(at) {
        _ if strong => 0.0,
        Some(token) if token.is(words::WEAK) => 4.5,
        _ => 2.5,
    }
}

/// `Smith: "..."`, `"..." - Smith`, or the subject of the sentence that the quotation is a part of.
fn without_verb(clause: Clause<'_>, at: usize) -> Option<Source> {
    let source = |cost, subject| Source {
        cost,
        cue: None,
        subject,
    };
    if clause.tokens.len() < 3 {
        return None;
    }
    let after_colon = at >= 2
        && clause
            .token(at - 1)
            .is_some_and(|token| token.sort == Sort::Colon);
    if after_colon && let Some(subject) = clause.left(at - 2) {
        return Some(Source {
            cost: 0.0,
            cue: Some(at - 1),
            subject,
        });
    }
    if let Some(subject) = clause.first(at).filter(|_| at > 0) {
        return Some(source(20.0, subject));
    }
    let dash = clause
        .token(at + 1)
        .is_some_and(|token| token.sort == Sort::Dash);
    clause
        .right(at + 2)
        .filter(|_| dash)
        .map(|subject| source(3.0, subject))
}
