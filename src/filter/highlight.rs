//! Finds the letters of a visible row that matched, to paint them.
//!
//! A term that stands there side by side is painted where it stands best; scattered letters are painted where
//! `SkimMatcherV2` puts them. The crate keeps its matrix from call to call and its answers depend on what is left in it
//! (with its cache off it panics), so a one-cell match comes before each: that shrinks the matrix, and the next call
//! finds it fresh. Its matrix grows with row times term, so a very long row is cut for it.

use std::fmt;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::place;
use super::query::{AccentRule, MatchKind, Query, QueryTerm};
use super::rows::SEPARATOR;
use crate::text::fold;

/// Letters of a row in which scattered ones are painted; no row on a screen is longer. Chosen by eye: the matrix of the crate grows
/// with it.
const LONGEST: usize = 4096;

/// Finds the letters to paint; keeps the crate's matcher, so that its matrix is allocated once.
#[derive(Default)]
pub struct MatchHighlighter {
    matcher: SkimMatcherV2,
}

impl fmt::Debug for MatchHighlighter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MatchHighlighter").finish_non_exhaustive()
    }
}

impl MatchHighlighter {
    /// Returns for each of the row's `fields`, given as displayed, the char indices that matched, in order; and the first of
    /// `asides` that holds a term which no other field holds.
    ///
    /// The fields must be those that the row has in the filter, in the same order.
    pub fn positions(
        &self,
        fields: &[&str],
        asides: &[&str],
        query: &Query,
    ) -> (Vec<Vec<usize>>, Option<usize>) {
        let row = fields.join(&*SEPARATOR.encode_utf8(&mut [0; 4]));
        let (mut found, mut aside) = (Vec::new(), None);
        let terms = query.terms();
        for term in terms.filter(|term| !term.negated && term.field.is_none()) {
            let places = literal(&row, term);
            let holds = |field: &&str| !literal(field, term).is_empty();
            match asides.iter().position(holds).filter(|_| places.is_empty()) {
                Some(at) => aside = aside.or(Some(at)),
                None if places.is_empty() => found.extend(self.scattered(&row, term)),
                None => found.extend(places),
            }
        }
        found.sort_unstable();
        found.dedup();
        (split(fields, &found), aside)
    }

    fn scattered(&self, row: &str, term: &QueryTerm) -> Vec<usize> {
        if term.kind != MatchKind::Fuzzy {
            return Vec::new();
        }
        let row: String = folded(row, term).take(LONGEST).collect();
        // Shrinks the matrix, so that the next call starts with a fresh one.
        self.matcher.fuzzy_indices("a", "a");
        let found = self.matcher.fuzzy_indices(&row, &term.text);
        found.map_or_else(Vec::new, |(_, places)| places)
    }
}

/// Returns where the term stands best side by side.
fn literal(row: &str, term: &QueryTerm) -> Range<usize> {
    let row: Vec<char> = folded(row, term).collect();
    let letters: Vec<char> = term.text.chars().collect();
    place::best_place(&row, &letters, term.kind)
        .map_or(0..0, |(_, start)| start..start + letters.len())
}

fn folded<'a>(row: &'a str, term: &QueryTerm) -> impl Iterator<Item = char> + use<'a> {
    row.chars().map(match term.accents {
        AccentRule::Ignored => fold::fold_char,
        AccentRule::Kept => fold::fold_case,
    })
}

/// Gives each field the places that lie in it, counted from its own start.
fn split(fields: &[&str], found: &[usize]) -> Vec<Vec<usize>> {
    let mut start = 0;
    fields
        .iter()
        .map(|field| {
            let end = start + field.chars().count();
            let inside = found.iter().filter(|at| (start..end).contains(at));
            let places = inside.map(|at| at - start).collect();
            start = end + SEPARATOR.len_utf8();
            places
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(text: &str, typed: &str) -> Vec<usize> {
        let (positions, _) =
            MatchHighlighter::default().positions(&[text], &[], &Query::parse(typed));
        positions.concat()
    }

    fn painted(text: &str, typed: &str) -> String {
        let found = positions(text, typed);
        let paint = |(at, c): (usize, char)| {
            if found.contains(&at) {
                c.to_uppercase().to_string()
            } else {
                c.to_string()
            }
        };
        text.chars().enumerate().map(paint).collect()
    }

    #[test]
    fn a_word_is_painted_where_it_is_the_word() {
        assert_eq!(
            painted("confederation: the fed cuts", "fed"),
            "confederation: the FED cuts"
        );
        assert_eq!(
            painted("québec’s white smoke", "quebec's smoke"),
            "QUÉBEC’S white SMOKE"
        );
    }

    #[test]
    fn scattered_letters_are_painted_where_the_crate_puts_them() {
        assert_eq!(
            painted("white smoke, trade deal", "wstd"),
            "White Smoke, Trade Deal"
        );
    }

    #[test]
    fn what_is_excluded_or_asked_of_a_field_is_not_painted() {
        assert_eq!(
            painted("steel duty", "steel !iron outlet:duty"),
            "STEEL duty"
        );
    }

    #[test]
    fn each_field_gets_its_own_places() {
        let query = Query::parse("cbc steel");
        let (found, _) = MatchHighlighter::default().positions(&["Steel", "CBC News"], &[], &query);
        assert_eq!(found, [vec![0, 1, 2, 3, 4], vec![0, 1, 2]]);
    }

    #[test]
    fn what_only_a_field_aside_holds_is_not_painted_as_scattered_letters_of_the_others() {
        let positions = |typed| {
            let query = Query::parse(typed);
            let asides = ["Ottawa", "Trade"];
            MatchHighlighter::default().positions(&["Tariffs added", "CBC"], &asides, &query)
        };
        assert_eq!(positions("trade"), (vec![vec![], vec![]], Some(1)));
        assert_eq!(positions("tra"), (vec![vec![], vec![]], Some(1)));
        assert_eq!(
            positions("added ott"),
            (vec![(8..13).collect(), vec![]], Some(0))
        );
        assert_eq!(positions("add"), (vec![vec![8, 9, 10], vec![]], None));
        assert_eq!(positions("tfad"), (vec![vec![0, 5, 8, 9], vec![]], None));
    }

    #[test]
    fn the_same_row_is_painted_the_same_after_any_other() {
        let highlighter = MatchHighlighter::default();
        let query = Query::parse("crny");
        let positions = |text| highlighter.positions(&[text], &[], &query);
        let before = positions("canada, carney say");
        positions("concerning an analysis of carney's yearly address to the country");
        assert_eq!(positions("canada, carney say"), before);
    }
}
