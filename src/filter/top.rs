//! The best rows of a search, kept while it goes on.
//!
//! A row's whole order is one number: tier, then score, then shortness, then place in the list; no two rows have the same,
//! so the order does not depend on which thread saw which row.

use super::place::Tier;

/// Where a row stands among the others; greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

impl Key {
    const LONGEST: usize = (1 << 12) - 1;
    const SCORES: i32 = 1 << 18;

    pub(super) fn new(tier: Tier, score: i32, length: usize, row: u32) -> Self {
        let score = score
            .saturating_add(Self::SCORES / 4)
            .clamp(0, Self::SCORES - 1) as u64;
        let shortness = (Self::LONGEST - length.min(Self::LONGEST)) as u64;
        Key((tier as u64) << 62 | score << 44 | shortness << 32 | u64::from(!row))
    }

    pub(super) fn row(self) -> u32 {
        !(self.0 as u32)
    }
}

/// The greatest `limit` keys of those that were offered.
#[derive(Debug)]
pub(super) struct Top {
    keys: Vec<Key>,
    limit: usize,
    floor: Key,
}

impl Top {
    pub(super) fn new(limit: usize) -> Self {
        Top {
            keys: Vec::new(),
            limit,
            floor: Key::default(),
        }
    }

    /// Whether a row that is at best `key` can still be among the greatest.
    pub(super) fn may_take(&self, key: Key) -> bool {
        key > self.floor
    }

    pub(super) fn push(&mut self, key: Key) {
        if !self.may_take(key) {
            return;
        }
        self.keys.push(key);
        if self.keys.len() / 2 >= self.limit.max(1) {
            self.cut();
        }
    }

    pub(super) fn merge(&mut self, other: Top) {
        for key in other.keys {
            self.push(key);
        }
    }

    /// Returns the keys, greatest first.
    pub(super) fn into_sorted(mut self) -> Vec<Key> {
        self.keys.sort_unstable_by(|left, right| right.cmp(left));
        self.keys.truncate(self.limit);
        self.keys
    }

    fn cut(&mut self) {
        let Some(last) = self.limit.checked_sub(1) else {
            return self.keys.clear();
        };
        let (_, floor, _) = self
            .keys
            .select_nth_unstable_by(last, |left, right| right.cmp(left));
        self.floor = *floor;
        self.keys.truncate(self.limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_tier_beats_a_better_score_beats_a_shorter_row_beats_an_earlier_one() {
        let keys = [
            Key::new(Tier::WholeWord, 10, 90, 7),
            Key::new(Tier::WordStart, 70, 90, 7),
            Key::new(Tier::WordStart, 60, 50, 7),
            Key::new(Tier::WordStart, 60, 80, 2),
            Key::new(Tier::WordStart, 60, 80, 3),
            Key::new(Tier::Scattered, -400, 9999, 0),
        ];
        assert!(keys.is_sorted_by(|left, right| left > right));
        assert_eq!(keys.map(Key::row), [7, 7, 7, 2, 3, 0]);
    }

    #[test]
    fn the_best_are_kept_however_many_are_offered() {
        let mut top = Top::new(3);
        for row in (0..1000).rev() {
            top.push(Key::new(Tier::WordStart, 50, 60, row));
        }
        let rows: Vec<u32> = top.into_sorted().into_iter().map(Key::row).collect();
        assert_eq!(rows, [0, 1, 2]);
    }
}
