//! The best rows of a search, kept while it goes on.
//!
//! The rank of a row is one number, made of its tier, of whether the words stand together, of its score, its shortness and its
//! place in the list. No two rows have the same rank, so the order does not depend on which thread ranked which row.

use std::cmp::Reverse;

use super::place::MatchTier;

/// The rank of a row among the others; greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RankKey(u64);

impl RankKey {
    // The lowest bit of each part; the row has the 32 bits below them.
    const TIER: u32 = 61;
    const TOGETHER: u32 = 60;
    const SCORE: u32 = 44;
    const LENGTH: u32 = 32;
    const LONGEST: usize = (1 << 12) - 1;
    const SCORES: i32 = 1 << 16;

    pub(super) fn new(
        tier: MatchTier,
        together: bool,
        score: i32,
        length: usize,
        row: u32,
    ) -> Self {
        // A long gap costs more than the letters earn, so that scores can be negative.
        let score = score.saturating_add(Self::SCORES / 4);
        let score = score.clamp(0, Self::SCORES - 1) as u64;
        let shortness = (Self::LONGEST - length.min(Self::LONGEST)) as u64;
        RankKey(
            (tier as u64) << Self::TIER
                | u64::from(together) << Self::TOGETHER
                | score << Self::SCORE
                | shortness << Self::LENGTH
                // Inverted, because the greatest key is the best and the first row of the list comes first.
                | u64::from(!row),
        )
    }

    /// Whether the row holds every word at least as well as `tier`.
    pub(super) fn is_at_least(self, tier: MatchTier) -> bool {
        self.0 >> Self::TIER >= tier as u64
    }

    pub(super) fn row(self) -> u32 {
        !(self.0 as u32)
    }
}

/// The greatest of the keys that were pushed, as many as are wanted.
#[derive(Debug)]
pub(super) struct BestRows {
    keys: Vec<RankKey>,
    limit: usize,
    /// No key up to this one can be among the greatest any more.
    floor: RankKey,
}

impl BestRows {
    pub(super) fn new(limit: usize) -> Self {
        BestRows {
            keys: Vec::new(),
            limit,
            floor: RankKey::default(),
        }
    }

    /// Returns an empty one that takes only keys that could be among the greatest here.
    pub(super) fn continued(&self) -> Self {
        BestRows {
            floor: self.floor,
            ..BestRows::new(self.limit)
        }
    }

    /// Whether a row that is at best `key` can still be among the greatest.
    pub(super) fn may_take(&self, key: RankKey) -> bool {
        key > self.floor
    }

    pub(super) fn push(&mut self, key: RankKey) {
        if !self.may_take(key) {
            return;
        }
        self.keys.push(key);
        // Cut at twice the limit, so that choosing the greatest costs little for each key.
        if self.keys.len() / 2 >= self.limit.max(1) {
            self.cut(self.limit);
        }
    }

    pub(super) fn append(&mut self, other: BestRows) {
        for key in other.keys {
            self.push(key);
        }
    }

    /// Returns the greatest `count` of the keys, greatest first.
    pub(super) fn sorted(&self, count: usize) -> Vec<RankKey> {
        let mut best = BestRows {
            keys: self.keys.clone(),
            ..*self
        };
        best.cut(count.min(self.limit));
        best.keys.sort_unstable_by_key(|&key| Reverse(key));
        best.keys
    }

    fn cut(&mut self, limit: usize) {
        let Some(last) = limit.checked_sub(1) else {
            return self.keys.clear();
        };
        if limit < self.keys.len() {
            let (_, least, _) = self
                .keys
                .select_nth_unstable_by_key(last, |&key| Reverse(key));
            self.floor = *least;
            self.keys.truncate(limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_tier_beats_words_together_beat_a_better_score_beats_a_shorter_row_beats_an_earlier_one()
     {
        let keys = [
            RankKey::new(MatchTier::WholeWord, false, 10, 90, 7),
            RankKey::new(MatchTier::WordStart, true, 20, 90, 7),
            RankKey::new(MatchTier::WordStart, false, 70, 90, 7),
            RankKey::new(MatchTier::WordStart, false, 60, 50, 7),
            RankKey::new(MatchTier::WordStart, false, 60, 80, 2),
            RankKey::new(MatchTier::WordStart, false, 60, 80, 3),
            RankKey::new(MatchTier::Scattered, false, -400, 9999, 0),
        ];
        assert!(keys.is_sorted_by(|left, right| left > right));
        assert_eq!(keys.map(RankKey::row), [7, 7, 7, 7, 2, 3, 0]);
    }

    #[test]
    fn the_best_are_kept_however_many_are_offered() {
        let mut best = BestRows::new(3);
        for row in (0..1000).rev() {
            best.push(RankKey::new(MatchTier::WordStart, false, 50, 60, row));
        }
        let rows = |keys: Vec<RankKey>| keys.into_iter().map(RankKey::row).collect::<Vec<u32>>();
        assert_eq!(rows(best.sorted(9)), [0, 1, 2]);
        assert_eq!(rows(best.sorted(2)), [0, 1]);
        assert!(!best.may_take(RankKey::new(MatchTier::WordStart, false, 50, 61, 0)));
    }
}
