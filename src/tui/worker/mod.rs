//! The workers: one thread a role, each with its own kind of job. Jobs come in over a channel, answers go out as events.
//!
//! A worker that knows the reports has its own list of them (their summaries are shared; closed ones are opened for a job); the grouper
//! and the exporter, which are seldom asked, get the reports with a job. A job that a newer one makes useless is dropped, or given up
//! where it is under way, which is all the debouncing there is.

pub mod annotator;
pub mod comparer;
pub mod exporter;
pub mod gatherer;
pub mod grouper;
pub mod job;
pub mod loader;
pub mod matcher;
pub mod saver;

use std::any::Any;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::annotate::Annotator;
use crate::library::{LibraryEntry, Report, ReportNo};

use job::Answer;

/// Starts threads for work that nobody may be waiting for, as many as the machine runs at once: all other threads go first.
fn background_threads(name: &'static str) -> io::Result<ThreadPool> {
    let lower_priority = |_| {
        // On Linux each thread has a priority of its own, elsewhere it is that of the program.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::nice(10);
    };
    ThreadPoolBuilder::new()
        .thread_name(move |number| format!("{name}-{number}"))
        .start_handler(lower_priority)
        .build()
        .map_err(io::Error::other)
}

/// The way that answers go back.
#[derive(Clone)]
pub struct Reply(Arc<dyn Fn(Answer) + Send + Sync>);

impl Reply {
    /// Returns a reply that hands answers to `send`.
    pub fn new(send: impl Fn(Answer) + Send + Sync + 'static) -> Self {
        Self(Arc::new(send))
    }

    /// Sends an answer.
    pub fn send(&self, answer: Answer) {
        (self.0)(answer);
    }
}

/// A worker's work: state, and what a job does with it.
pub trait Role: Send + 'static {
    /// The jobs that it takes.
    type Job: Send + 'static;

    /// Performs a job; answers before the last go out through the context.
    fn perform(&mut self, job: Self::Job, cx: &WorkerContext) -> Option<Answer>;

    /// Takes in reports that were read, after the first `_known`.
    fn add(&mut self, _known: usize, _reports: &[LibraryEntry]) {}

    /// Drops the jobs of a batch that newer ones make useless.
    fn drop_superseded(_jobs: &mut Vec<Self::Job>) {}
}

/// Something that a worker is told.
enum Message<J> {
    Job(J),
    Add(Vec<LibraryEntry>),
}

/// The way to a worker's thread. A worker that is gone has said so in an answer before, so that nothing is made of it here.
#[derive(Debug)]
pub struct JobSender<J>(Sender<Message<J>>);

impl<J> Clone for JobSender<J> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<J> JobSender<J> {
    /// Gives the worker a job.
    pub fn send(&self, job: J) {
        let _ = self.0.send(Message::Job(job));
    }

    /// Tells the worker of reports that were read.
    pub fn add(&self, reports: Vec<LibraryEntry>) {
        let _ = self.0.send(Message::Add(reports));
    }
}

/// The surroundings of a worker.
#[derive(Clone)]
pub struct WorkerContext {
    /// Finds the marks.
    pub annotator: Arc<Annotator>,
    /// The reports that it was told of, by number; none where they come with the jobs.
    pub entries: Vec<LibraryEntry>,
    /// The way that answers go back.
    pub reply: Reply,
}

impl WorkerContext {
    /// Returns a context without reports.
    pub fn new(annotator: Arc<Annotator>, reply: Reply) -> Self {
        let entries = Vec::new();
        Self {
            annotator,
            entries,
            reply,
        }
    }

    /// Returns a report with its marks, or the answer that says that it cannot be read any more.
    fn open(&self, number: ReportNo) -> Option<Result<Report, Answer>> {
        let read = self.entries.get(number.0)?.open_annotated(&self.annotator);
        Some(read.map_err(|failure| Answer::Opened(number, Err(failure))))
    }

    /// Returns reports with their marks, or the first that cannot be read any more.
    fn open_all(&self, numbers: &[ReportNo]) -> Result<Vec<Report>, Answer> {
        let open = |&number: &ReportNo| self.open(number);
        numbers.par_iter().filter_map(open).collect()
    }
}

/// Starts a worker's thread, which ends when the returned sender is dropped.
///
/// # Errors
/// Fails if the system gives no thread.
pub fn spawn<R: Role>(
    name: &str,
    mut role: R,
    mut cx: WorkerContext,
) -> io::Result<JobSender<R::Job>> {
    let (sender, queue) = channel();
    let work = move || {
        while let Some(batch) = next_batch::<R>(&queue, &mut role, &mut cx) {
            for job in batch {
                let perform = || role.perform(job, &cx);
                let done = panic::catch_unwind(AssertUnwindSafe(perform));
                let fault = |fault: Box<dyn Any + Send>| Some(Answer::Fault(words_of(&*fault)));
                if let Some(answer) = done.unwrap_or_else(fault) {
                    cx.reply.send(answer);
                }
            }
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(JobSender(sender))
}

/// Waits for a message and takes all that came with it, less the jobs that newer ones make useless.
fn next_batch<R: Role>(
    queue: &Receiver<Message<R::Job>>,
    role: &mut R,
    cx: &mut WorkerContext,
) -> Option<Vec<R::Job>> {
    let first = queue.recv().ok()?;
    let mut jobs = Vec::new();
    for message in std::iter::once(first).chain(queue.try_iter()) {
        match message {
            Message::Job(job) => jobs.push(job),
            // A job that was sent before may see more reports than it asked for, never fewer.
            Message::Add(reports) => {
                role.add(cx.entries.len(), &reports);
                cx.entries.extend(reports);
            }
        }
    }
    R::drop_superseded(&mut jobs);
    Some(jobs)
}

fn words_of(fault: &(dyn Any + Send)) -> String {
    let words = fault.downcast_ref::<&str>().map(|it| (*it).to_owned());
    words
        .or_else(|| fault.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown fault".to_owned())
}
