//! Reading reports in the background: rows reach the screen in batches, in the order of the sources, while more are read.
//!
//! What was read of the same files the last time is taken from the cache folder instead. Beyond a budget texts are not kept in
//! memory, only their summaries; their words go into the index of texts, which searches them.

mod watch;

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::article::Article;
use crate::compare::{self, Sides};
use crate::filter::body::TextIndex;
use crate::ingest::{self, ReadFailure, ReadLimits, ReportSource};
use crate::library::{Catalogue, LibraryEntry, SavedLibrary};

use super::event::Event;
use watch::Watch;

/// Reports that are sent on together at first; later an eighth of what was sent before, so that putting them in their places
/// costs little however many there are.
const ROWS: usize = 256;
/// As long as no more text than this was read, reports come with their marks: a small library is complete in its first frame.
const EAGER: usize = 2 * 1024 * 1024;
/// Two reports of no more text than this together come with their comparison, which is shown unasked.
const COMPARED: usize = 64 * 1024;
/// So many reports are annotated sooner than threads for them are there.
const FEW: usize = 2;

/// What is to be read.
#[derive(Debug)]
pub struct Reading {
    /// Whether the bundled reports are read.
    pub bundled: bool,
    /// Reports that are there already.
    pub articles: Vec<Article>,
    /// Files.
    pub sources: Vec<ReportSource>,
    /// How much of each.
    pub limits: ReadLimits,
    /// Bytes of text that are kept in memory.
    pub memory: usize,
    /// The folder where large libraries are kept for the next time.
    pub cache: Option<PathBuf>,
    /// Takes the words of all texts, in the order of the reports.
    pub texts: TextIndex,
}

impl Reading {
    /// Starts the thread that reads.
    pub fn start(self, annotator: Arc<Annotator>, events: Sender<Event>) -> io::Result<()> {
        let watch = Watch::start(&self.sources, events.clone())?;
        let sink = Sink {
            annotator,
            events,
            texts: self.texts.clone(),
            memory: self.memory,
            eager: EAGER,
            pending: Vec::new(),
            first: Vec::new(),
            failures: Vec::new(),
            all: Catalogue::default(),
        };
        thread::Builder::new()
            .name("reader".into())
            .spawn(move || self.read(sink, watch))?;
        Ok(())
    }

    fn read(mut self, mut sink: Sink, watch: Watch) {
        let bundled = self.bundled.then(ingest::bundled).into_iter().flatten();
        for article in bundled.chain(std::mem::take(&mut self.articles)) {
            sink.take(Ok(article));
        }
        if self.sources.is_empty() {
            sink.send_pending();
            sink.compare();
            sink.send(Event::Progress(watch.stop()));
            return;
        }
        let first = std::mem::take(&mut sink.all.summaries);
        let first = first.iter().map(|summary| summary.id);
        let folder = self.cache.as_deref();
        let saved = folder
            .and_then(|folder| SavedLibrary::locate(folder, first, &self.sources, &self.limits));
        if let Some((catalogue, texts)) = saved.as_ref().and_then(SavedLibrary::open) {
            sink.send_pending();
            self.texts.replace(texts);
            sink.restore(catalogue);
            sink.send(Event::Progress(watch.stop()));
            return;
        }
        sink.send_pending();
        ingest::read_all(&self.sources, &self.limits, watch.meter(), &mut |read| {
            sink.take(read);
        });
        sink.send_pending();
        sink.compare();
        sink.send(Event::Progress(watch.stop()));
        if let Some(saved) = saved {
            saved.save(&sink.all, &self.texts);
        }
    }
}

/// Where what is read goes.
struct Sink {
    annotator: Arc<Annotator>,
    events: Sender<Event>,
    texts: TextIndex,
    /// Bytes of text that may still be kept in memory.
    memory: usize,
    /// Bytes of text that may still be annotated at once.
    eager: usize,
    /// What was not sent on yet.
    pending: Vec<LibraryEntry>,
    failures: Vec<ReadFailure>,
    /// The first three reports: enough to know whether there are only two.
    first: Vec<LibraryEntry>,
    /// What was read of the sources so far.
    all: Catalogue,
}

impl Sink {
    fn take(&mut self, read: Result<Article, ReadFailure>) {
        match read {
            Ok(article) => {
                self.texts.push(&article.text);
                let mut entry = LibraryEntry::new(article);
                let left = self.memory.checked_sub(entry.summary.bytes);
                match left {
                    Some(left) => self.memory = left,
                    None => entry.close(),
                }
                self.all.summaries.push(Arc::clone(&entry.summary));
                self.pending.push(entry);
            }
            Err(failure) => {
                self.all.failures.push(failure.clone());
                self.failures.push(failure);
            }
        }
        // A single file may hold a hundred thousand reports: they are sent on as they come.
        if self.pending.len() >= ROWS.max(self.all.summaries.len() / 9) {
            self.send_pending();
        }
    }

    fn send_pending(&mut self) {
        let reports = std::mem::take(&mut self.pending);
        let failures = std::mem::take(&mut self.failures);
        let length: usize = reports.iter().map(|entry| entry.summary.bytes).sum();
        self.eager = self.eager.saturating_sub(length);
        let annotate = |entry: &LibraryEntry| entry.annotate(&self.annotator);
        match reports.len() {
            _ if self.eager == 0 || reports.is_empty() => {}
            0..=FEW => reports.iter().for_each(annotate),
            _ => reports.par_iter().for_each(annotate),
        }
        let missing = 3_usize.saturating_sub(self.first.len());
        self.first.extend(reports.iter().take(missing).cloned());
        if !failures.is_empty() {
            self.send(Event::Failed(failures));
        }
        if !reports.is_empty() {
            self.send(Event::Loaded(reports));
        }
    }

    /// Compares the only two reports, if they are not long.
    fn compare(&self) {
        let [one, other] = self.first.as_slice() else {
            return;
        };
        let (Some(one), Some(other)) = (one.report(), other.report()) else {
            return;
        };
        if one.article.text.len() + other.article.text.len() > COMPARED {
            return;
        }
        let documents = Sides::new(one, other).map(|report| report.document(&self.annotator));
        // A fault is told by the worker, which is asked then.
        let compared = panic::catch_unwind(AssertUnwindSafe(|| compare::compare(documents)));
        if let Ok(comparison) = compared {
            self.send(Event::Compared(Box::new(comparison)));
        }
    }

    /// Sends on what was kept.
    fn restore(&mut self, catalogue: Catalogue) {
        self.failures = catalogue.failures;
        self.pending
            .extend(catalogue.summaries.into_iter().map(LibraryEntry::closed));
        self.eager = 0;
        self.send_pending();
    }

    /// The main loop may be gone already; then there is nobody to tell.
    fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::tui::event::Progress;

    /// Returns what is told of these reports.
    fn told(bundled: bool, texts: &[&str]) -> Vec<Event> {
        let (events, queue) = channel();
        let article = |text: &&str| ingest::article_from_text("a.txt", text);
        let reading = Reading {
            bundled,
            articles: texts.iter().map(article).collect(),
            sources: Vec::new(),
            limits: ReadLimits::default(),
            memory: usize::MAX,
            cache: None,
            texts: TextIndex::default(),
        };
        let annotator = Arc::new(Annotator::bundled());
        reading.start(annotator, events).unwrap();
        queue.iter().collect()
    }

    fn is_compared(events: &[Event]) -> bool {
        events.iter().any(|one| matches!(one, Event::Compared(_)))
    }

    #[test]
    fn the_bundled_reports_come_with_their_comparison() {
        let events = told(true, &[]);
        let [Event::Loaded(reports), Event::Compared(found), last] = events.as_slice() else {
            panic!("{events:?}");
        };
        let finished = Progress {
            finished: true,
            ..Progress::default()
        };
        assert!(matches!(last, Event::Progress(end) if *end == finished));
        let annotator = Annotator::bundled();
        let of = |number: usize| reports[number].report().unwrap().document(&annotator);
        assert_eq!(**found, compare::compare(Sides::new(of(0), of(1))));
        assert!(!found.pairs.is_empty());
    }

    #[test]
    fn only_two_short_reports_come_with_their_comparison() {
        let short = "Steel duties stay, the minister said.";
        let long = short.repeat(COMPARED / short.len() + 1);
        assert!(is_compared(&told(false, &[short, short])));
        for texts in [&[short][..], &[short, &long], &[short; 3]] {
            assert!(!is_compared(&told(false, texts)));
        }
        assert!(!is_compared(&told(true, &[short])));
    }
}
