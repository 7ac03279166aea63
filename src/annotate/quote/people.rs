//! The people of a report so far: full names by last name, their gender where it is known, and the one who was last meant.
//!
//! A person's name is the place in the text where its fullest form stands; nothing is copied until a speaker is named.

use std::collections::VecDeque;

use foldhash::HashMap;

use super::phrase::SentenceTokens;
use super::words::{self, WordClasses};
use crate::text::Span;
use crate::text::word_lists::listed_form;

/// The gender that a pronoun, a title or a first name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// he, Mr, John
    He,
    /// she, Mrs, Mary
    She,
}

/// Number of a person in [`People`].
pub(super) type PersonId = usize;

/// A person whom the report names.
#[derive(Clone, Debug)]
struct NamedPerson {
    /// The fullest form of the name, with the gender that any form tells.
    name: NameSeen,
    /// The gender of a pronoun that meant the person, where the name tells none.
    called: Option<Gender>,
    /// Times that a form of more than the last name was seen.
    full_mentions: usize,
    /// An earlier person of the same last name.
    namesake: Option<PersonId>,
}

/// A name as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct NameSeen {
    /// The place of the name without titles.
    pub(super) place: Span,
    /// Its first token in the sentence.
    pub(super) at: usize,
    /// Number of words.
    pub(super) words: usize,
    /// The gender that titles and first name tell.
    pub(super) gender: Option<Gender>,
    /// Whether the last word is that of an organisation, which is no person.
    pub(super) organisation: bool,
    first_word: String,
    last_word: String,
}

/// One mention of a person, which a later pronoun may mean.
#[derive(Clone, Copy, Debug)]
struct PersonMention {
    person: PersonId,
    sentence: usize,
    weight: f32,
}

/// Most people of one last name that are told apart; keeps a hostile page linear.
const MOST_NAMESAKES: usize = 12;

/// Times that one of several namesakes must be named in full for each time of another one.
const CLEARLY_MORE: usize = 3;

/// Most words of a name that replaces a shorter form; longer ones are headlines.
const LONGEST_NAME: usize = 4;

/// Mentions that a pronoun looks back over.
const MENTIONS_KEPT: usize = 40;

// Weights of the pronoun rule, fitted by trial on the dev half of the quotations gold.

/// Part of its weight that a mention keeps with each sentence.
const KEPT_PER_SENTENCE: f32 = 0.72;
/// Growth of a person's score with each further mention.
const MENTIONED_AGAIN: f32 = 1.1;
/// Fit of a person whose gender is known to be the pronoun's.
const KNOWN_GENDER: f32 = 1.12;
/// Fit of a single word of unknown gender.
const DOUBTFUL_PERSON: f32 = 0.35;

/// The people of a report, in the order in which they were named.
#[derive(Default)]
pub(super) struct People {
    all: Vec<NamedPerson>,
    /// The latest person of each last name.
    by_last_word: HashMap<String, PersonId>,
    mentions: VecDeque<PersonMention>,
    /// Sentences begun so far.
    sentence: usize,
}

impl People {
    /// Returns the fullest name of the person with that number.
    pub(super) fn name(&self, id: PersonId) -> Option<&NameSeen> {
        self.all.get(id).map(|person| &person.name)
    }

    /// Takes note that a sentence begins: earlier mentions count less in it.
    pub(super) fn begin_sentence(&mut self) {
        self.sentence += 1;
    }

    /// Finds the person of this last name that a mention with this first name and gender can mean.
    ///
    /// A bare last name that several share means the one who is far more often named in full, else nobody.
    pub(super) fn find(&self, seen: &NameSeen) -> Option<PersonId> {
        let (best, rivals) = self.fitting(seen)?;
        let count = |id: PersonId| self.all.get(id).map_or(0, |person| person.full_mentions);
        let clear = rivals.is_none_or(|most| count(best) >= CLEARLY_MORE * most.max(1));
        clear.then_some(best)
    }

    /// Returns the likeliest person of this name, and how often the next of several others was named in full.
    fn fitting(&self, seen: &NameSeen) -> Option<(PersonId, Option<usize>)> {
        let mut id = self.by_last_word.get(&seen.last_word).copied();
        let mut best: Option<(PersonId, usize)> = None;
        let mut rival = None;
        for _ in 0..MOST_NAMESAKES {
            let Some(candidate) = id else { break };
            let person = self.all.get(candidate)?;
            let name = &person.name;
            let same_first = seen.words < 2 || name.words < 2 || name.first_word == seen.first_word;
            let same_gender =
                seen.gender.is_none() || name.gender.is_none() || name.gender == seen.gender;
            if same_first && same_gender {
                let count = person.full_mentions;
                match best {
                    Some((_, most)) if most >= count => rival = rival.max(Some(count)),
                    Some((_, most)) => {
                        rival = rival.max(Some(most));
                        best = Some((candidate, count));
                    }
                    None => best = Some((candidate, count)),
                }
            }
            id = person.namesake;
        }
        best.map(|(id, _)| (id, rival))
    }

    /// Takes note of a name, and returns whose it is; the fullest form and the known gender are kept.
    ///
    /// `None` is a last name that several people share.
    pub(super) fn note_name(&mut self, seen: NameSeen) -> Option<PersonId> {
        let full = usize::from(seen.words > 1);
        let found = self.find(&seen);
        if found.is_none() && full == 0 && self.fitting(&seen).is_some() {
            return None;
        }
        if let Some(id) = found
            && let Some(NamedPerson {
                name,
                full_mentions,
                ..
            }) = self.all.get_mut(id)
        {
            *full_mentions += full;
            let gender = name.gender.or(seen.gender);
            if seen.words > name.words && seen.words <= LONGEST_NAME {
                *name = seen;
            }
            name.gender = gender;
            return Some(id);
        }
        let id = self.all.len();
        let namesake = self.by_last_word.insert(seen.last_word.clone(), id);
        self.all.push(NamedPerson {
            name: seen,
            called: None,
            full_mentions: full,
            namesake,
        });
        Some(id)
    }

    /// Takes note of a mention: the more weight, the likelier a pronoun means the person.
    pub(super) fn note_mention(&mut self, person: PersonId, weight: f32) {
        if self.mentions.len() == MENTIONS_KEPT {
            self.mentions.pop_front();
        }
        self.mentions.push_back(PersonMention {
            person,
            sentence: self.sentence,
            weight,
        });
    }

    /// Takes note that `he` or `she` meant a person: the other pronoun means another one.
    pub(super) fn note_pronoun(&mut self, person: PersonId, gender: Gender) {
        if let Some(person) = self.all.get_mut(person) {
            person.called = person.called.or(Some(gender));
        }
    }

    /// Returns the person whom `he` or `she` means in the sentence begun last.
    ///
    /// A mention counts less with each sentence since.
    pub(super) fn meant_by(&self, gender: Gender) -> Option<PersonId> {
        let mut scores: Vec<(PersonId, f32)> = Vec::new();
        for mention in &self.mentions {
            let person = self.all.get(mention.person);
            let Some(fit) = person.and_then(|person| pronoun_fit(person, gender)) else {
                continue;
            };
            let age = (self.sentence - mention.sentence).min(MENTIONS_KEPT);
            let kept = KEPT_PER_SENTENCE.powi(i32::try_from(age).unwrap_or(i32::MAX));
            let score = mention.weight * fit * kept;
            let known = scores.iter_mut().find(|(id, _)| *id == mention.person);
            match known {
                Some((_, best)) => *best = (*best * MENTIONED_AGAIN).max(score),
                None => scores.push((mention.person, score)),
            }
        }
        let best = scores.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        best.map(|(person, _)| *person)
    }
}

/// Returns how well a person fits a pronoun; `None` where the pronoun is known to mean someone else.
fn pronoun_fit(person: &NamedPerson, gender: Gender) -> Option<f32> {
    match person.name.gender.or(person.called) {
        Some(known) if known == gender => Some(KNOWN_GENDER),
        Some(_) => None,
        None if person.name.words < 2 => Some(DOUBTFUL_PERSON),
        None => Some(1.0),
    }
}

/// Returns the gender that a first name, a title or a role tells; names of both genders tell none.
pub(super) fn gender_of(classes: WordClasses) -> Option<Gender> {
    let female = classes.any(words::FEMALE);
    let male = classes.any(words::MALE);
    if classes.any(words::FEMALE_TITLE) || (female && !male) {
        Some(Gender::She)
    } else if classes.any(words::MALE_TITLE) || (male && !female) {
        Some(Gender::He)
    } else {
        None
    }
}

/// Reads a run of capitalised words as a name: without titles, with the gender that title or first name tells.
pub(super) fn name_seen(
    sentence: SentenceTokens<'_>,
    first: usize,
    last: usize,
) -> Option<NameSeen> {
    let mut end = last;
    while end > first && sentence.token(end)?.is(words::SUFFIX) {
        end -= 1;
    }
    let head = sentence.token(end)?;
    // A lone letter is a list mark or an initial, and names nobody.
    if is_bare_role(sentence, first, end) || head.span.len() < 2 {
        return None;
    }
    let the = first > 0 && sentence.is_word(first - 1, "the");
    let titled = sentence
        .range(first..end)
        .iter()
        .any(|token| token.is(words::TITLE | words::ROLE));
    // The Harbour Grill
    let thing = the && first < end && !titled;
    let joints = thing
        || sentence.range(first..end + 1).iter().any(|token| {
            token.is(words::PREPOSITION | words::JOINER) && !token.is(words::PARTICLE)
                || token.word == "&"
        });
    if joints {
        return Some(body_seen(sentence, first, last, end));
    }
    let role_end = role_end(sentence, first, end);
    let titles = (role_end..end).take_while(|at| sentence.is(*at, words::TITLE));
    let start = role_end + titles.count();
    let opening = sentence.token(start)?;
    // The word of the role, the titles, then the first name tell the gender; a last name alone tells none.
    let telling_from = role_end.saturating_sub(1).max(first);
    let telling = sentence.range(telling_from..start + usize::from(start < end));
    let gender = telling.iter().find_map(|token| gender_of(token.classes));
    Some(NameSeen {
        place: Span::new(opening.span.start, sentence.token(last)?.span.end),
        at: start,
        words: end + 1 - start,
        gender,
        organisation: head.is(words::ORGANISATION),
        // Never compared where there is no other word.
        first_word: if start < end {
            listed_form(opening.word)
        } else {
            String::new()
        },
        last_word: listed_form(head.word),
    })
}

/// Reads a name of several parts, which is no person's: `Department of Finance`, `Procter & Gamble`.
fn body_seen(sentence: SentenceTokens<'_>, first: usize, last: usize, end: usize) -> NameSeen {
    let word = |at: usize| {
        sentence
            .token(at)
            .map_or(String::new(), |token| listed_form(token.word))
    };
    NameSeen {
        place: sentence.span_of(first, last),
        at: first,
        words: end + 1 - first,
        gender: None,
        organisation: true,
        first_word: word(first),
        last_word: word(end),
    }
}

/// Returns where the words end that tell a role before a name.
///
/// `White House Press Secretary (Sean Spicer)`, but not `Larry King Live`.
fn role_end(sentence: SentenceTokens<'_>, first: usize, last: usize) -> usize {
    let tokens = sentence.range(first..last);
    let role = tokens
        .iter()
        .rposition(|token| token.is(words::ROLE) && token.capital);
    let before = role.and_then(|role| tokens.get(..role)).unwrap_or_default();
    let named = before
        .iter()
        .any(|token| token.is(words::MALE | words::FEMALE));
    role.filter(|_| !named)
        .map_or(first, |role| first + role + 1)
}

/// Whether the capitals name nobody: `the (Prime Minister)`, `the (Republican Senator)`.
fn is_bare_role(sentence: SentenceTokens<'_>, first: usize, last: usize) -> bool {
    let before = first.checked_sub(1);
    let the = before.is_some_and(|before| sentence.is_word(before, "the"));
    let roles = words::ROLE | words::TITLE | words::NATION;
    the && sentence.is(last, words::ROLE) && (first..=last).all(|at| sentence.is(at, roles))
}
