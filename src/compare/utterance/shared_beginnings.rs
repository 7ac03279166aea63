//! Finds the passages that share so many beginnings of words with a quotation that they may tell it.
//!
//! Most that share one word share too little, so at first only the weights of the quotation's own words are added up. The most common
//! words, which together weigh too little, lead to no passage by themselves.

use crate::compare::weights;

/// Sums of the same weights in another order differ by less.
pub(super) const ROUNDED: f32 = 1.001;

/// The words with the same beginnings that a passage shares with a quotation.
#[derive(Clone, Copy, Default)]
pub(super) struct SharedBeginnings {
    /// The number of the beginnings, and the weight of the heaviest word with each.
    pub(super) count: u32,
    pub(super) sum: f32,
    /// The most that words in common can weigh, taking the two sides together.
    pub(super) most: f32,
    /// The number of the quotation's own words that may be in common, and their weight.
    pub(super) own: u32,
    pub(super) own_weight: f32,
}

impl SharedBeginnings {
    fn with(self, part: &Self) -> Self {
        Self {
            count: self.count + part.count,
            sum: self.sum + part.sum,
            most: self.most + part.most,
            own: self.own + part.own,
            own_weight: self.own_weight + part.own_weight,
        }
    }
}

/// The passages that have a beginning, in order, with what each of them shares by it.
pub(super) type BeginningHolders<'a> = (&'a [u32], SharedBeginnings);

/// The weights of the own words of a quotation that passages share.
pub(super) struct SharedWeights {
    of_passages: Vec<f32>,
    touched: Vec<u32>,
}

impl SharedWeights {
    pub(super) fn new(passages: usize) -> Self {
        Self {
            of_passages: vec![0.0; passages],
            touched: Vec::new(),
        }
    }

    /// Returns the passages that may share own words of enough weight, in order, with all that they share.
    pub(super) fn sharing(
        &mut self,
        holders: &[BeginningHolders<'_>],
    ) -> Vec<(usize, SharedBeginnings)> {
        self.add(holders);
        let enough = |weight: f32| weight * ROUNDED * ROUNDED >= weights::TOLD_LEAST;
        let of_passages = &mut self.of_passages;
        let mut found = std::mem::take(&mut self.touched);
        found.retain(|&passage| enough(std::mem::take(&mut of_passages[passage as usize])));
        found.sort_unstable();
        let shared = found.iter().map(|&passage| {
            let had = holders.iter();
            let had = had.filter(|(passages, _)| passages.binary_search(&passage).is_ok());
            let shared = had.fold(SharedBeginnings::default(), |all, (_, part)| all.with(part));
            (passage as usize, shared)
        });
        let shared = shared.collect();
        found.clear();
        self.touched = found;
        shared
    }

    fn add(&mut self, holders: &[BeginningHolders<'_>]) {
        let mut own: Vec<(&[u32], f32)> = (holders.iter())
            .map(|(passages, shared)| (*passages, shared.own_weight))
            .filter(|&(_, weight)| weight > 0.0)
            .collect();
        own.sort_by_key(|(passages, _)| passages.len());
        // The most common words that are too light together: who has no other has too little.
        let mut light = 0.0;
        let common = own.iter().rev().take_while(|(_, weight)| {
            light += weight;
            light * ROUNDED * ROUNDED < weights::TOLD_LEAST
        });
        let rare = own.len() - common.count();
        for (at, &(passages, weight)) in own.iter().enumerate() {
            for &passage in passages {
                let sum = &mut self.of_passages[passage as usize];
                if *sum > 0.0 {
                    *sum += weight;
                } else if at < rare {
                    *sum = weight;
                    self.touched.push(passage);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(weight: f32) -> SharedBeginnings {
        SharedBeginnings {
            count: 1,
            sum: weight,
            most: weight,
            own: 1,
            own_weight: weight,
        }
    }

    #[test]
    fn passages_that_share_enough_are_found_with_all_that_they_share() {
        let beside = SharedBeginnings {
            own: 0,
            own_weight: 0.0,
            ..own(0.5)
        };
        let holders: [BeginningHolders<'_>; 4] = [
            (&[0, 1, 2, 3, 4], own(0.2)),
            (&[1, 4, 5], own(0.3)),
            (&[1, 2, 5], own(0.35)),
            (&[1, 6], beside),
        ];
        let mut weights = SharedWeights::new(7);
        for _ in 0..2 {
            let found = weights.sharing(&holders);
            let found: Vec<_> = found.iter().map(|(at, all)| (*at, all.count)).collect();
            assert_eq!(found, [(1, 4), (5, 2)]);
        }
    }
}
