//! Who holds which role, as the report itself says: `Prime Minister Mark Carney`, `Sean Spicer, a spokesman for ...`.
//!
//! `the prime minister` means a person only where the report named exactly one holder of that role before. Nothing is known of
//! the world: two presidents in one report, or a spokesman without a name, and the words stay as written. `vice`, `deputy` or
//! `former` make another role of the same word; any other word before it (`French`, `press`) must have stood by the name too.

use std::ops::Range;

use super::people::{self, Gender, People, PersonId};
use super::phrase::Clause;
use super::tokens::{Sort, Token};
use super::words::{self, KeyMap, keys};

/// How many words beside its head a role is known by.
const QUALIFIERS: usize = 8;

/// How many holders of one role are kept; of a role with more, nobody is meant.
const HOLDERS: usize = 8;

/// How far a role may stand from its name, in tokens.
const REACH: usize = 7;

/// `the French foreign minister`: a head and the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    head: u64,
    gender: Option<Gender>,
    /// Keys of the other words; 0 where there is none.
    qualifiers: [u64; QUALIFIERS],
    /// Whether a word such as `former` makes it another role: the sum of their keys.
    rank: u64,
    /// Whether it is said of several (`Sens.`).
    plural: bool,
}

impl Role {
    /// Reads the words of a role, articles and titles and all; its head is the last word, or stands before `of`.
    fn read(tokens: &[Token]) -> Option<Role> {
        let is_of = |token: &Token| token.key == keys::OF;
        let end = tokens.iter().position(is_of).unwrap_or(tokens.len());
        let at = end.checked_sub(1)?;
        let head = tokens.get(at).filter(|token| token.is(words::ROLE))?;
        let mut role = Role {
            head: words::role(head.key)?,
            gender: people::gender_of(head.classes),
            qualifiers: [0; QUALIFIERS],
            rank: 0,
            plural: head.is(words::ROLES),
        };
        let others = tokens.iter().enumerate().filter(|(index, token)| {
            let small = words::DETERMINER.with(words::PREPOSITION);
            *index != at && matches!(token.sort, Sort::Word | Sort::Number) && !token.is(small)
        });
        for (_, token) in others {
            role.qualify(token);
        }
        Some(role)
    }

    fn qualify(&mut self, token: &Token) {
        if token.is(words::RANK) {
            self.rank = self.rank.wrapping_add(token.key);
        } else {
            self.add(token.key);
        }
    }

    fn add(&mut self, qualifier: u64) {
        let place = self
            .qualifiers
            .iter_mut()
            .find(|known| **known == 0 || **known == qualifier);
        if let Some(place) = place {
            *place = qualifier;
        }
    }

    fn qualifiers(&self) -> impl Iterator<Item = u64> {
        self.qualifiers.into_iter().take_while(|key| *key != 0)
    }

    /// Whether this may be said for `holder`: the same role, and no word that did not stand by it.
    fn fits(&self, holder: &Role) -> bool {
        self.rank == holder.rank
            && self
                .qualifiers()
                .all(|key| holder.qualifiers.contains(&key))
    }
}

/// Someone in a role; nobody known where the report leaves the name out.
#[derive(Clone, Copy, Debug)]
struct Holder {
    role: Role,
    person: Option<PersonId>,
}

/// The roles of a report so far, by their heads.
#[derive(Default)]
pub(super) struct Roles {
    holders: KeyMap<Vec<Holder>>,
}

impl Roles {
    /// Takes note of the roles that stand by a name, which is bare of its titles.
    pub(super) fn introduce(&mut self, clause: Clause<'_>, name: Range<usize>, person: PersonId) {
        let (first, last) = (name.start, name.end.saturating_sub(1));
        let before = titled(clause, first).or_else(|| apposed_before(clause, first, last));
        let after = apposed_after(clause, last);
        for role in before.into_iter().chain(after) {
            self.hold(role, Some(person).filter(|_| !role.plural));
        }
    }

    /// Takes note of a role that someone without a name speaks in: `a spokesman said`.
    pub(super) fn hold_unnamed(&mut self, clause: Clause<'_>, first: usize, last: usize) {
        let Some(role) = role_of(clause, first, last) else {
            return;
        };
        if clause.key(first) != keys::THE || role.qualifiers().next().is_some() {
            self.hold(role, None);
        }
    }

    fn hold(&mut self, role: Role, person: Option<PersonId>) {
        let holders = self.holders.entry(role.head).or_default();
        let same = |holder: &&mut Holder| holder.person == person && holder.role.rank == role.rank;
        if let Some(known) = holders.iter_mut().find(same) {
            role.qualifiers().for_each(|key| known.role.add(key));
        } else if holders.len() < HOLDERS {
            holders.push(Holder { role, person });
        }
    }

    /// The one whom `the ROLE` from `first` to `last` means, if exactly one holds it.
    pub(super) fn meant(
        &self,
        clause: Clause<'_>,
        people: &People,
        first: usize,
        last: usize,
    ) -> Option<PersonId> {
        let the = if clause.key(first) == keys::THE {
            first
        } else {
            first.checked_sub(1)?
        };
        if clause.key(the) != keys::THE {
            return None;
        }
        let role = role_of(clause, the, last).filter(|role| !role.plural)?;
        let holders = self.holders.get(&role.head)?;
        if holders.len() >= HOLDERS {
            return None;
        }
        let known = |holder: &Holder| {
            let person = holder.person.and_then(|person| people.get(person));
            person
                .and_then(|person| person.gender)
                .or(holder.role.gender)
        };
        let fits = |holder: &&Holder| {
            let gender = known(holder);
            let same_gender = role.gender.is_none() || gender.is_none() || role.gender == gender;
            role.fits(&holder.role) && same_gender
        };
        let mut fitting = holders.iter().filter(fits);
        let one = fitting.next()?.person;
        one.filter(|_| fitting.next().is_none())
    }
}

fn role_of(clause: Clause<'_>, first: usize, last: usize) -> Option<Role> {
    Role::read(clause.tokens.get(first..=last)?)
}

fn may_qualify(token: &Token) -> bool {
    let stop = words::AUXILIARY
        .with(words::RELATIVE)
        .with(words::CONJUNCTION)
        .with(words::PRONOUN)
        .with(words::DETERMINER);
    let verb = token.is(words::CUE) && !token.is(words::NOUN);
    matches!(token.sort, Sort::Word | Sort::Number)
        && !token.is(stop)
        && !verb
        && (!token.is(words::PREPOSITION) || token.key == keys::OF)
}

/// `Prime Minister (Mark Carney)`, `union president (Ann Lee)`, `Secretary of State (Hillary Clinton)`.
fn titled(clause: Clause<'_>, name: usize) -> Option<Role> {
    let start = start_of_role(clause, name);
    // "The president of France met Ann Lee" gives her no role.
    let of = (start..name).find(|at| clause.key(*at) == keys::OF);
    let direct = of.is_none_or(|of| of + 2 == name);
    (start < name && direct)
        .then(|| role_of(clause, start, name - 1))
        .flatten()
}

/// Where the words that may tell a role begin, which ends before `end`.
fn start_of_role(clause: Clause<'_>, end: usize) -> usize {
    let mut start = end;
    while end - start < REACH && start > 0 && clause.token(start - 1).is_some_and(may_qualify) {
        start -= 1;
    }
    start
}

/// `the prime minister, (Mark Carney),`
fn apposed_before(clause: Clause<'_>, name: usize, last: usize) -> Option<Role> {
    let comma = name
        .checked_sub(1)
        .filter(|at| sort(clause, *at) == Some(Sort::Comma))?;
    let start = start_of_role(clause, comma);
    let owner = clause.token(start.checked_sub(1)?)?;
    let owned = owner.is(words::DETERMINER) || owner.sort == Sort::Possessive;
    let closed = matches!(
        sort(clause, last + 1),
        None | Some(Sort::Comma | Sort::Stop | Sort::Close)
    );
    let listed = clause
        .token(last + 2)
        .is_some_and(|token| token.is(words::CONJUNCTION) && !token.is(words::RELATIVE));
    (owned && closed && !listed && start < comma)
        .then(|| role_of(clause, start, comma - 1))
        .flatten()
}

/// `(Ann Lee), 45, a spokeswoman for`, `(Mark Carney), the prime minister of Canada,`
fn apposed_after(clause: Clause<'_>, last: usize) -> Option<Role> {
    let comma = |at: usize| sort(clause, at) == Some(Sort::Comma);
    let mut at = last + 2;
    if comma(last + 1) && sort(clause, at) == Some(Sort::Number) && comma(at + 1) {
        at += 2;
    }
    if !comma(at.checked_sub(1)?) {
        return None;
    }
    at = after_owner(clause, at);
    let end = (at..at + REACH)
        .find(|index| !clause.token(*index).is_some_and(may_qualify))
        .unwrap_or(at + REACH);
    let ends = clause.token(end).is_none_or(|next| {
        let sign = matches!(
            next.sort,
            Sort::Comma | Sort::Stop | Sort::Dash | Sort::Close
        );
        sign || keys::JOINTS.contains(&next.key) || next.key == keys::WHO
    });
    let slice = clause.tokens.get(at..end)?;
    // "president of the union": what it is of may go on, the head is there.
    let of = slice
        .last()
        .is_some_and(|token| token.key == keys::OF)
        .then(|| clause.token(end))
        .flatten()
        .is_some_and(|next| next.is(words::DETERMINER));
    (ends || of).then(|| Role::read(slice)).flatten()
}

/// Steps over `the`, `his` or `Trump's`.
fn after_owner(clause: Clause<'_>, at: usize) -> usize {
    let owner = (at..at + 5).find(|index| sort(clause, *index) == Some(Sort::Possessive));
    let named = owner.filter(|owner| (at..*owner).all(|index| clause.is_name(index)));
    match (named, clause.token(at)) {
        (Some(owner), _) => owner + 1,
        (None, Some(token)) if token.is(words::DETERMINER) => at + 1,
        _ => at,
    }
}

fn sort(clause: Clause<'_>, at: usize) -> Option<Sort> {
    clause.token(at).map(|token| token.sort)
}
