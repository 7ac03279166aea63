//! What takes longer than a key press may: comparing, filtering, gathering quotations, annotating what is in view.
//!
//! A worker owns a copy of the list of reports (they are shared, not copied) and the matcher; jobs come in over a channel and
//! answers go out as events. A job that a newer one makes useless is skipped, which is all the debouncing there is.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::compare::coverage::{self, Coverage, Decided};
use crate::compare::{self, Choice, Comparison, Document, Sides, group};
use crate::filter::{self, Arena, Filter, Query, Search};
use crate::library::Report;
use crate::library::event::Events;
use crate::library::lookup::{Found, Grouping, Lookup};

use super::event::Event;

/// Something to work out.
#[derive(Clone, Debug)]
pub enum Job {
    /// Take these reports in.
    Add(Vec<Report>),
    /// Lay two reports side by side, heeding what the reader linked and unlinked.
    Compare(Sides<usize>, Vec<Choice>),
    /// Find what each of these reports covers, heeding what the reader linked and unlinked in any two of them.
    Coverage(Vec<usize>, Vec<Decided>),
    /// Group these reports into events.
    Events(Vec<Report>),
    /// Rank the reports for what was typed in the list.
    Filter(String),
    /// Find quotations.
    Quotes(String, Grouping),
    /// Annotate these reports: they are on the screen.
    Annotate(Vec<usize>),
}

/// What was worked out.
#[derive(Debug)]
pub enum Answer {
    /// The comparison of two reports.
    Compared(Sides<usize>, Arc<Comparison>),
    /// Which of these reports covers what.
    Covered(Vec<usize>, Arc<Coverage>),
    /// These many reports, grouped.
    Events(usize, Arc<Events>),
    /// The reports that match, best first.
    Filtered(Filtered),
    /// The quotations that match.
    Quotes(Found),
    /// Marks were made; counts on the screen are known now.
    Annotated,
    /// A job failed: a fault of ours, told rather than hidden.
    Fault(String),
}

/// Reports that match a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// What was typed.
    pub query: String,
    /// Report numbers, best first.
    pub reports: Vec<usize>,
    /// How many of them hold the words themselves; the rest only hold their letters, scattered.
    pub literal: usize,
}

/// One thread's worth of state.
#[derive(Debug)]
pub struct Worker {
    annotator: Arc<Annotator>,
    reports: Vec<Report>,
    arena: Arena,
    filter: Filter,
    lookup: Lookup,
}

impl Worker {
    /// Returns a worker that knows no report yet.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self {
            lookup: Lookup::new(annotator.clone()),
            annotator,
            reports: Vec::new(),
            arena: Arena::default(),
            filter: Filter::default(),
        }
    }

    /// Does a job.
    pub fn perform(&mut self, job: Job) -> Option<Answer> {
        match job {
            Job::Add(reports) => {
                self.add(reports);
                None
            }
            Job::Compare(sides, choices) => self.compare(sides, &choices),
            Job::Coverage(reports, decided) => Some(self.cover(reports, &decided)),
            Job::Events(reports) => {
                let events = Events::of(&reports, group::WINDOW);
                Some(Answer::Events(reports.len(), Arc::new(events)))
            }
            Job::Filter(query) => Some(Answer::Filtered(self.rank(query))),
            Job::Quotes(query, grouping) => Some(Answer::Quotes(self.lookup.find(
                &self.reports,
                &query,
                grouping,
            ))),
            Job::Annotate(reports) => {
                self.annotate(&reports);
                Some(Answer::Annotated)
            }
        }
    }

    fn add(&mut self, reports: Vec<Report>) {
        for report in &reports {
            let article = &report.article;
            let outlet = article.outlet.as_ref().map_or("", |field| &*field.value);
            self.arena.push([&*article.label, outlet]);
        }
        self.reports.extend(reports);
    }

    fn annotate(&self, numbers: &[usize]) {
        numbers
            .par_iter()
            .filter_map(|&n| self.reports.get(n))
            .for_each(|report| {
                report.annotations(&self.annotator);
            });
    }

    fn compare(&self, sides: Sides<usize>, choices: &[Choice]) -> Option<Answer> {
        let reports = Sides::new(
            self.reports.get(sides.left)?,
            self.reports.get(sides.right)?,
        );
        let documents = reports.map(|report| self.document(report));
        Some(Answer::Compared(
            sides,
            Arc::new(compare::compare_with(documents, choices)),
        ))
    }

    fn cover(&self, numbers: Vec<usize>, decided: &[Decided]) -> Answer {
        self.annotate(&numbers);
        let reports = numbers
            .iter()
            .filter_map(|&number| self.reports.get(number));
        let documents: Vec<Document<'_>> = reports.map(|report| self.document(report)).collect();
        let coverage = coverage::coverage(&documents, decided);
        Answer::Covered(numbers, Arc::new(coverage))
    }

    fn document<'a>(&self, report: &'a Report) -> Document<'a> {
        let annotations = report.annotations(&self.annotator);
        Document::new(&report.article, annotations, self.annotator.lexicon())
    }

    fn rank(&mut self, typed: String) -> Filtered {
        let query = Query::parse(&typed);
        let holds = |id: u32, term: &filter::Term| {
            let report = self.reports.get(id as usize);
            report.is_some_and(|report| report.holds(&self.annotator, term))
        };
        let search = Search::new(&self.arena, &query).fields(&holds);
        let ranked = self.filter.rank(&search).unwrap_or_default();
        Filtered {
            query: typed,
            reports: ranked.ids.iter().map(|&id| id as usize).collect(),
            literal: ranked.literal,
        }
    }
}

/// Starts a thread that performs jobs until their sender is gone.
pub fn spawn(
    name: &str,
    mut worker: Worker,
    events: Sender<Event>,
) -> std::io::Result<Sender<Job>> {
    let (jobs, queue) = channel();
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            while let Some(batch) = next_batch(&queue) {
                for job in batch {
                    let answer = panic::catch_unwind(AssertUnwindSafe(|| worker.perform(job)));
                    let answer = answer
                        .unwrap_or_else(|fault| Some(Answer::Fault(words_of(fault.as_ref()))));
                    if let Some(answer) = answer
                        && events.send(Event::Answer(Box::new(answer))).is_err()
                    {
                        return;
                    }
                }
            }
        })?;
    Ok(jobs)
}

/// Waits for a job and takes all that came with it, less what newer ones make useless.
fn next_batch(queue: &Receiver<Job>) -> Option<Vec<Job>> {
    let mut batch = vec![queue.recv().ok()?];
    batch.extend(queue.try_iter());
    let last_filter = batch.iter().rposition(|job| matches!(job, Job::Filter(_)));
    let last_quotes = batch.iter().rposition(|job| matches!(job, Job::Quotes(..)));
    let mut at = 0;
    batch.retain(|job| {
        let keep = match job {
            Job::Filter(_) => Some(at) == last_filter,
            Job::Quotes(..) => Some(at) == last_quotes,
            _ => true,
        };
        at += 1;
        keep
    });
    Some(batch)
}

fn words_of(fault: &(dyn std::any::Any + Send)) -> String {
    let words = fault
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned());
    words
        .or_else(|| fault.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown fault".to_owned())
}
