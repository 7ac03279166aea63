//! Weighs the words of reports by how rare they are, in whole numbers: their sums do not depend on the order in which words or reports
//! were met.

use super::words::CountedWords;
use crate::compare::normalize::{TermId, Vocabulary};
use crate::compare::{common, weights};

/// Parts of one that a rarity is counted in.
const RARITY_PARTS: f32 = 1_024.0;
/// Parts of one that the weight of a count is counted in.
const COUNT_PARTS: f32 = 256.0;

/// The weights of words among some reports.
#[derive(Clone, Debug, Default)]
pub(super) struct TermRarity {
    /// The number of reports that have each term.
    pub(super) holders: Vec<u32>,
    /// The rarity of each term among the reports and as many more of news at large, in [`RARITY_PARTS`].
    rarity: Vec<u64>,
    /// The weight of each count, in [`COUNT_PARTS`].
    of_count: CountWeights,
}

/// A weight for each number of times that a word may be used.
#[derive(Clone, Debug)]
struct CountWeights([u64; 1 << u8::BITS]);

impl Default for CountWeights {
    fn default() -> Self {
        let mut weights = [0; 1 << u8::BITS];
        for (weight, count) in weights.iter_mut().zip(0..=u8::MAX) {
            *weight = of_count(count);
        }
        Self(weights)
    }
}

impl TermRarity {
    pub(super) fn new<'a>(
        reports: impl ExactSizeIterator<Item = &'a CountedWords>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let all = reports.len() as f32 + weights::AT_LARGE;
        let holders = holders(reports, vocabulary.len());
        let rarity = (0..).zip(&holders).map(|(term, &count)| {
            let at_large = common::share(vocabulary.word(term)) * weights::AT_LARGE;
            let rarity = (all / (count as f32 + at_large)).ln().max(0.0);
            (rarity * RARITY_PARTS).round() as u64
        });
        Self {
            rarity: rarity.collect(),
            holders,
            of_count: CountWeights::default(),
        }
    }

    pub(super) fn holders(&self, term: TermId) -> u32 {
        self.holders.get(term as usize).copied().unwrap_or(0)
    }

    pub(super) fn rarity(&self, term: TermId) -> u64 {
        self.rarity.get(term as usize).copied().unwrap_or(0)
    }

    pub(super) fn of_count(&self, count: u8) -> u64 {
        self.of_count.0[usize::from(count)]
    }

    /// Returns the weight of a term that is used so often.
    pub(super) fn weight(&self, term: TermId, count: u8) -> u64 {
        self.rarity(term) * self.of_count(count)
    }

    /// Returns the product of the words of a report with those that are `loaded`, each with its weight times its rarity.
    ///
    /// A rarity is below 2^15 and the weight of a count below 2^11, so that one part of the sum is below 2^52.
    pub(super) fn product(&self, loaded: &[u64], report: &CountedWords) -> u64 {
        let parts = report.counted().map(|(term, count)| {
            let loaded = loaded.get(term as usize).copied().unwrap_or(0);
            loaded * self.of_count(count)
        });
        parts.fold(0, u64::saturating_add)
    }

    /// Returns the length of the vector of a report; 1 where it has no words.
    pub(super) fn length(&self, report: &CountedWords) -> f64 {
        let squares = report.counted().map(|(term, count)| {
            let weight = self.weight(term, count);
            weight.saturating_mul(weight)
        });
        let sum = squares.fold(0, u64::saturating_add);
        (sum.max(1) as f64).sqrt()
    }
}

fn holders<'a>(reports: impl Iterator<Item = &'a CountedWords>, terms: usize) -> Vec<u32> {
    let mut holders = vec![0; terms];
    for term in reports.flat_map(CountedWords::terms) {
        if let Some(count) = holders.get_mut(term as usize) {
            *count += 1;
        }
    }
    holders
}

fn of_count(count: u8) -> u64 {
    let weight = 1.0 + f32::from(count.max(1)).ln();
    (weight * COUNT_PARTS).round() as u64
}
