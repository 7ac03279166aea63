//! Which reports are open: those that the next frame shows, read again where they were closed.
//!
//! A report of common length is read in a fraction of a frame; a long one is read by a worker, and shown when it is there.

use super::super::effect::Effect;
use super::super::worker::Job;
use super::{App, View};
use crate::library::ReportNo;

/// A report shorter than this is read and annotated at once; a longer one by the worker, so that no key waits for it.
pub(in crate::tui) const AT_ONCE: usize = 512 * 1024;
/// Versions of one utterance that are compared with each other.
pub(in crate::tui) const VERSIONS: usize = 16;

impl App {
    /// Opens what the next frame shows, and asks for what takes longer.
    pub(super) fn open_needed(&mut self) -> Vec<Effect> {
        let needed = self.needed();
        let is_short = |&number: &usize| self.summary(number).is_some_and(|c| c.bytes <= AT_ONCE);
        let (short, long): (Vec<usize>, Vec<usize>) = needed.into_iter().partition(is_short);
        let lost = self.library.failures.len();
        self.library.keep_open(&numbered(&short), &numbered(&long));
        if let Some(failure) = self.library.failures.get(lost) {
            self.message = Some(failure.to_string());
        }
        let closed = long.into_iter().filter(|&number| {
            self.report(number).is_none() && self.library.lost(ReportNo(number)).is_none()
        });
        let closed: Vec<usize> = closed.collect();
        let mut effects = Vec::new();
        for number in closed {
            if self.asked_reports.insert(number) {
                effects.push(Effect::Compute(Job::Open(number)));
            }
        }
        effects
    }

    /// Opens a report that a key leads to, however long it is.
    pub(super) fn open_now(&mut self, number: usize) {
        let mut needed = self.needed();
        needed.push(number);
        self.library.keep_open(&numbered(&needed), &[]);
    }

    /// Returns the reports whose text is on the screen, or beside it.
    fn needed(&self) -> Vec<usize> {
        let mut needed: Vec<usize> = self.list.current().into_iter().collect();
        needed.extend(self.reader.report);
        if let Some(pair) = self.pair().filter(|_| self.progress.finished) {
            needed.extend([pair.left, pair.right]);
        }
        if let Some(comparing) = &self.comparing {
            needed.extend([comparing.reports.left, comparing.reports.right]);
        }
        match self.view {
            View::Grid => needed.extend(&self.grid.reports),
            View::Quotes => needed.extend(self.quoted()),
            View::Browse | View::Compare => {}
        }
        needed
    }

    /// Makes the marks of the reports whose quotations may be on the screen.
    pub(super) fn mark_quoted(&self) {
        for number in self.quoted() {
            let report = self.report(number);
            if let Some(report) = report.filter(|one| one.article.text.len() <= AT_ONCE) {
                report.annotations(&self.annotator);
            }
        }
    }

    /// Returns the reports of the quotations that may be on the screen: each takes a line at least.
    fn quoted(&self) -> Vec<usize> {
        let Some(found) = &self.quotes.found else {
            return Vec::new();
        };
        let lines = usize::from(self.screen.height);
        let first = self.quotes.selected.saturating_sub(lines);
        let last = self.quotes.selected + lines;
        let entries = (first..=last).filter_map(|version| found.place(version));
        let mut entries: Vec<usize> = entries.map(|(entry, _)| entry).collect();
        entries.dedup();
        let mut reports = Vec::new();
        for version in (first..=last).filter_map(|version| found.version(version)) {
            reports.push(version.report.0);
        }
        for entry in entries.into_iter().filter_map(|n| found.entries.get(n)) {
            let versions = entry.versions.iter().take(VERSIONS);
            reports.extend(versions.map(|version| version.report.0));
        }
        reports.sort_unstable();
        reports.dedup();
        reports
    }
}

/// Returns the numbers as the library takes them.
fn numbered(reports: &[usize]) -> Vec<ReportNo> {
    reports.iter().copied().map(ReportNo).collect()
}
