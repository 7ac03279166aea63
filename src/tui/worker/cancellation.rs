//! Gives up a search that nobody waits for any more, so that a key never waits for the answer to the one before it.
//!
//! Each request has a number that every other request raises. The matcher compares it while it looks at rows and reports.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::job::MatchJob;

/// A job with the number of its request.
#[derive(Clone, Debug)]
pub struct NumberedJob {
    /// The number.
    pub number: u64,
    /// The job.
    pub job: MatchJob,
}

impl From<MatchJob> for NumberedJob {
    /// Returns a job that no other is to supersede.
    fn from(job: MatchJob) -> Self {
        Self { number: 0, job }
    }
}

/// The side that asks: numbers the jobs that are sent to the matcher.
#[derive(Debug, Default)]
pub struct MatchRequests {
    newest: Arc<AtomicU64>,
    last: Option<MatchJob>,
}

impl MatchRequests {
    /// Returns what the matcher sees of the numbers.
    pub fn cancellation(&self) -> Cancellation {
        Cancellation {
            newest: self.newest.clone(),
            current: 0,
        }
    }

    /// Numbers a job. A search that is under way is given up for another one, for rows or for quotations; a view that still wants
    /// it asks again when it comes back onto the screen.
    pub fn number(&mut self, job: MatchJob) -> NumberedJob {
        // The same words again, because reports were added, are no reason to begin anew.
        if self.last.as_ref() != Some(&job) {
            self.last = Some(job.clone());
            self.newest.fetch_add(1, Ordering::Relaxed);
        }
        let number = self.newest.load(Ordering::Relaxed);
        NumberedJob { number, job }
    }
}

/// The side that answers: says whether the request being worked on was superseded.
#[derive(Clone, Debug, Default)]
pub struct Cancellation {
    newest: Arc<AtomicU64>,
    current: u64,
}

impl Cancellation {
    /// Begins the request of this number.
    pub fn begin(&mut self, number: u64) {
        self.current = number;
    }

    /// Whether another request came since.
    pub fn is_superseded(&self) -> bool {
        self.newest.load(Ordering::Relaxed) != self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::quotes::QuoteGrouping;

    /// Returns the sight of a matcher that works on `job`.
    fn begun(requests: &mut MatchRequests, job: MatchJob) -> Cancellation {
        let mut cancellation = requests.cancellation();
        cancellation.begin(requests.number(job).number);
        cancellation
    }

    fn quotes(grouping: QuoteGrouping) -> MatchJob {
        MatchJob::Quotes("smoke".into(), grouping)
    }

    #[test]
    fn only_another_request_makes_the_last_one_useless() {
        let mut requests = MatchRequests::default();
        let steel = begun(&mut requests, MatchJob::Filter("steel".into()));
        requests.number(MatchJob::Filter("steel".into()));
        assert!(!steel.is_superseded());
        requests.number(MatchJob::Filter(String::new()));
        assert!(steel.is_superseded());
        let smoke = begun(&mut requests, quotes(QuoteGrouping::Report));
        requests.number(quotes(QuoteGrouping::Report));
        assert!(!smoke.is_superseded());
        requests.number(quotes(QuoteGrouping::Speaker));
        assert!(smoke.is_superseded());
    }

    #[test]
    fn a_filter_that_quotations_ended_ends_them_when_it_is_asked_for_again() {
        let mut requests = MatchRequests::default();
        let filter = begun(&mut requests, MatchJob::Filter("steel".into()));
        let quotes = begun(&mut requests, quotes(QuoteGrouping::Report));
        assert!(filter.is_superseded() && !quotes.is_superseded());
        let filter = begun(&mut requests, MatchJob::Filter("steel".into()));
        assert!(quotes.is_superseded() && !filter.is_superseded());
    }
}
