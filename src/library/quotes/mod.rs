//! Searches all quotations of all reports as one list, and groups those that answer a query.
//!
//! A [`QuoteSearch`] keeps one row of letters for each quotation (its words, speaker, outlet and headline), so that the words of a
//! query may stand in any of them. Terms with a field are looked up in the index of quotations. Letters that are merely in order
//! are noise in prose, so rows that match in that way count only where no row holds the words. Knows nothing of screens and files.

mod conditions;
mod index;
mod results;
mod utterance;

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::annotate::quote::Quote;
use crate::article::Article;
use crate::filter::body::TextIndex;
use crate::filter::{FilterRequest, FuzzyFilter, Query, QueryTerm};
use crate::ingest::ReadFailure;
use crate::text::{Span, sentences};

use super::{LibraryEntry, Report, ReportNo};
use conditions::QuoteConditions;
use index::QuoteIndex;
use results::QuoteRank;
pub use results::{QuoteEntry, QuoteGrouping, QuoteHeading, QuoteResults, QuoteSubject};
use utterance::UtteranceGroups;

/// Bytes of a paragraph on each side of a quotation in which the ends of its sentence are sought. Chosen by eye: a bound for texts
/// without full stops.
const NEAR: usize = 2_000;

/// A quotation, by the numbers of its report and of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteRef {
    /// The report.
    pub report: ReportNo,
    /// The quotation in it.
    pub quote: usize,
}

impl QuoteRef {
    /// Returns the quotation and its report, if that is open and was annotated.
    pub fn resolve(self, entries: &[LibraryEntry]) -> Option<(&Report, &Quote)> {
        let report = entries.get(self.report.0)?.report()?;
        Some((report, report.annotated()?.quotes.get(self.quote)?))
    }
}

/// All quotations, ready to be searched; rows are in the order of the reports and of the quotations in them.
#[derive(Debug)]
pub struct QuoteSearch {
    annotator: Arc<Annotator>,
    texts: Option<TextIndex>,
    index: QuoteIndex,
    filter: FuzzyFilter,
    utterances: UtteranceGroups,
}

impl QuoteSearch {
    /// Returns a search that knows no quotation yet.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self {
            annotator,
            texts: None,
            index: QuoteIndex::default(),
            filter: FuzzyFilter::default(),
            utterances: UtteranceGroups::default(),
        }
    }

    /// Searches `texts` for the words after `body:`, so that no report is read for them.
    pub fn with_texts(self, texts: TextIndex) -> Self {
        Self {
            texts: Some(texts),
            ..self
        }
    }

    /// Returns the quotations of `entries` that answer what was typed.
    ///
    /// `entries` begin with those of earlier calls. Reports that were added since are annotated and indexed first.
    pub fn find(
        &mut self,
        entries: &[LibraryEntry],
        typed: &str,
        grouping: QuoteGrouping,
    ) -> QuoteResults {
        while self.index_batch(entries) {}
        let found = self.find_indexed(entries, typed, grouping, &|| false);
        found.unwrap_or_default()
    }

    /// Indexes the quotations of the next few hundred `entries`. Returns whether there were any left.
    pub fn index_batch(&mut self, entries: &[LibraryEntry]) -> bool {
        let add_row = |columns: [&str; 4]| self.filter.push(columns);
        self.index.add_batch(entries, &self.annotator, add_row)
    }

    /// Returns the number of reports that are indexed.
    pub fn indexed_reports(&self) -> usize {
        self.index.reports()
    }

    /// Returns the first report since the last call that could not be read, with the reason; it counts as one without quotations.
    pub fn take_lost(&mut self) -> Option<(ReportNo, ReadFailure)> {
        self.index.lost.take()
    }

    /// Returns the indexed quotations that answer what was typed; `None` if the search was cancelled.
    pub fn find_indexed(
        &mut self,
        entries: &[LibraryEntry],
        typed: &str,
        grouping: QuoteGrouping,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<QuoteResults> {
        let query = Query::parse(typed);
        let texts = self.texts.as_ref();
        let conditions = QuoteConditions::new(entries, &self.index, &self.annotator, texts, &query);
        let holds = |row, term: &_| conditions.has(row, term);
        let search = FilterRequest::new(&query).fields(&holds);
        let ranked = self.filter.rank(&search.cancelled(cancelled))?;
        let literal = ranked.literal > 0;
        let ids = if literal {
            ranked.ids.get(..ranked.literal).unwrap_or_default()
        } else {
            &ranked.ids
        };
        let mut entries = match grouping {
            QuoteGrouping::Utterance => {
                let words = &self.index.quote_words;
                let utterances = self.utterances.group(words, cancelled)?;
                let rank = |(at, &row): (usize, &u32)| {
                    let is_own = conditions.words_are_own(row, &query);
                    // Rows that hold the words are ordered by their number of reports, not by score.
                    let place = Reverse(if literal { 0 } else { at });
                    (row, (at < ranked.words, is_own, place))
                };
                let hits: Vec<(u32, QuoteRank)> = ids.par_iter().enumerate().map(rank).collect();
                let allowed = |row| conditions.may_stand_beside(row, &query);
                self.index.by_utterance(utterances, &hits, allowed)
            }
            QuoteGrouping::Speaker => self.index.by_speaker(ids.to_vec()),
            QuoteGrouping::Report => self.index.by_report(ids.to_vec()),
        };
        let mut shown = 0;
        for entry in &mut entries {
            entry.first = shown;
            shown += entry.versions.len();
        }
        Some(QuoteResults {
            query: typed.to_owned(),
            grouping,
            entries,
            shown,
            total: self.index.quotes.len(),
            reports: self.indexed_reports(),
            literal,
        })
    }

    /// Returns for each indexed report whether the field of `term` holds it, for fields of annotations (`speaker:`, `quote:`,
    /// `term:`, ...). Ignores its negation.
    pub fn reports_with(&self, term: &QueryTerm) -> Vec<bool> {
        self.index.reports_with(term, self.annotator.lexicon())
    }
}

/// Returns the sentences that `span`, a quotation, stands in.
pub fn surrounding_sentences(article: &Article, span: Span) -> Span {
    let text: &str = &article.text;
    let blocks = &article.blocks;
    let at = blocks.partition_point(|block| block.span.end <= span.start);
    let paragraph = blocks.get(at).map(|block| block.span);
    let Some(paragraph) = paragraph.filter(|paragraph| paragraph.contains(span)) else {
        return span;
    };
    let near = Span::new(
        paragraph
            .start
            .max(text.floor_char_boundary(span.start.saturating_sub(NEAR))),
        paragraph.end.min(text.ceil_char_boundary(span.end + NEAR)),
    );
    sentences::sentences(near.of(text))
        .into_iter()
        .map(|sentence| sentence.shifted(near.start))
        .filter(|sentence| sentence.overlaps(span))
        .fold(span, |all, sentence| {
            Span::new(all.start.min(sentence.start), all.end.max(sentence.end))
        })
}

#[cfg(test)]
mod tests;
