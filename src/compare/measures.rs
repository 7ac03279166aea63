//! The measures of what two passages have in common, and how likely they make it that the two correspond.

use super::links::UtteranceLinks;
use super::{Sides, weights};

/// The measures of one pair of passages, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PassageMeasures {
    /// Cosine of the weighted words, where words with the same beginning count in part.
    pub(super) words: f32,
    /// Cosine of the weighted character 4-grams.
    pub(super) grams: f32,
    /// Weight of the heaviest run of the same words in a row.
    pub(super) run: f32,
    /// Part of the shorter passage's weight that the other has.
    pub(super) contained: f32,
    /// Weight of the words of both, against that of a few rare ones.
    pub(super) evidence: f32,
    /// Part of a quotation that the other passage has, in marks or not.
    pub(super) quote: f32,
    /// Weight of the heaviest run with words that both have in marks.
    pub(super) quoted_by_both: f32,
    /// 1 where both open their reports, else 0.
    pub(super) lead: f32,
    /// Common words of the passages before them.
    pub(super) before: f32,
    /// Common words of the passages after them.
    pub(super) after: f32,
    /// The measures of their utterances.
    pub(super) utterances: UtteranceMeasures,
    /// Likeness of the passages before both, or after both, the greater of the two.
    pub(super) diagonal: f32,
    /// Likeness of either passage to a neighbour of the other, the greatest.
    pub(super) neighbour: f32,
}

/// The measures of the utterances of two passages, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UtteranceMeasures {
    /// Part of the shorter passage whose words stand in the same utterance of the other.
    linked: f32,
    /// Number of these words.
    words: f32,
    /// Part of a passage whose words stand in the same utterance of other passages: the less of the two.
    both_elsewhere: f32,
    /// The greater of the two.
    either_elsewhere: f32,
    /// The same where the two have no utterance in common.
    only_elsewhere: f32,
}

impl UtteranceMeasures {
    /// Returns the measures of two passages with so many words.
    pub(super) fn new(links: &UtteranceLinks, at: Sides<usize>, words: Sides<usize>) -> Self {
        let (both, others) = links.of(at);
        let part = |part: usize, whole: usize| (part as f32 / whole.max(1) as f32).min(1.0);
        let elsewhere = Sides::from_fn(|side| part(others[side], words[side]));
        let either = elsewhere.left.max(elsewhere.right);
        Self {
            linked: part(both, words.left.min(words.right)),
            words: part(both, weights::LINKED_WORDS),
            both_elsewhere: elsewhere.left.min(elsewhere.right),
            either_elsewhere: either,
            only_elsewhere: if both == 0 { either } else { 0.0 },
        }
    }
}

impl PassageMeasures {
    /// Returns how likely it is, from 0 to 1, that a careful reader would pair two passages with these measures.
    pub(super) fn similarity(&self) -> f32 {
        let odds = weights::PAIR_ODDS;
        let utterances = weights::UTTERANCE_ODDS;
        let sum = weights::BASE_PAIR_ODDS
            + self.sum(odds)
            + utterances.linked * self.utterances.linked
            + utterances.words * self.utterances.words
            + utterances.both_elsewhere * self.utterances.both_elsewhere
            + utterances.either_elsewhere * self.utterances.either_elsewhere
            + utterances.only_elsewhere * self.utterances.only_elsewhere
            + weights::DIAGONAL_ODDS * self.diagonal
            + weights::NEIGHBOUR_ODDS * self.neighbour;
        1.0 / (1.0 + (-sum).exp())
    }

    /// Returns the same from their own words alone.
    pub(super) fn likeness(&self) -> f32 {
        let sum = weights::BASE_ODDS + self.sum(weights::ODDS);
        1.0 / (1.0 + (-sum).exp())
    }

    /// Whether [`likeness`](Self::likeness) is less than `likeness`.
    pub(super) fn is_less_likely(&self, likeness: f32) -> bool {
        // Exponentials take long, and few sums are so near that their rounding matters.
        const NEAR: f32 = 0.01;
        let sum = weights::BASE_ODDS + self.sum(weights::ODDS);
        let above = sum - (likeness / (1.0 - likeness)).ln();
        match above.abs() < NEAR {
            true => self.likeness() < likeness,
            false => above < 0.0,
        }
    }

    fn sum(&self, odds: weights::MeasureOdds) -> f32 {
        odds.words * self.words
            + odds.grams * self.grams
            + odds.run * self.run
            + odds.contained * self.contained
            + odds.evidence * self.evidence
            + odds.quote * self.quote
            + odds.quoted_by_both * self.quoted_by_both
            + odds.lead * self.lead
            + odds.before * self.before
            + odds.after * self.after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likeness_is_less_whether_it_is_computed_or_not() {
        for step in 0..=2_000_u16 {
            let measures = PassageMeasures {
                words: f32::from(step) / 1_000.0,
                ..PassageMeasures::default()
            };
            let is_less = measures.likeness() < weights::HOPELESS;
            assert_eq!(measures.is_less_likely(weights::HOPELESS), is_less);
        }
    }
}
