//! The reports of a session: a summary of each is always in memory, the report itself only while it is open.
//!
//! A closed report is read again from its file when somebody looks at it. What is open is what the screen needs and what was
//! looked at last; reports that cannot be read again stay open. Summaries are shared with the workers, which open reports for
//! themselves.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::annotate::Annotator;
use crate::article::{Article, ArticleId, SourcePlace};
use crate::ingest::{ReadFailure, ReportReloader};

use super::{Report, ReportNo, ReportSummary};

/// Reports that were looked at last and stay open besides those on the screen. Chosen by eye.
const RECENT: usize = 64;

/// One report of the session.
#[derive(Clone, Debug)]
pub struct LibraryEntry {
    /// Its summary, which is always in memory.
    pub summary: Arc<ReportSummary>,
    report: Option<Report>,
}

impl LibraryEntry {
    /// Returns a report that was read, open.
    pub fn new(article: Article) -> Self {
        Self {
            summary: Arc::new(ReportSummary::new(&article)),
            report: Some(Report::new(article)),
        }
    }

    /// Returns a report that was read before, closed.
    pub fn closed(summary: Arc<ReportSummary>) -> Self {
        Self {
            summary,
            report: None,
        }
    }

    /// Returns the report if it is open.
    pub fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// Returns the report, read again where it is closed; it is not kept.
    ///
    /// # Errors
    /// Fails if its file cannot be read again, or has another report at its place.
    pub fn open(&self) -> Result<Report, ReadFailure> {
        self.open_by(SourcePlace::reload)
    }

    /// Returns the same, where many reports are opened one after the other.
    ///
    /// # Errors
    /// Fails if its file cannot be read again, or has another report at its place.
    pub fn open_with(&self, reloader: &mut ReportReloader) -> Result<Report, ReadFailure> {
        self.open_by(|place, id| reloader.reload(place, id))
    }

    fn open_by(
        &self,
        reload: impl FnOnce(&SourcePlace, ArticleId) -> Result<Article, ReadFailure>,
    ) -> Result<Report, ReadFailure> {
        match (&self.report, &self.summary.place) {
            (Some(report), _) => Ok(report.clone()),
            (None, Some(place)) => reload(place, self.summary.id).map(Report::new),
            (None, None) => unreachable!("a report that is nowhere else is never closed"),
        }
    }

    /// Returns the same with its annotations, which are counted in the summary.
    ///
    /// # Errors
    /// Fails if its file cannot be read again, or has another report at its place.
    pub fn open_annotated(&self, annotator: &Annotator) -> Result<Report, ReadFailure> {
        let report = self.open()?;
        self.summary.note(report.annotations(annotator));
        Ok(report)
    }

    /// Makes the marks of the report if it is open.
    pub fn annotate(&self, annotator: &Annotator) {
        if let Some(report) = &self.report {
            self.summary.note(report.annotations(annotator));
        }
    }

    /// Forgets the text where it can be read again.
    pub fn close(&mut self) {
        if self.summary.place.is_some() {
            self.report = None;
        }
    }
}

/// All reports of the session, and the failures to read others.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The reports in the order they were read; they are only ever added, so that the number of one stays good.
    pub entries: Vec<LibraryEntry>,
    /// Sources and reports that could not be read, with the reason.
    pub failures: Vec<ReadFailure>,
    /// Reports that were opened here, the last one at the end.
    opened: VecDeque<ReportNo>,
    /// Closed reports that could not be read again, with the reason.
    lost: HashMap<ReportNo, ReadFailure>,
}

impl Library {
    /// Returns the summary of a report.
    pub fn summary(&self, no: ReportNo) -> Option<&ReportSummary> {
        self.entries.get(no.0).map(|entry| &*entry.summary)
    }

    /// Returns a report if it is open.
    pub fn report(&self, no: ReportNo) -> Option<&Report> {
        self.entries.get(no.0)?.report()
    }

    /// Returns why a report cannot be opened, if that was tried.
    pub fn lost(&self, no: ReportNo) -> Option<&ReadFailure> {
        self.lost.get(&no)
    }

    /// Closes reports that were looked at long ago, but none of `needed`.
    ///
    /// Reads nothing: returns those of `needed` that are closed and can still be read, for [`Library::put`].
    pub fn retain_open(&mut self, needed: &[ReportNo]) -> Vec<ReportNo> {
        while self.opened.len() > RECENT + needed.len() {
            let Some(oldest) = self.opened.pop_front() else {
                break;
            };
            if needed.contains(&oldest) {
                // The loop still ends: more reports are open than are needed, so some are closed first.
                self.opened.push_back(oldest);
            } else if let Some(entry) = self.entries.get_mut(oldest.0) {
                entry.close();
            }
        }
        let is_closed = |no: ReportNo| self.entries.get(no.0).is_some_and(|e| e.report.is_none());
        let needed = needed.iter().copied();
        needed
            .filter(|&no| is_closed(no) && !self.lost.contains_key(&no))
            .collect()
    }

    /// Opens a report that was read again, or notes that it is lost.
    pub fn put(&mut self, no: ReportNo, read: Result<Report, ReadFailure>) {
        let Some(entry) = self.entries.get_mut(no.0) else {
            return;
        };
        match read {
            Ok(report) if entry.report.is_none() => {
                entry.report = Some(report);
                self.opened.push_back(no);
            }
            // Two views may have asked for it.
            Ok(_) => {}
            Err(failure) => {
                if self.lost.insert(no, failure.clone()).is_none() {
                    self.failures.push(failure);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ingest::{ReadLimits, ReportSource};

    fn library(folder: &std::path::Path, count: usize) -> Library {
        let path = folder.join("a.jsonl");
        let rows =
            (0..count).map(|n| format!("{{\"title\":\"Steel {n}\",\"body\":\"Text {n}.\"}}\n"));
        fs::write(&path, rows.collect::<String>()).unwrap();
        let mut library = Library::default();
        ReportSource::file(path).read_each(&ReadLimits::default(), &mut |one| {
            let mut entry = LibraryEntry::new(one.unwrap());
            entry.close();
            library.entries.push(entry);
        });
        library
    }

    /// Opens a report as an effect of the interface does.
    fn open(library: &mut Library, no: ReportNo) {
        for no in library.retain_open(&[no]) {
            let read = library.entries[no.0].open();
            library.put(no, read);
        }
    }

    #[test]
    fn a_closed_report_is_read_again_and_closed_when_others_were_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = library(folder.path(), RECENT + 3);
        assert!(library.report(ReportNo(0)).is_none());
        open(&mut library, ReportNo(0));
        assert_eq!(
            &**library.report(ReportNo(0)).unwrap().article.text,
            "Text 0."
        );
        for number in 1..library.entries.len() {
            open(&mut library, ReportNo(number));
        }
        assert!(library.report(ReportNo(0)).is_none());
        assert!(library.report(ReportNo(RECENT + 2)).is_some());
        assert_eq!(&*library.summary(ReportNo(0)).unwrap().label, "Steel 0");
    }

    #[test]
    fn what_is_needed_is_named_and_read_by_others() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = library(folder.path(), 2);
        let needed = [ReportNo(1), ReportNo(7)];
        assert_eq!(library.retain_open(&needed), [ReportNo(1)]);
        assert!(library.report(ReportNo(1)).is_none());
        let read = library.entries[1].open();
        library.put(ReportNo(1), read);
        assert!(library.report(ReportNo(1)).is_some());
        assert!(library.retain_open(&needed).is_empty());
    }

    #[test]
    fn a_report_whose_file_changed_is_lost_and_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = library(folder.path(), 2);
        let other = "{\"title\":\"Steel 1\",\"body\":\"Text 2.\"}\n";
        fs::write(folder.path().join("a.jsonl"), other).unwrap();
        open(&mut library, ReportNo(0));
        open(&mut library, ReportNo(0));
        let again = library.entries[0].open();
        library.put(ReportNo(0), again);
        assert!(library.report(ReportNo(0)).is_none());
        let said: Vec<String> = library.failures.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1);
        assert!(
            said[0].ends_with("a.jsonl:1: changed since it was read; open it again"),
            "{said:?}"
        );
        assert!(library.lost(ReportNo(0)).is_some());
    }

    #[test]
    fn a_report_that_is_in_no_file_is_never_closed() {
        let mut entry = LibraryEntry::new(crate::ingest::article_from_text("a.txt", "He called."));
        entry.close();
        assert!(entry.report().is_some());
    }
}
