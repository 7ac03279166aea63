//! How far reading is, told while it goes on: bytes are counted where they are read, and looked at ten times a second.
//!
//! Nothing is told while nothing is read.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::ingest::{ByteCounter, ReportSource};

use super::super::event::{Event, Progress};

const PACE: Duration = Duration::from_millis(100);

/// A thread that tells how much was read, until `end` is dropped; none where there is nothing to read.
pub(super) struct Watch {
    meter: Arc<ByteCounter>,
    end: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    pub(super) fn start(sources: &[ReportSource], events: Sender<Event>) -> io::Result<Self> {
        let meter = Arc::new(ByteCounter::default());
        let (end, ended) = channel();
        let mut news = News {
            meter: meter.clone(),
            total: sources.iter().map(ReportSource::size).sum(),
            began: Instant::now(),
            told: 0,
        };
        let tell = move || {
            while ended.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                let progress = news.since().map(Event::Progress);
                if progress.is_some_and(|progress| events.send(progress).is_err()) {
                    return;
                }
            }
        };
        let watch = || thread::Builder::new().name("progress".into()).spawn(tell);
        let thread = (!sources.is_empty()).then(watch).transpose()?;
        Ok(Self { meter, end, thread })
    }

    /// Returns what counts the bytes.
    pub(super) fn meter(&self) -> &ByteCounter {
        &self.meter
    }

    /// Ends it, so that nothing can be told after what this returns: that all is read.
    pub(super) fn stop(self) -> Progress {
        drop(self.end);
        // A thread that panicked has said so; what matters is that it is gone.
        let _ = self.thread.map(JoinHandle::join);
        Progress {
            bytes: self.meter.bytes(),
            finished: true,
            ..Progress::default()
        }
    }
}

/// What can be told of a meter.
struct News {
    meter: Arc<ByteCounter>,
    total: Option<u64>,
    began: Instant,
    told: u64,
}

impl News {
    /// Returns how far reading is, if it has moved on since this was asked last.
    fn since(&mut self) -> Option<Progress> {
        let bytes = self.meter.bytes();
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
        let mut news = News {
            meter: Arc::default(),
            total: Some(37),
            began: Instant::now(),
            told: 0,
        };
        assert_eq!(news.since(), None);
        ReportSource::file(path).read_counted(&ReadLimits::default(), &news.meter, &mut |_| ());
        let progress = news.since().unwrap();
        assert_eq!((progress.bytes, progress.total), (37, Some(37)));
        assert!(progress.rate.is_some() && !progress.finished);
        assert_eq!(news.since(), None);
    }

    #[test]
    fn nothing_is_told_once_it_is_stopped() {
        let (events, queue) = channel();
        let watch = Watch::start(&[ReportSource::stdin()], events).unwrap();
        assert_eq!(watch.meter().bytes(), 0);
        assert!(watch.stop().finished);
        assert!(queue.recv().is_err());
    }
}
