//! Finds the names of a table that hold a term: each is looked at once, however many quotations have it.

use crate::filter::body::starts_word;
use crate::filter::{AccentRule, MatchKind, QueryTerm};
use crate::library::fields::UNATTRIBUTED;

use super::table::{Attribution, QuoteTable};

/// For each name of a table whether it holds a term.
#[derive(Debug)]
pub(super) struct NameHits {
    names: Vec<NameHit>,
    /// The same of the name of an unknown speaker.
    unknown: NameHit,
}

/// Whether a name holds a term, and whether at the start of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NameHit {
    pub(super) held: bool,
    pub(super) starts: bool,
}

impl NameHits {
    /// Returns which names of `table` hold `term`. Ignores its negation.
    pub(super) fn new(table: &QuoteTable, term: &QueryTerm) -> Self {
        let mut names = vec![NameHit::default(); table.names.len()];
        let is_settled = is_settled_by_index(term);
        for (number, begins) in table.folded_names.with_word(&term.text) {
            if let Some(hit) = names.get_mut(number as usize) {
                hit.held = is_settled || term.is_in(table.name(number));
                hit.starts =
                    hit.held && begins && (is_settled || starts_in(term, table.name(number)));
            }
        }
        Self {
            names,
            unknown: NameHit {
                held: term.is_in(UNATTRIBUTED),
                starts: starts_in(term, UNATTRIBUTED),
            },
        }
    }

    /// Returns whether the name of this number holds it.
    pub(super) fn of(&self, number: u32) -> NameHit {
        self.names.get(number as usize).copied().unwrap_or_default()
    }

    /// Returns whether the speaker's name holds it, as it is displayed.
    pub(super) fn of_speaker(&self, said: &Attribution) -> NameHit {
        said.speaker.map_or(self.unknown, |number| self.of(number))
    }

    /// Whether no name holds it, nor that of an unknown speaker.
    pub(super) fn are_none(&self) -> bool {
        !self.unknown.held && self.names.iter().all(|hit| !hit.held)
    }

    /// Whether the speaker's name, or the words that stand for it, hold it.
    pub(super) fn is_said_by(&self, said: &Attribution) -> bool {
        self.of_speaker(said).held || self.of(said.mention).held
    }
}

/// Whether words of letters and digits settle a term: it may stand anywhere, and its accents do not count.
pub(super) fn is_settled_by_index(term: &QueryTerm) -> bool {
    term.accents == AccentRule::Ignored && matches!(term.kind, MatchKind::Fuzzy | MatchKind::Exact)
}

/// Whether `text` has the term at the start of a word.
pub(super) fn starts_in(term: &QueryTerm, text: &str) -> bool {
    let mut places = term.places_in(text).into_iter();
    places.any(|place| starts_word(text, place.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Query;

    #[test]
    fn a_name_is_found_as_its_term_asks() {
        let mut table = QuoteTable::default();
        let numbers = ["José Carney", "McCarney", ""].map(|name| table.name_number(name));
        let of = |typed: &str| {
            let query = Query::parse(typed);
            let hits = NameHits::new(&table, query.terms().next().unwrap());
            numbers.map(|number| (hits.of(number).held, hits.of(number).starts))
        };
        let (none, held, starts) = ((false, false), (true, false), (true, true));
        assert_eq!(of("carney"), [starts, held, none]);
        assert_eq!(of("jose"), [starts, none, none]);
        assert_eq!(of("josé"), [starts, none, none]);
        assert_eq!(of("cárney"), [none, none, none]);
        assert_eq!(of("^mcc"), [none, starts, none]);
        assert_eq!(of("ney$"), [held, held, none]);
    }
}
