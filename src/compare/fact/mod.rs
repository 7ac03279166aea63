//! Finds facts that two reports tell differently: quantities, times, claims, reporting verbs, lists, names and places.
//!
//! Each report is read by itself over its whole length (`report`), each kind of fact by its own reader, and the facts are then matched
//! across the reports. How near two sentences are (`nearness`) only says which facts may be about the same; a value that the other
//! report has too, elsewhere, is never set against another.

mod age;
mod claim;
mod cue;
mod distance;
mod enumeration;
mod finding;
mod list;
mod naming;
mod nearness;
mod number;
mod place;
mod quantity;
mod quantity_match;
mod report;
mod time_match;
mod topic;
mod words;

use super::normalize::PairWords;
use super::{Difference, Document, Pair, Sides};
use crate::parallel;
use finding::FactFinding;
use nearness::Nearness;
pub(super) use report::{FactReport, read};

/// Two reports, read for facts.
struct FactReports<'a, 'd> {
    documents: &'a Sides<Document<'d>>,
    tokens: &'a PairWords,
    sides: &'a Sides<FactReport<'d>>,
    near: Nearness<'a>,
    /// Pairs of sentences that share rare words, with how near they are, ordered by left then right.
    pairs: Vec<(Sides<usize>, f32)>,
}

impl FactReports<'_, '_> {
    /// Returns the pairs of sentences that are at least so near.
    fn pairs_from(&self, least: f32) -> impl Iterator<Item = &(Sides<usize>, f32)> {
        self.pairs.iter().filter(move |(_, near)| *near >= least)
    }
}

/// Returns the facts that two reports, read before, tell differently, each once, in the order of their places on the left.
pub(super) fn find(
    documents: &Sides<Document<'_>>,
    sides: &Sides<FactReport<'_>>,
    tokens: &PairWords,
    pairs: &[Pair],
) -> Vec<Difference> {
    let near = Nearness::new(sides, tokens, pairs);
    let reports = FactReports {
        documents,
        tokens,
        pairs: near.pairs(LEAST_NEAR),
        near,
        sides,
    };
    let quantities = sides.as_ref().map(quantity::quantities);
    let rules: [&FactRule<'_>; 10] = [
        &|| quantity_match::find(&reports, &quantities),
        &|| time_match::find(&reports),
        &|| distance::find(&reports),
        &|| list::find(&reports),
        &|| claim::find(&reports),
        &|| cue::find(&reports),
        &|| place::find(&reports),
        &|| naming::find(&reports),
        &|| age::find(&reports, &quantities),
        &|| topic::find(&reports),
    ];
    let found = parallel::in_chunks(&rules, RULES_TOGETHER, |rules| {
        rules.iter().flat_map(|rule| rule()).collect()
    });
    let texts = documents.as_ref().map(|document| document.text);
    let chosen = finding::chosen(found);
    chosen
        .into_iter()
        .map(|finding| finding.told(texts))
        .collect()
}

/// A rule that finds facts of one kind.
type FactRule<'a> = dyn Fn() -> Vec<FactFinding> + Sync + 'a;

/// Rules that one thread follows: a few, as each is quickly done.
const RULES_TOGETHER: usize = 5;

/// Sentences less near tell of different things.
const LEAST_NEAR: f32 = 0.25;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::annotate::term::Lexicon;
    use crate::compare::{DifferenceKind, compare};
    use crate::ingest::article_from_text;

    /// Returns the listed differences of one kind between two short reports, in words.
    pub(super) fn told(kind: DifferenceKind, left: &str, right: &str) -> Vec<String> {
        let annotator = Annotator::new(Lexicon::bundled());
        let articles = Sides::new(left, right).map(|text| article_from_text("a.txt", text));
        let notes = articles.as_ref().map(|article| annotator.annotate(article));
        let documents = Sides::from_fn(|side| {
            Document::new(&articles[side], &notes[side], annotator.lexicon())
        });
        let found = compare(documents).differences;
        let found = found.iter().filter(|difference| difference.kind == kind);
        found.map(Difference::line).collect()
    }

    #[test]
    fn a_sentence_that_both_have_is_set_against_nothing() {
        let both = "The fire killed 12 people near Holmvale on Friday.";
        let left = format!("{both}\n\nA fire killed 15 people near Holmvale last May.");
        assert_eq!(told(DifferenceKind::Number, &left, both), [""; 0]);
    }
}
