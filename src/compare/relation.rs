//! How alike the words of two passages that correspond are, with the same signs and meanings wherever they are shown.
//!
//! The tier says how sure it is that two passages correspond; this says how much of their words is the same, so that a sign never
//! claims what the text beside it denies.

use serde::{Deserialize, Serialize};

use super::{Comparison, PairTier, PassageMark, Side};

/// Part of two passages that may differ while they are said to be nearly the same words.
const NEARLY_SAME: f32 = 0.34;

/// The relation of two passages that correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairRelation {
    /// Nearly the same words.
    SameWords,
    /// The same matter in other words.
    SameMatter,
    /// One touches on what the other tells.
    Touches,
}

impl PairRelation {
    /// All relations, the nearest first.
    pub const ALL: [PairRelation; 3] = [
        PairRelation::SameWords,
        PairRelation::SameMatter,
        PairRelation::Touches,
    ];

    /// Returns the relation of pair number `pair`.
    pub fn of(comparison: &Comparison, pair: usize) -> Self {
        let tier = comparison.pairs.get(pair).map(|pair| pair.tier);
        let is_same = Side::BOTH.into_iter().all(|side| {
            changed_part(comparison, pair, side).is_some_and(|part| part <= NEARLY_SAME)
        });
        match tier {
            Some(PairTier::Same | PairTier::Likely) if is_same => PairRelation::SameWords,
            Some(PairTier::Same | PairTier::Likely) => PairRelation::SameMatter,
            _ => PairRelation::Touches,
        }
    }

    /// Returns its meaning in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            PairRelation::SameWords => "nearly the same words",
            PairRelation::SameMatter => "the same matter in other words",
            PairRelation::Touches => "touches on it",
        }
    }

    /// Returns the sign that is readable without colour.
    pub fn sign(self) -> &'static str {
        match self {
            PairRelation::SameWords => "=",
            PairRelation::SameMatter => "~",
            PairRelation::Touches => "\u{b7}",
        }
    }
}

/// Returns the part of a passage that differs from its partner; `None` where the two share too little to be told word by word.
fn changed_part(comparison: &Comparison, pair: usize, side: Side) -> Option<f32> {
    let marks = &comparison.marks.get(pair)?[side];
    let passage = comparison.pairs.get(pair)?.at[side];
    let length = comparison.passage_span(side, passage)?.len();
    let mut changed = 0;
    for (span, mark) in marks {
        match mark {
            PassageMark::Changed => changed += span.len(),
            PassageMark::Shared => return None,
            PassageMark::Attribution => {}
        }
    }
    Some(changed as f32 / length.max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Document, Sides, compare};
    use crate::text::Span;

    fn relation(left: &str, right: &str) -> PairRelation {
        let document = |text| Document::of_paragraphs(text, [Span::new(0, str::len(text))]);
        PairRelation::of(&compare(Sides::new(document(left), document(right))), 0)
    }

    #[test]
    fn only_nearly_the_same_words_have_the_sign_of_the_same() {
        let quoted =
            "“Don’t expect white smoke on steel, that’s the type of talk we have,” he said.";
        let other =
            "\"Don't expect white smoke on steel, that's the kind of talk we have,\" Carney said.";
        assert_eq!(relation(quoted, other).sign(), "=");
        let told =
            "Prime Minister Mark Carney spoke with Donald Trump at length on steel on Monday.";
        let retold =
            "A long call about steel with Donald Trump on Monday was disclosed by Carney’s office.";
        assert_ne!(relation(told, retold).sign(), "=");
    }
}
