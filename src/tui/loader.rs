//! Reading reports in the background: rows reach the screen in batches, in the order of the sources, while more are read.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::article::Article;
use crate::ingest::{Failure, Limits, Source};
use crate::library::Holding;

use super::event::{Event, Progress};

/// Files read in parallel before their reports are sent on.
const BATCH: usize = 128;
/// Reports of one large file sent on together at first; later an eighth of what was sent before, so that putting them in
/// their places costs little however many there are.
const ROWS: usize = 512;
/// As long as no more text than this was read, reports come with their marks: a small library is complete in its first frame.
const EAGER: usize = 2 * 1024 * 1024;

/// What is to be read.
#[derive(Debug)]
pub struct Reading {
    /// Reports that are there already.
    pub articles: Vec<Article>,
    /// Files.
    pub sources: Vec<Source>,
    /// How much of each.
    pub limits: Limits,
}

impl Reading {
    /// Starts the thread that reads.
    pub fn start(self, annotator: Arc<Annotator>, events: Sender<Event>) -> io::Result<()> {
        let sink = Sink {
            annotator,
            events,
            eager: EAGER,
            sent: 0,
        };
        thread::Builder::new()
            .name("reader".into())
            .spawn(move || self.read(sink))?;
        Ok(())
    }

    fn read(self, mut sink: Sink) {
        let total = self.sources.len();
        sink.take(self.articles.into_iter().map(Ok).collect());
        let mut done = 0;
        for batch in self.sources.chunks(BATCH) {
            match batch {
                [only] => read_rows(only, &self.limits, &mut sink),
                _ => {
                    let read: Vec<Vec<_>> = batch
                        .par_iter()
                        .map(|source| read_all(source, &self.limits))
                        .collect();
                    sink.take(read.into_iter().flatten().collect());
                }
            }
            done += batch.len();
            sink.send(Event::Progress(Progress {
                done,
                total,
                finished: false,
            }));
        }
        sink.send(Event::Progress(Progress {
            done,
            total,
            finished: true,
        }));
    }
}

fn read_all(source: &Source, limits: &Limits) -> Vec<Result<Article, Failure>> {
    let mut read = Vec::new();
    source.read_each(limits, &mut |result| read.push(result));
    read
}

/// A single file may hold a hundred thousand reports: they are sent on as they come.
fn read_rows(source: &Source, limits: &Limits, sink: &mut Sink) {
    let mut rows = Vec::new();
    source.read_each(limits, &mut |result| {
        rows.push(result);
        if rows.len() >= ROWS.max(sink.sent / 8) {
            sink.take(std::mem::take(&mut rows));
        }
    });
    sink.take(rows);
}

struct Sink {
    annotator: Arc<Annotator>,
    events: Sender<Event>,
    eager: usize,
    sent: usize,
}

impl Sink {
    fn take(&mut self, results: Vec<Result<Article, Failure>>) {
        let (mut reports, mut failures) = (Vec::new(), Vec::new());
        for result in results {
            match result {
                Ok(article) => reports.push(Holding::new(article)),
                Err(failure) => failures.push(failure),
            }
        }
        let length: usize = reports.iter().map(|holding| holding.card.bytes).sum();
        self.eager = self.eager.saturating_sub(length);
        if self.eager > 0 {
            reports
                .par_iter()
                .for_each(|holding| holding.annotate(&self.annotator));
        }
        if !failures.is_empty() {
            self.send(Event::Failed(failures));
        }
        self.sent += reports.len();
        if !reports.is_empty() {
            self.send(Event::Loaded(reports));
        }
    }

    /// The main loop may be gone already; then there is nobody to tell.
    fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }
}
