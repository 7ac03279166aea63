//! Finds facts that two reports tell differently: quantities, times, claims, reporting verbs, lists, names and places.
//!
//! Each report is read by itself over its whole length (`report`), each kind of fact by its own reader, and the facts are then matched
//! across the reports. How near two sentences are (`nearness`) only says which facts may be about the same; a value that the other
//! report has too, elsewhere, is never set against another.

mod claim;
mod cue;
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
mod words;

use super::normalize::PairWords;
use super::{Difference, Document, Pair, Sides};
use finding::FactFinding;
use nearness::Nearness;
use report::FactReport;

/// Two reports, read for facts.
struct FactReports<'a, 'd> {
    documents: &'a Sides<Document<'d>>,
    tokens: &'a PairWords,
    sides: &'a Sides<FactReport<'d>>,
    near: Nearness<'a>,
}

/// Returns the facts that two reports tell differently, each once, in the order of their places on the left.
pub(super) fn find(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
    pairs: &[Pair],
) -> Vec<Difference> {
    let sides = report::read(documents, tokens);
    let reports = FactReports {
        documents,
        tokens,
        near: Nearness::new(&sides, tokens, pairs),
        sides: &sides,
    };
    let mut found: Vec<FactFinding> = quantity_match::find(&reports);
    found.extend(time_match::find(&reports));
    found.extend(list::find(&reports));
    found.extend(claim::find(&reports));
    found.extend(cue::find(&reports));
    found.extend(place::find(&reports));
    found.extend(naming::find(&reports));
    let texts = documents.as_ref().map(|document| document.text);
    let chosen = finding::chosen(found);
    chosen
        .into_iter()
        .map(|finding| finding.told(texts))
        .collect()
}

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
