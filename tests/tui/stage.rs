//! The interface without a terminal: keys as text go in, the cells of a frame come out.
//!
//! The application, the worker and the views are the real ones; only the threads between them are left out, so that what a key
//! leads to is there when the key returns. Frames on which the tests and the pictures of the README stand are made here.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock};

use crossread::annotate::Annotator;
use crossread::annotate::term::Lexicon;
use crossread::config::Config;
use crossread::filter::body::TextIndex;
use crossread::ingest;
use crossread::library::LibraryEntry;
use crossread::state::ReaderState;
use crossread::tui::app::{App, Start};
use crossread::tui::effect::Effect;
use crossread::tui::event::{Event, Progress};
use crossread::tui::key;
use crossread::tui::keymap::Keymap;
use crossread::tui::theme::{ColorDepth, Themes};
use crossread::tui::view;
use crossread::tui::worker::Worker;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

static ANNOTATOR: LazyLock<Arc<Annotator>> =
    LazyLock::new(|| Arc::new(Annotator::new(Lexicon::bundled())));
/// A clone shares its annotations with the original, so each report is annotated once for all frames.
static BUNDLED: LazyLock<Vec<LibraryEntry>> = LazyLock::new(|| {
    ingest::bundled()
        .into_iter()
        .map(LibraryEntry::new)
        .collect()
});

/// The interface on a screen of its own.
pub(crate) struct Stage {
    pub(crate) app: App,
    worker: Worker,
    pub(crate) terminal: Terminal<TestBackend>,
    /// What the interface asked the outside world for, oldest first.
    pub(crate) effects: Vec<Effect>,
}

impl Stage {
    /// Opens the interface with nothing to read yet.
    pub(crate) fn empty(width: u16, height: u16) -> Self {
        Self::searching(width, height, TextIndex::default())
    }

    /// Opens the interface with nothing to read yet, but with these texts to search.
    pub(crate) fn searching(width: u16, height: u16, texts: TextIndex) -> Self {
        let themes = Themes::new(&[]);
        let start = Start {
            annotator: ANNOTATOR.clone(),
            config: Config::default(),
            keymap: Keymap::default(),
            theme: themes
                .theme("dark", ColorDepth::True)
                .expect("the dark theme"),
            themes,
            depth: ColorDepth::True,
            state: ReaderState::default(),
        };
        Self {
            app: App::new(start, width, height),
            worker: Worker::new(ANNOTATOR.clone()).searching(texts),
            terminal: Terminal::new(TestBackend::new(width, height)).expect("never fails"),
            effects: Vec::new(),
        }
    }

    /// Opens the interface with the two bundled reports.
    pub(crate) fn bundled(width: u16, height: u16) -> Self {
        Self::empty(width, height).with(BUNDLED.clone())
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

    /// Wears another theme.
    pub(crate) fn theme(mut self, name: &str) -> Self {
        let depth = match name {
            "mono" => ColorDepth::None,
            _ => ColorDepth::True,
        };
        self.app.theme = self.app.themes.theme(name, depth).expect("a known theme");
        self.app.depth = depth;
        self
    }

    /// Presses keys, written as in keys.toml: `j j Enter ]q`.
    pub(crate) fn keys(self, keys: &str) -> Self {
        let keys = key::parse(keys).expect("keys as in keys.toml");
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
                        let answer = self.worker.perform(job);
                        events.extend(answer.map(|answer| Event::Answer(Box::new(answer))));
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
        let drawn = self.terminal.draw(|frame| view::render(app, frame));
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
