//! Answers terms with a field (`outlet:cbc`, `body:smoke`) for whole reports, each when a row of the report is ranked.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::annotate::Annotator;
use crate::filter::body::{BodyAnswers, BodyMatch, TextIndex};
use crate::filter::{FieldSource, Query, QueryField, QueryTerm};
use crate::ingest::ReadFailure;

use super::{LibraryEntry, ReportNo, hit};

/// The answers of all reports to the terms of a query that have a field.
///
/// A report is searched for a term once, when that is first needed: its text is long, and may have to be read from its file.
#[derive(Debug)]
pub struct FieldAnswers<'a> {
    entries: &'a [LibraryEntry],
    annotator: &'a Annotator,
    /// For each term that asks for annotations, whether each indexed report has it.
    indexed: HashMap<&'a QueryTerm, Vec<bool>>,
    asked: HashMap<&'a QueryTerm, Vec<OnceLock<bool>>>,
    bodies: Option<BodyAnswers<'a>>,
    searched: usize,
    lost: OnceLock<(ReportNo, ReadFailure)>,
}

impl<'a> FieldAnswers<'a> {
    /// Returns the answers to `query`; words of the body are sought in `texts`, or without them in the reports themselves.
    pub fn new(
        entries: &'a [LibraryEntry],
        annotator: &'a Annotator,
        texts: Option<&TextIndex>,
        query: &'a Query,
    ) -> Self {
        let terms = query.terms().filter(|term| term.field.is_some());
        let unasked = || vec![OnceLock::new(); entries.len()];
        let bodies = texts.map(|texts| BodyAnswers::new(texts, query));
        let searched = match &bodies {
            Some(bodies) if hit::asks_texts(query) => bodies.searched(),
            _ => entries.len(),
        };
        Self {
            entries,
            annotator,
            indexed: HashMap::new(),
            asked: terms.map(|term| (term, unasked())).collect(),
            bodies,
            searched,
            lost: OnceLock::new(),
        }
    }

    /// Answers terms that ask for annotations from an index of `reports` of the reports, so that none is annotated for them.
    pub fn with_index(
        mut self,
        reports: usize,
        reports_with: impl Fn(&QueryTerm) -> Vec<bool>,
    ) -> Self {
        let needs = |term: &QueryTerm| {
            let source = term.field.map(QueryField::source);
            source.is_some_and(FieldSource::needs_annotations)
        };
        let terms: Vec<_> = self.asked.extract_if(|term, _| needs(term)).collect();
        if !terms.is_empty() {
            self.searched = self.searched.min(reports);
        }
        let answer = |(term, _)| (term, reports_with(term));
        self.indexed = terms.into_iter().map(answer).collect();
        self
    }

    /// Returns the number of reports that were searched for every term.
    pub fn searched(&self) -> usize {
        self.searched
    }

    /// Returns a report that could not be read when it was searched, if there is one.
    pub fn lost(&self) -> Option<&(ReportNo, ReadFailure)> {
        self.lost.get()
    }

    /// Whether the report has `term` in its field. Ignores its negation.
    pub fn has(&self, no: ReportNo, term: &QueryTerm) -> bool {
        if let Some(indexed) = self.indexed.get(term) {
            return indexed.get(no.0).copied().unwrap_or(false);
        }
        let asked = self.asked.get(term).and_then(|asked| asked.get(no.0));
        let entry = self.entries.get(no.0);
        let (Some(asked), Some(entry)) = (asked, entry) else {
            return false;
        };
        *asked.get_or_init(|| self.ask(no, entry, term))
    }

    fn ask(&self, no: ReportNo, entry: &LibraryEntry, term: &QueryTerm) -> bool {
        if let Some(has) = entry.summary.has(term) {
            return has;
        }
        let body = match &self.bodies {
            // A text that was not there yet counts as not searched.
            Some(bodies) if term.field == Some(QueryField::Body) => {
                bodies.answer(no.0 as u32, term).unwrap_or(BodyMatch::No)
            }
            _ => BodyMatch::Perhaps,
        };
        match body {
            BodyMatch::Yes => true,
            BodyMatch::No => false,
            BodyMatch::Perhaps => match entry.open() {
                Ok(report) => report.has(self.annotator, term),
                Err(failure) => {
                    self.lost.get_or_init(|| (no, failure));
                    false
                }
            },
        }
    }
}
