//! Answers terms with a field (`outlet:cbc`, `body:smoke`) for whole reports, each when a row of the report is ranked.

use std::iter::repeat_with;
use std::sync::OnceLock;

use crate::annotate::Annotator;
use crate::filter::body::TextIndex;
use crate::filter::{Query, QueryField, QueryTerm};
use crate::ingest::ReadFailure;

use super::{LibraryEntry, ReportNo, hit};

/// The answers of all reports to the terms of a query that have a field.
///
/// A report is searched for a term once, when that is first needed: its text is long, and may have to be read from its file.
#[derive(Debug)]
pub struct FieldAnswers<'a> {
    entries: &'a [LibraryEntry],
    annotator: &'a Annotator,
    terms: Vec<TermAnswers<'a>>,
    searched: usize,
    lost: OnceLock<(ReportNo, ReadFailure)>,
}

/// The answers of the reports to one term.
#[derive(Debug)]
struct TermAnswers<'a> {
    term: &'a QueryTerm,
    /// For each report that was searched what an index tells; `None` where the report itself must be asked.
    known: Vec<Option<bool>>,
    asked: Vec<OnceLock<bool>>,
}

impl<'a> FieldAnswers<'a> {
    /// Returns the answers to `query`; words of the body are sought in `texts`, or without them in the reports themselves.
    pub fn new(
        entries: &'a [LibraryEntry],
        annotator: &'a Annotator,
        texts: Option<&TextIndex>,
        query: &'a Query,
    ) -> Self {
        // Texts may be added by another thread meanwhile; only those before count as searched, for every term.
        let count = texts.map_or(entries.len(), TextIndex::count);
        let answers = |term: &'a QueryTerm| TermAnswers {
            term,
            known: match texts {
                Some(texts) if term.field == Some(QueryField::Body) => texts.answers(term, count),
                _ => vec![None; entries.len()],
            },
            asked: repeat_with(OnceLock::new).take(entries.len()).collect(),
        };
        let terms = query.terms().filter(|term| term.field.is_some());
        Self {
            entries,
            annotator,
            terms: terms.map(answers).collect(),
            searched: match hit::asks_texts(query) {
                true => count,
                false => entries.len(),
            },
            lost: OnceLock::new(),
        }
    }

    /// Answers terms that ask for annotations from an index of `reports` of the reports, so that none is annotated for them; one
    /// that is not in the index counts as one without the term.
    pub fn with_index(
        mut self,
        reports: usize,
        reports_with: impl Fn(&QueryTerm) -> Vec<Option<bool>>,
    ) -> Self {
        for TermAnswers { term, known, .. } in &mut self.terms {
            if term.needs_annotations() {
                let answers = reports_with(term).into_iter();
                *known = answers.map(|has| Some(has.unwrap_or(false))).collect();
                self.searched = self.searched.min(reports);
            }
        }
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
        // Called for every row, nearly always with the very term of the query, so comparing addresses first saves time.
        let is_it = |known: &&TermAnswers| std::ptr::eq(known.term, term) || known.term == term;
        let has = || {
            let answers = self.terms.iter().find(is_it)?;
            let ask = || Some(*answers.asked.get(no.0)?.get_or_init(|| self.ask(no, term)));
            answers.known.get(no.0)?.or_else(ask)
        };
        has().unwrap_or(false)
    }

    fn ask(&self, no: ReportNo, term: &QueryTerm) -> bool {
        let Some(entry) = self.entries.get(no.0) else {
            return false;
        };
        let read = || match entry.open() {
            Ok(report) => report.has(self.annotator, term),
            Err(failure) => {
                self.lost.get_or_init(|| (no, failure));
                false
            }
        };
        entry.summary.has(term).unwrap_or_else(read)
    }
}
