//! What capital letters stand for: `the PMO` is `the Prime Minister's Office` if that name stood before, or `Long Name (LN)` did.
//!
//! Initials of long names are kept as one number, so that nothing is copied; letters that two names share stand for none.

use super::phrase::Clause;
use super::tokens::Sort;
use super::words::{self, KeyMap, keys};
use crate::text::Span;

/// How many letters may stand for a name.
const LONGEST: usize = 8;

/// Two letters stand for too much, unless they are bracketed behind the name.
const SHORTEST: usize = 3;

/// Long names by their initials; `None` where two names share them.
#[derive(Default)]
pub(super) struct Acronyms {
    names: KeyMap<Option<Span>>,
}

impl Acronyms {
    /// Takes note of the long names of a run of capitals that begins at `at`; returns its last token.
    pub(super) fn meet(&mut self, clause: Clause<'_>, at: usize) -> usize {
        let mut capitals = [0; LONGEST * 2];
        let mut count = 0;
        let mut last = at;
        let mut next = Some(at);
        while let (Some(token), Some(place)) = (next, capitals.get_mut(count)) {
            *place = token;
            count += 1;
            last = token;
            next = next_capital(clause, token);
        }
        let capitals = capitals.get(..count).unwrap_or_default();
        for end in 2..=count {
            let tail = capitals.get(end - 1).copied().unwrap_or_default();
            let bracketed = bracketed(clause, tail);
            let whole = clause
                .token(tail)
                .is_some_and(|token| token.is(words::ORGANISATION));
            if whole || bracketed.is_some() || end == count {
                self.keep(clause, capitals.get(..end).unwrap_or_default(), bracketed);
            }
        }
        last
    }

    /// Keeps each ending of a name by its initials, as the name may follow other capitals.
    fn keep(&mut self, clause: Clause<'_>, capitals: &[usize], bracketed: Option<u64>) {
        for first in capitals.len().saturating_sub(LONGEST)..capitals.len() {
            let name = capitals.get(first..).unwrap_or_default();
            let (Some(start), Some(end)) = (name.first(), name.last()) else {
                return;
            };
            let letters = name
                .iter()
                .fold(0, |letters, at| packed(letters, initial(clause, *at)));
            let enough = name.len() >= SHORTEST || (name.len() == 2 && bracketed == Some(letters));
            if let (true, Some(start), Some(end)) =
                (enough, clause.token(*start), clause.token(*end))
            {
                self.add(clause.text, letters, Span::new(start.start, end.end));
            }
        }
    }

    fn add(&mut self, text: &str, letters: u64, name: Span) {
        let same = |known: Span| known.of(text).eq_ignore_ascii_case(name.of(text));
        self.names
            .entry(letters)
            .and_modify(|known| *known = known.filter(|known| same(*known)))
            .or_insert(Some(name));
    }

    /// The long name of the capital letters at this token.
    pub(super) fn long(&self, clause: Clause<'_>, at: usize) -> Option<Span> {
        self.names.get(&letters(clause, at)?).copied().flatten()
    }
}

/// The next token of a long name: over a possessive ending, `of`, `and`, `for` and `the`.
fn next_capital(clause: Clause<'_>, at: usize) -> Option<usize> {
    let mut next = at + 1;
    while next - at <= 3 {
        let token = clause.token(next)?;
        if token.is_name() {
            return Some(next);
        }
        let small = [keys::OF, keys::AND, keys::FOR, keys::THE].contains(&token.key);
        if !small && token.sort != Sort::Possessive {
            return None;
        }
        next += 1;
    }
    None
}

/// The letters in brackets behind a token: `Canada-U.S.-Mexico Agreement (CUSMA)`.
fn bracketed(clause: Clause<'_>, at: usize) -> Option<u64> {
    let open = clause
        .token(at + 1)
        .is_some_and(|token| token.sort == Sort::Open);
    letters(clause, at + 2).filter(|_| open)
}

/// The token as letters, if it is nothing but capitals: PMO, U.N.
fn letters(clause: Clause<'_>, at: usize) -> Option<u64> {
    let word = clause.token(at)?.span().of(clause.text);
    let capitals = word.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    let letters = || word.bytes().filter(|b| *b != b'.');
    let fits = capitals && (2..=LONGEST).contains(&letters().count());
    fits.then(|| letters().fold(0, packed))
}

fn initial(clause: Clause<'_>, at: usize) -> u8 {
    let token = clause.token(at);
    let byte = token.and_then(|token| clause.text.as_bytes().get(token.start));
    byte.map_or(0, u8::to_ascii_uppercase)
}

fn packed(letters: u64, next: u8) -> u64 {
    letters << 8 | u64::from(next)
}
