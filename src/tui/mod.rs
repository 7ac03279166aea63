//! The terminal interface; the only module that knows ratatui and crossterm.

pub mod action;
pub mod app;
pub mod effect;
pub mod event;
pub mod highlight;
pub mod key;
pub mod keymap;
pub mod loader;
pub mod prompt;
pub mod scroll;
pub mod terminal;
pub mod theme;
pub mod view;
pub mod worker;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use signal_hook::consts::SIGHUP;

use crate::annotate::Annotator;
use crate::article::Article;
use crate::config::Config;
use crate::filter::body::TextIndex;
use crate::ingest::{ReadFailure, ReadLimits, ReportSource};
use crate::state::ReaderState;

use app::{App, Start};
use effect::Effect;
use event::Event;
use keymap::Keymap;
use terminal::Screen;
use theme::{ColorDepth, Themes};
use worker::{Job, Jobs, Worker};

/// What the interface is opened with.
#[derive(Debug)]
pub struct Session {
    /// The settings.
    pub config: Config,
    /// The keys.
    pub keymap: Keymap,
    /// The themes.
    pub themes: Themes,
    /// The name of the theme to begin with.
    pub theme: String,
    /// The colours that the terminal has.
    pub depth: ColorDepth,
    /// Makes the marks.
    pub annotator: Arc<Annotator>,
    /// Reports that are there already (standard input, the first small file).
    pub articles: Vec<Article>,
    /// Whether the bundled reports are read.
    pub bundled: bool,
    /// Reports to be read.
    pub sources: Vec<ReportSource>,
    /// What could not be read so far.
    pub failures: Vec<ReadFailure>,
    /// How much is read.
    pub limits: ReadLimits,
    /// The folder where large libraries are kept for the next time.
    pub cache: Option<PathBuf>,
    /// Read marks and places.
    pub state: ReaderState,
    /// What to say first: a damaged state file, for one.
    pub warning: Option<String>,
}

/// How the interface ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// How many reports there were.
    pub reports: usize,
    /// What could not be read.
    pub failures: Vec<ReadFailure>,
    /// What could not be kept.
    pub warning: Option<String>,
}

/// Runs the interface until the reader leaves it; the terminal is given back on every way out.
///
/// # Errors
/// Where standard output is no terminal, or the terminal fails while it is drawn on.
pub fn run(session: Session) -> io::Result<Ended> {
    let (events, queue) = channel();
    let texts = TextIndex::default();
    let reading = loader::Reading {
        bundled: session.bundled,
        articles: session.articles,
        sources: session.sources,
        limits: session.limits,
        memory: usize::from(session.config.memory) << 20,
        cache: session.cache.filter(|_| session.config.cache),
        texts: texts.clone(),
    };
    if !session.failures.is_empty() {
        let _ = events.send(Event::Failed(session.failures));
    }
    // Reports are read and annotated while the screen is made ready for them.
    reading.start(session.annotator.clone(), events.clone())?;
    // They are not read yet when the lexicon is there that all of them need.
    session.annotator.lexicon();
    let (width, height) = crossterm::terminal::size()?;
    let theme = session
        .themes
        .theme(&session.theme, session.depth)
        .map_err(io::Error::other)?;
    let start = Start {
        annotator: session.annotator.clone(),
        config: session.config.clone(),
        keymap: session.keymap,
        themes: session.themes,
        depth: session.depth,
        theme,
        state: session.state,
    };
    let app = App::new(start, width, height);
    let worker = || Worker::new(session.annotator.clone());
    let (comparer, compare) = worker::hired(worker(), events.clone());
    let (matcher, search) = worker::hired(worker().searching(texts), events.clone());
    let desk = Desk {
        screen: Screen::take(session.config.mouse, app.screen)?,
        comparer,
        matcher,
        hired: vec![
            ("comparer", Box::new(compare)),
            ("matcher", Box::new(search)),
        ],
        attends: Instant::now() + FIRST_FRAMES,
        grouper: None,
        size: (width, height),
        warning: None,
        due: Instant::now(),
        annotator: session.annotator,
        events,
    };
    desk.serve(app, &queue, session.warning)
}

/// What a thread does.
type Work = Box<dyn FnOnce() + Send>;

/// What the main loop reaches the outside world with.
struct Desk {
    screen: Screen,
    /// Columns and rows when the program began.
    size: (u16, u16),
    comparer: Jobs,
    matcher: Jobs,
    /// Workers by their names, until they are started.
    hired: Vec<(&'static str, Work)>,
    /// When they are started.
    attends: Instant,
    /// Started when it is first needed: two reports are no events.
    grouper: Option<Jobs>,
    annotator: Arc<Annotator>,
    events: Sender<Event>,
    warning: Option<String>,
    /// When the next frame of a library that streams in is drawn.
    due: Instant,
}

/// Time between two frames of a library that streams in.
const LOADING_PACE: Duration = Duration::from_millis(100);
/// Keys and signals wait so long at the start: what a small library shows is there sooner while no other threads are made.
const FIRST_FRAMES: Duration = Duration::from_millis(20);

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Next {
    Draw,
    End,
}

impl Desk {
    /// Draws once for an event and all others that wait, then waits for the next; nothing happens in between.
    /// Reports that stream in are drawn ten times a second, however they come.
    fn serve(
        mut self,
        mut app: App,
        queue: &Receiver<Event>,
        warning: Option<String>,
    ) -> io::Result<Ended> {
        if let Some(warning) = warning {
            app.say(warning);
        }
        let mut next = self.wait(queue, None)?;
        while let Some(event) = next {
            let mut waiting = Some(event);
            let (mut only_loading, mut shows) = (true, false);
            while let Some(event) = waiting {
                only_loading &= event.is_loading();
                shows |= app.shows(&event);
                let signal = match event {
                    Event::Terminate(signal) => Some(signal),
                    Event::TerminalLost => Some(SIGHUP),
                    _ => None,
                };
                for effect in app.update(event) {
                    if self.perform(effect, &mut app)? == Next::End {
                        if let Some(signal) = signal {
                            drop(self);
                            terminal::die_of(signal);
                        }
                        return Ok(self.ended(app));
                    }
                }
                waiting = queue.try_recv().ok();
                if waiting.is_none() && only_loading && !app.progress.finished {
                    // The next frame of a library that streams in is not due yet; a key is never kept waiting.
                    waiting = self.wait(queue, Some(self.due))?;
                }
            }
            if shows
                && let Err(error) = self
                    .screen
                    .draw(app.screen, |frame| view::render(&app, frame))
            {
                return self.lost(app, error);
            }
            self.due = Instant::now() + LOADING_PACE;
            next = self.wait(queue, None)?;
        }
        Ok(self.ended(app))
    }

    /// Waits for the next event, until `due` where that is given; on the way what was put off at the start is started in its time.
    fn wait(&mut self, queue: &Receiver<Event>, due: Option<Instant>) -> io::Result<Option<Event>> {
        let mut event = None;
        while !self.hired.is_empty() && event.is_none() {
            event = before(queue, due.map_or(self.attends, |due| due.min(self.attends)));
            let now = Instant::now();
            if now >= self.attends {
                self.attend()?;
            } else if due.is_some_and(|due| now >= due) {
                break;
            }
        }
        Ok(match (event, due) {
            (Some(event), _) => Some(event),
            (None, Some(due)) => before(queue, due),
            (None, None) => queue.recv().ok(),
        })
    }

    /// Hears keys and signals from now on, and starts the workers.
    fn attend(&mut self) -> io::Result<()> {
        self.screen.watch(&self.events)?;
        read_keys(self.events.clone(), self.size)?;
        for (name, work) in self.hired.drain(..) {
            worker::start(name, work)?;
        }
        Ok(())
    }

    /// The terminal failed under a frame: what the reader did is kept, and where the terminal is gone the program ends as a
    /// hang-up would end it.
    fn lost(mut self, mut app: App, error: io::Error) -> io::Result<Ended> {
        self.perform(Effect::Save, &mut app)?;
        if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) {
            drop(self);
            terminal::die_of(SIGHUP);
        }
        Err(error)
    }

    fn ended(self, app: App) -> Ended {
        Ended {
            reports: app.library.entries.len(),
            failures: app.library.failures,
            warning: self.warning,
        }
    }

    fn perform(&mut self, effect: Effect, app: &mut App) -> io::Result<Next> {
        match effect {
            Effect::Compute(job) => self.hand_out(job),
            Effect::Copy(words) => {
                let sequence = format!("\x1b]52;c;{}\x07", BASE64.encode(words.as_bytes()));
                self.screen.send(sequence.as_bytes())?;
            }
            Effect::Save => {
                self.warning = app
                    .state
                    .save(chrono::Utc::now().timestamp())
                    .err()
                    .map(|warning| warning.to_string());
            }
            Effect::Write {
                path,
                contents,
                without,
            } => match write_new(&path, &contents) {
                Ok(()) => app.say(written(&path, without)),
                Err(error) => app.say(not_written(&path, &error)),
            },
            Effect::Suspend => terminal::suspend(),
            Effect::Redraw => self.screen.clear()?,
            Effect::Mouse(on) => self.screen.set_mouse(on)?,
            Effect::Quit => return Ok(Next::End),
        }
        Ok(Next::Draw)
    }

    /// A worker that is gone has said so in an event before; there is nobody else to tell.
    fn hand_out(&mut self, job: Job) {
        match job {
            Job::Add(reports) => {
                let _ = self.comparer.send(Job::Add(reports.clone()));
                let _ = self.matcher.send(Job::Add(reports));
            }
            Job::Compare(..)
            | Job::Coverage(..)
            | Job::Annotate(_)
            | Job::Open(_)
            | Job::Hits(..) => {
                let _ = self.comparer.send(job);
            }
            Job::Events(_) | Job::Print(_) => {
                if self.grouper.is_none() {
                    let worker = Worker::new(self.annotator.clone());
                    self.grouper = worker::spawn("grouper", worker, self.events.clone()).ok();
                }
                let _ = self.grouper.as_mut().map(|grouper| grouper.send(job));
            }
            Job::Filter(_) | Job::Quotes(..) => {
                let _ = self.matcher.send(job);
            }
        }
    }
}

/// Returns the next event, if it comes before `due`.
fn before(queue: &Receiver<Event>, due: Instant) -> Option<Event> {
    let left = due.saturating_duration_since(Instant::now());
    queue.recv_timeout(left).ok()
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
        0 => format!("written: {path}"),
        1 => format!("written: {path}, without 1 report that cannot be read any more"),
        _ => format!("written: {path}, without {without} reports that cannot be read any more"),
    }
}

fn not_written(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{path} is there already and was left as it is; choose another name")
        }
        _ => format!("{path}: not written: {error}"),
    }
}

/// Reads keys on a thread of its own, and other sizes than `size`, which the terminal had when the program began.
fn read_keys(events: Sender<Event>, size: (u16, u16)) -> io::Result<()> {
    thread::Builder::new().name("keys".into()).spawn(move || {
        // Only from here on are changes of size heard of. The first frame may be there before: its size may be another.
        let _ = crossterm::event::poll(Duration::ZERO);
        if let Ok(now) = crossterm::terminal::size()
            && now != size
        {
            let _ = events.send(Event::Resize(now.0, now.1));
        }
        loop {
            let sent = match crossterm::event::read() {
                Ok(event) => Event::of(event).is_none_or(|event| events.send(event).is_ok()),
                Err(_) => {
                    let _ = events.send(Event::TerminalLost);
                    false
                }
            };
            if !sent {
                return;
            }
        }
    })?;
    Ok(())
}
