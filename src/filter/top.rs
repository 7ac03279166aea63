//! The best rows of a search, kept while it goes on.
//!
//! A row's whole order is one number: tier, then whether the words stand together, then score, then shortness, then place in the
//! list; no two rows have the same, so the order does not depend on which thread saw which row.

use std::cmp::Ordering;

use super::place::MatchTier;

/// Where a row stands among the others; greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

impl Key {
    const TIER: u32 = 61;
    const TOGETHER: u64 = 1 << 60;
    const SCORE: u32 = 44;
    const LENGTH: u32 = 32;
    const LONGEST: usize = (1 << 12) - 1;
    const SCORES: i32 = 1 << 16;

    pub(super) fn new(tier: MatchTier, score: i32, length: usize, row: u32) -> Self {
        let score = score
            .saturating_add(Self::SCORES / 4)
            .clamp(0, Self::SCORES - 1) as u64;
        let shortness = (Self::LONGEST - length.min(Self::LONGEST)) as u64;
        Key((tier as u64) << Self::TIER
            | score << Self::SCORE
            | shortness << Self::LENGTH
            | u64::from(!row))
    }

    /// Returns the key of a row that holds the words of the query one after the other.
    pub(super) fn together(self) -> Self {
        Key(self.0 | Self::TOGETHER)
    }

    /// Returns the number of its [`MatchTier`].
    pub(super) fn tier(self) -> u64 {
        self.0 >> Self::TIER
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

/// So many keys are put in order without asking whether that is still wanted.
const AT_ONCE: usize = 1 << 15;

impl Top {
    pub(super) fn new(limit: usize) -> Self {
        Top {
            keys: Vec::new(),
            limit,
            floor: Key::default(),
        }
    }

    /// Returns an empty one that takes only what could be among the greatest here.
    pub(super) fn continued(&self) -> Self {
        Top {
            floor: self.floor,
            ..Top::new(self.limit)
        }
    }

    /// Whether a row that is at best `key` can still be among the greatest.
    pub(super) fn may_take(&self, key: Key) -> bool {
        key > self.floor
    }

    /// Whether no row of a lower tier can be among the greatest any more.
    pub(super) fn is_full_of(&self, tier: MatchTier) -> bool {
        self.floor >= Key::new(tier, i32::MIN, usize::MAX, u32::MAX)
    }

    /// Returns how long a row of `tier` may be that scores at most `score`, to be among the greatest.
    pub(super) fn longest(&self, tier: MatchTier, score: i32) -> usize {
        let shortest = Key::new(tier, score, 0, 0);
        let longest = shortest.0.saturating_sub(self.floor.0) >> Key::LENGTH;
        match usize::try_from(longest) {
            Ok(longest) if longest < Key::LONGEST => longest,
            _ => usize::MAX,
        }
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

    /// Returns the keys, greatest first; `None` if that is no longer wanted.
    pub(super) fn into_sorted(mut self, cancelled: &dyn Fn() -> bool) -> Option<Vec<Key>> {
        sort(&mut self.keys, cancelled)?;
        self.keys.truncate(self.limit);
        Some(self.keys)
    }

    /// Returns the greatest `count` keys of those that were offered so far, greatest first.
    pub(super) fn best(&self, count: usize) -> Vec<Key> {
        let mut best = Top {
            keys: self.keys.clone(),
            limit: count.min(self.limit),
            floor: self.floor,
        };
        if best.keys.len() > best.limit {
            best.cut();
        }
        best.keys.sort_unstable_by(greatest_first);
        best.keys
    }

    fn cut(&mut self) {
        let Some(last) = self.limit.checked_sub(1) else {
            return self.keys.clear();
        };
        let (_, floor, _) = self.keys.select_nth_unstable_by(last, greatest_first);
        self.floor = *floor;
        self.keys.truncate(self.limit);
    }
}

fn greatest_first(left: &Key, right: &Key) -> Ordering {
    right.cmp(left)
}

/// Puts `keys` in order half by half: a million of them take longer than the next key press should wait.
fn sort(keys: &mut [Key], cancelled: &dyn Fn() -> bool) -> Option<()> {
    if keys.len() <= AT_ONCE {
        keys.sort_unstable_by(greatest_first);
        return Some(());
    }
    if cancelled() {
        return None;
    }
    let middle = keys.len() / 2;
    keys.select_nth_unstable_by(middle, greatest_first);
    let (greater, less) = keys.split_at_mut(middle);
    sort(greater, cancelled)?;
    sort(less, cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_tier_beats_words_together_beat_a_better_score_beats_a_shorter_row_beats_an_earlier_one()
     {
        let keys = [
            Key::new(MatchTier::WholeWord, 10, 90, 7),
            Key::new(MatchTier::WordStart, 20, 90, 7).together(),
            Key::new(MatchTier::WordStart, 70, 90, 7),
            Key::new(MatchTier::WordStart, 60, 50, 7),
            Key::new(MatchTier::WordStart, 60, 80, 2),
            Key::new(MatchTier::WordStart, 60, 80, 3),
            Key::new(MatchTier::Scattered, -400, 9999, 0),
        ];
        assert!(keys.is_sorted_by(|left, right| left > right));
        assert_eq!(keys.map(Key::row), [7, 7, 7, 7, 2, 3, 0]);
    }

    #[test]
    fn a_row_longer_than_the_longest_is_not_taken() {
        let mut top = Top::new(1);
        top.push(Key::new(MatchTier::WordStart, 50, 60, 8));
        top.push(Key::new(MatchTier::WordStart, 50, 70, 9));
        let taken = |score, length| top.may_take(Key::new(MatchTier::WordStart, score, length, 7));
        assert_eq!(top.longest(MatchTier::WordStart, 50), 60);
        assert!(taken(50, 60) && !taken(50, 61));
        assert_eq!(top.longest(MatchTier::WordStart, 51), usize::MAX);
        assert!(taken(51, 9000));
        assert!(top.is_full_of(MatchTier::WordStart) && !top.is_full_of(MatchTier::WholeWord));
    }

    fn offered(limit: usize, rows: u32) -> Top {
        let mut top = Top::new(limit);
        for row in (0..rows).rev() {
            top.push(Key::new(MatchTier::WordStart, 50, 60, row));
        }
        top
    }

    fn rows(keys: Vec<Key>) -> Vec<u32> {
        keys.into_iter().map(Key::row).collect()
    }

    #[test]
    fn the_best_are_kept_however_many_are_offered() {
        assert_eq!(rows(offered(3, 1000).best(9)), [0, 1, 2]);
        let sorted = offered(3, 1000).into_sorted(&|| false);
        assert_eq!(sorted.map(rows), Some(vec![0, 1, 2]));
    }

    #[test]
    fn more_than_are_sorted_at_once_come_out_in_order_unless_nobody_wants_them() {
        let many = 3 * AT_ONCE as u32;
        let sorted = offered(usize::MAX, many).into_sorted(&|| false);
        assert_eq!(sorted.map(rows), Some((0..many).collect()));
        assert_eq!(offered(usize::MAX, many).into_sorted(&|| true), None);
        assert_eq!(rows(offered(usize::MAX, many).best(2)), [0, 1]);
    }
}
