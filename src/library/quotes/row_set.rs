//! A set of rows of the index of quotations, a bit each.

use crate::parallel::{available_threads, in_parallel};

/// Rows for which starting a thread is worth while. Chosen by eye: a thread passes them in about a millisecond.
const ROWS_A_THREAD: usize = 1 << 17;
/// Rows in one word of bits.
const BITS: usize = u64::BITS as usize;

/// A set of the first so many rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowSet {
    bits: Vec<u64>,
    rows: usize,
}

impl RowSet {
    /// Returns a set without any of `rows` rows.
    pub(super) fn none(rows: usize) -> Self {
        let bits = vec![0; rows.div_ceil(BITS)];
        Self { bits, rows }
    }

    /// Returns a set of all of `rows` rows.
    pub(super) fn all(rows: usize) -> Self {
        !&Self::none(rows)
    }

    /// Returns the rows for which `has` is true; several threads ask it.
    pub(super) fn that(rows: usize, has: impl Fn(u32) -> bool + Sync) -> Self {
        let words = rows.div_ceil(BITS);
        let parts = (rows / ROWS_A_THREAD).clamp(1, available_threads());
        let cut = |part: usize| words * part / parts;
        let bits_of = |word: usize| {
            let first = word * BITS;
            let bits = (first..rows.min(first + BITS)).map(|row| has(row as u32));
            (0..)
                .zip(bits)
                .fold(0, |all, (bit, has)| all | u64::from(has) << bit)
        };
        let parts = in_parallel(parts, |part| {
            (cut(part)..cut(part + 1))
                .map(bits_of)
                .collect::<Vec<u64>>()
        });
        Self {
            bits: parts.concat(),
            rows,
        }
    }

    /// Adds rows; those beyond the last one are passed over.
    pub(super) fn insert_all(&mut self, rows: &[u32]) {
        for &row in rows {
            let row = row as usize;
            if row < self.rows
                && let Some(bits) = self.bits.get_mut(row / BITS)
            {
                *bits |= 1 << (row % BITS);
            }
        }
    }

    /// Whether `row` is in it.
    pub(super) fn has(&self, row: u32) -> bool {
        let bits = self.bits.get(row as usize / BITS);
        bits.is_some_and(|bits| bits >> (row as usize % BITS) & 1 == 1)
    }

    /// Whether no row is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    /// Keeps the rows that are in `other` too.
    pub(super) fn keep(&mut self, other: &RowSet) {
        for (own, other) in self.bits.iter_mut().zip(&other.bits) {
            *own &= other;
        }
    }

    /// Adds the rows of `other`.
    pub(super) fn add(&mut self, other: &RowSet) {
        for (own, other) in self.bits.iter_mut().zip(&other.bits) {
            *own |= other;
        }
    }

    /// Returns the rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.bits).flat_map(|(word, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(word * u64::BITS + bit)
            })
        })
    }
}

impl std::ops::Not for &RowSet {
    type Output = RowSet;

    fn not(self) -> RowSet {
        let mut bits: Vec<u64> = self.bits.iter().map(|bits| !bits).collect();
        let last = self.rows % BITS;
        if let Some(bits) = bits.last_mut().filter(|_| last > 0) {
            *bits &= (1 << last) - 1;
        }
        RowSet {
            bits,
            rows: self.rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(set: &RowSet) -> Vec<u32> {
        set.iter().collect()
    }

    #[test]
    fn sets_hold_the_rows_that_there_are_and_no_others() {
        let mut set = RowSet::none(70);
        assert!(set.is_empty());
        set.insert_all(&[3, 64, 69, 70, 900]);
        assert_eq!(rows(&set), [3, 64, 69]);
        assert!(set.has(64) && !set.has(65) && !set.has(70));
        assert_eq!((!&set).iter().count(), 67);
        assert_eq!(RowSet::all(64).iter().count(), 64);
        set.keep(&RowSet::that(70, |row| row % 2 == 1));
        assert_eq!(rows(&set), [3, 69]);
        set.add(&RowSet::that(70, |row| row < 2));
        assert_eq!(rows(&set), [0, 1, 3, 69]);
    }

    #[test]
    fn many_rows_are_asked_by_several_threads_and_stay_in_order() {
        let set = RowSet::that(3 * ROWS_A_THREAD + 5, |row| row.is_multiple_of(1000));
        assert!(
            set.iter().eq((0..)
                .step_by(1000)
                .take_while(|row| set.rows > *row as usize))
        );
    }
}
