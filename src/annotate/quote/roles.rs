//! The holders of roles, as the report itself names them: `Prime Minister Mark Carney`, `Sean Spicer, a spokesman for ...`.
//!
//! `the prime minister` means a person only where the report named exactly one holder of that role before. Nothing is known of
//! the world: two presidents in one report, or a spokesman without a name, and the words stay as written. `vice`, `deputy` or
//! `former` make another role of the same word; any other word before it (`French`, `press`) must have stood by the name too.

use std::ops::Range;

use foldhash::HashMap;

use super::people::{self, Gender, People, PersonId};
use super::phrase::{NounPhrase, SentenceTokens};
use super::tokens::SentenceToken;
use super::words;
use crate::text::tokens::TokenKind;
use crate::text::word_lists::listed_form;

/// Most words beside its head that a role is known by.
const MOST_QUALIFIERS: usize = 8;

/// Most holders of one role that are kept; of a role with more, nobody is meant.
const MOST_HOLDERS: usize = 8;

/// Most tokens of a role beside its name.
const REACH: usize = 7;

/// A role as the report words it, `the French foreign minister`: a head and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RoleWords {
    /// The first name of the role: spokesperson, for spokeswoman.
    head: &'static str,
    gender: Option<Gender>,
    qualifiers: Vec<String>,
    /// Words such as `former`, which make it another role; sorted.
    ranks: Vec<String>,
    /// Whether it is said of several people (`Sens.`).
    plural: bool,
}

impl RoleWords {
    /// Reads the words of a role with its articles and titles; its head is the last word, or stands before `of`.
    fn read(tokens: &[SentenceToken<'_>]) -> Option<Self> {
        let of = tokens.iter().position(|token| token.is_word("of"));
        let head_at = of.unwrap_or(tokens.len()).checked_sub(1)?;
        let head = tokens.get(head_at).filter(|token| token.is(words::ROLE))?;
        let mut role = Self {
            head: words::role(head.word)?,
            gender: people::gender_of(head.classes),
            qualifiers: Vec::new(),
            ranks: Vec::new(),
            plural: head.is(words::SEVERAL),
        };
        for (at, token) in tokens.iter().enumerate() {
            let worded = matches!(token.kind, TokenKind::Word | TokenKind::Number);
            if at == head_at || !worded || token.is(words::DETERMINER | words::PREPOSITION) {
                continue;
            }
            if token.is(words::RANK) {
                role.ranks.push(listed_form(token.word));
            } else {
                role.add_qualifier(listed_form(token.word));
            }
        }
        role.ranks.sort();
        Some(role)
    }

    fn add_qualifier(&mut self, qualifier: String) {
        if self.qualifiers.len() < MOST_QUALIFIERS && !self.qualifiers.contains(&qualifier) {
            self.qualifiers.push(qualifier);
        }
    }

    /// Whether this may be said for `holder`: the same role, and no word that did not stand by it.
    fn fits(&self, holder: &RoleWords) -> bool {
        let mut qualifiers = self.qualifiers.iter();
        self.ranks == holder.ranks && qualifiers.all(|word| holder.qualifiers.contains(word))
    }
}

/// Someone in a role; without a person where the report leaves the name out.
#[derive(Clone, Debug)]
struct RoleHolder {
    role: RoleWords,
    person: Option<PersonId>,
}

/// The roles of a report so far, by their heads.
#[derive(Default)]
pub(super) struct Roles {
    holders: HashMap<&'static str, Vec<RoleHolder>>,
}

impl Roles {
    /// Takes note of the roles that stand by a name, which is bare of its titles.
    pub(super) fn note_named(
        &mut self,
        sentence: SentenceTokens<'_>,
        name: Range<usize>,
        person: PersonId,
    ) {
        let (first, last) = (name.start, name.end.saturating_sub(1));
        let before =
            title_before(sentence, first).or_else(|| apposed_before(sentence, first, last));
        let after = apposed_after(sentence, last);
        for role in before.into_iter().chain(after) {
            let holder = Some(person).filter(|_| !role.plural);
            self.add_holder(role, holder);
        }
    }

    /// Takes note of a role that someone without a name speaks in: `a spokesman said`.
    pub(super) fn note_unnamed(&mut self, sentence: SentenceTokens<'_>, phrase: NounPhrase) {
        let role = RoleWords::read(sentence.range(phrase.first..phrase.last + 1));
        // "The spokesman" alone is one who was named before; "the press spokesman" may be another one.
        let the = sentence.is_word(phrase.first, "the");
        if let Some(role) = role.filter(|role| !the || !role.qualifiers.is_empty()) {
            self.add_holder(role, None);
        }
    }

    fn add_holder(&mut self, role: RoleWords, person: Option<PersonId>) {
        let holders = self.holders.entry(role.head).or_default();
        let mut known = holders.iter_mut();
        if let Some(known) =
            known.find(|holder| holder.person == person && holder.role.ranks == role.ranks)
        {
            for qualifier in role.qualifiers {
                known.role.add_qualifier(qualifier);
            }
        } else if holders.len() < MOST_HOLDERS {
            holders.push(RoleHolder { role, person });
        }
    }

    /// Returns the person whom `the ROLE` of a phrase means, if exactly one holds it.
    pub(super) fn meant_by(
        &self,
        sentence: SentenceTokens<'_>,
        people: &People,
        phrase: NounPhrase,
    ) -> Option<PersonId> {
        let mut starts = [Some(phrase.first), phrase.first.checked_sub(1)]
            .into_iter()
            .flatten();
        let the = starts.find(|at| sentence.is_word(*at, "the"))?;
        let role =
            RoleWords::read(sentence.range(the..phrase.last + 1)).filter(|role| !role.plural)?;
        let holders = self.holders.get(role.head)?;
        if holders.len() >= MOST_HOLDERS {
            return None;
        }
        let fits = |holder: &&RoleHolder| {
            let name = holder.person.and_then(|person| people.name(person));
            let gender = name.and_then(|name| name.gender).or(holder.role.gender);
            let same_gender = role.gender.is_none() || gender.is_none() || role.gender == gender;
            role.fits(&holder.role) && same_gender
        };
        let mut fitting = holders.iter().filter(fits);
        let one = fitting.next()?.person;
        one.filter(|_| fitting.next().is_none())
    }
}

/// Whether the token may be one of the words of a role.
fn may_qualify(token: &SentenceToken<'_>) -> bool {
    let stop = words::AUXILIARY
        | words::RELATIVE
        | words::CONJUNCTION
        | words::PRONOUN
        | words::DETERMINER;
    let verb = token.is(words::CUE) && !token.is(words::NOUN);
    matches!(token.kind, TokenKind::Word | TokenKind::Number)
        && !token.is(stop)
        && !verb
        && (!token.is(words::PREPOSITION) || token.is_word("of"))
}

/// Returns the role before a name: `Prime Minister (Mark Carney)`, `Secretary of State (Hillary Clinton)`.
fn title_before(sentence: SentenceTokens<'_>, name: usize) -> Option<RoleWords> {
    let start = start_of_role(sentence, name);
    // "The president of France met Ann Lee" gives her no role.
    let of = (start..name).find(|at| sentence.is_word(*at, "of"));
    if of.is_some_and(|of| of + 2 != name) {
        return None;
    }
    RoleWords::read(sentence.range(start..name))
}

/// Returns where the words begin that may tell a role, which ends before `end`.
fn start_of_role(sentence: SentenceTokens<'_>, end: usize) -> usize {
    let mut start = end;
    while end - start < REACH && sentence.before(start).is_some_and(may_qualify) {
        start -= 1;
    }
    start
}

/// Returns the role before a name in apposition: `the prime minister, (Mark Carney),`.
fn apposed_before(sentence: SentenceTokens<'_>, name: usize, last: usize) -> Option<RoleWords> {
    let comma = name
        .checked_sub(1)
        .filter(|at| sentence.kind(*at) == Some(TokenKind::Comma))?;
    let start = start_of_role(sentence, comma);
    let owner = sentence.before(start)?;
    let owned = owner.is(words::DETERMINER) || owner.kind == TokenKind::Possessive;
    let closed = matches!(
        sentence.kind(last + 1),
        None | Some(TokenKind::Comma | TokenKind::FullStop | TokenKind::CloseBracket)
    );
    // "the premier, Ann Lee, and ...": one of a list, not the same person.
    let listed =
        sentence.is(last + 2, words::CONJUNCTION) && !sentence.is(last + 2, words::RELATIVE);
    if !owned || !closed || listed {
        return None;
    }
    RoleWords::read(sentence.range(start..comma))
}

/// Returns the role after a name: `(Ann Lee), 45, a spokeswoman for`, `(Mark Carney), the prime minister of Canada,`.
fn apposed_after(sentence: SentenceTokens<'_>, last: usize) -> Option<RoleWords> {
    let is_comma = |at: usize| sentence.kind(at) == Some(TokenKind::Comma);
    let mut at = last + 2;
    let aged = sentence.kind(at) == Some(TokenKind::Number) && is_comma(at + 1);
    if is_comma(last + 1) && aged {
        at += 2;
    }
    if !is_comma(at - 1) {
        return None;
    }
    at = after_owner(sentence, at);
    let end = (at..at + REACH)
        .find(|index| !sentence.token(*index).is_some_and(may_qualify))
        .unwrap_or(at + REACH);
    let role = sentence.tokens.get(at..end)?;
    let ends = sentence.token(end).is_none_or(|next| {
        let sign = matches!(
            next.kind,
            TokenKind::Comma | TokenKind::FullStop | TokenKind::Dash | TokenKind::CloseBracket
        );
        sign || next.is(words::JOINT) || next.is_word("who")
    });
    // "president of the union": the owner may go on, the head is there.
    let of =
        role.last().is_some_and(|token| token.is_word("of")) && sentence.is(end, words::DETERMINER);
    (ends || of).then(|| RoleWords::read(role)).flatten()
}

/// Steps over `the`, `his` or `Trump's`, and returns the token after it.
fn after_owner(sentence: SentenceTokens<'_>, at: usize) -> usize {
    let owner = (at..at + 5).find(|index| sentence.kind(*index) == Some(TokenKind::Possessive));
    let named = owner.filter(|owner| (at..*owner).all(|index| sentence.is_name(index)));
    match named {
        Some(owner) => owner + 1,
        None if sentence.is(at, words::DETERMINER) => at + 1,
        None => at,
    }
}
