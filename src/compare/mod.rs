//! Compares two reports: what they share, what only one has, and how each puts the same thing.
//!
//! Two [`Document`]s in, one [`Comparison`] out: passages (sentences), pairs of passages with a tier, words to mark inside each pair,
//! and typed differences. Reports of one event are not versions of one text, so pairs are many to many and free of order.
//! Nothing here knows how a comparison is shown; [`Comparison::rows`] only returns the order of the passages.

pub mod align;
mod candidates;
mod common;
pub mod coverage;
pub mod diff;
pub mod difference;
pub mod document;
mod fact;
pub mod group;
mod grouped;
mod index;
mod links;
mod measures;
pub mod normalize;
mod relation;
pub mod rows;
pub mod side;
pub mod similarity;
mod tier;
mod utterance;
mod vectors;
pub mod weights;

pub use difference::{Difference, DifferenceKind, DifferenceWeight};
pub use document::{Concept, Document, Passage, concepts};
pub use index::{ComparisonSummary, RangeSummary};
pub use relation::PairRelation;
pub use rows::ComparisonRow;
pub use side::{Side, Sides};
pub use tier::PairTier;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::parallel;
use crate::text::Span;
use index::ComparisonIndex;
use similarity::SharingPassages;
use utterance::AlignedUtterances;

/// Two passages that correspond; a passage may stand in several pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Passage numbers.
    pub at: Sides<usize>,
    /// From 0 to 1.
    pub similarity: f32,
    /// The tier of the similarity.
    pub tier: PairTier,
    /// The reason for the pair.
    pub origin: PairOrigin,
}

/// The reason for a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairOrigin {
    /// Their words.
    Words,
    /// An utterance that both have, told or quoted differently.
    Quote,
    /// A fact that both tell differently.
    Fact,
    /// The reader, by hand.
    Reader,
}

/// A decision of the reader about two passages, which goes before their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkDecision {
    /// They correspond.
    Link,
    /// They do not.
    Unlink,
}

/// A decision with its places: spans, so that it outlives changes of segmentation and pairing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkChoice {
    /// The place on each side: the passages that overlap it.
    pub at: Sides<Span>,
    /// The decision.
    pub decision: LinkDecision,
}

/// The relation of a word of a passage to the partner of the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageMark {
    /// Other words here than in the partner.
    Changed,
    /// The same words in both, where the passages share too little to be diffed.
    Shared,
    /// Speaker and reporting verb (`Carney said`), outside the quoted words; not compared.
    Attribution,
}

/// Two reports compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The passages of each report, in its order.
    pub passages: Sides<Vec<Passage>>,
    /// Passages that correspond, many to many, ordered by left then right.
    pub pairs: Vec<Pair>,
    /// The differences that are sure enough to be listed: main before minor, then by place on the left and on the right.
    pub differences: Vec<Difference>,
    /// The others, in the same order.
    pub unsure: Vec<Difference>,
    /// For each pair, the words to mark on each side, in order and not overlapping.
    pub marks: Vec<Sides<Vec<(Span, PassageMark)>>>,
    index: ComparisonIndex,
}

/// Compares two reports.
pub fn compare(documents: Sides<Document<'_>>) -> Comparison {
    compare_with(documents, &[])
}

/// Compares two reports, heeding what the reader linked and unlinked.
pub fn compare_with(documents: Sides<Document<'_>>, choices: &[LinkChoice]) -> Comparison {
    // Ties are broken by order somewhere in every alignment; one order for both directions makes the mirror image exact.
    if documents.left.text > documents.right.text {
        let choices: Vec<_> = choices.iter().copied().map(LinkChoice::swapped).collect();
        return in_order(&documents.swapped(), &choices).mirrored();
    }
    in_order(&documents, choices).indexed()
}

/// Compares two reports in the order of their texts; without the index.
fn in_order(documents: &Sides<Document<'_>>, choices: &[LinkChoice]) -> Comparison {
    let tokens = normalize::tokens(documents);
    let quoted = || {
        let utterances = AlignedUtterances::new(documents, &tokens);
        (utterances.links(), utterances.differences(&tokens))
    };
    let read = || {
        let sharing = SharingPassages::find(documents, &tokens);
        (sharing, fact::read(documents, &tokens))
    };
    // Neither needs the other, and each takes about half of the time.
    let ((links, mut found), (sharing, facts)) = parallel::both(quoted, read);
    let mut pairs = align::pairs(&sharing, &tokens, &links);
    align::apply(choices, documents, &mut pairs);
    let surest = diff::surest(&tokens, &pairs);
    let (differences, facts) = parallel::both(
        || difference::find(documents, &tokens, &pairs, &surest),
        || fact::find(documents, &facts, &tokens, &pairs),
    );
    found.extend(differences);
    found.extend(facts);
    difference::drop_verbatim(&mut found, &tokens, &pairs);
    found.sort_by_key(Difference::order);
    align::bind(&found, &mut pairs);
    align::apply(choices, documents, &mut pairs);
    found.retain(|difference| {
        !difference.is_sure() || align::number(&pairs, difference.at).is_some()
    });
    let surest = diff::surest(&tokens, &pairs);
    let marks = diff::marks(documents, &tokens, &pairs, &surest);
    let (differences, unsure) = found.into_iter().partition(Difference::is_sure);
    Comparison {
        passages: documents.as_ref().map(|document| document.passages.clone()),
        pairs,
        differences,
        unsure,
        marks,
        index: ComparisonIndex::default(),
    }
}

impl LinkChoice {
    fn swapped(self) -> Self {
        Self {
            at: self.at.swapped(),
            ..self
        }
    }
}

impl Comparison {
    /// Returns the same comparison with left and right swapped.
    pub fn mirrored(mut self) -> Self {
        let mut order: Vec<usize> = (0..self.pairs.len()).collect();
        order.sort_by_key(|&n| {
            let at = self.pairs[n].at;
            (at.right, at.left)
        });
        let marks = order.iter();
        let marks = marks.map(|&n| std::mem::take(&mut self.marks[n]).swapped());
        let marks = marks.collect();
        let mirrored = |differences: Vec<Difference>| {
            let mirrored = differences.into_iter().map(Difference::mirrored);
            let mut mirrored: Vec<_> = mirrored.collect();
            mirrored.sort_by_key(Difference::order);
            mirrored
        };
        Self {
            passages: self.passages.swapped(),
            pairs: order.iter().map(|&n| self.pairs[n].mirrored()).collect(),
            marks,
            differences: mirrored(self.differences),
            unsure: mirrored(self.unsure),
            index: ComparisonIndex::default(),
        }
        .indexed()
    }

    /// Returns the comparison with the unsure differences among the others.
    pub fn with_unsure(mut self) -> Self {
        self.differences.append(&mut self.unsure);
        self.differences.sort_by_key(Difference::order);
        self.indexed()
    }

    /// Whether a careful reader finds any difference: words that only one has, or that are not the same in both.
    pub fn differ(&self) -> bool {
        self.index.differs
    }

    fn indexed(mut self) -> Self {
        self.index = ComparisonIndex::new(&self);
        self
    }

    /// Returns the words of passage `number` of `side`.
    pub fn passage_span(&self, side: Side, number: usize) -> Option<Span> {
        Some(self.passages[side].get(number)?.span)
    }

    /// Returns the numbers of the pairs that passage `number` of `side` stands in, most similar first.
    pub fn pairs_of(&self, side: Side, number: usize) -> &[usize] {
        let pairs = self.index.pairs[side].get(number);
        pairs.map_or(&[], Vec::as_slice)
    }

    /// Returns the number of the pair of two passages.
    pub fn pair_number(&self, at: Sides<usize>) -> Option<usize> {
        align::number(&self.pairs, at)
    }

    /// Returns the surest tier and the differences in a range of passages of `side`.
    pub fn range_summary(&self, side: Side, passages: Range<usize>) -> RangeSummary {
        self.index.range_summary(side, passages)
    }

    /// Returns how many paragraphs further down the right passage of a pair stands, in its own report, than the left one in its.
    pub fn moved(&self, pair: &Pair) -> isize {
        let paragraph = |side: Side| {
            let passage = self.passages[side].get(pair.at[side]);
            passage.map_or(0, |passage| passage.paragraph.cast_signed())
        };
        paragraph(Side::Right) - paragraph(Side::Left)
    }

    /// Returns the counts of passages and differences.
    pub fn summary(&self) -> ComparisonSummary {
        self.index.summary
    }
}

impl Pair {
    fn mirrored(self) -> Self {
        Self {
            at: self.at.swapped(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "Carney spoke with Trump on Monday. “Don’t expect white smoke, that’s the type of talk we have,” he said.\n\nCopper is hit too.";
    const B: &str = "The Vatican sends smoke.\n\n\"Don't expect white smoke, that's the kind of talk we have,\" Carney said.\n\nHe spoke with Trump Monday evening.";

    fn document(text: &str) -> Document<'_> {
        let paragraphs = text.split("\n\n").scan(0, |at, paragraph| {
            let start = *at;
            *at += paragraph.len() + 2;
            Some(Span::new(start, start + paragraph.len()))
        });
        Document::of_paragraphs(text, paragraphs)
    }

    fn of(a: &str, b: &str) -> Comparison {
        compare(Sides::new(document(a), document(b)))
    }

    #[test]
    fn pairs_are_found_whatever_the_order() {
        let found = of(A, B);
        let at: Vec<_> = found
            .pairs
            .iter()
            .map(|pair| (pair.at.left, pair.at.right))
            .collect();
        assert_eq!(at, [(0, 2), (1, 1)]);
    }

    #[test]
    fn the_mirror_image_is_the_comparison_the_other_way_round() {
        assert_eq!(of(A, B).mirrored(), of(B, A));
    }

    #[test]
    fn a_report_beside_itself_has_no_difference() {
        let found = of(A, A);
        assert_eq!(found.differences, []);
        assert!(
            found
                .pairs
                .iter()
                .filter(|p| p.at.left == p.at.right)
                .all(|p| p.tier == PairTier::Same)
        );
        assert_eq!(found.summary().shared, 3);
    }

    #[test]
    fn every_passage_stands_in_one_row() {
        let found = of(A, B);
        for order in Side::BOTH {
            let rows = found.rows(order);
            for side in Side::BOTH {
                let mut shown: Vec<_> = rows.iter().filter_map(|row| row.passages[side]).collect();
                shown.sort_unstable();
                assert_eq!(shown, (0..found.passages[side].len()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_reader_links_and_unlinks() {
        let documents = || Sides::new(document(A), document(B));
        let span = |text: &str, words: &str| {
            let start = text.find(words).unwrap_or_default();
            Span::new(start, start + words.len())
        };
        let choices = [
            LinkChoice {
                at: Sides::new(span(A, "Copper"), span(B, "The Vatican")),
                decision: LinkDecision::Link,
            },
            LinkChoice {
                at: Sides::new(span(A, "Carney"), span(B, "He spoke")),
                decision: LinkDecision::Unlink,
            },
        ];
        let found = compare_with(documents(), &choices);
        let at: Vec<_> = found
            .pairs
            .iter()
            .map(|pair| (pair.at.left, pair.at.right))
            .collect();
        assert_eq!(at, [(1, 1), (2, 0)]);
        assert_eq!(found.pairs[1].origin, PairOrigin::Reader);
    }

    /// Returns what two long texts share, where anything that tries all passages against all would not come to an end.
    fn of_long(left: &str, right: &str) -> Comparison {
        let found = of(left, right);
        assert_eq!(found.clone().mirrored(), of(right, left));
        let passages = found.passages.as_ref().map(Vec::len);
        let most = weights::LEAST_PARTNERS * (passages.left + passages.right);
        assert!(found.pairs.len() <= most.max(weights::MEASURED));
        for side in Side::BOTH {
            assert!(found.rows(side).len() >= found.passages[side].len());
        }
        found
    }

    #[test]
    fn the_same_sentence_without_end_stands_opposite_itself() {
        let text = "Carney spoke with Trump on Monday about steel. ".repeat(2_000);
        let found = of_long(&text, &text);
        assert_eq!(found.summary().shared, 2_000);
        assert_eq!(found.differences, []);
    }

    #[test]
    fn many_sentences_that_differ_in_a_word_find_the_one_they_are() {
        let sentence = |n| format!("Carney spoke with Trump about the plan{n}x on Monday. ");
        let text: String = (0..300).map(sentence).collect();
        let other: String = (0..300).rev().map(sentence).collect();
        let found = of_long(&text, &other);
        let itself = |n: usize| found.pairs_of(Side::Left, n).first().copied();
        let partner = |n| itself(n).map(|pair| found.pairs[pair].at.right);
        assert!((0..300).all(|n| partner(n) == Some(299 - n)));
    }

    #[test]
    fn a_sentence_without_end_is_compared_in_parts() {
        let words = |from: usize| (from..from + 1_500).map(|n| format!("steel and plan{n} "));
        let found = of_long(
            &words(0).collect::<String>(),
            &words(750).collect::<String>(),
        );
        assert!(found.summary().shared > 5);
    }

    #[test]
    fn words_that_all_begin_alike_are_not_all_tried_against_each_other() {
        let text: String = (0..8_000)
            .map(|n| format!("He saw unforeseeable{n}x. "))
            .collect();
        let found = of_long(&text, A);
        assert_eq!(found.passages.left.len(), 8_000);
    }
}
