//! The utterances of all rows: the same words in several reports, reworded or cut as reporters do.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::number_lists::NumberLists;

/// Utterances, numbered in the order in which they are listed: those of most reports first.
#[derive(Clone, Debug, Default)]
pub(super) struct Utterances {
    /// The utterance of each row.
    of_row: Vec<u32>,
    /// The rows of each utterance, in the order of their places.
    rows: NumberLists,
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
        };
        for (number, (_, _, group)) in (0..).zip(ranked) {
            let mut rows = groups.get(group as usize).to_vec();
            rows.sort_by_key(|row| place(*row));
            for &row in &rows {
                utterances.of_row[row as usize] = number;
            }
            utterances.rows.push(rows);
        }
        utterances
    }

    /// Returns the utterances that were saved; `None` where the numbers are damaged.
    pub(super) fn restored(of_row: Vec<u32>, place: impl Fn(u32) -> (u32, u32)) -> Option<Self> {
        let count = of_row.len() as u32;
        if of_row.iter().any(|number| *number >= count) {
            return None;
        }
        let lists = NumberLists::places_of(&of_row);
        let mut rows = NumberLists::default();
        for number in 0..lists.len() {
            let mut list = lists.get(number).to_vec();
            if list.len() > 1 {
                list.sort_by_key(|row| place(*row));
            }
            rows.push(list);
        }
        Some(Self { of_row, rows })
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
        let of_rows = utterances.of_rows().to_vec();
        let restored = Utterances::restored(of_rows, place).unwrap();
        assert_eq!(restored.rows(0), [3, 0]);
        utterances.push_alone();
        assert_eq!((utterances.of(4), utterances.rows(3)), (Some(3), &[4][..]));
        assert!(Utterances::restored(vec![9], place).is_none());
    }
}
