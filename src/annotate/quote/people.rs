//! Who is in the report so far: full names by last name, what is known of their gender, and who was last meant.
//!
//! A person is a place in the text where the fullest form of the name stands; nothing is copied until a speaker is named.

use std::collections::VecDeque;

use super::phrase::Clause;
use super::words::{self, KeyMap};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// Number of a person in [`People`].
pub(super) type PersonId = usize;

#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The fullest form of the name.
    pub(super) name: Span,
    /// Its number of words.
    pub(super) words: usize,
    pub(super) gender: Option<Gender>,
    /// What a pronoun that meant them tells, where the name does not.
    called: Option<Gender>,
    /// Whether the last word is that of an organisation.
    pub(super) organisation: bool,
    first: u64,
    /// An earlier person of the same last name.
    namesake: Option<PersonId>,
}

/// A name as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameSeen {
    /// Without titles.
    pub(super) name: Span,
    /// Its first token in the sentence.
    pub(super) at: usize,
    pub(super) words: usize,
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) gender: Option<Gender>,
    pub(super) organisation: bool,
}

/// Someone was mentioned.
#[derive(Clone, Copy, Debug)]
struct Mention {
    person: PersonId,
    sentence: usize,
    weight: f32,
}

/// How many people of one last name are told apart.
const NAMESAKES: usize = 12;

/// How many mentions a pronoun looks back over.
const MEMORY: usize = 40;

#[derive(Default)]
pub(super) struct People {
    all: Vec<Person>,
    by_last: KeyMap<PersonId>,
    mentions: VecDeque<Mention>,
}

impl People {
    pub(super) fn get(&self, id: PersonId) -> Option<&Person> {
        self.all.get(id)
    }

    /// The person of this last name that a mention with this first name and gender can mean.
    pub(super) fn find(&self, seen: &NameSeen) -> Option<PersonId> {
        let mut id = self.by_last.get(&seen.last).copied();
        for _ in 0..NAMESAKES {
            let candidate = id?;
            let person = self.all.get(candidate)?;
            let same_first = seen.words < 2 || person.words < 2 || person.first == seen.first;
            let same_gender =
                seen.gender.is_none() || person.gender.is_none() || person.gender == seen.gender;
            if same_first && same_gender {
                return Some(candidate);
            }
            id = person.namesake;
        }
        None
    }

    /// Takes note of a name; the fuller form and the known gender are kept.
    pub(super) fn meet(&mut self, seen: &NameSeen) -> PersonId {
        let Some(id) = self.find(seen) else {
            return self.add(seen);
        };
        if let Some(person) = self.all.get_mut(id) {
            if seen.words > person.words && seen.words < 5 {
                person.name = seen.name;
                person.words = seen.words;
                person.first = seen.first;
            }
            person.gender = person.gender.or(seen.gender);
        }
        id
    }

    fn add(&mut self, seen: &NameSeen) -> PersonId {
        let id = self.all.len();
        self.all.push(Person {
            name: seen.name,
            words: seen.words,
            gender: seen.gender,
            called: None,
            organisation: seen.organisation,
            first: seen.first,
            namesake: self.by_last.get(&seen.last).copied(),
        });
        self.by_last.insert(seen.last, id);
        id
    }

    /// Remembers that a person was mentioned, the more weight the likelier a pronoun means them.
    pub(super) fn mention(&mut self, person: PersonId, sentence: usize, weight: f32) {
        if self.mentions.len() == MEMORY {
            self.mentions.pop_front();
        }
        self.mentions.push_back(Mention {
            person,
            sentence,
            weight,
        });
    }

    /// Remembers that `he` or `she` meant a person: the other pronoun means another one.
    pub(super) fn call(&mut self, person: PersonId, gender: Gender) {
        if let Some(person) = self.all.get_mut(person) {
            person.called = person.called.or(Some(gender));
        }
    }

    /// Returns whom `he` or `she` means in this sentence: role weighs, and a mention counts less with each sentence since.
    pub(super) fn meant_by(&self, gender: Gender, sentence: usize) -> Option<PersonId> {
        let mut scores: Vec<(PersonId, f32)> = Vec::with_capacity(8);
        for mention in &self.mentions {
            let Some(fit) = self
                .all
                .get(mention.person)
                .and_then(|person| fit(person, gender))
            else {
                continue;
            };
            let age = sentence.saturating_sub(mention.sentence).min(40);
            let score = mention.weight * fit * 0.72_f32.powi(i32::try_from(age).unwrap_or(40));
            match scores
                .iter_mut()
                .find(|(person, _)| *person == mention.person)
            {
                Some((_, best)) => *best = (*best * 1.1).max(score),
                None => scores.push((mention.person, score)),
            }
        }
        scores
            .iter()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(person, _)| *person)
    }
}

/// How well a person fits a pronoun; `None` where it is known to be someone else.
fn fit(person: &Person, gender: Gender) -> Option<f32> {
    match person.gender.or(person.called) {
        Some(known) if known == gender => Some(1.12),
        Some(_) => None,
        None if person.words < 2 || person.organisation => Some(0.35),
        None => Some(1.0),
    }
}

/// What a first name or a title tells.
pub(super) fn gender_of(classes: words::Classes) -> Option<Gender> {
    if classes.any(words::FEMALE_TITLE) || (classes.any(words::FEMALE) && !classes.any(words::MALE))
    {
        Some(Gender::She)
    } else if classes.any(words::MALE_TITLE)
        || (classes.any(words::MALE) && !classes.any(words::FEMALE))
    {
        Some(Gender::He)
    } else {
        None
    }
}

/// Reads a run of capitalised words as a name: titles off, gender from title or first name.
pub(super) fn name_seen(clause: Clause<'_>, first: usize, last: usize) -> Option<NameSeen> {
    let mut end = last;
    while end > first && clause.token(end)?.is(words::SUFFIX) {
        end -= 1;
    }
    if is_bare_role(clause, first, end) {
        return None;
    }
    let mut start = role_end(clause, first, end);
    let gender_at = |at: usize| clause.token(at).and_then(|token| gender_of(token.classes));
    let mut gender = start
        .checked_sub(1)
        .filter(|role| *role >= first)
        .and_then(gender_at);
    while start < end && clause.token(start)?.is(words::TITLE) {
        gender = gender.or(gender_at(start));
        start += 1;
    }
    let head = clause.token(end)?;
    let opening = clause.token(start)?;
    if head.end - head.start < 2 {
        return None;
    }
    if start < end {
        gender = gender.or(gender_of(opening.classes));
    }
    Some(NameSeen {
        name: Span::new(opening.start, clause.token(last)?.end),
        at: start,
        words: end + 1 - start,
        first: opening.key,
        last: head.key,
        gender,
        organisation: head.is(words::ORGANISATION),
    })
}

/// Where the words end that tell a role before a name: `White House Press Secretary (Sean Spicer)`, but not `Larry King Live`.
fn role_end(clause: Clause<'_>, first: usize, last: usize) -> usize {
    let named = |at: usize| {
        clause
            .token(at)
            .is_some_and(|token| token.is(words::MALE.with(words::FEMALE)))
    };
    let role = |at: &usize| {
        clause
            .token(*at)
            .is_some_and(|token| token.is(words::ROLE) && token.capital)
    };
    match (first..last).rev().find(role) {
        Some(role) if !(first..role).any(named) => role + 1,
        _ => first,
    }
}

/// `the (Prime Minister)`, `the (Republican Senator)`: capitals that name nobody.
fn is_bare_role(clause: Clause<'_>, first: usize, last: usize) -> bool {
    let the = first
        .checked_sub(1)
        .is_some_and(|the| clause.key(the) == words::keys::THE);
    let roles = words::ROLE.with(words::TITLE).with(words::NATION);
    let all = |at: usize| clause.token(at).is_some_and(|token| token.is(roles));
    let head = clause
        .token(last)
        .is_some_and(|token| token.is(words::ROLE));
    the && head && (first..=last).all(all)
}
