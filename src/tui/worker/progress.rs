//! Tells how far reading is while it goes on: bytes are counted where they are read, and looked at ten times a second.
//!
//! Nothing is told while nothing is read.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::ingest::{ByteCounter, ReportSource};

use crate::tui::event::{Event, Progress};

/// Time between two looks at the counter.
const PACE: Duration = Duration::from_millis(100);

/// A thread that tells how much was read, until `end` is dropped; none where there is nothing to read.
pub(super) struct ProgressWatch {
    counter: Arc<ByteCounter>,
    end: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl ProgressWatch {
    /// Starts the thread.
    pub(super) fn spawn(sources: &[ReportSource], events: Sender<Event>) -> io::Result<Self> {
        let counter = Arc::new(ByteCounter::default());
        let (end, ended) = channel();
        let mut report = ProgressReport {
            counter: counter.clone(),
            total: sources.iter().map(ReportSource::size).sum(),
            began: Instant::now(),
            told: 0,
        };
        let tell = move || {
            while ended.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                let progress = report.since().map(Event::Progress);
                if progress.is_some_and(|progress| events.send(progress).is_err()) {
                    return;
                }
            }
        };
        let spawn = || thread::Builder::new().name("progress".into()).spawn(tell);
        let thread = (!sources.is_empty()).then(spawn).transpose()?;
        Ok(Self {
            counter,
            end,
            thread,
        })
    }

    /// Returns the counter of the bytes read.
    pub(super) fn counter(&self) -> &ByteCounter {
        &self.counter
    }

    /// Ends it, so that nothing can be told after what this returns: that all is read.
    pub(super) fn stop(self) -> Progress {
        drop(self.end);
        // A thread that panicked has said so; what matters is that it is gone.
        let _ = self.thread.map(JoinHandle::join);
        Progress {
            bytes: self.counter.bytes(),
            finished: true,
            ..Progress::default()
        }
    }
}

/// What a counter showed so far.
struct ProgressReport {
    counter: Arc<ByteCounter>,
    total: Option<u64>,
    began: Instant,
    told: u64,
}

impl ProgressReport {
    /// Returns how far reading is, if it has moved on since this was asked last.
    fn since(&mut self) -> Option<Progress> {
        let bytes = self.counter.bytes();
        if bytes == std::mem::replace(&mut self.told, bytes) {
            return None;
        }
        let rate = u128::from(bytes) * 1000 / self.began.elapsed().as_millis().max(1);
        Some(Progress {
            bytes,
            total: self.total,
            rate: u64::try_from(rate).ok(),
            finished: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::ReadLimits;

    #[test]
    fn what_was_read_is_told_once_and_nothing_while_nothing_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "Steel duties stay, the minister said.").unwrap();
        let mut report = ProgressReport {
            counter: Arc::default(),
            total: Some(37),
            began: Instant::now(),
            told: 0,
        };
        assert_eq!(report.since(), None);
        ReportSource::file(path).read_counted(&ReadLimits::default(), &report.counter, &mut |_| ());
        let progress = report.since().unwrap();
        assert_eq!((progress.bytes, progress.total), (37, Some(37)));
        assert!(progress.rate.is_some() && !progress.finished);
        assert_eq!(report.since(), None);
    }

    #[test]
    fn nothing_is_told_once_it_is_stopped() {
        let (events, queue) = channel();
        let watch = ProgressWatch::spawn(&[ReportSource::stdin()], events).unwrap();
        assert_eq!(watch.counter().bytes(), 0);
        assert!(watch.stop().finished);
        assert!(queue.recv().is_err());
    }
}
