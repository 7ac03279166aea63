//! The event loop: waits for an event, lets the application take it, performs what it asks for, and draws once.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use signal_hook::consts::SIGHUP;

use crate::annotate::Annotator;
use crate::filter::Query;
use crate::filter::body::TextIndex;
use crate::library::ReportNo;
use crate::library::quotes::{QuoteGatherer, QuoteIndex};
use crate::system_error::describe;
use crate::text::CleanText;
use crate::text::count::counted;

use super::SessionEnd;
use super::app::App;
use super::app::export::free_name;
use super::clipboard::{self, Clipboard};
use super::effect::Effect;
use super::event::Event;
use super::input_gate::InputGate;
use super::original::{self, Original};
use super::terminal::{self, Screen};
use super::worker::annotator::AnnotateWorker;
use super::worker::comparer::CompareWorker;
use super::worker::exporter::Exporter;
use super::worker::gatherer::{GatherSender, SavedPlace};
use super::worker::grouper::Grouper;
use super::worker::job::{AnnotateJob, CompareJob, ExportJob, GroupJob, Job, MatchJob};
use super::worker::matcher::{Matcher, SearchJob};
use super::worker::saver::Saver;
use super::worker::{self, JobSender, Reply, WorkerContext};

/// Time between two frames of a library that streams in.
const LOADING_PACE: Duration = Duration::from_millis(100);

/// The ways to the workers' threads.
pub(super) struct Workers {
    annotator: JobSender<AnnotateJob>,
    comparer: JobSender<CompareJob>,
    matcher: JobSender<SearchJob>,
    /// The last job of the matcher.
    search: SearchJob,
    grouper: JobSender<GroupJob>,
    exporter: JobSender<Box<ExportJob>>,
    gatherer: GatherSender,
    saver: Saver,
}

impl Workers {
    /// Starts all workers.
    pub(super) fn spawn(
        annotator: &Arc<Annotator>,
        texts: TextIndex,
        library: SavedPlace,
        events: &Sender<Event>,
    ) -> io::Result<Self> {
        let events = events.clone();
        let reply = Reply::new(move |answer| {
            // The event loop may be gone already; then nobody is left to tell.
            let _ = events.send(Event::Answer(Box::new(answer)));
        });
        let now = || chrono::Utc::now().timestamp();
        let saver = Saver::spawn(reply.clone(), now)?;
        let quotes = QuoteIndex::default();
        let gatherer = QuoteGatherer::new(quotes.clone(), annotator.clone());
        let gatherer = GatherSender::spawn(gatherer, library, reply.clone())?;
        let cx = WorkerContext::new(annotator.clone(), reply);
        let matcher = Matcher::new(annotator.clone(), texts, quotes);
        Ok(Self {
            annotator: worker::spawn("annotator", AnnotateWorker, cx.clone())?,
            comparer: worker::spawn("comparer", CompareWorker, cx.clone())?,
            matcher: worker::spawn("matcher", matcher, cx.clone())?,
            search: MatchJob::Filter(String::new()).into(),
            grouper: worker::spawn("grouper", Grouper::new()?, cx.clone())?,
            exporter: worker::spawn("exporter", Exporter, cx)?,
            gatherer,
            saver,
        })
    }

    fn send(&mut self, job: Job) {
        match job {
            Job::Add(reports) => {
                self.annotator.add(reports.clone());
                self.comparer.add(reports.clone());
                self.gatherer.add(reports.clone());
                self.matcher.add(reports);
            }
            Job::Annotate(job) => self.annotator.send(job),
            Job::Compare(job) => self.comparer.send(job),
            Job::Match(job) => {
                if asks_annotations(&job) {
                    self.gatherer.begin();
                }
                self.matcher.send(self.search.replace(job));
            }
            Job::Gather => self.gatherer.complete(),
            Job::Group(job @ GroupJob::Events(_)) => {
                // Both take all cores for a while in a large library, and who opens the quotations waits for them.
                let grouper = self.grouper.clone();
                self.gatherer.afterwards(move || grouper.send(job));
            }
            Job::Group(job) => self.grouper.send(job),
            Job::Export(job) => self.exporter.send(job),
        }
    }
}

/// Letters of what was copied that are said.
const SHOWN_WORDS: usize = 40;

/// Whether a search can be answered only of annotated reports.
fn asks_annotations(job: &MatchJob) -> bool {
    match job {
        MatchJob::Quotes(..) => true,
        MatchJob::Filter(typed) => Query::parse(typed).needs_annotations(),
    }
}

/// The loop, with all that it reaches the outside world with.
pub(super) struct EventLoop {
    /// Lets the thread that reads keys read on.
    pub(super) gate: InputGate,
    pub(super) clipboard: Clipboard,
    pub(super) app: App,
    pub(super) screen: Screen,
    pub(super) workers: Workers,
}

impl EventLoop {
    /// Draws once for an event and all others that wait, then waits for the next; nothing happens in between.
    /// Reports that stream in are drawn ten times a second, however they come.
    pub(super) fn run(mut self, queue: &Receiver<Event>) -> io::Result<SessionEnd> {
        let mut due = Instant::now();
        let mut next = queue.recv().ok();
        while let Some(event) = next {
            let mut waiting = Some(event);
            let (mut only_loading, mut shows) = (true, false);
            while let Some(event) = waiting {
                only_loading &= event.is_loading();
                shows |= self.app.shows(&event);
                let signal = match event {
                    Event::Terminate(signal) => Some(signal),
                    Event::TerminalLost => Some(SIGHUP),
                    _ => None,
                };
                let closed_gate = self.gate.is_closed_by(&event);
                if self.update(event)?.is_break() {
                    return Ok(self.end(signal));
                }
                if closed_gate {
                    self.gate.open();
                }
                waiting = queue.try_recv().ok();
                if waiting.is_none() && only_loading && !self.app.shared.progress.finished {
                    // The next frame of a library that streams in is not due yet; a key is never kept waiting.
                    let left = due.saturating_duration_since(Instant::now());
                    waiting = queue.recv_timeout(left).ok();
                }
            }
            let (app, screen) = (&self.app, &mut self.screen);
            if shows && let Err(error) = screen.draw(app.shared.screen, |frame| app.draw(frame)) {
                return self.lose_terminal(error);
            }
            due = Instant::now() + LOADING_PACE;
            next = queue.recv().ok();
        }
        Ok(self.end(None))
    }

    /// Lets the application take an event, and performs what it asks for.
    fn update(&mut self, event: Event) -> io::Result<ControlFlow<()>> {
        let effects = self.app.update(event);
        if let Some(changes) = self.app.shared.state.take_changes() {
            self.workers.saver.add(changes);
        }
        for effect in effects {
            if self.perform(effect)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn perform(&mut self, effect: Effect) -> io::Result<ControlFlow<()>> {
        match effect {
            Effect::Compute(job) => self.workers.send(job),
            Effect::Open(numbers) => {
                let entries = &self.app.shared.library.entries;
                let open = |number: ReportNo| Some((number, entries.get(number.0)?.open()));
                let read = numbers.into_iter().filter_map(open).collect();
                return self.update(Event::Opened(read));
            }
            Effect::Copy(words) => self.copy(&words)?,
            Effect::Save => self.workers.saver.save_soon(),
            Effect::Write {
                path,
                contents,
                without,
            } => match write_new(&path, &contents) {
                Ok(()) => self.app.say(written(&path, without)),
                Err(error) => self.ask_name_again(&path, &error),
            },
            Effect::Suspend => {
                // A program that is stopped writes nothing, and may never go on.
                self.workers.saver.save_now();
                terminal::suspend();
            }
            Effect::OpenOriginal(original) => self.open_original(&original)?,
            Effect::Redraw => self.screen.clear()?,
            Effect::Mouse(on) => self.screen.set_mouse(on)?,
            Effect::Quit => return Ok(ControlFlow::Break(())),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Puts words on the clipboard; only where the desktop has them for certain they are said to be copied.
    fn copy(&mut self, words: &str) -> io::Result<()> {
        let sequence = clipboard::terminal_sequence(words);
        self.screen.send(sequence.as_bytes())?;
        if self.clipboard.put_on_desktop(words) {
            let start: String = words.chars().take(SHOWN_WORDS).collect();
            self.app.say(format!("copied: {start}"));
        }
        Ok(())
    }

    /// Opens a report outside: a browser goes on by itself, an editor or a pager has the terminal until it is closed.
    fn open_original(&mut self, original: &Original) -> io::Result<()> {
        let words = match original {
            Original::Address(address) => match original::open_address(address) {
                Ok(program) => format!("opening {address} with {program}"),
                Err(error) => format!("could not open {address}: {}", describe(&error)),
            },
            Original::File(path, line) if path.exists() => {
                let mut command = original::show_file(path, *line);
                let program = command.get_program().to_string_lossy().into_owned();
                let ended = terminal::run_outside(&mut command);
                self.screen.clear()?;
                match ended {
                    Ok(_) => format!("back from {program}"),
                    Err(error) => {
                        format!("could not start {program}: {}", describe(&error))
                    }
                }
            }
            Original::File(path, _) => format!("there is no file {}", path.display()),
        };
        self.app.say(CleanText::one_line(&words).to_string());
        Ok(())
    }

    /// Asks for another name of a file that was not written; a free one is offered where the first is taken.
    fn ask_name_again(&mut self, path: &Path, error: &io::Error) {
        let name = match error.kind() {
            io::ErrorKind::AlreadyExists => free_name(path, Path::exists),
            _ => path.to_owned(),
        };
        let name = name.to_string_lossy();
        self.app.ask_name_again(&name, not_written(path, error));
    }

    /// Keeps what the reader did where the terminal failed under a frame; where it is gone, ends the program as a hang-up would.
    fn lose_terminal(self, error: io::Error) -> io::Result<SessionEnd> {
        self.workers.saver.save_now();
        if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) {
            drop(self);
            terminal::die_of(SIGHUP);
        }
        Err(error)
    }

    /// Gives the terminal back; a `signal` that ended the session has its way, so that the parent process sees it.
    fn end(self, signal: Option<i32>) -> SessionEnd {
        let Self {
            app,
            screen,
            workers,
            ..
        } = self;
        // Before the terminal is given back: whoever waits for that may end this program then.
        let warning = workers.saver.end();
        drop(screen);
        if let Some(signal) = signal {
            terminal::die_of(signal);
        }
        let library = app.shared.library;
        SessionEnd {
            reports: library.entries.len(),
            failures: library.failures,
            warning: warning.map(|warning| warning.to_string()),
        }
    }
}

/// Writes a file that was not there before.
fn write_new(path: &Path, contents: &str) -> io::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(contents.as_bytes())
}

fn written(path: &Path, without: usize) -> String {
    let path = path.display();
    match without {
        0 => format!("saved {path}"),
        _ => {
            let reports = counted(without, "report");
            format!("saved {path}, without {reports} that can no longer be read")
        }
    }
}

fn not_written(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{path} exists and was not overwritten")
        }
        _ => format!("not saved: {path}: {}", describe(error)),
    }
}
