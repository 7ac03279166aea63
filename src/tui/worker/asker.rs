//! Between the interface and a worker: jobs go in, and the worker sees at any moment whether its answer is still wanted.
//!
//! What is looked for has a number that each newer wish raises. It is compared while rows are searched and reports are looked
//! through, so that a key never waits for the answer to the one before it, however long that would take.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SendError, Sender};
use std::time::{Duration, Instant};

use crate::library::quotes::QuoteGrouping;

use super::super::event::Event;
use super::{Answer, Job};

/// What is known so far is told no more often than this: a list that fills twenty times a second is as good as one that flows.
const PATIENCE: Duration = Duration::from_millis(50);

/// The way to a worker's thread.
#[derive(Debug)]
pub struct Jobs {
    queue: Sender<(u64, Job)>,
    newest: Arc<AtomicU64>,
    wish: Option<Wish>,
}

/// What is looked for; of all that is, only the last is still wanted.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    Filter(String),
    Quotes(String, QuoteGrouping),
}

impl Wish {
    fn of(job: &Job) -> Option<Self> {
        match job {
            Job::Filter(query) => Some(Wish::Filter(query.clone())),
            Job::Quotes(query, grouping) => Some(Wish::Quotes(query.clone(), *grouping)),
            _ => None,
        }
    }
}

/// Who waits for the worker's answers.
#[derive(Debug, Default)]
pub(super) struct Asker {
    events: Option<Sender<Event>>,
    newest: Arc<AtomicU64>,
    asked: u64,
    told: Cell<Option<Instant>>,
}

/// Returns both ends of the way that `queue` is.
pub(super) fn connect(queue: Sender<(u64, Job)>, events: Sender<Event>) -> (Jobs, Asker) {
    let newest = Arc::new(AtomicU64::new(0));
    let asker = Asker {
        events: Some(events),
        newest: newest.clone(),
        ..Asker::default()
    };
    let jobs = Jobs {
        queue,
        newest,
        wish: None,
    };
    (jobs, asker)
}

impl Jobs {
    /// Hands a job out; a filter or a search for quotations that is being worked on is given up for another, of either kind.
    /// Whoever still wants it asks again when it is looked at.
    ///
    /// # Errors
    /// The job comes back if the worker is gone.
    pub fn send(&mut self, job: Job) -> Result<(), SendError<Job>> {
        // The same words again, because reports were added, are no reason to begin anew.
        let wish = Wish::of(&job);
        if wish.is_some() && wish != self.wish {
            self.wish = wish;
            self.newest.fetch_add(1, Ordering::Relaxed);
        }
        let asked = self.newest.load(Ordering::Relaxed);
        let sent = self.queue.send((asked, job));
        sent.map_err(|SendError((_, job))| SendError(job))
    }
}

impl Asker {
    /// Takes up the question with this number.
    pub(super) fn asks(&mut self, asked: u64) {
        self.asked = asked;
        self.told.set(None);
    }

    /// Returns whether something newer is asked, whenever that is called.
    pub(super) fn gone(&self) -> impl Fn() -> bool + Sync + use<> {
        let (newest, asked) = (self.newest.clone(), self.asked);
        move || newest.load(Ordering::Relaxed) != asked
    }

    /// Tells an answer before the work is done.
    pub(super) fn tell(&self, answer: Answer) {
        if let Some(events) = &self.events {
            // The main loop may be gone already; then there is nobody to tell.
            let _ = events.send(Event::Answer(Box::new(answer)));
        }
    }

    /// Whether it is time to tell what is known so far.
    pub(super) fn is_waiting(&self) -> bool {
        let told = self.told.get();
        let waiting = told.is_none_or(|told| told.elapsed() >= PATIENCE);
        if waiting {
            self.told.set(Some(Instant::now()));
        }
        waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn only_another_filter_makes_the_last_one_useless() {
        let ((queue, jobs), (events, _)) = (channel(), channel());
        let (mut to_worker, mut asker) = connect(queue, events);
        let mut send = |job| {
            to_worker.send(job).unwrap();
            jobs.recv().unwrap().0
        };
        let steel = send(Job::Filter("steel".into()));
        asker.asks(steel);
        let is_gone = asker.gone();
        send(Job::Annotate(vec![0]));
        assert_eq!(send(Job::Filter("steel".into())), steel);
        assert!(!is_gone());
        send(Job::Filter(String::new()));
        assert!(is_gone());
        asker.asks(send(Job::Quotes("smoke".into(), QuoteGrouping::Report)));
        let is_gone = asker.gone();
        send(Job::Quotes("smoke".into(), QuoteGrouping::Report));
        assert!(!is_gone());
        send(Job::Quotes("smoke".into(), QuoteGrouping::Speaker));
        assert!(is_gone());
    }

    #[test]
    fn a_filter_that_quotations_ended_ends_them_when_it_is_asked_for_again() {
        let ((queue, jobs), (events, _)) = (channel(), channel());
        let (mut to_worker, mut asker) = connect(queue, events);
        let mut is_gone = |job| {
            to_worker.send(job).unwrap();
            asker.asks(jobs.recv().unwrap().0);
            asker.gone()
        };
        let filter = is_gone(Job::Filter("steel".into()));
        let quotes = is_gone(Job::Quotes("smoke".into(), QuoteGrouping::Report));
        assert!(filter() && !quotes());
        let filter = is_gone(Job::Filter("steel".into()));
        assert!(quotes() && !filter());
    }

    #[test]
    fn what_is_known_is_told_at_once_and_then_not_too_often() {
        let mut asker = Asker::default();
        assert!(asker.is_waiting());
        assert!(!asker.is_waiting());
        asker.asks(1);
        assert!(asker.is_waiting());
    }
}
