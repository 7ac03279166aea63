//! Answers that a view asks for in every frame, computed once: the pairs of each passage, its tier, whether it differs, and the counts.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Comparison, DifferenceKind, PairTier, Passage, PassageMark, Side, Sides, rows};

/// Results of [`ComparisonIndex::new`], by side and passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ComparisonIndex {
    /// The numbers of the pairs that each passage stands in, the most similar first.
    pub(super) pairs: Sides<Vec<Vec<usize>>>,
    pub(super) summary: ComparisonSummary,
    /// Whether the reports differ at all.
    pub(super) differs: bool,
    passages: Sides<Vec<RangeSummary>>,
}

/// Counts of passages and differences that a comparison found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComparisonSummary {
    /// Rows that have a passage on both sides.
    pub shared: usize,
    /// Passages with a partner; with `only` they are all passages of a side.
    pub both: Sides<usize>,
    /// Passages without any partner.
    pub only: Sides<usize>,
    /// Pairs of passages that both quote the same and quote it differently (in wording, length, extent or speaker).
    pub quotes_differ: usize,
    /// Differences of any kind.
    pub differences: usize,
}

impl ComparisonSummary {
    /// Returns how many passages both reports have, in words: where one of A stands for several of B, the numbers are not the same.
    pub fn shared_in_words(&self) -> String {
        let Sides { left, right } = self.both;
        match left == right {
            true => format!("{left} shared"),
            false => format!("{left} of A and {right} of B shared"),
        }
    }
}

/// Relation of a range of passages to the other report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RangeSummary {
    /// The surest tier of any pair of its passages.
    pub tier: Option<PairTier>,
    /// Whether any difference stands in it.
    pub differs: bool,
}

impl ComparisonIndex {
    pub(super) fn new(comparison: &Comparison) -> Self {
        let pairs = Sides::from_fn(|side| pairs_by_passage(comparison, side));
        let passages = Sides::from_fn(|side| {
            let differing = differing(comparison, side, &comparison.passages[side]);
            let both = pairs[side].iter().zip(differing);
            let summaries = both.map(|(pairs, differs)| RangeSummary {
                tier: pairs.iter().map(|&pair| comparison.pairs[pair].tier).min(),
                differs,
            });
            summaries.collect()
        });
        let summary = summary(comparison, &pairs);
        Self {
            summary,
            differs: differs(comparison, &summary),
            pairs,
            passages,
        }
    }

    pub(super) fn range_summary(&self, side: Side, passages: Range<usize>) -> RangeSummary {
        let all = &self.passages[side];
        let end = passages.end.min(all.len());
        let within = all.get(passages.start..end).unwrap_or_default();
        RangeSummary {
            // The surest tier is the least; a passage without a pair has none.
            tier: within.iter().filter_map(|passage| passage.tier).min(),
            differs: within.iter().any(|passage| passage.differs),
        }
    }
}

fn pairs_by_passage(comparison: &Comparison, side: Side) -> Vec<Vec<usize>> {
    let pairs = &comparison.pairs;
    let mut found = vec![Vec::new(); comparison.passages[side].len()];
    for (number, pair) in pairs.iter().enumerate() {
        found[pair.at[side]].push(number);
    }
    for numbers in &mut found {
        numbers.sort_by(|&a, &b| pairs[b].similarity.total_cmp(&pairs[a].similarity));
    }
    found
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

fn summary(comparison: &Comparison, pairs: &Sides<Vec<Vec<usize>>>) -> ComparisonSummary {
    let about_quotes = (comparison.differences.iter())
        .filter(|difference| {
            let kind = difference.kind;
            kind.is_about_quotes() && kind != DifferenceKind::QuoteVsParaphrase
        })
        .map(|difference| (difference.at.left, difference.at.right));
    let quoted: BTreeSet<_> = about_quotes.collect();
    ComparisonSummary {
        shared: rows::bound_pairs(comparison).len() / 2,
        both: pairs
            .as_ref()
            .map(|of| of.iter().filter(|pairs| !pairs.is_empty()).count()),
        only: pairs
            .as_ref()
            .map(|of| of.iter().filter(|pairs| pairs.is_empty()).count()),
        quotes_differ: quoted.len(),
        differences: comparison.differences.len(),
    }
}

/// Whether passages stand alone, differences are listed, or words of passages that stand opposite each other are not the same.
fn differs(comparison: &Comparison, summary: &ComparisonSummary) -> bool {
    let is_changed = |pair: &usize| {
        let marks = comparison.marks.get(*pair);
        marks.is_some_and(|marks| {
            let mut all = marks.left.iter().chain(&marks.right);
            all.any(|(_, mark)| *mark == PassageMark::Changed)
        })
    };
    let alone = summary.only.left + summary.only.right;
    alone > 0 || summary.differences > 0 || rows::bound_pairs(comparison).values().any(is_changed)
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
