//! The utterances of all rows: the same words in several reports, reworded or cut as reporters do.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;

use super::number_lists::NumberLists;

/// Utterances, numbered in the order in which they are listed: those of most reports first.
#[derive(Clone, Debug, Default)]
pub(super) struct Utterances {
    /// The utterance of each row.
    of_row: Vec<u32>,
    /// The rows of each utterance, in the order of their places.
    rows: NumberLists,
    /// Utterances that stand in this order: those that were added since are at the end, and other reports may have changed it since
    /// they were saved.
    sorted: usize,
}

impl Utterances {
    /// Returns the utterances of rows that are grouped: `first` has for each row one that represents its utterance.
    ///
    /// `place` tells what orders the rows: a number of their report, and their place in it.
    pub(super) fn new(first: &[u32], place: impl Fn(u32) -> (u32, u32) + Sync) -> Self {
        let groups = NumberLists::places_of(first);
        let mut ranked: Vec<(Reverse<usize>, (u32, u32), u32)> = (0..groups.len() as u32)
            .into_par_iter()
            .filter_map(|group| {
                let rows = groups.get(group as usize).iter();
                let mut places: Vec<(u32, u32)> = rows.map(|row| place(*row)).collect();
                places.sort_unstable();
                let start = places.first().copied()?;
                places.dedup_by_key(|(report, _)| *report);
                Some((Reverse(places.len()), start, group))
            })
            .collect();
        ranked.par_sort_unstable();
        let mut utterances = Self {
            of_row: vec![0; first.len()],
            rows: NumberLists::default(),
            sorted: ranked.len(),
        };
        utterances.rows.reserve(first.len(), ranked.len());
        for (number, (_, _, group)) in (0..).zip(ranked) {
            let rows = groups.get(group as usize);
            for &row in rows {
                utterances.of_row[row as usize] = number;
            }
            utterances.rows.push(rows.iter().copied());
        }
        utterances.rows.sort_each(place);
        utterances
    }

    /// Returns the utterances with these rows, as they were saved; `None` where a row is missing or is of two.
    pub(super) fn restored(rows: NumberLists, sorted: usize) -> Option<Self> {
        let mut of_row = vec![u32::MAX; rows.numbers().len()];
        for number in 0..rows.len() {
            for &row in rows.get(number) {
                let of_row = of_row.get_mut(row as usize)?;
                if std::mem::replace(of_row, number as u32) != u32::MAX {
                    return None;
                }
            }
        }
        Some(Self {
            sorted: sorted.min(rows.len()),
            of_row,
            rows,
        })
    }

    /// Sorts the rows of each utterance, whose reports may have changed their places; the utterances themselves stay as they are.
    pub(super) fn sort_rows(&mut self, place: impl Fn(u32) -> (u32, u32)) {
        self.rows.sort_each(place);
        self.sorted = 0;
    }

    /// Returns the rows of all utterances, and how many utterances stand in order.
    pub(super) fn lists(&self) -> (&NumberLists, usize) {
        (&self.rows, self.sorted)
    }

    /// Adds a row that is an utterance of its own until rows are grouped again.
    pub(super) fn push_alone(&mut self) {
        let row = self.of_row.len() as u32;
        self.of_row.push(self.rows.len() as u32);
        self.rows.push([row]);
    }

    /// Returns the number of utterances.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns the utterance of a row.
    pub(super) fn of(&self, row: u32) -> Option<u32> {
        self.of_row.get(row as usize).copied()
    }

    /// Returns the utterance of each row.
    pub(super) fn of_rows(&self) -> &[u32] {
        &self.of_row
    }

    /// Returns the rows of an utterance.
    pub(super) fn rows(&self, utterance: u32) -> &[u32] {
        self.rows.get(utterance as usize)
    }

    /// Returns the rows of several utterances, one after the other.
    pub(super) fn joined(&self, utterances: Range<u32>) -> &[u32] {
        self.rows.joined(utterances)
    }

    /// Returns where the rows of each of several utterances start, counted from the first of them.
    pub(super) fn starts(&self, utterances: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        self.rows.starts(utterances)
    }

    /// Whether all utterances stand in the order of the number of their reports, then of their first quotation.
    pub(super) fn is_sorted(&self) -> bool {
        self.sorted == self.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utterances_of_most_reports_come_first_and_rows_stand_by_place() {
        // Rows 0 and 3 are one utterance, in reports 7 and 1; row 2 is of report 0.
        let places = [(7, 4), (5, 0), (0, 9), (1, 1)];
        let place = |row: u32| places[row as usize];
        let mut utterances = Utterances::new(&[0, 1, 2, 0], place);
        let lists: Vec<&[u32]> = (0..3).map(|number| utterances.rows(number)).collect();
        assert_eq!(lists, [&[3, 0][..], &[2], &[1]]);
        assert_eq!(utterances.of(3), Some(0));
        assert!(utterances.is_sorted());
        let (lists, sorted) = utterances.lists();
        let mut restored = Utterances::restored(lists.clone(), sorted).unwrap();
        assert_eq!(restored.of_rows(), utterances.of_rows());
        assert!(restored.is_sorted());
        restored.sort_rows(|row| (0, row));
        assert_eq!(
            (restored.rows(0), restored.is_sorted()),
            (&[0, 3][..], false)
        );
        utterances.push_alone();
        assert_eq!((utterances.of(4), utterances.rows(3)), (Some(3), &[4][..]));
        assert!(!utterances.is_sorted());
        for numbers in [[0, 0], [1, 2]] {
            let lists = NumberLists::of(vec![1, 1], numbers.to_vec()).unwrap();
            assert!(Utterances::restored(lists, 2).is_none());
        }
    }
}
