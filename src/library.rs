//! The loaded reports, each with its annotations made when first asked for: all of them in memory ([`LoadedReports`], for what is
//! printed), or most of them in their files until somebody looks at them ([`Library`], for the interface).
//!
//! Reports are only ever added, so the number of a report stays good for the life of the library.

mod catalogue;
mod entries;
pub mod event;
pub mod hit;
pub mod quotes;
mod saved;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::annotate::{Annotations, Annotator};
use crate::article::Article;
use crate::compare::Document;
use crate::filter::{QueryField, QueryTerm};
use crate::ingest::ReadFailure;

pub use catalogue::Catalogue;
pub use entries::{Library, LibraryEntry, ReportSummary};
pub use saved::SavedLibrary;

/// Numbers a report by its place in the library; stays good while reports are added.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ReportNo(pub usize);

/// One loaded report; cheap to clone and to send to a worker.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was read.
    pub article: Arc<Article>,
    annotations: Arc<OnceLock<Annotations>>,
}

impl Report {
    /// Returns a report without annotations.
    pub fn new(article: Article) -> Self {
        Self {
            article: Arc::new(article),
            annotations: Arc::default(),
        }
    }

    /// Returns its annotations, making them on the first call.
    pub fn annotations(&self, annotator: &Annotator) -> &Annotations {
        self.annotations
            .get_or_init(|| annotator.annotate(&self.article))
    }

    /// Returns its annotations if they were made.
    pub fn annotated(&self) -> Option<&Annotations> {
        self.annotations.get()
    }

    /// Returns what a comparison takes of it.
    pub fn document(&self, annotator: &Annotator) -> Document<'_> {
        Document::new(
            &self.article,
            self.annotations(annotator),
            annotator.lexicon(),
        )
    }

    /// Whether the part of the report that `term` speaks of has it, not minding its negation.
    pub fn holds(&self, annotator: &Annotator, term: &QueryTerm) -> bool {
        let article = &self.article;
        let text: &str = &article.text;
        let marks = || self.annotations(annotator);
        match term.field {
            Some(QueryField::Headline) => term.is_in(&article.label),
            Some(QueryField::Outlet) => article
                .outlet
                .as_ref()
                .is_some_and(|outlet| term.is_in(&outlet.value)),
            Some(QueryField::Date) => article
                .published
                .as_ref()
                .is_some_and(|published| published.value.date.to_string().starts_with(&term.text)),
            Some(QueryField::Term) => {
                let lexicon = annotator.lexicon();
                let names = |hit| term.is_in(lexicon.canonical(hit));
                let mut hits = marks().terms.iter();
                hits.any(|hit| term.is_in(hit.span.of(text)) || names(hit))
            }
            Some(QueryField::Speaker | QueryField::Quote | QueryField::Cue | QueryField::Kind) => {
                let mut quotes = marks().quotes.iter();
                quotes.any(|quote| quotes::quote_has(text, quote, term))
            }
            Some(QueryField::Body) | None => term.is_in(text),
        }
    }
}

/// All that was loaded, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct LoadedReports {
    /// The reports in the order they were read.
    pub reports: Vec<Report>,
    /// What failed, with the reason.
    pub failures: Vec<ReadFailure>,
}

impl LoadedReports {
    /// Annotates every report that is not annotated yet, on all cores.
    pub fn annotate(&self, annotator: &Annotator) {
        self.reports.par_iter().for_each(|report| {
            report.annotations(annotator);
        });
    }
}

impl FromIterator<Result<Article, ReadFailure>> for LoadedReports {
    fn from_iter<I: IntoIterator<Item = Result<Article, ReadFailure>>>(read: I) -> Self {
        let mut library = Self::default();
        for one in read {
            match one {
                Ok(article) => library.reports.push(Report::new(article)),
                Err(failure) => library.failures.push(failure),
            }
        }
        library
    }
}
