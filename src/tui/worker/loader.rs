//! The loader: reads reports in the background; they reach the screen in batches, in the order of the sources, while more are read.
//!
//! Unchanged files are taken from the cache folder instead. Beyond a budget texts are not kept in
//! memory, only their summaries; their words go into the index of texts, which searches them.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::article::Article;
use crate::filter::body::TextIndex;
use crate::ingest::{self, ByteCounter, ReadFailure, ReadLimits, ReportSource};
use crate::library::{Catalogue, LibraryEntry, SavedLibrary};
use crate::tui::event::{Event, Progress};

use super::gatherer::SavedPlace;

/// Reports that are sent on together at first; later a share of what was sent before, so that putting them in their places costs little
/// however many there are.
const BATCH: usize = 256;
/// The share of a later batch in the reports sent before it.
const BATCH_SHARE: usize = 9;
/// As long as no more bytes of text than this were read, reports come with their marks: a small library is complete in its first frame.
const ANNOTATED_AT_ONCE: usize = 2 * 1024 * 1024;

/// Time between two words about how far reading is.
const PROGRESS_PACE: Duration = Duration::from_millis(100);

/// The reports to be read.
#[derive(Debug)]
pub struct Loader {
    /// Whether the bundled reports are read.
    pub bundled: bool,
    /// Reports that are there already.
    pub articles: Vec<Article>,
    /// Files.
    pub sources: Vec<ReportSource>,
    /// Limits on what is read of each.
    pub limits: ReadLimits,
    /// Bytes of text that are kept in memory.
    pub memory: usize,
    /// The folder where large libraries are saved for the next time.
    pub cache: Option<PathBuf>,
    /// Takes the words of all texts, in the order of the reports.
    pub texts: TextIndex,
    /// Takes the place where the library is saved.
    pub place: SavedPlace,
}

impl Loader {
    /// Starts the thread that reads.
    ///
    /// # Errors
    /// Fails if the system gives no thread.
    pub fn spawn(self, annotator: Arc<Annotator>, events: Sender<Event>) -> io::Result<()> {
        let batches = Batches {
            annotator,
            events,
            texts: self.texts.clone(),
            memory: self.memory,
            unannotated: ANNOTATED_AT_ONCE,
            pending: Vec::new(),
            failures: Vec::new(),
            all: Catalogue::default(),
            counter: Arc::default(),
            total: self.sources.iter().map(|source| source.size).sum(),
            began: Instant::now(),
            told: Instant::now(),
        };
        let read = move || self.read(batches);
        thread::Builder::new().name("loader".into()).spawn(read)?;
        Ok(())
    }

    /// Returns the place where the library of the sources is saved; `None` where it is not.
    fn saved_library(&self) -> Option<SavedLibrary> {
        let folder = self.cache.as_deref().filter(|_| !self.sources.is_empty());
        let first = self.articles.iter().map(|article| article.id);
        SavedLibrary::locate(folder?, first, &self.sources, &self.limits)
    }

    fn read(mut self, mut batches: Batches) {
        // The bundled reports are read where there are no sources, and then nothing is saved.
        let place = self.saved_library();
        if let Some(place) = &place {
            let _ = self.place.set(place.clone());
        }
        let bundled = self.bundled.then(ingest::bundled).into_iter().flatten();
        for article in bundled.chain(std::mem::take(&mut self.articles)) {
            batches.add(Ok(article));
        }
        batches.all.summaries.clear();
        batches.send_pending();
        let saved = place.as_ref().and_then(SavedLibrary::open);
        let unsaved = place.filter(|_| saved.is_none());
        match saved {
            Some((catalogue, texts)) => {
                self.texts.replace(texts);
                batches.restore(catalogue);
            }
            None => {
                let counter = batches.counter.clone();
                ingest::read_all(&self.sources, &self.limits, &counter, &mut |read| {
                    batches.add(read);
                    batches.tell_progress();
                });
                batches.send_pending();
            }
        }
        batches.send(Event::Progress(Progress {
            bytes: batches.counter.bytes(),
            finished: true,
            ..Progress::default()
        }));
        if let Some(place) = unsaved {
            place.save(&batches.all, &self.texts);
        }
    }
}

/// The reports on their way to the screen.
struct Batches {
    annotator: Arc<Annotator>,
    events: Sender<Event>,
    texts: TextIndex,
    /// Bytes of text that may still be kept in memory.
    memory: usize,
    /// Bytes of text that may still be annotated at once.
    unannotated: usize,
    /// Reports that were not sent on yet.
    pending: Vec<LibraryEntry>,
    failures: Vec<ReadFailure>,
    /// All that was read of the sources so far.
    all: Catalogue,
    /// Bytes read so far.
    counter: Arc<ByteCounter>,
    /// Bytes of all sources, where that is known.
    total: Option<u64>,
    began: Instant,
    /// The time when progress was told last.
    told: Instant,
}

impl Batches {
    fn add(&mut self, read: Result<Article, ReadFailure>) {
        match read {
            Ok(article) => {
                self.texts.push(&article.text);
                let mut entry = LibraryEntry::new(article);
                match self.memory.checked_sub(entry.summary.bytes) {
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
        if self.pending.len() >= BATCH.max(self.all.summaries.len() / BATCH_SHARE) {
            self.send_pending();
        }
    }

    fn send_pending(&mut self) {
        let reports = std::mem::take(&mut self.pending);
        let failures = std::mem::take(&mut self.failures);
        let bytes: usize = reports.iter().map(|entry| entry.summary.bytes).sum();
        self.unannotated = self.unannotated.saturating_sub(bytes);
        if self.unannotated > 0 {
            let reports = reports.par_iter();
            reports.for_each(|entry| entry.annotate(&self.annotator));
        }
        if !failures.is_empty() {
            self.send(Event::Failed(failures));
        }
        if !reports.is_empty() {
            self.send(Event::Loaded(reports));
        }
    }

    /// Tells how far reading is, ten times a second.
    fn tell_progress(&mut self) {
        if self.told.elapsed() < PROGRESS_PACE {
            return;
        }
        self.told = Instant::now();
        let bytes = self.counter.bytes();
        let rate = u128::from(bytes) * 1000 / self.began.elapsed().as_millis().max(1);
        self.send(Event::Progress(Progress {
            bytes,
            total: self.total,
            rate: u64::try_from(rate).ok(),
            finished: false,
        }));
    }

    /// Sends on what was saved the last time.
    fn restore(&mut self, catalogue: Catalogue) {
        self.failures = catalogue.failures;
        let summaries = catalogue.summaries.into_iter();
        self.pending.extend(summaries.map(LibraryEntry::closed));
        self.unannotated = 0;
        self.send_pending();
    }

    /// Sends an event; the main loop may be gone already, and then nobody is left to tell.
    fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::tui::event::Progress;

    #[test]
    fn a_small_library_comes_annotated_and_then_all_is_read() {
        let (events, queue) = channel();
        let loader = Loader {
            bundled: true,
            articles: Vec::new(),
            sources: Vec::new(),
            limits: ReadLimits::default(),
            memory: usize::MAX,
            cache: None,
            texts: TextIndex::default(),
            place: SavedPlace::default(),
        };
        let annotator = Arc::new(Annotator::bundled());
        loader.spawn(annotator, events).unwrap();
        let events: Vec<Event> = queue.iter().collect();
        let [Event::Loaded(reports), Event::Progress(last)] = events.as_slice() else {
            panic!("{events:?}");
        };
        let marked = reports.iter().filter(|entry| {
            let report = entry.report();
            report.is_some_and(|report| report.annotated().is_some())
        });
        assert_eq!(marked.count(), 2);
        let finished = Progress {
            finished: true,
            ..Progress::default()
        };
        assert_eq!(*last, finished);
    }
}
