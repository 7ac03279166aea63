//! The grouper: groups all reports into events, once they are read.

use std::sync::Arc;

use crate::compare::group;
use crate::library::event::Events;

use super::job::{Answer, GroupJob};
use super::{Reply, Role};

/// The grouper, which knows nothing between two jobs.
#[derive(Debug, Default)]
pub struct Grouper;

impl Role for Grouper {
    type Job = GroupJob;

    fn perform(&mut self, GroupJob(reports): GroupJob, _reply: &Reply) -> Option<Answer> {
        let events = Events::of(&reports, group::WINDOW);
        Some(Answer::Events(reports.len(), Arc::new(events)))
    }
}
