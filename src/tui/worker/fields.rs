//! What a filter asks of fields, looked up for all reports before the rows are looked at one by one.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::annotate::Annotator;
use crate::filter::body::{Answers, Holds, Texts};
use crate::filter::{Field, Query, Term};
use crate::ingest::ReadFailure;
use crate::library::lookup::Lookup;
use crate::library::{Holding, hit};

/// Which reports have what a query asks of fields.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    reports: &'a [Holding],
    annotator: &'a Annotator,
    marks: HashMap<&'a Term, Vec<bool>>,
    texts: Option<Answers<'a>>,
    searched: usize,
    lost: OnceLock<(usize, ReadFailure)>,
}

impl<'a> Fields<'a> {
    /// Asks `texts` for what `query` looks for in bodies, and `lookup` for what was found in reports.
    pub(super) fn new(
        reports: &'a [Holding],
        annotator: &'a Annotator,
        lookup: &Lookup,
        texts: Option<&Texts>,
        query: &'a Query,
    ) -> Self {
        let marks = query.terms().filter(|term| is_of_marks(term.field));
        let marks: HashMap<&Term, Vec<bool>> = marks
            .map(|term| (term, lookup.reports_with(term)))
            .collect();
        let texts = texts.map(|texts| Answers::new(texts, query));
        let in_texts = match &texts {
            Some(answers) if hit::asks_texts(query) => answers.searched(),
            _ => reports.len(),
        };
        let in_marks = match marks.is_empty() {
            true => reports.len(),
            false => lookup.gathered(),
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
    pub(super) fn hold(&self, number: u32, term: &Term) -> bool {
        let Some(holding) = self.reports.get(number as usize) else {
            return false;
        };
        if let Some(holds) = holding.card.holds(term) {
            return holds;
        }
        if let Some(reports) = self.marks.get(term) {
            return reports.get(number as usize).copied().unwrap_or(false);
        }
        let asked = |answers: &Answers<'_>| match term.field {
            // What was not there yet counts as not searched.
            Some(Field::Body) => answers.of(number, term).unwrap_or(Holds::No),
            _ => Holds::Perhaps,
        };
        match self.texts.as_ref().map_or(Holds::Perhaps, asked) {
            Holds::Yes => true,
            Holds::No => false,
            Holds::Perhaps => match holding.open() {
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
pub(super) fn is_of_marks(field: Option<Field>) -> bool {
    let marks = [
        Field::Speaker,
        Field::Quote,
        Field::Cue,
        Field::Kind,
        Field::Term,
    ];
    field.is_some_and(|field| marks.contains(&field))
}
