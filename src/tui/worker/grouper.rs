//! The grouper: groups all reports into events once they are read, names the events, and says why reports are grouped together.

use std::sync::Arc;

use crate::compare::group;
use crate::library::event::EventGrouping;

use super::job::{Answer, GroupJob};
use super::{Role, WorkerContext};

/// The grouper, with the events that it found last.
#[derive(Debug, Default)]
pub struct Grouper {
    events: Arc<EventGrouping>,
}

impl Role for Grouper {
    type Job = GroupJob;

    fn perform(&mut self, job: GroupJob, cx: &WorkerContext) -> Option<Answer> {
        let reports = &cx.entries;
        Some(match job {
            GroupJob::Events => {
                self.events = Arc::new(EventGrouping::new(reports, group::WINDOW));
                Answer::Events(reports.len(), self.events.clone())
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
