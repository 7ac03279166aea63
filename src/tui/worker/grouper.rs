//! The grouper: groups all reports into events once they are read, names the events, and says why reports are grouped together.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use rayon::ThreadPool;

use crate::annotate::Annotator;
use crate::compare::group;
use crate::library::event::EventGrouping;
use crate::library::{LibraryEntry, ReportNo};

use super::job::{Answer, GroupJob};
use super::{Role, WorkerContext, background_threads};

/// Reports of an event that are asked for whom they quote: each takes a fraction of a millisecond to read and annotate.
const ASKED_FOR_SPEAKERS: usize = 12;

/// The grouper, with the reports that it grouped last and their events.
#[derive(Debug)]
pub struct Grouper {
    reports: Vec<LibraryEntry>,
    events: Arc<EventGrouping>,
    pool: ThreadPool,
}

impl Grouper {
    /// Returns a grouper that knows no report yet.
    ///
    /// # Errors
    /// Fails if the system gives no thread.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            reports: Vec::new(),
            events: Arc::default(),
            pool: background_threads("grouper")?,
        })
    }
}

impl Role for Grouper {
    type Job = GroupJob;

    fn perform(&mut self, job: GroupJob, cx: &WorkerContext) -> Option<Answer> {
        let reports = &self.reports;
        Some(match job {
            GroupJob::Events(reports) => {
                let group = || self.events.regrouped(&reports, group::WINDOW);
                self.events = Arc::new(self.pool.install(group));
                self.reports = reports;
                Answer::Events(self.reports.len(), self.events.clone())
            }
            GroupJob::Names(groups) => {
                let named = groups.into_iter().map(|group| {
                    let names = self.events.names(reports, &group);
                    let speakers = speakers(reports, &group, &cx.annotator);
                    (group, speakers_last(names, &speakers))
                });
                Answer::EventNames(named.collect())
            }
            GroupJob::Reasons(report, mut others) => {
                if others.is_empty() {
                    others.extend(self.events.nearest(report));
                }
                let reasons = others.into_iter();
                let reasons =
                    reasons.map(|other| (other, self.events.shared_words(reports, report, other)));
                Answer::Reasons(report, reasons.collect())
            }
        })
    }
}

/// Returns the names of all who are quoted in the first reports of a group.
fn speakers(
    reports: &[LibraryEntry],
    group: &[ReportNo],
    annotator: &Annotator,
) -> HashSet<String> {
    let members = group.iter().take(ASKED_FOR_SPEAKERS);
    let members = members.filter_map(|number| reports.get(number.0)?.open().ok());
    let named = members.flat_map(|report| {
        let quotes = report.annotations(annotator).quotes.iter();
        let speakers = quotes.filter_map(|quote| Some(quote.speaker.as_ref()?.name.to_string()));
        speakers.collect::<Vec<_>>()
    });
    named.collect()
}

/// Returns `names` with those of speakers last: who is quoted is not what the reports are about.
fn speakers_last(mut names: Vec<String>, speakers: &HashSet<String>) -> Vec<String> {
    let is_quoted = |name: &String| {
        let mut words = speakers.iter().map(|speaker| speaker.split_whitespace());
        let mut own = name.split_whitespace();
        let last = own.next_back();
        words.any(|mut words| words.any(|word| Some(word) == last))
    };
    // Stable, so that the weightier names stay before the others.
    names.sort_by_key(is_quoted);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_by_its_subject_before_a_person_quoted() {
        let names = ["Edith Palmer", "Harbour Board", "Aker"].map(str::to_owned);
        let speakers = ["Edith Palmer", "Nils Aker"].map(str::to_owned).into();
        let ordered = speakers_last(names.into(), &speakers);
        assert_eq!(ordered, ["Harbour Board", "Edith Palmer", "Aker"]);
    }
}
