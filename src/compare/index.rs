//! What is asked of a comparison again and again, made once: the pairs of a passage, its tier, whether it differs, and the counts.
//!
//! A view asks for these in every frame and of every passage on the screen, so no answer may take the length of the report.

use std::ops::Range;

use super::{Comparison, ComparisonSummary, Pair, PairTier, Passage, Side, Sides, rows};

/// See the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    pub(super) partners: Sides<Partners>,
    pub(super) summary: ComparisonSummary,
    tallies: Sides<Vec<Tally>>,
}

/// How a stretch of passages stands to the other report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RangeSummary {
    /// The surest tier of any pair of its passages.
    pub tier: Option<PairTier>,
    /// Whether any difference stands in it.
    pub differs: bool,
}

/// The passages before one, counted: by their surest tier, and those that differ.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    tiers: [usize; 3],
    differing: usize,
}

const TIERS: [PairTier; 3] = [PairTier::Same, PairTier::Likely, PairTier::Related];

impl Index {
    pub(super) fn new(comparison: &Comparison) -> Self {
        let partners = Sides::from_fn(|side| {
            Partners::new(comparison.passages[side].len(), &comparison.pairs, side)
        });
        let tallies = Sides::from_fn(|side| tallies(comparison, side, &partners[side]));
        Self {
            summary: summary(comparison, &partners),
            partners,
            tallies,
        }
    }

    pub(super) fn range_summary(&self, side: Side, passages: Range<usize>) -> RangeSummary {
        let last = self.tallies[side].len().saturating_sub(1);
        let before = |number: usize| self.tallies[side].get(number.min(last)).copied();
        let from = before(passages.start).unwrap_or_default();
        let to = before(passages.end).unwrap_or_default();
        let tier = (0..TIERS.len()).find(|&tier| to.tiers[tier] > from.tiers[tier]);
        RangeSummary {
            tier: tier.map(|tier| TIERS[tier]),
            differs: to.differing > from.differing,
        }
    }
}

/// The pairs of each passage of a side, those of one passage in a row, the most similar first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Partners {
    /// Where those of each passage begin in `pairs`, and where the last ones end.
    starts: Vec<usize>,
    pairs: Vec<usize>,
}

impl Partners {
    fn new(passages: usize, pairs: &[Pair], side: Side) -> Self {
        let mut numbers: Vec<usize> = (0..pairs.len()).collect();
        numbers.sort_by(|&a, &b| {
            let (a, b) = (&pairs[a], &pairs[b]);
            let passage = a.at[side].cmp(&b.at[side]);
            passage.then(b.similarity.total_cmp(&a.similarity))
        });
        let starts = (0..=passages)
            .map(|passage| numbers.partition_point(|&number| pairs[number].at[side] < passage))
            .collect();
        Self {
            starts,
            pairs: numbers,
        }
    }

    /// Returns the pairs of a passage.
    pub(super) fn of(&self, passage: usize) -> &[usize] {
        let ends = self.starts.get(passage).zip(self.starts.get(passage + 1));
        ends.and_then(|(&start, &end)| self.pairs.get(start..end))
            .unwrap_or_default()
    }
}

fn tallies(comparison: &Comparison, side: Side, partners: &Partners) -> Vec<Tally> {
    let passages = &comparison.passages[side];
    let differing = differing(comparison, side, passages);
    let mut tally = Tally::default();
    let mut tallies = vec![tally];
    for (number, differs) in differing.into_iter().enumerate() {
        let pairs = partners.of(number).iter();
        let tier = pairs.map(|&pair| comparison.pairs[pair].tier).min();
        for (count, counted) in tally.tiers.iter_mut().zip(TIERS) {
            *count += usize::from(tier == Some(counted));
        }
        tally.differing += usize::from(differs);
        tallies.push(tally);
    }
    tallies
}

/// Returns, for each passage, whether a difference stands in it.
fn differing(comparison: &Comparison, side: Side, passages: &[Passage]) -> Vec<bool> {
    let mut differing = vec![false; passages.len()];
    for span in (comparison.differences.iter()).flat_map(|difference| &difference.spans[side]) {
        let first = passages.partition_point(|passage| passage.span.end <= span.start);
        let end = passages.partition_point(|passage| passage.span.start < span.end);
        if let Some(inside) = differing.get_mut(first..end) {
            inside.fill(true);
        }
    }
    differing
}

fn summary(comparison: &Comparison, partners: &Sides<Partners>) -> ComparisonSummary {
    let only = |side: Side| {
        let passages = 0..comparison.passages[side].len();
        passages
            .filter(|&number| partners[side].of(number).is_empty())
            .count()
    };
    let about_quotes = (comparison.differences.iter())
        .filter(|difference| difference.kind.is_about_quotes())
        .map(|difference| difference.pair);
    let mut quoted: Vec<usize> = about_quotes.collect();
    quoted.dedup();
    ComparisonSummary {
        shared: rows::opposite(comparison).len() / 2,
        only: Sides::new(only(Side::Left), only(Side::Right)),
        quotes_differ: quoted.len(),
        differences: comparison.differences.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Document, compare};

    const CLAIM: &str = "Carney spoke with Trump about steel on Monday.";

    #[test]
    fn a_stretch_has_the_surest_tier_of_its_passages() {
        let left = format!("{CLAIM} Copper prices rose in London. {CLAIM}");
        let sides = Sides::new(left.as_str(), CLAIM);
        let found =
            compare(sides.map(|text| {
                Document::of_paragraphs(text, [crate::text::Span::new(0, text.len())])
            }));
        let tier = |passages| found.range_summary(Side::Left, passages).tier;
        assert_eq!(tier(0..1), Some(PairTier::Same));
        assert_eq!(tier(1..2), None);
        assert_eq!(tier(1..3), Some(PairTier::Same));
        assert_eq!(tier(3..9), None);
        assert_eq!(found.pairs_of(Side::Right, 0), [0, 1]);
        assert_eq!(found.pairs_of(Side::Right, 1), [] as [usize; 0]);
    }
}
