//! Names the relation of the words of two passages that correspond, with the same signs and meanings wherever it is shown.
//!
//! The tier says how sure it is that two passages correspond; this says how much of their words is the same, so that a sign never
//! claims what the text beside it denies.

use serde::{Deserialize, Serialize};

use super::{Comparison, PairTier, PassageMark, Side};

/// Part of two passages that may differ while they are said to be nearly the same words.
const NEARLY_SAME: f32 = 0.34;

/// Similarity from which two passages without a mark are the same: two that share no word have none either. Chosen by eye.
const SAME_UNMARKED: f32 = 0.8;

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
        }) && !shares_nothing(comparison, pair);
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

/// Whether two passages have no word marked because they have none in common.
fn shares_nothing(comparison: &Comparison, pair: usize) -> bool {
    let marks = comparison.marks.get(pair);
    let is_unmarked = marks.is_some_and(|marks| {
        let mut marks = Side::BOTH.into_iter().flat_map(|side| &marks[side]);
        marks.all(|(_, mark)| *mark == PassageMark::Attribution)
    });
    let similarity = comparison.pairs.get(pair).map(|pair| pair.similarity);
    is_unmarked && similarity.is_some_and(|similarity| similarity < SAME_UNMARKED)
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
    use crate::annotate::Annotator;
    use crate::compare::{Document, Sides, compare};
    use crate::ingest::article_from_text;
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

    #[test]
    fn passages_without_a_word_in_common_are_not_the_same() {
        let text =
            |words: &str| format!("The fee begins in June.\n\n{words}\n\nShops expect more.\n");
        let [quoted, told] = [
            "\"Nobody can absorb it,\" Helen Pryce told the Post.",
            "Importer Helen Pryce said the price of cheddar would rise.",
        ]
        .map(text);
        let articles = Sides::new(&quoted, &told).map(|text| article_from_text("report.txt", text));
        let annotator = Annotator::bundled();
        let marks = articles.as_ref().map(|article| annotator.annotate(article));
        let documents = Sides::from_fn(|side| {
            Document::new(&articles[side], &marks[side], annotator.lexicon())
        });
        let compared = compare(documents);
        let signs = (0..compared.pairs.len()).map(|pair| {
            let at = compared.pairs[pair].at;
            (at.left, at.right, PairRelation::of(&compared, pair).sign())
        });
        assert!(!signs.into_iter().any(|sign| sign == (1, 1, "=")));
    }
}
