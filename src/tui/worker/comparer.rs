//! The comparer: lays reports side by side, two for a comparison or many for the coverage grid.

use std::sync::Arc;

use crate::compare::coverage::{self, ReportPairChoices};
use crate::compare::{self, LinkChoice, Sides};
use crate::library::ReportNo;

use super::job::{Answer, CompareJob};
use super::{Role, WorkerContext};

/// The worker that compares.
#[derive(Debug)]
pub struct CompareWorker;

impl WorkerContext {
    fn compare(&self, sides: Sides<ReportNo>, choices: &[LinkChoice]) -> Option<Answer> {
        let numbers = [sides.left, sides.right];
        let open = match self.open_all(&numbers) {
            Ok(open) => open,
            Err(answer) => return Some(answer),
        };
        let [left, right] = open.as_slice() else {
            return None;
        };
        let documents = Sides::new(left, right).map(|report| report.document(&self.annotator));
        let comparison = compare::compare_with(documents, choices);
        Some(Answer::Compared(sides, Arc::new(comparison)))
    }

    fn cover(&self, numbers: Vec<ReportNo>, choices: &[ReportPairChoices]) -> Answer {
        let open = match self.open_all(&numbers) {
            Ok(open) => open,
            Err(answer) => return answer,
        };
        let documents = open.iter().map(|report| report.document(&self.annotator));
        let documents: Vec<_> = documents.collect();
        Answer::Covered(numbers, Arc::new(coverage::coverage(&documents, choices)))
    }
}

impl Role for CompareWorker {
    type Job = CompareJob;

    fn perform(&mut self, job: CompareJob, cx: &WorkerContext) -> Option<Answer> {
        match job {
            CompareJob::Pair(sides, choices) => cx.compare(sides, &choices),
            CompareJob::Coverage(numbers, choices) => Some(cx.cover(numbers, &choices)),
        }
    }
}
