//! The grouper: groups all reports into events once they are read, names the events, and says why reports are grouped together.

use std::sync::Arc;

use crate::compare::group;
use crate::library::event::Events;
use crate::library::{LibraryEntry, ReportNo};

use super::job::{Answer, GroupJob};
use super::{Reply, Role};

/// The grouper, with the reports that it grouped last.
#[derive(Debug, Default)]
pub struct Grouper {
    reports: Vec<LibraryEntry>,
    events: Arc<Events>,
}

impl Role for Grouper {
    type Job = GroupJob;

    fn perform(&mut self, job: GroupJob, _reply: &Reply) -> Option<Answer> {
        let reports = &self.reports;
        Some(match job {
            GroupJob::Events(reports) => {
                self.events = Arc::new(Events::of(&reports, group::WINDOW));
                self.reports = reports;
                Answer::Events(self.reports.len(), self.events.clone())
            }
            GroupJob::Names(groups) => {
                let numbers =
                    |group: &[ReportNo]| -> Vec<usize> { group.iter().map(|n| n.0).collect() };
                let named = groups.into_iter().map(|group| {
                    let names = self.events.names(reports, &numbers(&group));
                    (group, names)
                });
                Answer::EventNames(named.collect())
            }
            GroupJob::Reasons(report, others) => {
                let reasons = others.into_iter();
                let reasons =
                    reasons.map(|other| (other, self.events.why(reports, report.0, other.0)));
                Answer::Reasons(report, reasons.collect())
            }
        })
    }
}
