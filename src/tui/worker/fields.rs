//! What a filter asks of fields, looked up for all reports before the rows are looked at one by one.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::annotate::Annotator;
use crate::filter::body::{BodyAnswers, BodyMatch, TextIndex};
use crate::filter::{Query, QueryField, QueryTerm};
use crate::ingest::ReadFailure;
use crate::library::quotes::QuoteSearch;
use crate::library::{LibraryEntry, hit};

/// Which reports have what a query asks of fields.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    reports: &'a [LibraryEntry],
    annotator: &'a Annotator,
    marks: HashMap<&'a QueryTerm, Vec<bool>>,
    texts: Option<BodyAnswers<'a>>,
    searched: usize,
    lost: OnceLock<(usize, ReadFailure)>,
}

impl<'a> Fields<'a> {
    /// Asks `texts` for what `query` looks for in bodies, and `quote_search` for what was found in reports.
    pub(super) fn new(
        reports: &'a [LibraryEntry],
        annotator: &'a Annotator,
        quote_search: &QuoteSearch,
        texts: Option<&TextIndex>,
        query: &'a Query,
    ) -> Self {
        let marks = query.terms().filter(|term| is_of_marks(term.field));
        let marks: HashMap<&QueryTerm, Vec<bool>> = marks
            .map(|term| (term, quote_search.reports_with(term)))
            .collect();
        let texts = texts.map(|texts| BodyAnswers::new(texts, query));
        let in_texts = match &texts {
            Some(answers) if hit::asks_texts(query) => answers.searched(),
            _ => reports.len(),
        };
        let in_marks = match marks.is_empty() {
            true => reports.len(),
            false => quote_search.indexed_reports(),
        };
        Self {
            reports,
            annotator,
            marks,
            texts,
            searched: in_texts.min(in_marks),
            lost: OnceLock::new(),
        }
    }

    /// Returns how many reports were looked at for all that is asked.
    pub(super) fn searched(&self) -> usize {
        self.searched
    }

    /// Returns a report that could not be read any more when it was asked, if there is one.
    pub(super) fn lost(&self) -> Option<&(usize, ReadFailure)> {
        self.lost.get()
    }

    /// Whether the report with this number has `term` in its field, not minding its negation.
    pub(super) fn hold(&self, number: u32, term: &QueryTerm) -> bool {
        let Some(entry) = self.reports.get(number as usize) else {
            return false;
        };
        if let Some(holds) = entry.summary.holds(term) {
            return holds;
        }
        if let Some(reports) = self.marks.get(term) {
            return reports.get(number as usize).copied().unwrap_or(false);
        }
        let asked = |answers: &BodyAnswers<'_>| match term.field {
            // What was not there yet counts as not searched.
            Some(QueryField::Body) => answers.of(number, term).unwrap_or(BodyMatch::No),
            _ => BodyMatch::Perhaps,
        };
        match self.texts.as_ref().map_or(BodyMatch::Perhaps, asked) {
            BodyMatch::Yes => true,
            BodyMatch::No => false,
            BodyMatch::Perhaps => match entry.open() {
                Ok(report) => report.holds(self.annotator, term),
                Err(failure) => {
                    self.lost.get_or_init(|| (number as usize, failure));
                    false
                }
            },
        }
    }
}

/// Whether a field is answered by what was found in a report.
pub(super) fn is_of_marks(field: Option<QueryField>) -> bool {
    let marks = [
        QueryField::Speaker,
        QueryField::Quote,
        QueryField::Cue,
        QueryField::Kind,
        QueryField::Term,
    ];
    field.is_some_and(|field| marks.contains(&field))
}
