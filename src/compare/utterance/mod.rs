//! Finds how two reports quote the same utterances: in other words, not as far, with fewer words in marks, in their own words.
//!
//! Utterances come first, sentences only after: the parts of each are laid end to end, every one is aligned with every one of the other
//! report, and what differs is read off the alignments. What no alignment has may be told in a sentence without marks.

mod aligner;
mod alignment;
mod cuts;
mod findings;
mod quoted_clause;
mod shared_beginnings;
mod sharing;
mod speakers;
mod telling_index;
mod told;
mod told_search;
mod wording;
mod words;

use super::links::UtteranceLinks;
use super::normalize::PairWords;
use super::{Difference, Document, Side, Sides};
use alignment::{Alignment, Rarity};
use findings::UtteranceFindings;
use speakers::SpeakerNames;
use told_search::ToldSearch;
use words::ReportWords;

/// The utterances of two reports, aligned.
pub(super) struct AlignedUtterances<'d> {
    reports: Sides<ReportWords<'d>>,
    rarity: Rarity,
    names: SpeakerNames,
    alignments: Vec<Alignment>,
}

impl<'d> AlignedUtterances<'d> {
    pub(super) fn new(documents: &Sides<Document<'d>>, tokens: &PairWords) -> Self {
        let (reports, mut forms) = words::read(documents, tokens);
        let rarity = Rarity::new(&reports);
        let names = SpeakerNames::new(&reports, &mut forms);
        let alignments = match documents.left.quotes.is_empty() || documents.right.quotes.is_empty()
        {
            true => Vec::new(),
            false => aligner::alignments(&reports, &rarity, &names),
        };
        Self {
            reports,
            rarity,
            names,
            alignments,
        }
    }

    /// Returns which passages have words of the same utterance.
    pub(super) fn links(&self) -> UtteranceLinks {
        let passages = Sides::from_fn(|side| self.reports[side].passages.len());
        let pairs = self.alignments.iter().flat_map(|found| &found.pairs);
        let pairs =
            pairs.map(|at| Sides::from_fn(|side| self.reports[side].words[at[side]].passage));
        UtteranceLinks::new(passages, pairs)
    }

    /// Returns the differences between the quotations of the two reports, in no order.
    pub(super) fn differences(&self, tokens: &PairWords) -> Vec<Difference> {
        let reports = &self.reports;
        if reports.left.quotes.is_empty() && reports.right.quotes.is_empty() {
            return Vec::new();
        }
        let mut findings = UtteranceFindings::new(reports);
        let mut read_on = Vec::new();
        for found in &self.alignments {
            if wording::read(reports, &self.names, found, &mut findings) {
                read_on.push(found);
            }
        }
        let search = ToldSearch::new(reports, tokens, &self.rarity, &self.names);
        let told = Sides::from_fn(|side| search.may_be_told(side));
        cuts::read(reports, &read_on, &told, &mut findings);
        for side in Side::BOTH {
            told::read(&search, side, &self.alignments, &mut findings);
        }
        findings.found
    }
}

#[cfg(test)]
mod tests;
