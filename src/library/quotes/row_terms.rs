//! The terms inside quotations. Few quotations have any, so pairs of a row and a term take less memory than a list for each row.

use crate::filter::body::NumberSet;

/// Pairs of a row and a term inside it, by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowTerms {
    pub(super) rows: Vec<u32>,
    pub(super) terms: Vec<u32>,
}

impl RowTerms {
    /// Adds the terms of a row that comes after those with terms already.
    pub(super) fn push(&mut self, row: u32, terms: &[u32]) {
        self.rows.extend(terms.iter().map(|_| row));
        self.terms.extend(terms);
    }

    /// Returns the rows, of the first `count`, with a term that is `named`, which tells that for each term.
    pub(super) fn rows_with(&self, named: &[bool], count: usize) -> NumberSet {
        let mut rows = NumberSet::none(count);
        for (row, term) in self.rows.iter().zip(&self.terms) {
            if named.get(*term as usize).copied().unwrap_or(false) {
                rows.insert(*row);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_the_terms_inside_them() {
        let mut terms = RowTerms::default();
        for (row, inside) in [(0, &[2, 1][..]), (1, &[]), (4, &[0])] {
            terms.push(row, inside);
        }
        let rows = |named: [bool; 3]| terms.rows_with(&named, 5).iter().collect::<Vec<_>>();
        assert_eq!(rows([false, true, true]), [0]);
        assert_eq!(rows([true, false, true]), [0, 4]);
        assert!(rows([false; 3]).is_empty());
    }
}
