//! Searches all quotations of all reports as one list, and groups those that answer a query.
//!
//! A [`QuoteGatherer`] reads and annotates reports and adds their quotations to a [`QuoteIndex`], which keeps their places and an
//! index of their words. A [`QuoteSearch`] answers queries from what is there at that moment: the words of a query may stand in a
//! quotation, in the name of its speaker, in the outlet or in the headline, and terms with a field are looked up by it. Letters
//! that are merely in order are noise in prose, so rows that match in that way count only where no row holds the words, and in
//! small libraries only. Knows nothing of screens and files.

mod conditions;
mod gather;
mod gatherer;
mod grouping;
mod loose;
mod names;
mod number_lists;
mod places;
mod quote_words;
mod results;
mod row_terms;
mod rows;
mod runs;
mod saved;
mod table;
mod utterance;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::annotate::Annotator;
use crate::annotate::quote::Quote;
use crate::article::Article;
use crate::filter::body::TextIndex;
use crate::filter::{Query, QueryTerm};
use crate::text::{Span, sentences};

use super::{FieldAnswers, LibraryEntry, Report, ReportNo};
use conditions::{KnownTerms, RowConditions};
pub use gatherer::QuoteGatherer;
use loose::LooseRows;
pub use results::{QuoteGrouping, QuoteHeading, QuoteResults, QuoteSubject, QuoteVersions};
use table::QuoteTable;

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

/// The quotations that were gathered so far; clones share them, so that one thread can add while another searches.
#[derive(Clone, Debug, Default)]
pub struct QuoteIndex {
    table: Arc<RwLock<QuoteTable>>,
}

impl QuoteIndex {
    /// Returns the number of reports that were gathered.
    pub fn reports(&self) -> usize {
        self.read().report_count()
    }

    /// Whether the quotations of a report are here.
    pub fn has_report(&self, no: ReportNo) -> bool {
        self.read().is_gathered(no)
    }

    fn read(&self) -> RwLockReadGuard<'_, QuoteTable> {
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, QuoteTable> {
        self.table.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers queries from an index of quotations.
#[derive(Debug)]
pub struct QuoteSearch {
    annotator: Arc<Annotator>,
    texts: Option<TextIndex>,
    index: QuoteIndex,
    gatherer: QuoteGatherer,
    loose: LooseRows,
    known: KnownTerms,
}

impl QuoteSearch {
    /// Returns a search that knows no quotation yet.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self::of(QuoteIndex::default(), annotator)
    }

    /// Returns a search of what others gather in `index`.
    pub fn of(index: QuoteIndex, annotator: Arc<Annotator>) -> Self {
        Self {
            gatherer: QuoteGatherer::new(index.clone(), annotator.clone()),
            annotator,
            texts: None,
            index,
            loose: LooseRows::default(),
            known: KnownTerms::default(),
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
        self.gatherer.gather_all(entries);
        let found = self.find_indexed(entries, typed, grouping, &|| false);
        found.unwrap_or_default()
    }

    /// Returns the quotations in the index that answer what was typed; `None` if the search was cancelled.
    pub fn find_indexed(
        &mut self,
        entries: &[LibraryEntry],
        typed: &str,
        grouping: QuoteGrouping,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<QuoteResults> {
        let query = Query::parse(typed);
        let table = self.index.read();
        let conditions = RowConditions {
            entries,
            table: &table,
            lexicon: self.annotator.lexicon(),
            reports: FieldAnswers::new(entries, &self.annotator, self.texts.as_ref(), &query),
            cancelled,
        };
        let mut rows = conditions.rows(&query, &mut self.known)?;
        let mut results = QuoteResults {
            query: typed.to_owned(),
            grouping,
            total: table.quote_count(),
            reports: table.report_count(),
            grouped: table.grouped == table.rows.len(),
            literal: !rows.met.is_empty(),
            places: table.places.clone(),
            ..QuoteResults::default()
        };
        let mut ranked = Vec::new();
        if !results.literal {
            ranked = self.loose.rank(&conditions, &query, &rows.fields)?;
            rows.met.insert_all(ranked.iter().copied());
        }
        match grouping {
            QuoteGrouping::Utterance if results.literal => results.add_utterances(&rows, &table),
            QuoteGrouping::Utterance => results.add_ranked(&ranked, rows.beside.as_ref(), &table),
            QuoteGrouping::Speaker => results.add_speakers(&rows.met, &table),
            QuoteGrouping::Report => results.add_reports(&rows.met, &table),
        }
        (!cancelled()).then_some(results)
    }

    /// Returns for each report whether the field of `term` holds it, for fields of annotations (`speaker:`, `quote:`, `term:`,
    /// ...); `None` where the report was not gathered yet. Ignores its negation.
    pub fn reports_with(&self, entries: &[LibraryEntry], term: &QueryTerm) -> Vec<Option<bool>> {
        let table = self.index.read();
        let none = Query::default();
        let conditions = RowConditions {
            entries,
            table: &table,
            lexicon: self.annotator.lexicon(),
            reports: FieldAnswers::new(entries, &self.annotator, None, &none),
            cancelled: &|| false,
        };
        table.reports_with(term, &conditions)
    }

    /// Returns the index that it searches.
    pub fn index(&self) -> &QuoteIndex {
        &self.index
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
