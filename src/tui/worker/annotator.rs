//! The annotator: reads and annotates the reports on the screen, and those that a key leads to next.

use rayon::prelude::*;

use crate::filter::Query;
use crate::library::hit::{Excerpt, WordPlaces};
use crate::library::{Report, ReportNo};
use crate::tui::shared::AT_ONCE;

use super::job::{AnnotateJob, AnnotatedReports, Answer};
use super::{Role, WorkerContext};

/// The worker that annotates.
#[derive(Debug)]
pub struct AnnotateWorker;

impl WorkerContext {
    fn annotate(&self, numbers: &[ReportNo]) -> AnnotatedReports {
        let annotate = |&number: &ReportNo| {
            let entry = self.entries.get(number.0)?;
            let counted = entry.summary.quotes().is_none().then_some(number);
            let report = self.open(number)?.ok()?;
            let is_closed = entry.report().is_none() && entry.summary.bytes <= AT_ONCE;
            Some((counted, is_closed.then_some((number, report))))
        };
        let done: Vec<_> = numbers.par_iter().filter_map(annotate).collect();
        AnnotatedReports {
            counted: done.iter().filter_map(|(counted, _)| *counted).collect(),
            read: done.into_iter().filter_map(|(_, read)| read).collect(),
        }
    }

    fn read_again(&self, number: ReportNo) -> Option<Answer> {
        let read = self.entries.get(number.0)?.open();
        if let Ok(report) = &read {
            report.annotations(&self.annotator);
        }
        Some(Answer::Opened(number, read))
    }

    fn excerpts(&self, typed: String, numbers: &[ReportNo]) -> Answer {
        let query = Query::parse(&typed);
        let excerpt = |number: ReportNo| -> Option<Excerpt> {
            let report: Report = self.entries.get(number.0)?.open().ok()?;
            let article = &report.article;
            WordPlaces::find(&article.text, &query).excerpt(article)
        };
        let found = numbers.par_iter().map(|&number| (number, excerpt(number)));
        Answer::Hits(typed, found.collect())
    }
}

impl Role for AnnotateWorker {
    type Job = AnnotateJob;

    fn perform(&mut self, job: AnnotateJob, cx: &WorkerContext) -> Option<Answer> {
        match job {
            AnnotateJob::Reports(numbers) => Some(Answer::Annotated(cx.annotate(&numbers))),
            AnnotateJob::Open(number) => cx.read_again(number),
            AnnotateJob::Hits(typed, numbers) => Some(cx.excerpts(typed, &numbers)),
        }
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
