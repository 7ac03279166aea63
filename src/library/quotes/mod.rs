//! Every quotation of every report as one list, and what a query leaves of it, put together as the reader wants.
//!
//! A [`QuoteSearch`] keeps one row of letters for each quotation (its words, who said them, the outlet, the label), so that the words
//! of a query may stand in any of them; what a query asks of a field is looked up in the report itself. Letters that are merely
//! in order are noise on prose, so such rows count only where nothing holds the words. Knows nothing of screens and files.

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
pub use results::{QuoteEntry, QuoteGrouping, QuoteHeading, QuoteResults, QuoteSubject};
use results::{QuoteGrouper, QuoteHit};
use utterance::Utterances;

/// Bytes of a paragraph on each side of a quotation that are searched for the ends of its sentence.
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

/// All quotations, ready to be looked up; rows are in the order of the reports and of their texts.
#[derive(Debug)]
pub struct QuoteSearch {
    annotator: Arc<Annotator>,
    texts: Option<TextIndex>,
    index: QuoteIndex,
    filter: FuzzyFilter,
    utterances: Utterances,
}

impl QuoteSearch {
    /// Returns a search that knows no quotation yet.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self {
            annotator,
            texts: None,
            index: QuoteIndex::default(),
            filter: FuzzyFilter::default(),
            utterances: Utterances::default(),
        }
    }

    /// Gives the search the texts of the reports to ask, so that none is read for `body:`.
    pub fn with_texts(self, texts: TextIndex) -> Self {
        Self {
            texts: Some(texts),
            ..self
        }
    }

    /// Returns the quotations of `entries` that answer what was typed.
    ///
    /// `entries` are those of the calls before, and any that were added since; they are annotated as far as they are not.
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

    /// Takes in the quotations of some hundred of `entries`, the next that were not taken in yet; whether there were any.
    pub fn index_batch(&mut self, entries: &[LibraryEntry]) -> bool {
        let add_row = |columns: [&str; 4]| self.filter.push(columns);
        self.index.add_batch(entries, &self.annotator, add_row)
    }

    /// Returns how many reports were taken in.
    pub fn indexed_reports(&self) -> usize {
        self.index.reports()
    }

    /// Returns the first report that could not be taken in since this was asked last, with the reason; it counts as one without
    /// quotations.
    pub fn take_lost(&mut self) -> Option<(ReportNo, ReadFailure)> {
        self.index.take_lost()
    }

    /// Returns the quotations that answer what was typed, of those that were taken in; `None` if it `is_gone` that anybody waits
    /// for them.
    pub fn find_indexed(
        &mut self,
        entries: &[LibraryEntry],
        typed: &str,
        grouping: QuoteGrouping,
        is_gone: &(dyn Fn() -> bool + Sync),
    ) -> Option<QuoteResults> {
        let query = Query::parse(typed);
        let texts = self.texts.as_ref();
        let conditions = QuoteConditions::new(entries, &self.index, &self.annotator, texts, &query);
        let holds = |row, term: &_| conditions.has(row, term);
        let search = FilterRequest::new(&query).fields(&holds);
        let ranked = self.filter.rank(&search.cancelled(is_gone))?;
        let literal = ranked.literal > 0;
        let ids = if literal {
            ranked.ids.get(..ranked.literal).unwrap_or_default()
        } else {
            &ranked.ids
        };
        let hits: Vec<QuoteHit> = ids
            .par_iter()
            .enumerate()
            .map(|(at, row)| QuoteHit {
                row: *row,
                rank: (
                    at < ranked.words,
                    conditions.words_are_own(*row, &query),
                    Reverse(if literal { 0 } else { at }),
                ),
            })
            .collect();
        let total = self.index.quotes.len();
        let rows = QuoteGrouper {
            index: &self.index,
            utterances: match grouping {
                QuoteGrouping::Utterance => self.utterances.of(&self.index.spoken, is_gone)?,
                QuoteGrouping::Speaker | QuoteGrouping::Report => &[],
            },
        };
        let entries = match grouping {
            QuoteGrouping::Utterance => {
                rows.by_utterance(&hits, |row| conditions.may_stand_beside(row, &query))
            }
            QuoteGrouping::Speaker => rows.by_speaker(&hits),
            QuoteGrouping::Report => rows.by_report(&hits),
        };
        let found = QuoteResults {
            query: typed.to_owned(),
            grouping,
            total,
            reports: self.indexed_reports(),
            literal,
            ..QuoteResults::default()
        };
        Some(found.with(entries))
    }

    /// Returns which of the reports that were taken in have `term` in its field, one that only marks answer (`speaker:`, `quote:`,
    /// `term:`, ...), not minding its negation.
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
