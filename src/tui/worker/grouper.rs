//! The grouper: groups all reports into events once they are read, names the events, and says why reports are grouped together.

use std::sync::Arc;

use crate::compare::group;
use crate::library::LibraryEntry;
use crate::library::event::EventGrouping;

use super::job::{Answer, GroupJob};
use super::{Role, WorkerContext};

/// The grouper, with the reports that it grouped last and their events.
#[derive(Debug, Default)]
pub struct Grouper {
    reports: Vec<LibraryEntry>,
    events: Arc<EventGrouping>,
}

impl Role for Grouper {
    type Job = GroupJob;

    fn perform(&mut self, job: GroupJob, _cx: &WorkerContext) -> Option<Answer> {
        let reports = &self.reports;
        Some(match job {
            GroupJob::Events(reports) => {
                self.events = Arc::new(EventGrouping::new(&reports, group::WINDOW));
                self.reports = reports;
                Answer::Events(self.reports.len(), self.events.clone())
            }
            GroupJob::Names(groups) => {
                let named = groups.into_iter().map(|group| {
                    let names = self.events.names(reports, &group);
                    (group, names)
                });
                Answer::EventNames(named.collect())
            }
            GroupJob::Reasons(report, others) => {
                let reasons = others.into_iter();
                let reasons =
                    reasons.map(|other| (other, self.events.shared_words(reports, report, other)));
                Answer::Reasons(report, reasons.collect())
            }
        })
    }
}
