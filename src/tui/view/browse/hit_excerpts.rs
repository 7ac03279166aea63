//! The sentences in which reports answer a filter that asks texts for words (`body: white smoke`), as far as they were on the screen.

use std::collections::{HashMap, HashSet};

use crate::library::ReportNo;
use crate::library::hit::Excerpt;
use crate::tui::view::UpdateContext;
use crate::tui::worker::job::AnnotateJob;

/// Excerpts that are kept; a row further back waits for its sentence again.
const MOST: usize = 2048;

/// The sentences found so far.
#[derive(Clone, Debug, Default)]
pub struct HitExcerpts {
    query: String,
    asked: HashSet<ReportNo>,
    /// Excerpts by report. Those of the previous query stay until newer ones arrive, so that rows do not flicker.
    excerpts: HashMap<ReportNo, Excerpt>,
}

impl HitExcerpts {
    /// Returns the sentence of a report.
    pub fn get(&self, report: ReportNo) -> Option<&Excerpt> {
        self.excerpts.get(&report)
    }

    /// Takes the worker's sentences, unless something else was typed since.
    pub fn insert(&mut self, query: &str, found: Vec<(ReportNo, Option<Excerpt>)>) {
        if query != self.query {
            return;
        }
        for (report, excerpt) in found {
            match excerpt {
                Some(excerpt) => self.excerpts.insert(report, excerpt),
                None => self.excerpts.remove(&report),
            };
        }
    }

    /// Asks for the sentences of the `shown` reports that are not there yet.
    pub fn ask(
        &mut self,
        query: &str,
        shown: impl Iterator<Item = ReportNo>,
        cx: &mut UpdateContext<'_>,
    ) {
        if self.query != query {
            query.clone_into(&mut self.query);
            self.asked.clear();
        }
        if self.asked.len() > MOST {
            self.asked.clear();
            self.excerpts.clear();
        }
        let wanted: Vec<ReportNo> = shown.filter(|&n| self.asked.insert(n)).collect();
        if !wanted.is_empty() {
            cx.compute(AnnotateJob::Hits(query.to_owned(), wanted));
        }
    }
}
