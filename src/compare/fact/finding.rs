//! Findings of the rules, and the choice among findings about the same words.

use crate::compare::{Difference, DifferenceKind, DifferenceWeight, Side, Sides, weights};
use crate::text::Span;

/// Two facts that may be told differently.
#[derive(Clone, Debug)]
pub(super) struct FactFinding {
    pub(super) kind: DifferenceKind,
    /// Passage numbers.
    pub(super) at: Sides<usize>,
    pub(super) spans: Sides<Span>,
    /// One of two, by [`confidence_of`].
    pub(super) confidence: f32,
    /// The fit of the two places, by which findings that are as sure are chosen.
    pub(super) score: f32,
    pub(super) weight: DifferenceWeight,
    /// The words of the line where they are not those of the spans.
    pub(super) words: Option<Sides<String>>,
    /// Words of both sides that belong to the line.
    pub(super) common: String,
}

/// Returns the confidence of a finding that is sure enough to be listed, or is not.
pub(super) fn confidence_of(is_sure: bool) -> f32 {
    match is_sure {
        true => weights::FACT_SURE,
        false => weights::FACT_UNSURE,
    }
}

impl FactFinding {
    /// Returns the difference with its words as written.
    pub(super) fn told(self, texts: Sides<&str>) -> Difference {
        let written = |side: Side| self.spans[side].of(texts[side]).to_owned();
        Difference {
            kind: self.kind,
            at: self.at,
            words: (self.words).unwrap_or_else(|| Sides::from_fn(written)),
            spans: self.spans.map(|span| vec![span]),
            common: self.common,
            weight: self.weight,
            confidence: self.confidence,
        }
    }

    /// Whether the two are about the same words: of one kind on either side, of different kinds on both.
    fn repeats(&self, other: &FactFinding) -> bool {
        let left = self.spans.left.overlaps(other.spans.left);
        let right = self.spans.right.overlaps(other.spans.right);
        left && right || self.kind == other.kind && (left || right)
    }
}

/// Returns the surest of findings about the same words, in the order of their places.
pub(super) fn chosen(mut found: Vec<FactFinding>) -> Vec<FactFinding> {
    let order = |finding: &FactFinding| (finding.spans.left, finding.spans.right, finding.kind);
    found.sort_by(|one, other| {
        (other.confidence.total_cmp(&one.confidence))
            .then(other.score.total_cmp(&one.score))
            .then(order(one).cmp(&order(other)))
    });
    let mut chosen: Vec<FactFinding> = Vec::new();
    for finding in found.into_iter().take(MOST) {
        if !chosen.iter().any(|before| before.repeats(&finding)) {
            chosen.push(finding);
        }
    }
    chosen.sort_by_key(order);
    chosen
}

/// Findings that are chosen from, the surest first: bounds the work on long reports.
const MOST: usize = 2_000;
