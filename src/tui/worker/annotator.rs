//! The annotator: reads and annotates the reports on the screen, and those that a key leads to next.

use std::sync::Arc;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::filter::Query;
use crate::library::hit::{Excerpt, WordPlaces};
use crate::library::{LibraryEntry, Report, ReportNo};
use crate::tui::shared::AT_ONCE;

use super::job::{AnnotateJob, AnnotatedReports, Answer};
use super::{Reply, Role, open_annotated};

/// The annotator's state.
#[derive(Debug)]
pub struct AnnotateWorker {
    annotator: Arc<Annotator>,
    reports: Vec<LibraryEntry>,
}

impl AnnotateWorker {
    /// Returns a worker that knows no report yet.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self {
            annotator,
            reports: Vec::new(),
        }
    }

    fn annotate(&self, numbers: &[ReportNo]) -> AnnotatedReports {
        let annotate = |&number: &ReportNo| {
            let entry = self.reports.get(number.0)?;
            let counted = entry.summary.quotes().is_none().then_some(number);
            let report = open_annotated(number, &self.reports, &self.annotator)?.ok()?;
            let is_closed = entry.report().is_none() && entry.summary.bytes <= AT_ONCE;
            Some((counted, is_closed.then_some((number, report))))
        };
        let done: Vec<_> = numbers.par_iter().filter_map(annotate).collect();
        AnnotatedReports {
            counted: done.iter().filter_map(|(counted, _)| *counted).collect(),
            read: done.into_iter().filter_map(|(_, read)| read).collect(),
        }
    }

    fn open(&self, number: ReportNo) -> Option<Answer> {
        let read = self.reports.get(number.0)?.open();
        if let Ok(report) = &read {
            report.annotations(&self.annotator);
        }
        Some(Answer::Opened(number, read))
    }

    fn excerpts(&self, typed: String, numbers: &[ReportNo]) -> Answer {
        let query = Query::parse(&typed);
        let excerpt = |number: ReportNo| -> Option<Excerpt> {
            let report: Report = self.reports.get(number.0)?.open().ok()?;
            let article = &report.article;
            WordPlaces::find(&article.text, &query).excerpt(article)
        };
        let found = numbers.par_iter().map(|&number| (number, excerpt(number)));
        Answer::Hits(typed, found.collect())
    }
}

impl Role for AnnotateWorker {
    type Job = AnnotateJob;

    fn perform(&mut self, job: AnnotateJob, _reply: &Reply) -> Option<Answer> {
        match job {
            AnnotateJob::Reports(numbers) => Some(Answer::Annotated(self.annotate(&numbers))),
            AnnotateJob::Open(number) => self.open(number),
            AnnotateJob::Hits(typed, numbers) => Some(self.excerpts(typed, &numbers)),
        }
    }

    fn add(&mut self, reports: &[LibraryEntry]) {
        self.reports.extend_from_slice(reports);
    }

    /// Keeps the sentences of the filter typed last only.
    fn drop_superseded(jobs: &mut Vec<AnnotateJob>) {
        let newest = jobs.iter().rev().find_map(|job| match job {
            AnnotateJob::Hits(typed, _) => Some(typed.clone()),
            _ => None,
        });
        jobs.retain(|job| match job {
            AnnotateJob::Hits(typed, _) => Some(typed) == newest.as_ref(),
            _ => true,
        });
    }
}
