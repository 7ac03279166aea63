//! Which rows answer a query, best first.
//!
//! Letters that are merely in order are noise on prose (of such matches of `fed` 2.8 % hold the word), so rows stand in
//! tiers: the whole word, a word's start, inside a word, scattered. Within a tier the score decides, then the shorter row,
//! then the earlier one, so that the order is the same on every run.

use std::cmp::Reverse;

use super::arena::{self, Arena};
use super::query::{Accents, Kind, Query, Term};
use super::score::{self, Scorer};

/// What is asked of a [`Filter`]: the rows, the query, and how the answer is wanted.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    arena: &'a Arena,
    query: &'a Query,
    limit: usize,
    holds: &'a (dyn Fn(u32, &Term) -> bool + Sync),
    cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Search<'a> {
    /// Returns a search of `arena` for `query`: all rows in order, no fields known, never cancelled.
    pub fn new(arena: &'a Arena, query: &'a Query) -> Self {
        Search {
            arena,
            query,
            limit: usize::MAX,
            holds: &|_, _| false,
            cancelled: &|| false,
        }
    }

    /// Asks for the best `limit` rows only; the counts are of all. What is beyond costs no sorting.
    pub fn limit(self, limit: usize) -> Self {
        Search { limit, ..self }
    }

    /// Says how a term with a field is looked up: whether row `id` has it, not minding its negation.
    pub fn fields(self, holds: &'a (dyn Fn(u32, &Term) -> bool + Sync)) -> Self {
        Search { holds, ..self }
    }

    /// Says when the answer is no longer wanted; asked every 2,048 rows.
    pub fn cancelled(self, cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Search { cancelled, ..self }
    }
}

/// The answer to a [`Search`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranked {
    /// The rows, best first; as many as were asked for. The first `literal` of them hold every word as it was typed.
    pub ids: Vec<u32>,
    /// How many rows hold every word side by side.
    pub literal: usize,
    /// How many rows hold some word's letters only scattered; they stand after the literal ones.
    pub scattered: usize,
    /// How many rows were searched.
    pub total: usize,
}

impl Ranked {
    /// Returns how many rows answer the query.
    pub fn shown(&self) -> usize {
        self.literal + self.scattered
    }
}

/// How a row holds a term, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Scattered,
    InsideWord,
    WordStart,
    WholeWord,
}

/// Ranks rows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    scorer: Scorer,
}

impl Filter {
    /// Returns a filter that remembers nothing yet.
    pub fn new() -> Self {
        Filter::default()
    }

    /// Returns the rows that answer the query, best first; `None` if it was cancelled.
    pub fn rank(&mut self, search: &Search) -> Option<Ranked> {
        let total = search.arena.len();
        let mut found = Vec::new();
        for id in 0..total as u32 {
            if id % 2048 == 0 && (search.cancelled)() {
                return None;
            }
            if let Some((tier, score)) = self.row(search, id) {
                let length = search.arena.row(id).len();
                found.push(((tier, score), Reverse((length, id))));
            }
        }
        found.sort_unstable_by(|left, right| right.cmp(left));
        let scattered = found
            .iter()
            .filter(|found| found.0.0 == Tier::Scattered)
            .count();
        Some(Ranked {
            literal: found.len() - scattered,
            scattered,
            total,
            ids: found
                .iter()
                .take(search.limit)
                .map(|found| found.1.0.1)
                .collect(),
        })
    }

    fn row(&mut self, search: &Search, id: u32) -> Option<(Tier, i32)> {
        let mut all = (Tier::WholeWord, 0);
        for group in search.query.groups() {
            let best = group
                .iter()
                .filter_map(|term| self.term(search, id, term))
                .max()?;
            all = (all.0.min(best.0), all.1 + best.1);
        }
        Some(all)
    }

    fn term(&mut self, search: &Search, id: u32, term: &Term) -> Option<(Tier, i32)> {
        let held = match term.field {
            Some(_) => (search.holds)(id, term).then_some((Tier::WholeWord, 0)),
            None => self.plain_term(search.arena, id, term),
        };
        if term.negated {
            return held.is_none().then_some((Tier::WholeWord, 0));
        }
        held
    }

    fn plain_term(&mut self, arena: &Arena, id: u32, term: &Term) -> Option<(Tier, i32)> {
        if term.text.is_ascii() {
            let letters = term.text.as_bytes();
            let needed = arena::mask(letters);
            if arena.mask(id) & needed != needed {
                return None;
            }
            return self.letters(arena.row(id), letters, term.kind);
        }
        let row: Vec<char> = match term.accents {
            Accents::Kept => arena.wide(id)?.chars().collect(),
            Accents::Ignored => arena
                .wide(id)?
                .chars()
                .map(crate::text::fold::fold_char)
                .collect(),
        };
        let letters: Vec<char> = term.text.chars().collect();
        self.letters(&row, &letters, term.kind)
    }

    fn letters<L: Copy + PartialEq + Into<char>>(
        &mut self,
        row: &[L],
        term: &[L],
        kind: Kind,
    ) -> Option<(Tier, i32)> {
        let tier = tier(row, term, kind).or((kind == Kind::Fuzzy).then_some(Tier::Scattered))?;
        Some((tier, self.scorer.score(row, term)?))
    }
}

/// Returns how well `term` stands in `row` side by side; `None` if it is not there so.
fn tier<L: Copy + PartialEq + Into<char>>(row: &[L], term: &[L], kind: Kind) -> Option<Tier> {
    places(row, term, kind).map(|(tier, _)| tier).max()
}

/// Returns where `term` stands best in `row` side by side, the first of equal places.
pub(super) fn best_place(row: &[char], term: &[char], kind: Kind) -> Option<usize> {
    places(row, term, kind)
        .max_by_key(|&(tier, at)| (tier, Reverse(at)))
        .map(|(_, at)| at)
}

fn places<L: Copy + PartialEq + Into<char>>(
    row: &[L],
    term: &[L],
    kind: Kind,
) -> impl Iterator<Item = (Tier, usize)> {
    row.windows(term.len())
        .enumerate()
        .filter(move |(_, window)| *window == term)
        .filter_map(move |(at, _)| Some((place(row, at, at + term.len(), kind)?, at)))
}

fn place<L: Copy + Into<char>>(row: &[L], start: usize, end: usize, kind: Kind) -> Option<Tier> {
    let before = start
        .checked_sub(1)
        .map_or(arena::SEPARATOR, |at| row[at].into());
    let after = row.get(end).map_or(arena::SEPARATOR, |&c| c.into());
    let at_start = before == arena::SEPARATOR;
    let at_end = after == arena::SEPARATOR;
    let wanted = match kind {
        Kind::Fuzzy | Kind::Exact => true,
        Kind::Prefix => at_start,
        Kind::Suffix => at_end,
        Kind::Whole => at_start && at_end,
    };
    wanted.then(
        || match (score::bonus_after(before) > 0, after.is_alphanumeric()) {
            (true, false) => Tier::WholeWord,
            (true, true) => Tier::WordStart,
            _ => Tier::InsideWord,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(rows: &[&str], typed: &str) -> Vec<u32> {
        let arena = Arena::new(rows.iter().map(|row| row.split('|').collect::<Vec<_>>()));
        let query = Query::parse(typed);
        Filter::new()
            .rank(&Search::new(&arena, &query))
            .unwrap()
            .ids
    }

    #[test]
    fn the_word_stands_before_its_start_before_its_inside_before_scattered_letters() {
        let rows = [
            "Offered a deal",
            "Confederation",
            "Federal budget",
            "The Fed cuts rates",
            "Nothing",
        ];
        assert_eq!(ranked(&rows, "fed"), [3, 2, 1, 0]);
    }

    #[test]
    fn every_word_must_match_in_any_field_and_order() {
        let rows = [
            "Carney on steel|CBC",
            "Steel duties|Reuters",
            "Carney speaks|CBC",
        ];
        assert_eq!(ranked(&rows, "cbc steel"), [0]);
        assert_eq!(ranked(&rows, "carney !steel"), [2]);
        assert_eq!(ranked(&rows, "^reuters | speaks$"), [1, 2]);
    }

    #[test]
    fn accents_and_curly_marks_do_not_hide_a_row() {
        let rows = ["Québec’s “white smoke”", "Quebec's smoke"];
        assert_eq!(ranked(&rows, "quebec's"), [1, 0]);
        assert_eq!(ranked(&rows, "québec"), [0]);
        assert_eq!(ranked(&rows, "\"white smoke\""), [0]);
    }

    #[test]
    fn equal_matches_stand_shorter_first_then_in_the_lists_order() {
        let rows = ["steel duties rise", "steel duties", "steel tariff"];
        assert_eq!(ranked(&rows, "steel"), [1, 2, 0]);
    }

    #[test]
    fn scattered_hits_have_their_own_count() {
        let arena = Arena::new([["Fed cuts"], ["Offered a deal"], ["Rain"]]);
        let query = Query::parse("fed");
        let ranked = Filter::new()
            .rank(&Search::new(&arena, &query).limit(1))
            .unwrap();
        assert_eq!(
            (
                ranked.ids.as_slice(),
                ranked.literal,
                ranked.scattered,
                ranked.total
            ),
            ([0].as_slice(), 1, 1, 3)
        );
    }

    #[test]
    fn a_term_in_a_field_asks_the_caller() {
        let arena = Arena::new([["Steel"], ["Steel"]]);
        let query = Query::parse("steel speaker:carney");
        let holds = |id: u32, term: &Term| id == 1 && term.is_in("Mark Carney");
        let ranked = Filter::new()
            .rank(&Search::new(&arena, &query).fields(&holds))
            .unwrap();
        assert_eq!(ranked.ids, [1]);
    }
}
