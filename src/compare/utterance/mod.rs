//! Finds how two reports quote the same utterances: in other words, not as far, with fewer words in marks, in their own words.
//!
//! Utterances come first, sentences only after: the parts of each are laid end to end, every one is aligned with every one of the other
//! report, and what differs is read off the alignments. What no alignment has may be told in a sentence without marks.

mod alignment;
mod cuts;
mod findings;
mod speakers;
mod told;
mod wording;
mod words;

use super::normalize::PairWords;
use super::{Difference, Document, Side, Sides};
use alignment::Rarity;
use findings::UtteranceFindings;
use told::ToldSearch;

/// Returns the differences between the quotations of two reports, in no order.
pub(super) fn differences(documents: &Sides<Document<'_>>, tokens: &PairWords) -> Vec<Difference> {
    if documents.left.quotes.is_empty() && documents.right.quotes.is_empty() {
        return Vec::new();
    }
    let reports = words::read(documents, tokens);
    let rarity = Rarity::new(&reports);
    let alignments = alignment::alignments(&reports, &rarity);
    let mut findings = UtteranceFindings::new(&reports);
    let mut read_on = Vec::new();
    for found in &alignments {
        if wording::read(&reports, found, &mut findings) {
            read_on.push(found);
        }
    }
    let search = ToldSearch::new(&reports, tokens, &rarity);
    let told = Sides::from_fn(|side| search.may_be_told(side));
    cuts::read(&reports, &read_on, &told, &mut findings);
    for side in Side::BOTH {
        told::read(&search, side, &alignments, &mut findings);
    }
    findings.found
}

#[cfg(test)]
mod tests;
