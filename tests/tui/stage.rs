//! The interface without a terminal: keys as text go in, the cells of a frame come out.
//!
//! The application, the worker and the views are the real ones; only the threads between them are left out, so that what a key
//! leads to is there when the key returns. Frames on which the tests and the pictures of the README stand are made here.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock};

use crossread::annotate::Annotator;
use crossread::config::Config;
use crossread::filter::body::TextIndex;
use crossread::ingest;
use crossread::library::LibraryEntry;
use crossread::library::quotes::{QuoteGatherer, QuoteIndex};
use crossread::state::ReaderState;
use crossread::tui::app::{App, AppOptions};
use crossread::tui::effect::Effect;
use crossread::tui::event::{Event, Progress};
use crossread::tui::key;
use crossread::tui::keymap::Keymap;
use crossread::tui::theme::{ColorDepth, Themes};
use crossread::tui::worker::annotator::AnnotateWorker;
use crossread::tui::worker::comparer::CompareWorker;
use crossread::tui::worker::exporter::Exporter;
use crossread::tui::worker::grouper::Grouper;
use crossread::tui::worker::job::{Answer, Job};
use crossread::tui::worker::matcher::Matcher;
use crossread::tui::worker::{Reply, Role, WorkerContext};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

static ANNOTATOR: LazyLock<Arc<Annotator>> = LazyLock::new(|| Arc::new(Annotator::bundled()));
/// A clone shares its annotations with the original, so each report is annotated once for all frames.
static BUNDLED: LazyLock<Vec<LibraryEntry>> = LazyLock::new(|| {
    let articles = ingest::bundled().into_iter();
    articles.map(LibraryEntry::new).collect()
});

/// All workers, performing each job at once; answers before the last are left out, as if nobody had looked meanwhile.
struct Workers {
    cx: WorkerContext,
    matcher: Matcher,
    gatherer: QuoteGatherer,
    grouper: Grouper,
}

impl Workers {
    fn new(texts: TextIndex) -> Self {
        let quotes = QuoteIndex::default();
        Self {
            cx: WorkerContext::new(ANNOTATOR.clone(), Reply::new(|_| {})),
            matcher: Matcher::new(ANNOTATOR.clone(), texts, quotes.clone()),
            gatherer: QuoteGatherer::new(quotes, ANNOTATOR.clone()),
            grouper: Grouper::new().expect("threads"),
        }
    }

    fn perform(&mut self, job: Job) -> Option<Answer> {
        let cx = &mut self.cx;
        match job {
            Job::Add(reports) => {
                self.matcher.add(cx.entries.len(), &reports);
                cx.entries.extend(reports);
                None
            }
            Job::Annotate(job) => AnnotateWorker.perform(job, cx),
            Job::Compare(job) => CompareWorker.perform(job, cx),
            Job::Match(job) => {
                self.gatherer.gather_all(&cx.entries);
                self.matcher.perform(job.into(), cx)
            }
            Job::Gather => None,
            Job::Group(job) => self.grouper.perform(job, cx),
            Job::Export(job) => Exporter.perform(job, cx),
        }
    }
}

/// The interface on a screen of its own.
pub(crate) struct Stage {
    pub(crate) app: App,
    workers: Workers,
    pub(crate) terminal: Terminal<TestBackend>,
    /// The effects that the outside world was asked for, oldest first.
    pub(crate) effects: Vec<Effect>,
}

impl Stage {
    /// Opens the interface with nothing to read yet.
    pub(crate) fn empty(width: u16, height: u16) -> Self {
        Self::searching(width, height, TextIndex::default())
    }

    /// Opens the interface with nothing to read yet, but with these texts to search.
    pub(crate) fn searching(width: u16, height: u16, texts: TextIndex) -> Self {
        Self::remembering(width, height, texts, ReaderState::default())
    }

    /// Opens the interface with nothing to read yet, but with what the reader did before.
    pub(crate) fn remembering(
        width: u16,
        height: u16,
        texts: TextIndex,
        state: ReaderState,
    ) -> Self {
        let themes = Themes::new(&[]);
        let options = AppOptions {
            annotator: ANNOTATOR.clone(),
            config: Config::default(),
            keymap: Keymap::default(),
            theme: themes
                .theme("dark", ColorDepth::True)
                .expect("the dark theme"),
            themes,
            depth: ColorDepth::True,
            state,
        };
        Self {
            app: App::new(options, width, height),
            workers: Workers::new(texts),
            terminal: Terminal::new(TestBackend::new(width, height)).expect("never fails"),
            effects: Vec::new(),
        }
    }

    /// Opens the interface with the two bundled reports.
    pub(crate) fn bundled(width: u16, height: u16) -> Self {
        Self::empty(width, height).with(BUNDLED.clone())
    }

    /// Returns the two bundled reports.
    pub(crate) fn bundled_reports() -> Vec<LibraryEntry> {
        BUNDLED.clone()
    }

    /// Loads these reports as the last ones.
    pub(crate) fn with(self, reports: Vec<LibraryEntry>) -> Self {
        let progress = Progress {
            finished: true,
            ..Progress::default()
        };
        self.event(Event::Loaded(reports))
            .event(Event::Progress(progress))
    }

    /// Switches to another theme.
    pub(crate) fn theme(mut self, name: &str) -> Self {
        let depth = match name {
            "mono" => ColorDepth::None,
            _ => ColorDepth::True,
        };
        let shared = &mut self.app.shared;
        shared.theme = shared.themes.theme(name, depth).expect("a known theme");
        shared.depth = depth;
        self
    }

    /// Returns the size of its screen and its theme.
    pub(crate) fn look(&self) -> (u16, u16, String) {
        let shared = &self.app.shared;
        (
            shared.screen.width,
            shared.screen.height,
            shared.theme.name.clone(),
        )
    }

    /// Presses keys, written as in keys.toml: `j j Enter ]q`.
    pub(crate) fn keys(self, keys: &str) -> Self {
        let keys = key::parse_keys(keys).expect("keys as in keys.toml");
        keys.into_iter()
            .fold(self, |stage, key| stage.event(Event::Key(key)))
    }

    /// Types words into the line that is open.
    pub(crate) fn typed(self, words: &str) -> Self {
        words.chars().fold(self, |stage, letter| match letter {
            ' ' => stage.keys("Space"),
            _ => stage.keys(&letter.to_string()),
        })
    }

    /// Presses `keys` again and again until the last row says `words`.
    pub(crate) fn until(mut self, keys: &str, words: &str) -> Self {
        for _ in 0..99 {
            let (frame, _) = self.draw();
            if row(&frame, frame.area.height.saturating_sub(1)).contains(words) {
                return self;
            }
            self = self.keys(keys);
        }
        panic!("{keys} never leads to {words:?}");
    }

    /// Lets one thing happen, and all that follows from it.
    pub(crate) fn event(mut self, event: Event) -> Self {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.app.update(event) {
                match effect {
                    Effect::Compute(job) => {
                        let answer = self.workers.perform(job);
                        events.extend(answer.map(|answer| Event::Answer(Box::new(answer))));
                    }
                    Effect::Open(numbers) => {
                        let entries = &self.app.shared.library.entries;
                        let read = numbers.into_iter().map(|n| (n, entries[n.0].open()));
                        // Before anything else, as the event loop does.
                        events.push_front(Event::Opened(read.collect()));
                    }
                    other => self.effects.push(other),
                }
            }
        }
        self
    }

    /// Gives the terminal another size; the application is told, as a real terminal tells it.
    pub(crate) fn resize(mut self, width: u16, height: u16) -> Self {
        self.terminal.backend_mut().resize(width, height);
        self.event(Event::Resize(width, height))
    }

    /// Draws; returns the cells, and the cursor where it is shown.
    pub(crate) fn draw(&mut self) -> (Buffer, Option<Position>) {
        let app = &self.app;
        let drawn = self.terminal.draw(|frame| app.draw(frame));
        let buffer = drawn.expect("never fails").buffer.clone();
        let backend = self.terminal.backend();
        let cursor = backend.cursor_visible().then(|| backend.cursor_position());
        (buffer, cursor)
    }
}

/// Returns the symbols of row `y`, a wide one followed by nothing.
pub(crate) fn row(buffer: &Buffer, y: u16) -> String {
    let mut symbols = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        if skip == 0 {
            symbols.push_str(symbol);
            skip = unicode_width::UnicodeWidthStr::width(symbol);
        }
        skip = skip.saturating_sub(1);
    }
    symbols
}
